/// The names of things, as identifiers and annotations give them.
/// Spec: core/appendix/custom#name-section
struct NameSection {
    /// A name for some of the indices of a space.
    typealias NameMap = [UInt32: [UInt8]]

    var module: [UInt8]?
    var functions: NameMap = [:]
    /// By function.
    var locals: [UInt32: NameMap] = [:]
    var types: NameMap = [:]
    /// By structure type.
    var fields: [UInt32: NameMap] = [:]
    var tags: NameMap = [:]

    /// The contents of the section; empty where nothing has a name.
    func contents() -> [UInt8] {
        var contents: [UInt8] = []
        if let module {
            var name: [UInt8] = []
            name.append(list: module)
            write(0, name, to: &contents)
        }
        write(1, Self.encoded(functions), to: &contents)
        write(2, encoded(locals), to: &contents)
        write(4, Self.encoded(types), to: &contents)
        write(10, encoded(fields), to: &contents)
        write(11, Self.encoded(tags), to: &contents)
        return contents
    }

    private func write(_ id: UInt8, _ subsection: [UInt8], to contents: inout [UInt8]) {
        if subsection.isEmpty { return }
        contents.append(id)
        contents.append(list: subsection)
    }

    static func encoded(_ map: NameMap) -> [UInt8] {
        if map.isEmpty { return [] }
        var bytes: [UInt8] = []
        bytes.append(unsigned: map.count)
        for (index, name) in map.sorted(by: { $0.key < $1.key }) {
            bytes.append(unsigned: index)
            bytes.append(list: name)
        }
        return bytes
    }

    private func encoded(_ maps: [UInt32: NameMap]) -> [UInt8] {
        if maps.isEmpty { return [] }
        var bytes: [UInt8] = []
        bytes.append(unsigned: maps.count)
        for (index, map) in maps.sorted(by: { $0.key < $1.key }) {
            bytes.append(unsigned: index)
            bytes.append(contentsOf: Self.encoded(map))
        }
        return bytes
    }
}
