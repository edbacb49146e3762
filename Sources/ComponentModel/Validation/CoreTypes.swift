// The types of core modules and of what they import and export.
// Spec: Binary "core:deftype", core/valid/matching#import-subtyping.

import Wasm

/// A core item's type, with the canonical id of a function's or tag's.
struct CoreItem {
    var type: CoreExternType
    var typeID: UInt32?
}

/// A core type index space: of recursive types, and of module types among them.
struct CoreTypeSpace {
    /// What stands where a module type is has no meaning.
    private(set) var subTypes: [SubType] = []
    private var ids: [UInt32] = []
    private var modules: [Int: CoreModuleType] = [:]

    var count: Int { subTypes.count }

    /// The module type at `index`, nil where another type is.
    func module(_ index: Int) -> CoreModuleType? { modules[index] }

    /// The canonical id of the type at `index`, nil where a module type is.
    func id(_ index: Int) -> UInt32? { modules[index] == nil ? ids[index] : nil }

    mutating func add(_ module: CoreModuleType) {
        modules[count] = module
        let field = FieldType(storage: .i8, isMutable: false)
        subTypes.append(SubType(isFinal: true, supertypes: [], composite: .array(field)))
        ids.append(0)
    }

    /// A type of the space, as another space may take it over.
    struct Entry {
        fileprivate let subType: SubType
        fileprivate let id: UInt32
        fileprivate(set) var module: CoreModuleType?
    }

    /// The type at `index`, nil where there is none.
    func entry(_ index: Int) -> Entry? {
        guard index < count else { return nil }
        return Entry(subType: subTypes[index], id: ids[index], module: modules[index])
    }

    mutating func add(_ entry: Entry) {
        modules[count] = entry.module
        // Its own indices mean nothing here; only the id is looked at.
        subTypes.append(
            SubType(
                isFinal: entry.subType.isFinal,
                supertypes: [],
                composite: entry.subType.composite
            )
        )
        ids.append(entry.id)
    }

    /// Adds the types of a recursive group.
    mutating func add(
        _ group: [SubType],
        _ registry: inout TypeRegistry,
        at offset: Int
    ) throws(ComponentError) {
        for index in group.lazy.flatMap(\.typeIndices) where modules[Int(index)] != nil {
            throw .invalid("type index \(index) is a module type, not a sub type", at: offset)
        }
        let first = count
        subTypes += group
        if let problem = registry.define(subTypes, group: first..<count, &ids) {
            throw ComponentError(ModuleError(problem.kind, at: offset, problem.message))
        }
    }

    /// What an external type means, whose indices are of this space.
    func item(
        _ type: ExternType,
        _ registry: TypeRegistry,
        at offset: Int
    ) throws(ComponentError) -> CoreItem {
        switch type {
        case .function(let index):
            let (type, id) = try function(index, registry, at: offset)
            return CoreItem(type: .function(type), typeID: id)
        case .tag(let index):
            let (type, id) = try function(index, registry, at: offset)
            guard type.results.isEmpty else {
                throw .invalid("invalid exception type: non-empty tag result type", at: offset)
            }
            return CoreItem(type: .tag(type), typeID: id)
        case .memory(let type):
            if let problem = type.problem { throw .invalid(problem, at: offset) }
            return CoreItem(type: .memory(type))
        case .table(var type):
            if let problem = type.problem { throw .invalid(problem, at: offset) }
            guard
                let element = try canonical(ValueType(type.element), registry, at: offset).reference
            else { return CoreItem(type: .table(type)) }
            type.element = element
            return CoreItem(type: .table(type))
        case .global(var type):
            type.value = try canonical(type.value, registry, at: offset)
            return CoreItem(type: .global(type))
        }
    }

    private func function(
        _ index: TypeIndex,
        _ registry: TypeRegistry,
        at offset: Int
    ) throws(ComponentError) -> (FunctionType, UInt32) {
        let id = try id(of: index, at: offset)
        guard case .function(let type) = registry.composite(id) else {
            throw .invalid("type index \(index) is not a function type", at: offset)
        }
        return (type, id)
    }

    private func id(of index: TypeIndex, at offset: Int) throws(ComponentError) -> UInt32 {
        guard Int(index) < count else {
            throw .invalid("unknown type \(index): type index out of bounds", at: offset)
        }
        guard let id = id(Int(index)) else {
            throw .invalid("type index \(index) is a module type, not a sub type", at: offset)
        }
        return id
    }

