import ArgumentParser
import ComponentModel
import Wasm

/// `virga inspect`: what is in a module or a component.
struct InspectCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect",
        abstract: "Show what a WebAssembly module or component holds, imports and exports.",
        discussion: """
            Prints the kind and size of the file, the modules and components in it, and its imports and \
            exports: of a component as WIT, of a module with core types.

            With --json, an object with these keys, in this order:
              file, kind ("component" or "module"), size (bytes), name (or null);
              of a component: modules and components (arrays, of what is in it: name, size, and for a \
            module memories and tables, those it defines; for a component modules and components \
            again), imports and exports (arrays: name, kind, type (WIT, or null), exports (of an \
            instance, the same again)), wit (all of it as WIT);
              of a module: memories, tables, imports (module, name, kind, type) and exports (name, \
            kind, type).
            """
    )

    @Flag(help: "Print JSON.")
    var json = false

    @Argument(help: "A module or component: binary (.wasm) or text (.wat).")
    var file: String

    func run() throws {
        let bytes = try ModuleFile.binary(file)
        switch try WasmFile(bytes, path: file) {
        case .module(let module):
            print(json ? module.json(file, bytes.count).text : module.summary(file, bytes.count))
        case .component(let component):
            print(json ? component.json(file).text : component.summary(file))
        }
    }
}

extension Module {
    fileprivate var memoryCount: Int { memories.count - importedMemoryCount }
    fileprivate var tableCount: Int { tables.count - importedTableCount }

    fileprivate func json(_ file: String, _ size: Int) -> JSON {
        .object([
            ("file", .string(file)), ("kind", .string("module")), ("size", .number(size)),
            ("name", .optional(names.module)), ("memories", .number(memoryCount)),
            ("tables", .number(tableCount)),
            (
                "imports",
                .array(
                    importEntries.map { entry in
                        .object([("module", .optional(entry.module))] + entry.members)
                    }
                )
            ),
            ("exports", .array(exportEntries.map { .object($0.members) })),
        ])
    }

    fileprivate func summary(_ file: String, _ size: Int) -> String {
        var lines = ["\(file): core module\(quoted(names.module)), \(size) bytes, \(spaces)"]
        if !imports.isEmpty { lines.append("imports") }
        for entry in importEntries {
            lines.append("  \(quote(entry.module ?? "")) \(quote(entry.name)) \(entry.type)")
        }
        if !exports.isEmpty { lines.append("exports") }
        for entry in exportEntries { lines.append("  \(quote(entry.name)) \(entry.type)") }
        return lines.joined(separator: "\n")
    }

    fileprivate var spaces: String {
        "\(counted(memoryCount, "memory", "memories")), \(counted(tableCount, "table", "tables"))"
    }
}

extension Module.ExternEntry {
    fileprivate var members: [(key: String, value: JSON)] {
        [("name", .string(name)), ("kind", .string(kind)), ("type", .string(type))]
    }
}

extension Component {
    private var modules: [Module] {
        definitions.compactMap { if case .coreModule(let module) = $0 { module } else { nil } }
    }

    private var components: [Component] {
        definitions.compactMap { if case .component(let component) = $0 { component } else { nil } }
    }

    fileprivate func json(_ file: String) -> JSON {
        .object(
            [("file", .string(file)), ("kind", .string("component"))] + contents
                + [
                    ("imports", .array(ExternEntry.list(imports, types).map(\.json))),
                    ("exports", .array(ExternEntry.list(exports, types).map(\.json))),
                    ("wit", .string(WITText(self).description)),
                ]
        )
    }

    private var contents: [(key: String, value: JSON)] {
        let inner: [JSON] = modules.map { module in
            .object([
                ("name", .optional(module.names.module)), ("size", .number(module.byteRange.count)),
                ("memories", .number(module.memoryCount)), ("tables", .number(module.tableCount)),
            ])
        }
        return [
            ("size", .number(byteRange.count)), ("name", .optional(name)),
            ("modules", .array(inner)),
            ("components", .array(components.map { .object($0.contents) })),
        ]
    }

    fileprivate func summary(_ file: String) -> String {
        var lines = ["\(file): component\(quoted(name)), \(byteRange.count) bytes"]
        outline(&lines, depth: 1)
        lines.append("")
        return lines.joined(separator: "\n") + "\n" + String(WITText(self).description.dropLast())
    }

    /// A line for each module and component in this one.
    private func outline(_ lines: inout [String], depth: Int) {
        let indent = String(repeating: "  ", count: depth)
        for definition in definitions {
            switch definition {
            case .coreModule(let module):
                lines.append(
                    "\(indent)core module\(quoted(module.names.module)), \(module.byteRange.count) bytes, "
                        + module.spaces
                )
            case .component(let component):
                lines.append(
                    "\(indent)component\(quoted(component.name)), \(component.byteRange.count) bytes"
                )
                component.outline(&lines, depth: depth + 1)
            default: break
            }
        }
    }
}

extension ExternEntry {
    fileprivate var json: JSON {
        .object([
            ("name", .string(name)), ("kind", .string(kind)), ("type", .optional(type)),
            ("exports", .array(exports.map(\.json))),
        ])
    }
}

/// A name in quotes, with nothing in it that a terminal would obey.
private func quote(_ name: String) -> String { Val.string(name).wave }

private func quoted(_ name: String?) -> String { name.map { " " + quote($0) } ?? "" }

private func counted(_ count: Int, _ one: String, _ many: String) -> String {
    count == 1 ? "1 \(one)" : "\(count) \(many)"
}
