import ComponentModel
import Wasm

// The function of fermyon:spin/variables, by its name.

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

/// Defines fermyon:spin/variables for a component whose variables have these values.
func defineVariables(_ values: [String: String], in linker: ComponentLinker) {
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
