import ComponentModel

/// The names of what a component holds, as identifiers and annotations give them.
/// Spec: Binary "Name Section"
struct ComponentNames {
    var component: [UInt8]?
    private var names: [Sort: NameSection.NameMap] = [:]

    mutating func add(_ name: [UInt8], _ sort: Sort, _ index: UInt32) {
        names[sort, default: [:]][index] = name
    }

    /// The contents of the section; empty where nothing has a name.
    func contents() -> [UInt8] {
        var contents: [UInt8] = []
        if let component {
            var name: [UInt8] = []
            name.append(list: component)
            contents.append(0)
            contents.append(list: name)
        }
        for sort in Sort.all {
            guard let map = names[sort] else { continue }
            contents.append(1)
            contents.append(list: sort.code + NameSection.encoded(map))
        }
        return contents
    }
}