    private func canonical(
        _ type: ValueType,
        _ registry: TypeRegistry,
        at offset: Int
    ) throws(ComponentError) -> ValueType {
        if let index = type.reference?.heapType.index { _ = try id(of: index, at: offset) }
        return registry.canonical(type, ids)
    }
}

extension TypeRegistry {
    /// The type of a module, with canonical ids in it.
    mutating func type(of module: Module, at offset: Int) throws(ComponentError) -> CoreModuleType {
        let ids = intern(module.types, groups: module.recursiveGroups)
        var imports: [CoreModuleType.Import] = []
        imports.reserveCapacity(module.imports.count)
        var names: Set<CoreImportName> = []
        for item in module.imports {
            guard names.insert(CoreImportName(item.module, item.name)).inserted else {
                throw .duplicateImport(item.module, item.name, at: offset)
            }
            let type = canonical(item.type, module, ids)
            imports.append(
                CoreModuleType.Import(
                    module: item.module,
                    name: item.name,
                    type: type.type,
                    typeID: type.typeID
                )
            )
        }
        var exports: [CoreModuleType.Export] = []
        exports.reserveCapacity(module.exports.count)
        for item in module.exports {
            let type = canonical(module.type(of: item.index), module, ids)
            exports.append(
                CoreModuleType.Export(name: item.name, type: type.type, typeID: type.typeID)
            )
        }
        return CoreModuleType(imports: imports, exports: exports)
    }

    private func canonical(_ type: ExternType, _ module: Module, _ ids: [UInt32]) -> CoreItem {
        switch type {
        case .function(let index):
            CoreItem(type: .function(function(ids[Int(index)])), typeID: ids[Int(index)])
        case .tag(let index):
            CoreItem(type: .tag(function(ids[Int(index)])), typeID: ids[Int(index)])
        case .memory(let type): CoreItem(type: .memory(type))
        case .table(let type):
            CoreItem(
                type: .table(
                    TableType(
                        addressType: type.addressType,
                        limits: type.limits,
                        element: canonical(type.element, ids)
                    )
                )
            )
        case .global(let type):
            CoreItem(
                type: .global(
                    GlobalType(value: canonical(type.value, ids), isMutable: type.isMutable)
                )
            )
        }
    }

    /// The function type with a canonical id that is that of one.
    func function(_ id: UInt32) -> FunctionType {
        guard case .function(let type) = composite(id) else {
            return FunctionType(parameters: [], results: [])
        }
        return type
    }

    /// The canonical id of a function type that is not declared anywhere.
    mutating func id(of type: FunctionType) -> UInt32 {
        let type = SubType(isFinal: true, supertypes: [], composite: .function(type))
        return intern([type], groups: [0..<1]).first ?? 0
    }

    // MARK: Matching

    /// Throws unless a module of type `a` may be used where one of type `b` is expected.
    func match(_ a: CoreModuleType, _ b: CoreModuleType, at offset: Int) throws(ComponentError) {
        var imports: [CoreImportName: CoreItem] = [:]
        for item in b.imports {
            imports[CoreImportName(item.module, item.name)] = CoreItem(
                type: item.type,
                typeID: item.typeID
            )
        }
        for wanted in a.imports {
            guard let item = imports[CoreImportName(wanted.module, wanted.name)] else {
                throw .invalid(
                    "missing expected import `\(wanted.module)::\(wanted.name)`",
                    at: offset
                )
            }
            let wantedItem = CoreItem(type: wanted.type, typeID: wanted.typeID)
            if let mismatch = mismatch(item, wantedItem) {
                throw .invalid(
                    "type mismatch in import `\(wanted.module)::\(wanted.name)`: \(mismatch)",
                    at: offset
                )
            }
        }
        let exports = a.exportsByName
        for wanted in b.exports {
            guard let item = exports[ExactName(string: wanted.name)] else {
                throw .invalid("missing expected export `\(wanted.name)`", at: offset)
            }
            if let mismatch = mismatch(item, CoreItem(type: wanted.type, typeID: wanted.typeID)) {
                throw .invalid(
                    "type mismatch in export `\(wanted.name)`: \(mismatch)",
                    at: offset
                )
            }
        }
    }

