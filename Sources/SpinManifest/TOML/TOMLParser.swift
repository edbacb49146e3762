// The one file that reads the shim's nodes. They and what they point to live until the document is
// freed, which is after everything was copied; the shim gives as many nodes as it says.

import CTOML

/// Why bytes are no TOML document.
package struct TOMLError: Error, Equatable {
    package var message: String
    /// Nil where no place is to blame.
    package var position: SourcePosition?
}

extension TOMLValue {
    /// Parses a document (TOML 1.0.0), whose root is a table.
    ///
    /// Throws a `TOMLError` at the first mistake, or if a value lies deeper than `depth`.
    package init(parsing bytes: [UInt8], depth: Int) throws(TOMLError) {
        let document = unsafe bytes.withUnsafeBytes { buffer in
            unsafe virga_toml_parse(
                buffer.baseAddress?.assumingMemoryBound(to: CChar.self),
                buffer.count,
                UInt32(clamping: depth)
            )
        }
        guard let document = unsafe document else {
            throw TOMLError(message: "there is not enough memory to parse it")
        }
        defer { unsafe virga_toml_free(document) }
        var line: UInt32 = 0
        var column: UInt32 = 0
        if let message = unsafe virga_toml_error(document, &line, &column) {
            throw unsafe TOMLError(
                message: String(cString: message),
                position: line == 0 ? nil : SourcePosition(line: Int(line), column: Int(column))
            )
        }
        var count = 0
        guard let first = unsafe virga_toml_nodes(document, &count), count > 0 else {
            throw TOMLError(message: "it holds nothing")
        }
        let nodes = unsafe TOMLNodes(UnsafeBufferPointer(start: first, count: count))
        self = nodes.value(0)
    }
}

/// The shim's nodes while they live.
@safe private struct TOMLNodes {
    private let nodes: UnsafeBufferPointer<virga_toml_node>

    init(_ nodes: UnsafeBufferPointer<virga_toml_node>) {
        unsafe self.nodes = nodes
    }

    /// The value at an index, and all below it.
    ///
    /// The shim limits how deep they lie.
    func value(_ index: Int) -> TOMLValue {
        let node = unsafe nodes[index]
        let kind: TOMLValue.Kind =
            switch UInt32(unsafe node.kind) {
            case UInt32(VIRGA_TOML_TABLE): .table(entries(index))
            case UInt32(VIRGA_TOML_ARRAY): .array(children(index).map(value))
            case UInt32(VIRGA_TOML_STRING):
                .string(unsafe TOMLNodes.text(node.text, node.text_length))
            case UInt32(VIRGA_TOML_INTEGER): .integer(unsafe node.integer)
            case UInt32(VIRGA_TOML_FLOAT): .float(unsafe node.number)
            case UInt32(VIRGA_TOML_BOOLEAN): .boolean(unsafe node.boolean != 0)
            default: .date
            }
        return unsafe TOMLValue(kind: kind, region: SourceRegion(node.region))
    }

    /// A table's entries, which the library sorts by name, in the order of the file.
    private func entries(_ index: Int) -> [TOMLEntry] {
        let unordered = children(index).map { child in
            let node = unsafe nodes[child]
            return unsafe TOMLEntry(
                key: TOMLNodes.text(node.key, node.key_length),
                keyRegion: SourceRegion(node.key_region),
                value: value(child)
            )
        }
        return unordered.sorted { $0.keyRegion.start < $1.keyRegion.start }
    }

    private func children(_ index: Int) -> [Int] {
        var children: [Int] = []
        var child = index + 1
        let end = unsafe child + Int(nodes[index].descendants)
        while child < end {
            children.append(child)
            unsafe child += 1 + Int(nodes[child].descendants)
        }
        return children
    }

    private static func text(_ start: UnsafePointer<CChar>?, _ count: Int) -> String {
        guard let start = unsafe start else { return "" }
        return unsafe UnsafeRawPointer(start).withMemoryRebound(to: UInt8.self, capacity: count) {
            bytes in
            unsafe String(decoding: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self)
        }
    }
}

extension SourceRegion {
    fileprivate init(_ region: virga_toml_region) {
        self.init(
            start: SourcePosition(line: Int(region.line), column: Int(region.column)),
            end: SourcePosition(line: Int(region.end_line), column: Int(region.end_column))
        )
    }
}
