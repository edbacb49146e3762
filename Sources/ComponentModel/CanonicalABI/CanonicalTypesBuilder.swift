/// Makes a table of types; types that are equal are in it once.
package struct CanonicalTypesBuilder {
    /// What tells two types apart.
    private struct Key: Hashable {
        let kind: TypeKind
        let children: [Int32]
        let labels: [String]
        let count: UInt32
        let resource: ResourceNumber
    }

    private var places: [Key: Int] = [:]
    private var narrow: (nodes: [TypeNode], children: [TypeChild]) = ([], [])
    private var wide: (nodes: [TypeNode], children: [TypeChild]) = ([], [])
    private var functions: [FunctionNode] = []
    private var labels: [String] = []

    private var arena = TypeArena()
    private var resources: (ResourceID) -> ResourceNumber? = { _ in nil }
    /// Where types of the arena are in which no resource types are named.
    private var known: [TypeID: Int] = [:]
    /// Where other types of the scope are.
    private var knownInScope: [TypeID: Int] = [:]
    /// By place: whether resource types are named there.
    private var namesResources: [Bool] = []
    /// Parts of types that have been walked.
    private(set) var walkedParts = 0

    package init() {}

    /// Begins a scope in which a `TypeID` is of `arena` and a `ResourceID` means what `resources` says.
    /// A plan has one for each component that it instantiates. `isSameArena` says that the arena is that
    /// of the scope before.
    package mutating func beginScope(
        _ arena: TypeArena,
        isSameArena: Bool = false,
        _ resources: @escaping (ResourceID) -> ResourceNumber?
    ) {
        if !isSameArena {
            self.arena = arena
            known = [:]
        }
        self.resources = resources
        knownInScope = [:]
    }

    /// Adds a function's type; what it gives is valid once `build` has made the table. Throws where a
    /// value of a type in it is over a limit or passed by asynchronous code only.
    package mutating func add(_ type: FuncType) throws(CanonicalTypeError) -> FunctionTypeIndex {
        let parameters = try add(.tuple, type.parameters.map { ("", $0.type) })
        var result: Int?
        if let type = type.result { result = try add(type) }
        functions.append(
            FunctionNode(
                parameters: parameters,
                result: result,
                parameterCount: type.parameters.count
            )
        )
        return FunctionTypeIndex(index: functions.count - 1)
    }

    package consuming func build() -> CanonicalTypes {
        CanonicalTypes(
            narrow: TypeTable(narrow.nodes, narrow.children),
            wide: TypeTable(wide.nodes, wide.children),
            functions: functions,
            labels: labels
        )
    }

    // MARK: Types

    private mutating func add(_ type: ValType) throws(CanonicalTypeError) -> Int {
        switch type {
        case .primitive(let type): return try add(type)
        case .defined(let id):
            if let place = known[id] ?? knownInScope[id] { return place }
            guard let type = arena.value(id) else { throw .unknown }
            let place = try add(type)
            if namesResources[place] { knownInScope[id] = place } else { known[id] = place }
            return place
        }
    }

    private mutating func add(_ type: PrimValType) throws(CanonicalTypeError) -> Int {
        let kind: TypeKind =
            switch type {
            case .bool: .bool
            case .s8: .s8
            case .u8: .u8
            case .s16: .s16
            case .u16: .u16
            case .s32: .s32
            case .u32: .u32
            case .s64: .s64
            case .u64: .u64
            case .f32: .f32
            case .f64: .f64
            case .char: .char
            case .string: .string
            case .errorContext: throw .asynchronous("error-context")
            }
        return try add(kind, [])
    }

    /// Spec: CanonicalABI "Despecialization"
    private mutating func add(_ type: DefValType) throws(CanonicalTypeError) -> Int {
        switch type {
        case .primitive(let type): return try add(type)
        case .record(let fields): return try add(.record, fields.map { ($0.label, $0.type) })
        case .variant(let cases): return try add(.variant, cases.map { ($0.label, $0.type) })
        case .list(let element): return try add(.list, [("", element)])
        case .fixedLengthList(let element, let count):
            return try add(.fixedLengthList, [("", element)], count: count)
        case .tuple(let elements): return try add(.tuple, elements.map { ("", $0) })
        case .flags(let labels):
            return try intern(.flags, [], labels, UInt32(clamping: labels.count))
        case .enumeration(let labels): return try add(.enumeration, labels.map { ($0, nil) })
        case .option(let type): return try add(.option, [("none", nil), ("some", type)])
        case .result(let ok, let error): return try add(.result, [("ok", ok), ("error", error)])
        case .map(let key, let value):
            let entry = try add(.tuple, [("", key), ("", value)])
            return try intern(.map, [Int32(entry)], [], 1)
        case .own(let id): return try intern(.own, [], [], 0, try number(id))
        case .borrow(let id): return try intern(.borrow, [], [], 0, try number(id))
        case .stream: throw .asynchronous("stream")
        case .future: throw .asynchronous("future")
        }
    }

    private func number(_ id: ResourceID) throws(CanonicalTypeError) -> ResourceNumber {
        guard let number = resources(id) else { throw .unknown }
        return number
    }

    private mutating func add(
        _ kind: TypeKind,
        _ parts: [(label: String, type: ValType?)],
        count: UInt32? = nil
    ) throws(CanonicalTypeError) -> Int {
        var children: [Int32] = []
        for part in parts {
            guard let type = part.type else {
                children.append(-1)
                continue
            }
            children.append(Int32(try add(type)))
        }
        let labels = kind == .tuple || kind == .list ? [] : parts.map(\.label)
        return try intern(kind, children, labels, count ?? UInt32(clamping: children.count))
    }

    /// The place of the type, which is added if it is not there.
    private mutating func intern(
        _ kind: TypeKind,
        _ children: [Int32],
        _ labels: [String],
        _ count: UInt32,
        _ resource: ResourceNumber = ResourceNumber(bits: 0)
    ) throws(CanonicalTypeError) -> Int {
        walkedParts += ComponentLimits.typePartsOfType + children.count + labels.count
        let key = Key(
            kind: kind,
            children: children,
            labels: labels,
            count: count,
            resource: resource
        )
        if let place = places[key] { return place }
        let place = narrow.nodes.count
        guard place < Int(Int32.max) else { throw .tooLarge }
        var node = TypeNode(
            kind: kind,
            isPlain: false,
            hasPointers: false,
            discriminantSize: 0,
            alignment: 1,
            depth: 1,
            flatCount: 1,
            size: 1,
            first: UInt32(clamping: narrow.children.count),
            count: count,
            label: UInt32(clamping: self.labels.count),
            resource: resource
        )
        let narrowed = try TypeLayout(children, narrow.nodes, pointerSize: 4).lay(&node)
        narrow.nodes.append(node)
        narrow.children += narrowed
        let widened = try TypeLayout(children, wide.nodes, pointerSize: 8).lay(&node)
        guard node.size < ComponentLimits.valueBytes else { throw .tooLarge }
        wide.nodes.append(node)
        wide.children += widened
        self.labels += labels
        let isHandle = kind == .own || kind == .borrow
        namesResources.append(isHandle || children.contains { $0 >= 0 && namesResources[Int($0)] })
        places[key] = place
        return place
    }
}
