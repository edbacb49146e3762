// Spec: Binary "Type Definitions".

import Wasm

extension ComponentDecoder {
    /// Spec: Binary "type"
    mutating func type() throws(ComponentError) {
        let start = reader.offset
        let type = try defType()
        try add(type: type, at: start)
    }

    /// Spec: Binary "deftype"
    private mutating func defType() throws(ComponentError) -> TypeID {
        let start = reader.offset
        switch try reader.byte() {
        case 0x3F: return try resourceType(at: start)
        case 0x40: return try functionType(isAsync: false, at: start)
        case 0x43: return try functionType(isAsync: true, at: start)
        case 0x41: return try declaredType(.componentType, at: start)
        case 0x42: return try declaredType(.instanceType, at: start)
        case let code: return try defValType(code, at: start)
        }
    }

    /// Spec: Binary "resourcetype"
    private mutating func resourceType(at start: Int) throws(ComponentError) -> TypeID {
        let representation = try reader.core { bytes throws(ModuleError) in try bytes.valueType() }
        let hasDestructor = try reader.isPresent("resource destructor")
        let destructor = hasDestructor ? try reader.index() : nil
        guard scope.kind == .component else {
            throw .invalid("resources can only be defined within a concrete component", at: start)
        }
        guard representation == .i32 || representation == .i64 else {
            throw .invalid("resources can only be represented by `i32` or `i64`", at: start)
        }
        let isNarrow = representation == .i32
        if !isNarrow {
            try require(
                .memory64,
                "resources with `i64` require the `cm64` feature to be enabled",
                at: start
            )
        }
        if let destructor {
            let type = registry.function(try coreFunction(destructor, at: start))
            guard type == FunctionType(parameters: [representation], results: []) else {
                throw .invalid(
                    "core function \(destructor) has wrong signature for a destructor",
                    at: start
                )
            }
        }
        let (type, number) = try store.addResource(at: start)
        scope.definedResources.append(number)
        scope.localResources[number] = representation
        let definition = ResourceDefinition(
            id: number,
            representation: isNarrow ? .i32 : .i64,
            destructor: destructor
        )
        scope.definitions.append(.resource(definition))
        return type
    }

    /// Spec: Binary "functype"
    private mutating func functionType(
        isAsync: Bool,
        at start: Int
    ) throws(ComponentError) -> TypeID {
        var labels = Labels("function parameter", "parameter name")
        var parameters: [LabelValType] = []
        for _ in 0..<(try reader.count(ComponentLimits.parameters, "component function parameters"))
        {
            let label = try label(&labels)
            parameters.append(LabelValType(label: label, type: try valType()))
        }
        let result = try resultList()
        if case .defined(let type) = result, store.facts(type).containsBorrow {
            throw .invalid("function result cannot contain a `borrow` type", at: start)
        }
        let type = FuncType(isAsync: isAsync, parameters: parameters, result: result)
        return try store.add(.function(type), at: start)
    }

    /// Spec: Binary "resultlist"
    mutating func resultList() throws(ComponentError) -> ValType? {
        switch try reader.byte() {
        case 0x00: return try valType()
        case 0x01:
            let count = try reader.byte()
            guard count == 0 else { throw reader.invalidLeadingByte(count, "number of results") }
            return nil
        case let byte: throw reader.invalidLeadingByte(byte, "component function results")
        }
    }

    // MARK: Types made of declarators

    /// Spec: Binary "componenttype", "instancetype"
    private mutating func declaredType(
        _ kind: Scope.Kind,
        at start: Int
    ) throws(ComponentError) -> TypeID {
        let count = try reader.count(ComponentLimits.typeDeclarations, "type declarations")
        try enter(kind, at: start)
        for _ in 0..<count { try declarator(kind) }
        return try leave(at: start)
    }

    /// Spec: Binary "componentdecl", "instancedecl"
    private mutating func declarator(_ kind: Scope.Kind) throws(ComponentError) {
        let start = reader.offset
        switch try reader.byte() {
        case 0x00: try coreType()
        case 0x01: try type()
        case 0x02: try alias()
        case 0x03 where kind == .componentType:
            try declaration(.import, at: start)
        case 0x04: try declaration(.export, at: start)
        case let byte:
            throw reader.invalidLeadingByte(byte, "component or instance type declaration")
        }
    }

    /// Spec: Binary "importdecl", "exportdecl"
    private mutating func declaration(
        _ kind: ExternKind,
        at start: Int
    ) throws(ComponentError) {
        let (name, attributes) = try externName()
        let introduces = introducesResource
        let desc = try externDesc()
        let decl = ExternDecl(name: name, attributes: attributes, desc: desc)
        _ = try add(decl, kind, introduces: introduces, at: start)
    }

    /// Whether `(type (sub resource))` comes next.
    var introducesResource: Bool {
        var reader = reader
        return (try? reader.byte()) == 0x03 && reader.peek() == 0x01
    }

    /// Spec: Binary "externtype"
    mutating func externDesc() throws(ComponentError) -> ExternDesc {
        let start = reader.offset
        switch try externSort() {
        case .core:
            let index = try reader.index()
            guard let entry = scope.coreTypes.entry(index) else {
                throw .invalid("unknown type \(index): type index out of bounds", at: start)
            }
            guard let module = entry.module else {
                throw .invalid("core type index \(index) is not a module type", at: start)
            }
            return .coreModule(module)
        case .function: return .function(try functionType(try reader.index(), at: start).0)
        case .value: return try valueBound(at: start)
        case .type: return try typeBound(at: start)
        case .component:
            let index = try reader.index()
            let id = try type(index, at: start)
            guard store.arena.component(id) != nil else {
                throw .invalid("type index \(index) is not a component type", at: start)
            }
            return .component(id)
        case .instance:
            let index = try reader.index()
            let id = try type(index, at: start)
            guard store.arena.instance(id) != nil else {
                throw .invalid("type index \(index) is not an instance type", at: start)
            }
            return .instance(id)
        }
    }

    /// Spec: Binary "valuebound"
    private mutating func valueBound(at start: Int) throws(ComponentError) -> ExternDesc {
        // Producers write a type with nothing before it, too, which is told apart where it is primitive.
        if let code = reader.peek(), code > 0x01 { return .value(try valType()) }
        switch try reader.byte() {
        case 0x00:
            let index = try reader.index()
            guard index < scope.values.count else {
                throw .invalid("unknown value \(index): value index out of bounds", at: start)
            }
            return .value(scope.values[index].type)
        case 0x01: return .value(try valType())
        case let byte: throw reader.invalidLeadingByte(byte, "value bound")
        }
    }

    /// Spec: Binary "typebound"
    private mutating func typeBound(at start: Int) throws(ComponentError) -> ExternDesc {
        switch try reader.byte() {
        case 0x00:
            let type = try type(try reader.index(), at: start)
            return .type(try store.addAlias(of: type, at: start))
        case 0x01: return .type(try store.addResource(at: start).0)
        case let byte: throw reader.invalidLeadingByte(byte, "type bound")
        }
    }
}