    /// How an item is not what is wanted; nil where it is.
    func mismatch(_ item: CoreItem, _ wanted: CoreItem) -> String? {
        switch (item.type, wanted.type) {
        case (.function(let type), .function(let wantedType)):
            if let id = item.typeID, let wanted = wanted.typeID, isSubtype(id, of: wanted) {
                return nil
            }
            return "expected: \(wantedType.text)\nfound:    \(type.text)"
        case (.tag(let type), .tag(let wantedType)):
            if item.typeID == wanted.typeID { return nil }
            return "expected: \(wantedType.text)\nfound:    \(type.text)"
        case (.table(let type), .table(let wanted)):
            if type.element != wanted.element {
                return
                    "expected table element type \(wanted.element.text), found \(type.element.text)"
            }
            if type.addressType != wanted.addressType {
                return "mismatch in index type used for tables"
            }
            return type.limits.isWithin(wanted.limits) ? nil : "mismatch in table limits"
        case (.memory(let type), .memory(let wanted)):
            if type.isShared != wanted.isShared { return "mismatch in the shared flag for memories" }
            if type.addressType != wanted.addressType {
                return "mismatch in index type used for memories"
            }
            if type.pageSizeLog2 != wanted.pageSizeLog2 {
                return "mismatch in page size for memories"
            }
            return type.limits.isWithin(wanted.limits) ? nil : "mismatch in memory limits"
        case (.global(let type), .global(let wanted)):
            if type.isMutable != wanted.isMutable { return "global types differ in mutability" }
            let fits =
                type.isMutable ? type.value == wanted.value : matches(type.value, wanted.value)
            return fits ? nil : "expected global type \(wanted.value), found \(type.value)"
        case (let type, let wanted):
            return "expected \(wanted.kindName), found \(type.kindName)"
        }
    }
}

/// The two names of an import.
struct CoreImportName: Hashable {
    private let module: ExactName
    private let name: ExactName

    init(_ module: String, _ name: String) {
        self.module = ExactName(string: module)
        self.name = ExactName(string: name)
    }
}

extension ComponentError {
    static func duplicateImport(_ module: String, _ name: String, at offset: Int) -> ComponentError
    {
        .invalid("duplicate import name `\(module):\(name)` already defined", at: offset)
    }
}

extension CoreModuleType {
    /// How much it imports and exports.
    var itemCount: Int { imports.count + exports.count }

    /// What looking at all that it imports and exports counts.
    var steps: Int {
        exports.reduce(importSteps) { $0 + ComponentLimits.steps(ofName: $1.name) }
    }

    /// What looking at all that it imports counts.
    var importSteps: Int {
        imports.reduce(0) { steps, item in
            steps + ComponentLimits.steps(ofName: item.module)
                + item.name.utf8.count / ComponentLimits.nameBytesPerStep
        }
    }

    /// What it exports under which name.
    var exportsByName: [ExactName: CoreItem] {
        var items: [ExactName: CoreItem] = [:]
        items.reserveCapacity(exports.count)
        for item in exports {
            items[ExactName(string: item.name)] = CoreItem(type: item.type, typeID: item.typeID)
        }
        return items
    }
}

extension Module {
    /// The type of what an export is.
    fileprivate func type(of index: ExternIndex) -> ExternType {
        switch index {
        case .function(let index): .function(functions[Int(index)])
        case .table(let index): .table(tables[Int(index)])
        case .memory(let index): .memory(memories[Int(index)])
        case .global(let index): .global(globals[Int(index)])
        case .tag(let index): .tag(tags[Int(index)])
        }
    }
}

extension SizeLimits {
    /// Whether something with these limits may be used where one with those of `wanted` is expected.
    fileprivate func isWithin(_ wanted: SizeLimits) -> Bool {
        guard minimum >= wanted.minimum else { return false }
        guard let limit = wanted.maximum else { return true }
        return maximum.map { $0 <= limit } ?? false
    }
}

extension FunctionType {
    /// The type in the text format.
    fileprivate var text: String {
        let parameters = parameters.isEmpty ? "" : " (param \(parameters.text))"
        let results = results.isEmpty ? "" : " (result \(results.text))"
        return "(func\(parameters)\(results))"
    }
}

extension [ValueType] {
    fileprivate var text: String { map(\.description).joined(separator: " ") }
}

extension ReferenceType {
    fileprivate var text: String {
        switch self {
        case .funcref: "funcref"
        case .externref: "externref"
        default: description
        }
    }
}
