import Wasm

/// The types that a module defines, in writing or by the way. Spec: core/text/types
struct TypeDefinitions {
    private(set) var definitions: [SubType] = []
    private var groups: [Range<Int>] = []
    /// Where a function type is defined first, alone in its group, final and without supertypes.
    private var functionTypes: [FunctionType: UInt32] = [:]
    /// The names of the fields of structures, by type index.
    var fields: [UInt32: IndexSpace] = [:]

    /// Adds a recursive group.
    mutating func add(_ group: [SubType]) {
        let start = definitions.count
        definitions.append(contentsOf: group)
        groups.append(start..<definitions.count)
        guard group.count == 1, let only = group.first, only.isFinal, only.supertypes.isEmpty,
            case .function(let type) = only.composite, functionTypes[type] == nil
        else { return }
        functionTypes[type] = UInt32(truncatingIfNeeded: start)
    }

    /// The index of `type`, which is added at the end where it is new.
    /// Spec: core/text/modules#abbreviations
    mutating func index(of type: FunctionType) -> UInt32 {
        if let index = functionTypes[type] { return index }
        add([SubType(isFinal: true, supertypes: [], composite: .function(type))])
        return UInt32(truncatingIfNeeded: definitions.count - 1)
    }

    /// The type at `index`, nil where there is none.
    subscript(index: UInt32) -> CompositeType? {
        Int(index) < definitions.count ? definitions[Int(index)].composite : nil
    }

    /// Adds the type section.
    /// Spec: core/binary/modules#type-section
    func write(to sections: inout Sections) {
        for group in groups {
            sections.add(.type) { bytes in
                if group.count != 1 {
                    bytes.append(0x4E)
                    bytes.append(unsigned: group.count)
                }
                for definition in definitions[group] { bytes.append(definition) }
            }
        }
    }
}
