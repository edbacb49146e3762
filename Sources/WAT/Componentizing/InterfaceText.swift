/// An interface that a core module may import: its types and functions in the text format.
struct InterfaceText {
    /// A type of another interface.
    struct Use {
        let interface: String
        let type: String
        /// What it is called here.
        let name: String
    }

    /// Without its version, as `wasi:io/streams`.
    let name: String
    let uses: [Use]
    let resources: [String]
    /// Records and variants, each exported.
    let types: String
    /// By their names: parameters and results. The `self` of methods is left out.
    let functions: [String: String]

    /// `functions` has a function in each line: its name, then its parameters and results.
    init(
        _ name: String,
        uses: [(interface: String, type: String, name: String)] = [],
        resources: [String] = [],
        types: String = "",
        functions: String
    ) {
        self.name = name
        self.uses = uses.map { Use(interface: $0.interface, type: $0.type, name: $0.name) }
        self.resources = resources
        self.types = types
        var table: [String: String] = [:]
        for line in functions.split(separator: "\n") {
            let end = line.firstIndex(of: " ") ?? line.endIndex
            table[String(line[..<end])] = String(line[end...])
        }
        self.functions = table
    }

    /// The type of a function, as `(func ...)`; nil of one that is not there.
    func function(_ name: String) -> String? {
        guard let text = functions[name] else { return nil }
        guard name.hasPrefix("[method]"), let dot = name.firstIndex(of: ".") else {
            return "(func\(text))"
        }
        let resource = name[name.index(name.startIndex, offsetBy: 8)..<dot]
        return "(func (param \"self\" (borrow $\(resource)))\(text))"
    }

    /// The import of the interface with these functions, and aliases of its resources and of the types
    /// that others use, which are called `$INTERFACE.TYPE`.
    func importText(version: String, functions used: [String]) -> String {
        var lines = ["(import \"\(name)@\(version)\" (instance $\(name)"]
        for use in uses {
            lines.append("(alias outer $C $\(use.interface).\(use.type) (type $outer-\(use.name)))")
            lines.append("(export \"\(use.name)\" (type $\(use.name) (eq $outer-\(use.name))))")
        }
        for resource in resources {
            lines.append("(export \"\(resource)\" (type $\(resource) (sub resource)))")
        }
        lines.append(types)
        for function in used {
            if let type = self.function(function) { lines.append("(export \"\(function)\" \(type))") }
        }
        lines.append("))")
        let others = InterfaceText.all.flatMap(\.uses).filter { $0.interface == name }.map(\.type)
        for type in Set(resources + others).sorted() {
            lines.append("(alias export $\(name) \"\(type)\" (type $\(name).\(type)))")
        }
        return lines.joined(separator: "\n")
    }
}
