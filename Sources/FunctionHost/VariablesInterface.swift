import ComponentModel
import Wasm

// The functions of fermyon:spin/variables and wasi:config/store, by their names.

/// Why a variable cannot be read.
/// Spec: fermyon:spin/variables#error
private enum VariablesError: LowerableVariant {
    case invalidName(String)
    case undefined(String)

    static func cases<V: CaseVisitor>(_ visitor: inout V) {
        visitor.case("invalid-name", String.self)
        visitor.case("undefined", String.self)
        visitor.case("provider", String.self)
        visitor.case("other", String.self)
    }

    var discriminant: Int {
        switch self {
        case .invalidName: 0
        case .undefined: 1
        }
    }

    func write(to writer: inout RecordWriter) throws(Trap) {
        switch self {
        case .invalidName(let text), .undefined(let text): try writer.add(text)
        }
    }
}

/// Defines fermyon:spin/variables and wasi:config/store for a component whose variables have these values.
func defineVariables(_ values: [String: String], in linker: ComponentLinker) {
    defineConfiguration(values, in: linker)
    let variables = linker.instance("fermyon:spin/variables@2.0.0")
    variables.define("get", effect: .environment) {
        (_, name: String) throws(Trap) -> ComponentResult<String, VariablesError> in
        guard isVariableName(name) else {
            return .error(.invalidName("\"\(name)\" is no name of a variable"))
        }
        guard let value = values[name] else {
            return .error(.undefined("the component has no variable \"\(name)\""))
        }
        return .ok(value)
    }
}

/// Why the configuration cannot be read, which it always can.
/// Spec: wasi:config/store#error
private enum ConfigurationError: LowerableVariant {
    static func cases<V: CaseVisitor>(_ visitor: inout V) {
        visitor.case("upstream", String.self)
        visitor.case("io", String.self)
    }

    var discriminant: Int { switch self {} }
    func write(to writer: inout RecordWriter) throws(Trap) {}
}

/// Defines wasi:config/store for a component whose variables have these values.
private func defineConfiguration(_ values: [String: String], in linker: ComponentLinker) {
    let store = linker.instance("wasi:config/store@0.2.0-draft-2024-09-27")
    store.define("get", effect: .environment) {
        (_, key: String) throws(Trap) -> ComponentResult<String?, ConfigurationError> in
        .ok(values[key])
    }
    let all = values.sorted { $0.key < $1.key }.map { Tuple2($0.key, $0.value) }
    store.define("get-all", effect: .environment) {
        (_) throws(Trap) -> ComponentResult<[Tuple2<String, String>], ConfigurationError> in
        .ok(all)
    }
}

/// Packages of Spin whose interfaces are not there yet. The SDK for Python has every component import all of
/// them: it is served, and a guest that calls one of their functions traps.
let laterPackages: Set<String> = [
    "fermyon:spin", "spin:key-value", "spin:llm", "spin:mqtt", "spin:mysql", "spin:postgres", "spin:redis",
    "spin:sqlite", "wasi:keyvalue",
]

/// Whether `name` is lower-case words with single underscores between them.
private func isVariableName(_ name: String) -> Bool {
    guard let first = name.utf8.first, first >= 0x61, first <= 0x7A, name.utf8.last != 0x5F else {
        return false
    }
    var last: UInt8 = 0
    for byte in name.utf8 {
        let isWord = byte >= 0x61 && byte <= 0x7A || byte >= 0x30 && byte <= 0x39
        guard isWord || byte == 0x5F && last != 0x5F else { return false }
        last = byte
    }
    return true
}
