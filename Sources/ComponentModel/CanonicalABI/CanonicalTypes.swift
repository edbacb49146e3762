// The types of values as lifting and lowering walk them.
//
// Invariant: the tables are filled once, by the builder, and freed in `deinit`; a node's children, and
// a child's node, are in the table. A type does not contain itself, so that a walk ends.

/// What a value of a type is.
enum TypeKind: UInt8 {
    case bool, s8, u8, s16, u16, s32, u32, s64, u64, f32, f64, char, string
    /// Its child is the element; a map's is a tuple of key and value.
    case list, map
    /// Its child is the element, of which there are as many as labels.
    case fixedLengthList
    /// Its children are the fields.
    case record, tuple
    /// Its children are the cases.
    case variant, enumeration, option, result
    case flags
    case own, borrow
}

/// A type, as it is passed in memory and flat.
struct TypeNode {
    var kind: TypeKind
    /// Whether any bytes are a value, and none is padding: such values are copied as bytes.
    var isPlain: Bool
    /// Whether an address is in it, or may be.
    var hasPointers: Bool
    /// Bytes of the discriminant of a variant.
    var discriminantSize: UInt8
    var alignment: UInt8
    /// Types within types, this included.
    var depth: UInt8
    /// Flat values; as many as that number can say where there are more.
    var flatCount: UInt16
    var size: UInt32
    /// The first of its children.
    var first: UInt32
    /// How many children it has; of a fixed-length list, elements, of flags, labels.
    var count: UInt32
    /// Where in the labels its own begin.
    var label: UInt32
    var resource: ResourceNumber
}

/// A type within a type.
struct TypeChild {
    /// Its place in the table; negative for a case without a value.
    var node: Int32
    /// Flat values before it.
    var flatOffset: UInt16
    /// Bytes before it.
    var offset: UInt32
}

/// The types of a table, for addresses of 32 or of 64 bits.
@safe struct TypeTable {
    private let nodes: UnsafeMutablePointer<TypeNode>
    private let children: UnsafeMutablePointer<TypeChild>

    init(_ nodes: [TypeNode], _ children: [TypeChild]) {
        unsafe self.nodes = .allocate(capacity: max(nodes.count, 1))
        unsafe self.children = .allocate(capacity: max(children.count, 1))
        for (index, node) in nodes.enumerated() { unsafe self.nodes[index] = node }
        for (index, child) in children.enumerated() { unsafe self.children[index] = child }
    }

    func deallocate() {
        unsafe nodes.deallocate()
        unsafe children.deallocate()
    }

    @inline(__always) subscript(node: Int) -> TypeNode { unsafe nodes[node] }

    /// A node's child; `index` is less than its count.
    @inline(__always) func child(_ node: TypeNode, _ index: Int) -> TypeChild {
        unsafe children[Int(node.first) &+ index]
    }

    /// The place of the type of a list's elements.
    @inline(__always) func element(_ node: TypeNode) -> Int { Int(child(node, 0).node) }
}

/// A table of types, immutable.
package final class CanonicalTypes: @unchecked Sendable {
    private let narrow: TypeTable
    private let wide: TypeTable
    let functions: [FunctionNode]
    let labels: [String]

    init(narrow: TypeTable, wide: TypeTable, functions: [FunctionNode], labels: [String]) {
        self.narrow = narrow
        self.wide = wide
        self.functions = functions
        self.labels = labels
    }

    deinit {
        narrow.deallocate()
        wide.deallocate()
    }

    /// The types as they are where addresses have 64 bits, or 32.
    func table(isMemory64: Bool) -> TypeTable { isMemory64 ? wide : narrow }

    /// The label of a field, a case or a flag.
    func label(_ node: TypeNode, _ index: Int) -> String { labels[Int(node.label) + index] }
}

/// A function's type: its parameters are a tuple.
struct FunctionNode {
    var parameters: Int
    var result: Int?
    var parameterCount: Int
}

/// The place of a function's type in a table of types.
package struct FunctionTypeIndex: Hashable, Sendable {
    let index: Int
}

/// Why values of a type cannot be passed.
package enum CanonicalTypeError: Error, Hashable, Sendable {
    /// Only asynchronous code can pass it; its name in the text format.
    case asynchronous(String)
    /// It has more than `ComponentLimits` allows.
    case tooLarge
    /// The type is not there, or is no type of a value.
    case unknown
}

extension CanonicalTypeError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .asynchronous(let name): "values of the type \(name) are not passed yet"
        case .tooLarge:
            "a type takes \(ComponentLimits.valueBytes) bytes or more, or is nested too deep"
        case .unknown: "a type is not there"
        }
    }
}
