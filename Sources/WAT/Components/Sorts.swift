import ComponentModel

// What the text format calls the sorts, and the binary format writes them as.
// Spec: Explainer "Index Spaces", Binary "sort"

extension CoreSort {
    static let all: [CoreSort] = [
        .function, .table, .memory, .global, .tag, .type, .module, .instance,
    ]

    var keyword: Keyword {
        switch self {
        case .function: .func
        case .table: .table
        case .memory: .memory
        case .global: .global
        case .tag: .tag
        case .type: .type
        case .module: .module
        case .instance: .instance
        }
    }

    var code: UInt8 {
        switch self {
        case .function: 0x00
        case .table: 0x01
        case .memory: 0x02
        case .global: 0x03
        case .tag: 0x04
        case .type: 0x10
        case .module: 0x11
        case .instance: 0x12
        }
    }
}

extension Sort {
    static let all: [Sort] =
        CoreSort.all.map(Sort.core) + [.function, .value, .type, .component, .instance]

    /// Its place in `all`.
    var rank: Int {
        switch self {
        case .core(.function): 0
        case .core(.table): 1
        case .core(.memory): 2
        case .core(.global): 3
        case .core(.tag): 4
        case .core(.type): 5
        case .core(.module): 6
        case .core(.instance): 7
        case .function: 8
        case .value: 9
        case .type: 10
        case .component: 11
        case .instance: 12
        }
    }

    /// The word for it, behind `core` where it is a core sort.
    var keyword: Keyword {
        switch self {
        case .core(let sort): sort.keyword
        case .function: .func
        case .value: .value
        case .type: .type
        case .component: .component
        case .instance: .instance
        }
    }

    /// What it is called in errors.
    var category: String {
        switch self {
        case .core(let sort): "core \(sort.keyword.rawValue)"
        case .function, .value, .type, .component, .instance: keyword.rawValue
        }
    }

    var code: [UInt8] {
        switch self {
        case .core(let sort): [0x00, sort.code]
        case .function: [0x01]
        case .value: [0x02]
        case .type: [0x03]
        case .component: [0x04]
        case .instance: [0x05]
        }
    }

    /// Whether what an enclosing component defines may be named: an outer alias is made then.
    /// Spec: Explainer "Alias Definitions"
    var isOuterAliasable: Bool {
        switch self {
        case .core(.module), .core(.type), .component, .type: true
        case .core, .function, .value, .instance: false
        }
    }

    /// The sort of the instances that export such things; nil where none does.
    var exporter: Sort? {
        switch self {
        case .core(.type), .core(.instance): nil
        case .core(.module), .function, .value, .type, .component, .instance: .instance
        case .core: .core(.instance)
        }
    }
}
