/// What `virga new` and `virga add` make functions of.
struct Template {
    let name: String
    let description: String
    /// What it needs to be built, in the words that `Toolchain` looks for.
    let needs: String

    static let all: [Template] = [
        Template(
            name: "c",
            description: "A function in C, without a C library",
            needs: "clang --target=wasm32"
        ),
        Template(
            name: "python",
            description: "A function in Python (components of 18 MB, made by componentize-py)",
            needs: "componentize-py"
        ),
        Template(
            name: "rust",
            description: "A function in Rust, without other crates",
            needs: "cargo build --target wasm32-unknown-unknown"
        ),
        Template(
            name: "static",
            description: "Files that the host serves itself",
            needs: ""
        ),
        Template(
            name: "swift",
            description: "A function in Embedded Swift",
            needs: "swiftc -target wasm32-unknown-none-wasm"
        ),
    ]

    /// The names and descriptions, a line for each.
    static var list: String {
        all.map { template in
            let space = String(repeating: " ", count: max(1, 9 - template.name.count))
            return "  \(template.name)\(space)\(template.description)"
        }.joined(separator: "\n")
    }

    /// The template of this name. Spin's names for them are understood too.
    static func named(_ name: String) throws(Failure) -> Template {
        let short = name.hasPrefix("http-") ? String(name.dropFirst(5)) : name
        let plain = ["py": "python", "static-fileserver": "static"][short] ?? short
        guard let template = all.first(where: { $0.name == plain }) else {
            throw Failure("there is no template \(name); there are\n\(list)")
        }
        return template
    }

    /// What the names between percent signs in a template's files stand for.
    struct Values {
        var name: String
        var description = ""
        var route: String
        /// The component's directory within the app's, with a slash after it; "" for that itself.
        var folder = ""

        /// Sets what a person gave, as `http-path=/hello/...`.
        mutating func set(_ key: String, _ value: String) throws(Failure) {
            switch key {
            case "http-path", "route": route = value
            case "project-description", "description": description = value
            default: throw Failure("there is no value \(key); there are http-path and project-description")
            }
        }

        func expand(_ text: String) -> String {
            var result = ""
            var rest = text[...]
            while let start = rest.firstIndex(of: "%") {
                result += rest[..<start]
                let after = rest.index(after: start)
                if let end = rest[after...].firstIndex(of: "%"), let value = value(rest[after..<end]) {
                    result += value
                    rest = rest[rest.index(after: end)...]
                } else {
                    result.append("%")
                    rest = rest[after...]
                }
            }
            return result + rest
        }

        private func value(_ name: Substring) -> String? {
            switch name {
            case "name": self.name
            case "crate": String(self.name.map { $0 == "-" ? "_" : $0 })
            case "description": Template.quoted(description)
            case "route": route
            case "folder": folder
            case "workdir": folder.isEmpty ? "" : "workdir = \"\(folder.dropLast())\"\n"
            default: nil
            }
        }
    }

    /// The files of the function, by their paths within its directory.
    func files(_ values: Values) -> [(path: String, text: String)] {
        (TemplateFiles.all[name] ?? []).filter { $0.path != "component.toml" }.map {
            (values.expand($0.path), values.expand($0.text))
        }
    }

    /// The trigger and the component, as a manifest has them.
    func component(_ values: Values) -> String {
        let part = TemplateFiles.all[name]?.first { $0.path == "component.toml" }
        return values.expand(part?.text ?? "")
    }

    /// A manifest with nothing but the function.
    func manifest(_ values: Values) -> String {
        var text = """
            spin_manifest_version = 2

            [application]
            name = "\(values.name)"
            version = "0.1.0"

            """
        if !values.description.isEmpty { text += "description = \(Template.quoted(values.description))\n" }
        if name == "static" {
            text += """

                # An app has a trigger; the files below are served beside it.
                [[trigger.http]]
                route = "/version"
                static_response = { body = "\(values.name) 0.1.0\\n" }

                """
        }
        return text + "\n" + component(values)
    }

    /// A basic string of TOML.
    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case _ where scalar.value < 0x20 || scalar.value == 0x7F:
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
