/// What a component or a type is made of: each adds to an index space or exports something.
/// The raw value is the id of its section. Spec: Binary "Component Definitions"
enum DefinitionKind: UInt8 {
    case coreModule = 1
    case coreInstance, coreType, component, instance, alias, type, canon, start, `import`, export

    /// Whether each makes a section of its own.
    fileprivate var isSection: Bool {
        switch self {
        case .coreModule, .component, .start: true
        case .coreInstance, .coreType, .instance, .alias, .type, .canon, .import, .export: false
        }
    }
}

/// The definitions of a component, or the declarators of a type, as they grow.
struct DefinitionList {
    /// What stands before each kind of declarator; nil of a component, which has sections.
    private let declarators: [DefinitionKind: UInt8]?
    /// The sections that are complete.
    private var sections: [UInt8] = []
    /// The section that is not, or all declarators: how many items, and which.
    private var kind: DefinitionKind?
    private var count = 0
    private var items: [UInt8] = []

    init(_ scope: ComponentScope.Kind) {
        switch scope {
        case .component: declarators = nil
        case .moduleType: declarators = Self.moduleDeclarators
        case .componentType, .instanceType: declarators = Self.componentDeclarators
        }
    }

    /// Spec: Binary "core:moduledecl"
    private static let moduleDeclarators: [DefinitionKind: UInt8] = [
        .import: 0, .coreType: 1, .alias: 2, .export: 3,
    ]

    /// Spec: Binary "componentdecl", "instancedecl"
    private static let componentDeclarators: [DefinitionKind: UInt8] = [
        .coreType: 0, .type: 1, .alias: 2, .import: 3, .export: 4,
    ]

    mutating func add(_ kind: DefinitionKind, _ definition: [UInt8]) {
        if let declarators {
            guard let code = declarators[kind] else { return }
            items.append(code)
        } else if kind.isSection {
            closeSection()
            add(section: kind.rawValue, definition)
            return
        } else if self.kind != kind {
            closeSection()
            self.kind = kind
        }
        items.append(contentsOf: definition)
        count += 1
    }

    /// Spec: core/binary/modules#binary-customsec
    mutating func addCustom(_ name: [UInt8], _ contents: [UInt8]) {
        closeSection()
        var section: [UInt8] = []
        section.append(list: name)
        section.append(contentsOf: contents)
        add(section: 0, section)
    }

    private mutating func closeSection() {
        guard let kind else { return }
        var contents: [UInt8] = []
        contents.reserveCapacity(items.count + 5)
        contents.append(unsigned: count)
        contents.append(contentsOf: items)
        add(section: kind.rawValue, contents)
        self.kind = nil
        count = 0
        items = []
    }

    private mutating func add(section id: UInt8, _ contents: [UInt8]) {
        sections.append(id)
        sections.append(list: contents)
    }

    /// The sections of the component, or the declarators and how many there are.
    mutating func encoded() -> [UInt8] {
        if declarators == nil {
            closeSection()
            return sections
        }
        var bytes: [UInt8] = []
        bytes.append(unsigned: count)
        bytes.append(contentsOf: items)
        return bytes
    }
}
