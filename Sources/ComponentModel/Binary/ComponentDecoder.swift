// The decoding of a component, section by section, with the validation of each definition as it is read.
// Spec: Binary "Component Definitions".

import Wasm

extension Component {
    /// The component that `bytes` are in the binary format, decoded and validated. The core modules in it
    /// share the bytes.
    /// Spec: Binary, Explainer
    package convenience init(
        decoding bytes: [UInt8],
        features: ComponentFeatures = .standard
    ) throws(ComponentError) {
        guard bytes.count <= ComponentLimits.componentBytes else {
            let limit = ComponentLimits.componentBytes
            throw ComponentError(
                .limit,
                at: 0,
                "a component of \(bytes.count) bytes, the limit is \(limit)"
            )
        }
        let (draft, types) = try unsafe bytes.withUnsafeBufferPointer {
            (buffer: UnsafeBufferPointer<UInt8>) throws(ComponentError) -> (
                ComponentDraft, TypeArena
            ) in
            let reader = ComponentReader(unsafe ByteReader(buffer))
            var decoder = ComponentDecoder(bytes, reader, features)
            let draft = try decoder.component()
            return (draft, decoder.store.arena)
        }
        self.init(
            types: types,
            definitions: draft.definitions(types),
            imports: draft.imports,
            exports: draft.exports,
            name: draft.name,
            byteRange: draft.byteRange
        )
    }
}

/// A component as far as it is decoded.
struct ComponentDecoder: ~Copyable {
    /// Sections by their ids.
    /// Spec: Binary "section"
    enum Section: UInt8 {
        case custom, coreModule, coreInstance, coreType, component, instance, alias, type, canon
        case start, `import`, export, value

        var name: String {
            switch self {
            case .custom: "custom"
            case .coreModule: "core module"
            case .coreInstance: "core instance"
            case .coreType: "core type"
            case .component: "component"
            case .instance: "instance"
            case .alias: "alias"
            case .type: "type"
            case .canon: "canonical"
            case .start: "start"
            case .import: "import"
            case .export: "export"
            case .value: "value"
            }
        }
    }

    /// All bytes, which modules keep.
    let bytes: [UInt8]
    let features: ComponentFeatures
    var reader: ComponentReader
    var store = TypeStore()
    /// The core types of all modules.
    var registry = TypeRegistry()
    /// What is being defined, and what is around it, the outermost first.
    var scope = Scope(.component)
    var outer: [Scope] = []

    init(_ bytes: [UInt8], _ reader: ComponentReader, _ features: ComponentFeatures) {
        self.bytes = bytes
        self.features = features
        self.reader = reader
    }

    /// Requires that a feature is switched on; `message` says what needs which.
    func require(
        _ feature: ComponentFeatures,
        _ message: @autoclosure () -> String,
        at offset: Int
    ) throws(ComponentError) {
        guard features.contains(feature) else { throw .invalid(message(), at: offset) }
    }

    // MARK: Components

    /// Reads what the reader holds, all of it, into the scope.
    mutating func component() throws(ComponentError) -> ComponentDraft {
        let start = reader.offset
        try preamble()
        while !reader.isAtEnd {
            let id = try reader.byte()
            guard let section = Section(rawValue: id) else {
                throw reader.malformed("malformed section id: \(id)", at: reader.offset - 1)
            }
            try decode(section)
        }
        return try finish(start..<reader.end)
    }

    private mutating func preamble() throws(ComponentError) {
        let start = reader.offset
        let magic = try word()
        guard magic == 0x6D73_6100 else {
            throw reader.malformed("magic header not detected: this is no WebAssembly", at: start)
        }
        let word = try word()
        switch (version: word & 0xFFFF, layer: word >> 16) {
        case (0x0D, 1): return
        case (0x01, 1):
            throw ComponentError(
                .unsupportedVersion,
                at: start + 4,
                "unknown binary version: 0x1 of a component, the encoding of 1.0, which comes after 0xd"
            )
        case (let version, 1) where version < 0x0D:
            throw ComponentError(
                .unsupportedVersion,
                at: start + 4,
                "unknown binary version: 0x\(String(version, radix: 16)) of a component, an encoding "
                    + "from before 0xd"
            )
        case (1, 0):
            throw reader.malformed(
                "expected a version header for a component: this is a core module",
                at: start + 4
            )
        case (let version, let layer):
            throw ComponentError(
                .unsupportedVersion,
                at: start + 4,
                "unknown binary version: 0x\(String(version, radix: 16)) of layer \(layer)"
            )
        }
    }

