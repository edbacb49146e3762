/// Names as WIT writes them.
/// Spec: WIT "Identifiers", "Keywords"
enum WITName {
    private static let keywords: Set<String> = [
        "_", "as", "async", "bool", "borrow", "char", "constructor", "enum", "error-context", "export",
        "f32", "f64", "flags", "float32", "float64", "from", "func", "future", "import", "include",
        "interface", "list", "map", "option", "own", "package", "record", "resource", "result", "s16",
        "s32", "s64", "s8", "static", "stream", "string", "tuple", "type", "u16", "u32", "u64", "u8",
        "use", "variant", "with", "world",
    ]

    /// The identifier, with `%` before it where it would be a keyword.
    static func escaped(_ name: String) -> String { keywords.contains(name) ? "%" + name : name }

    /// Whether `name` is a plain label, and so can be declared in WIT.
    static func isLabel(_ name: String) -> Bool {
        !name.isEmpty && name.utf8.allSatisfy { $0.isWaveLetter || $0.isWaveDigit || $0 == UInt8(ascii: "-") }
    }
}

/// The name of an interface in a package, `wasi:io/streams@0.2.0` say.
/// Spec: Explainer "Import and Export Definitions" (interfacename)
package struct InterfaceName: Hashable, Sendable {
    /// Namespace and name, `wasi:io`.
    package var package: String
    /// `streams`.
    package var interface: String
    /// `0.2.0`; nil with none.
    package var version: String?

    /// Takes a name apart; nil if it is of another form.
    package init?(_ name: String, versionSuffix: String? = nil) {
        var rest = name[...]
        if let at = rest.utf8.firstIndex(of: UInt8(ascii: "@")) {
            version = String(rest[rest.utf8.index(after: at)...]) + (versionSuffix ?? "")
            rest = rest[..<at]
        }
        guard let slash = rest.utf8.lastIndex(of: UInt8(ascii: "/")) else { return nil }
        package = String(rest[..<slash])
        interface = String(rest[rest.utf8.index(after: slash)...])
        let labels = package.split(
            omittingEmptySubsequences: false, whereSeparator: { $0 == ":" || $0 == "/" })
        guard labels.count > 1, WITName.isLabel(interface),
            labels.allSatisfy({ WITName.isLabel(String($0)) })
        else { return nil }
    }

    /// The package with its version, as `package` declares it.
    var packageText: String {
        package.split(separator: ":").map { WITName.escaped(String($0)) }.joined(separator: ":")
            + (version.map { "@\($0)" } ?? "")
    }

    /// The interface as it is referred to from `package`, or from elsewhere.
    func reference(from package: String?) -> String {
        if packageText == package { return WITName.escaped(interface) }
        let names = self.package.split(separator: ":").map { WITName.escaped(String($0)) }
        return names.joined(separator: ":") + "/" + WITName.escaped(interface)
            + (version.map { "@\($0)" } ?? "")
    }
}

/// The name of a function, taken apart: which resource it belongs to, and how.
/// Spec: Explainer "Import and Export Definitions" (plainname)
struct FunctionName: Hashable {
    enum Kind: Hashable { case freestanding, constructor, method, statically }

    var kind: Kind
    var resource: String?
    /// The name without brackets and resource; a constructor has none.
    var name: String

    init(_ text: String) {
        kind = .freestanding
        name = text
        guard text.hasPrefix("["), let close = text.firstIndex(of: "]") else { return }
        let tag = text[text.index(after: text.startIndex)..<close]
        let rest = text[text.index(after: close)...]
        if tag == "constructor" {
            kind = .constructor
            resource = String(rest)
            name = ""
        } else if tag == "method" || tag == "static", let dot = rest.firstIndex(of: ".") {
            kind = tag == "method" ? .method : .statically
            resource = String(rest[..<dot])
            name = String(rest[rest.index(after: dot)...])
        }
    }
}
