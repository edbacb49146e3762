import Wasm

extension Module {
    /// Something that the module imports or exports, with its type as the text format writes it.
    package struct ExternEntry: Sendable {
        /// The name of the module that it is imported from; nil of an export.
        package let module: String?
        package let name: String
        /// `func`, `table`, `memory`, `global` or `tag`.
        package let kind: String
        /// For example `(func (param i32) (result i64))`.
        package let type: String
    }

    package var importEntries: [ExternEntry] {
        imports.map { entry($0.module, $0.name, $0.type) }
    }

    package var exportEntries: [ExternEntry] {
        exports.map { export in
            let type: ExternType =
                switch export.index {
                case .function(let index): .function(functions[Int(index)])
                case .table(let index): .table(tables[Int(index)])
                case .memory(let index): .memory(memories[Int(index)])
                case .global(let index): .global(globals[Int(index)])
                case .tag(let index): .tag(tags[Int(index)])
                }
            return entry(nil, export.name, type)
        }
    }

    private func entry(_ module: String?, _ name: String, _ type: ExternType) -> ExternEntry {
        let (kind, text): (String, String) =
            switch type {
            case .function(let index): ("func", CoreTypeText.signature(functionType(index)))
            case .table(let type): ("table", CoreTypeText.table(type))
            case .memory(let type): ("memory", CoreTypeText.memory(type))
            case .global(let type): ("global", CoreTypeText.global(type))
            case .tag(let index): ("tag", CoreTypeText.signature(functionType(index)))
            }
        return ExternEntry(module: module, name: name, kind: kind, type: "(\(kind)\(text))")
    }
}

extension CoreModuleType {
    /// Its imports and exports as the text format writes them, one after the other.
    var lines: [String] {
        imports.map {
            "(import \(Val.string($0.module).wave) \(Val.string($0.name).wave) \($0.type.text))"
        } + exports.map { "(export \(Val.string($0.name).wave) \($0.type.text))" }
    }
}

extension CoreExternType {
    /// For example `(func (param i32) (result i64))`.
    fileprivate var text: String {
        switch self {
        case .function(let type): "(func\(CoreTypeText.signature(type)))"
        case .table(let type): "(table\(CoreTypeText.table(type)))"
        case .memory(let type): "(memory\(CoreTypeText.memory(type)))"
        case .global(let type): "(global\(CoreTypeText.global(type)))"
        case .tag(let type): "(tag\(CoreTypeText.signature(type)))"
        }
    }
}

/// Core types as the text format writes them, after the keyword.
/// Spec: core/text/types
private enum CoreTypeText {
    static func signature(_ type: FunctionType?) -> String {
        guard let type else { return "" }
        return list("param", type.parameters) + list("result", type.results)
    }

    static func table(_ type: TableType) -> String {
        "\(range(type.addressType, type.limits)) \(type.element)"
    }

    static func memory(_ type: MemoryType) -> String { range(type.addressType, type.limits) }

    static func global(_ type: GlobalType) -> String {
        type.isMutable ? " (mut \(type.value))" : " \(type.value)"
    }

    private static func list(_ word: String, _ types: [ValueType]) -> String {
        types.isEmpty ? "" : " (\(word) \(types.map(\.description).joined(separator: " ")))"
    }

    private static func range(_ address: AddressType, _ limits: SizeLimits) -> String {
        (address == .i64 ? " i64" : "") + " \(limits.minimum)" + (limits.maximum.map { " \($0)" } ?? "")
    }
}
