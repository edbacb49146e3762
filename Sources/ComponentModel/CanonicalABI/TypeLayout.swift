/// How a type lies in memory and flat, given how its children do.
/// Spec: CanonicalABI "Alignment", "Element Size", "Flattening"
struct TypeLayout {
    private let children: [Int32]
    private let nodes: [TypeNode]
    /// Bytes of an address.
    private let pointerSize: UInt64

    init(_ children: [Int32], _ nodes: [TypeNode], pointerSize: UInt64) {
        self.children = children
        self.nodes = nodes
        self.pointerSize = pointerSize
    }

    /// The child with this index; nil of a case without a value.
    private func child(_ index: Int) -> TypeNode? {
        children[index] < 0 ? nil : nodes[Int(children[index])]
    }

    /// Sets the node's size, alignment and what else depends on its children; gives their places.
    /// Throws where it is over a limit.
    func lay(_ node: inout TypeNode) throws(CanonicalTypeError) -> [TypeChild] {
        let depth = children.indices.reduce(0) { max($0, child($1)?.depth ?? 0) }
        guard Int(depth) < ComponentLimits.typeNesting + 1 else { throw .tooLarge }
        node.depth = depth + 1
        node.hasPointers = children.indices.contains { child($0)?.hasPointers ?? false }
        switch node.kind {
        case .bool: set(&node, 1)
        case .s8, .u8: set(&node, 1, isPlain: true)
        case .s16, .u16: set(&node, 2, isPlain: true)
        case .s32, .u32, .f32: set(&node, 4, isPlain: true)
        case .s64, .u64, .f64: set(&node, 8, isPlain: true)
        case .char, .own, .borrow: set(&node, 4)
        case .flags:
            // More labels than 32 are invalid.
            let labels = node.count
            guard labels <= 32 else { throw .tooLarge }
            set(&node, labels <= 8 ? 1 : labels <= 16 ? 2 : 4)
            node.isPlain = labels == 8 * node.size
        case .string, .list, .map:
            set(&node, UInt8(pointerSize))
            node.size = UInt32(2 * pointerSize)
            node.flatCount = 2
            node.hasPointers = true
        case .fixedLengthList: try fixedLengthList(&node)
        case .record, .tuple: return try record(&node)
        case .variant, .enumeration, .option, .result: return try variant(&node)
        }
        return children.map { TypeChild(node: $0, flatOffset: 0, offset: 0) }
    }

    private func set(_ node: inout TypeNode, _ size: UInt8, isPlain: Bool = false) {
        node.size = UInt32(size)
        node.alignment = size
        node.isPlain = isPlain
    }

    private func fixedLengthList(_ node: inout TypeNode) throws(CanonicalTypeError) {
        guard let element = child(0) else { throw .unknown }
        node.size = try checked(UInt64(element.size) * UInt64(node.count))
        node.alignment = element.alignment
        node.isPlain = element.isPlain
        let flat = UInt64(element.flatCount) * UInt64(node.count)
        node.flatCount = UInt16(clamping: flat)
    }

    private func record(_ node: inout TypeNode) throws(CanonicalTypeError) -> [TypeChild] {
        var places: [TypeChild] = []
        var size: UInt64 = 0
        var flat = 0
        node.alignment = 1
        node.isPlain = true
        for (index, place) in children.enumerated() {
            guard let field = child(index) else { throw .unknown }
            let start = aligned(size, field.alignment)
            if start != size || !field.isPlain { node.isPlain = false }
            places.append(
                TypeChild(
                    node: place,
                    flatOffset: UInt16(clamping: flat),
                    offset: try checked(start)
                )
            )
            size = start + UInt64(field.size)
            flat += Int(field.flatCount)
            node.alignment = max(node.alignment, field.alignment)
        }
        let end = aligned(size, node.alignment)
        if end != size { node.isPlain = false }
        node.size = try checked(end)
        node.flatCount = UInt16(clamping: flat)
        return places
    }

    private func variant(_ node: inout TypeNode) throws(CanonicalTypeError) -> [TypeChild] {
        node.discriminantSize = children.count <= 1 << 8 ? 1 : children.count <= 1 << 16 ? 2 : 4
        var alignment: UInt8 = 1
        var size: UInt32 = 0
        var flat: UInt16 = 0
        for index in children.indices {
            guard let value = child(index) else { continue }
            alignment = max(alignment, value.alignment)
            size = max(size, value.size)
            flat = max(flat, value.flatCount)
        }
        node.alignment = max(alignment, node.discriminantSize)
        let start = aligned(UInt64(node.discriminantSize), alignment)
        node.size = try checked(aligned(start + UInt64(size), node.alignment))
        node.flatCount = flat == .max ? flat : flat + 1
        return children.map { TypeChild(node: $0, flatOffset: 1, offset: UInt32(start)) }
    }

    private func aligned(_ offset: UInt64, _ alignment: UInt8) -> UInt64 {
        (offset + UInt64(alignment) - 1) / UInt64(alignment) * UInt64(alignment)
    }

    private func checked(_ size: UInt64) throws(CanonicalTypeError) -> UInt32 {
        guard size < ComponentLimits.valueBytes else { throw .tooLarge }
        return UInt32(size)
    }
}