    private mutating func word() throws(ComponentError) -> UInt32 {
        var word: UInt32 = 0
        for shift: UInt32 in 0..<4 { word |= UInt32(try reader.byte()) << (8 * shift) }
        return word
    }

    private mutating func decode(_ section: Section) throws(ComponentError) {
        let size = try reader.index()
        let range = try reader.skip(size)
        let rest = reader
        reader = reader.part(range)
        switch section {
        case .custom: try customSection()
        case .coreModule: try coreModule(range)
        case .coreInstance:
            try items { decoder throws(ComponentError) in try decoder.coreInstance() }
        case .coreType: try items { decoder throws(ComponentError) in try decoder.coreType() }
        case .component: try nestedComponent(at: range.lowerBound)
        case .instance: try items { decoder throws(ComponentError) in try decoder.instance() }
        case .alias: try items { decoder throws(ComponentError) in try decoder.alias() }
        case .type: try items { decoder throws(ComponentError) in try decoder.type() }
        case .canon: try items { decoder throws(ComponentError) in try decoder.canon() }
        case .start: try start()
        case .import: try items { decoder throws(ComponentError) in try decoder.importDefinition() }
        case .export: try items { decoder throws(ComponentError) in try decoder.exportDefinition() }
        case .value: try items { decoder throws(ComponentError) in try decoder.value() }
        }
        guard reader.isAtEnd else {
            let content = "unexpected content in the component \(section.name) section"
            throw reader.malformed("\(content): unexpected data at the end of the section")
        }
        reader = rest
    }

    /// Reads a list of what `read` reads.
    private mutating func items(
        _ read: (inout ComponentDecoder) throws(ComponentError) -> Void
    ) throws(ComponentError) {
        for _ in 0..<(try reader.count(ComponentLimits.definitions, "definitions")) {
            try read(&self)
        }
    }

    private mutating func coreModule(_ range: Range<Int>) throws(ComponentError) {
        let module: Module
        do throws(ModuleError) {
            module = try Module(decoding: bytes, range: range, features: features.ofModules)
        } catch {
            throw ComponentError(error)
        }
        let type = try registry.type(of: module, at: range.lowerBound)
        try add(CoreModule(type), at: range.lowerBound)
        scope.definitions.append(.coreModule(module))
        reader.seek(to: range.upperBound)
    }

    private mutating func nestedComponent(at offset: Int) throws(ComponentError) {
        try enter(.component, at: offset)
        let draft = try component()
        let type = try leave(at: draft.byteRange.upperBound)
        try add(component: type, at: offset)
        scope.nested.append((scope.definitions.count, draft))
        scope.definitions.append(.unsupported(name: "component", addedValues: 0))
    }

    // MARK: Scopes

    /// Begins a component, or a type of a component or an instance, within the scope.
    mutating func enter(_ kind: Scope.Kind, at offset: Int) throws(ComponentError) {
        guard outer.count < ComponentLimits.nesting else {
            let limit = ComponentLimits.nesting
            throw ComponentError(
                .limit,
                at: offset,
                "nesting too deep: components and types are nested \(limit) deep"
            )
        }
        outer.append(scope)
        scope = Scope(kind)
    }

    /// Ends the scope; the type that it has.
    mutating func leave(at offset: Int) throws(ComponentError) -> TypeID {
        let ended = scope
        scope = outer.removeLast()
        if ended.kind == .instanceType {
            return try store.add(
                .instance(InstanceType(exports: ended.exports.decls)),
                bound: BoundResources(defined: ended.definedResources),
                at: offset
            )
        }
        return try store.componentType(of: ended, at: offset)
    }

    /// The scope so many levels further out.
    func scope(_ count: Int, at offset: Int) throws(ComponentError) -> Scope {
        guard count <= outer.count else {
            throw .invalid("invalid outer alias count of \(count)", at: offset)
        }
        return count == 0 ? scope : outer[outer.count - count]
    }

    /// What only the whole component shows.
    private mutating func finish(_ range: Range<Int>) throws(ComponentError) -> ComponentDraft {
        if let index = scope.values.firstIndex(where: { !$0.isUsed }) {
            throw .invalid(
                "value index \(index) was not used as part of an instantiation, start function, or "
                    + "export",
                at: range.upperBound
            )
        }
        // A component within another is given its type when its scope is left.
        if outer.isEmpty { _ = try store.componentType(of: scope, at: range.upperBound) }
        return ComponentDraft(
            definitions: scope.definitions,
            nested: scope.nested,
            imports: scope.imports.decls,
            exports: scope.exports.decls,
            name: scope.name,
            byteRange: range
        )
    }
}
