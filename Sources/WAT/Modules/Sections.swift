import Wasm

/// The sections of a module, as they grow. Spec: core/binary/modules#sections
struct Sections {
    /// In the order of the binary format.
    enum Kind: Int, CaseIterable {
        case type, `import`, function, table, memory, tag, global, export, start, element
        case dataCount, code, data

        /// The byte that the section begins with.
        /// Spec: core/binary/modules#binary-section
        var id: UInt8 {
            switch self {
            case .type: 1
            case .import: 2
            case .function: 3
            case .table: 4
            case .memory: 5
            case .tag: 13
            case .global: 6
            case .export: 7
            case .start: 8
            case .element: 9
            case .dataCount: 12
            case .code: 10
            case .data: 11
            }
        }
    }

    /// A section that holds a list.
    private struct List {
        var count = 0
        var bytes: [UInt8] = []
    }

    /// A place between two sections, the lower the earlier.
    struct Place {
        let rank: Int

        static let first = Place(rank: -1)
        static let last = Place(rank: .max)
        static func before(_ kind: Kind) -> Place { Place(rank: kind.rawValue * 2) }
        static func after(_ kind: Kind) -> Place { Place(rank: kind.rawValue * 2 + 1) }
    }

    private var lists = [List](repeating: List(), count: Kind.allCases.count)
    private var customSections: [(place: Place, bytes: [UInt8])] = []

    /// The function that the start section names.
    var start: UInt32?
    /// The branch hints of each function that has any.
    private var branchHints = List()
    /// Whether an instruction names a data segment, which takes a data count section.
    var needsDataCount = false

    /// Adds an element to a section: what `write` writes.
    mutating func add(_ kind: Kind, _ write: (inout [UInt8]) -> Void) {
        lists[kind.rawValue].count += 1
        write(&lists[kind.rawValue].bytes)
    }

    /// Adds a custom section. Spec: core/binary/modules#binary-customsec
    mutating func addCustom(_ name: [UInt8], _ contents: [UInt8], at place: Place) {
        var bytes: [UInt8] = []
        bytes.append(list: name)
        bytes.append(contentsOf: contents)
        customSections.append((place, bytes))
    }

    /// Adds the branch hints of a function: where in its body, and what.
    /// Spec: core/appendix/custom#branch-hints
    mutating func addHints(_ function: UInt32, _ hints: [(offset: Int, hint: UInt8)]) {
        branchHints.count += 1
        branchHints.bytes.append(unsigned: function)
        branchHints.bytes.append(unsigned: hints.count)
        for (offset, hint) in hints {
            branchHints.bytes.append(unsigned: offset)
            branchHints.bytes.append(list: [hint])
        }
    }

    /// The module that the sections make. Spec: core/binary/modules#binary-module
    mutating func module() -> [UInt8] {
        if branchHints.count > 0 {
            var contents: [UInt8] = []
            contents.append(unsigned: branchHints.count)
            contents.append(contentsOf: branchHints.bytes)
            addCustom(Array("metadata.code.branch_hint".utf8), contents, at: .before(.code))
        }
        var module: [UInt8] = [0x00, 0x61, 0x73, 0x6D, 0x01, 0x00, 0x00, 0x00]
        writeCustom(&module) { $0 < 0 }
        for kind in Kind.allCases {
            writeCustom(&module) { $0 == kind.rawValue * 2 }
            if let contents = contents(kind) {
                module.append(kind.id)
                module.append(list: contents)
            }
            writeCustom(&module) { $0 == kind.rawValue * 2 + 1 }
        }
        writeCustom(&module) { $0 == .max }
        return module
    }

    private func writeCustom(_ module: inout [UInt8], where isPlace: (Int) -> Bool) {
        for section in customSections where isPlace(section.place.rank) {
            module.append(0)
            module.append(list: section.bytes)
        }
    }

    /// What stands in a section, nil where it is left out.
    private func contents(_ kind: Kind) -> [UInt8]? {
        var bytes: [UInt8] = []
        switch kind {
        case .start:
            guard let start else { return nil }
            bytes.append(unsigned: start)
        case .dataCount:
            guard needsDataCount else { return nil }
            bytes.append(unsigned: lists[Kind.data.rawValue].count)
        case .type, .import, .function, .table, .memory, .tag, .global, .export, .element, .code,
            .data:
            let list = lists[kind.rawValue]
            if list.count == 0 { return nil }
            bytes.reserveCapacity(list.bytes.count + 5)
            bytes.append(unsigned: list.count)
            bytes.append(contentsOf: list.bytes)
        }
        return bytes
    }
}
