import Wasm

/// Makes a component of a core module that answers requests: one that exports
/// `wasi:http/incoming-handler@0.2.N#handle` and imports functions of WASI by the names of their
/// interfaces, as the Canonical ABI flattens them.
///
/// The module has its own memory, which the functions that it imports need before there is a module. So
/// it is given stubs, which call through a table that is filled once it has been instantiated.
package struct Componentizer {
    private static let handler = "wasi:http/incoming-handler"

    /// A function that the module imports.
    private struct Import {
        let interface: String
        let name: String
        let type: FunctionType
        /// The resource that it drops, if it does that.
        var dropped: String? {
            name.hasPrefix("[resource-drop]") ? String(name.dropFirst("[resource-drop]".count)) : nil
        }
    }

    private let bytes: [UInt8]
    private let version: String
    private let imports: [Import]
    private let hasRealloc: Bool
    private let hasInitializer: Bool
    /// Versions of the interfaces, which are not all of WASI, as they are imported.
    private var versions: [String: String] = [:]

    /// Reads what `module` imports and exports. Throws a sentence if no component can be made of it.
    package init(_ module: Module) throws(ComponentizingError) {
        bytes = module.bytes
        let names = module.exports.map(\.name)
        let prefix = Self.handler + "@"
        guard let export = names.first(where: { $0.hasPrefix(prefix) && $0.hasSuffix("#handle") })
        else {
            throw ComponentizingError(
                "the module exports no \"\(prefix)0.2.0#handle\": that is the function which answers requests"
            )
        }
        version = String(export.dropFirst(prefix.count).dropLast("#handle".count))
        guard Self.isVersion(version) else {
            throw ComponentizingError("\"\(export)\" is not of a version of WASI 0.2")
        }
        guard names.contains("memory") else {
            throw ComponentizingError("the module exports no \"memory\": link it so that it does")
        }
        hasRealloc = names.contains("cabi_realloc")
        hasInitializer = names.contains("_initialize")
        var imports: [Import] = []
        for item in module.imports { imports.append(try Self.read(item, in: module)) }
        self.imports = imports
        for item in module.imports {
            let (interface, itsVersion) = Self.split(item.module)
            versions[interface] = itsVersion
            guard interface.hasPrefix("wasi:"), itsVersion != version else { continue }
            throw ComponentizingError(
                "\"\(item.module)\" is of another version than the handler, which is of \(version)"
            )
        }
    }

    private static func isVersion(_ text: String) -> Bool {
        text.hasPrefix("0.2.") && text.dropFirst(4).allSatisfy { $0.isASCII && $0.isNumber }
            && text.utf8.count < 12
    }

    private static func split(_ module: String) -> (interface: String, version: String) {
        guard let at = module.firstIndex(of: "@") else { return (module, "") }
        return (String(module[..<at]), String(module[module.index(after: at)...]))
    }

    private static func read(
        _ item: Wasm.Import,
        in module: Module
    ) throws(ComponentizingError) -> Import {
        guard case .function(let index) = item.type, let type = module.functionType(index) else {
            throw ComponentizingError(
                "\"\(item.module)\" \"\(item.name)\" is imported and no function: "
                    + "only functions of WASI can be given to a module"
            )
        }
        let (name, version) = split(item.module)
        guard let interface = InterfaceText.all.first(where: { $0.name == name }),
            !version.isEmpty
        else {
            throw ComponentizingError(
                "\"\(item.module)\" is imported, which is none of the interfaces that are known here: "
                    + InterfaceText.all.map(\.name).joined(separator: ", ")
            )
        }
        guard name.hasPrefix("wasi:") ? isVersion(version) : version == "2.0.0" else {
            throw ComponentizingError("\"\(item.module)\" is imported, of a version that is not known")
        }
        let result = Import(interface: name, name: item.name, type: type)
        let isThere =
            result.dropped.map(interface.resources.contains) ?? (interface.functions[item.name] != nil)
        guard isThere else {
            throw ComponentizingError("\(item.module) has no \"\(item.name)\"")
        }
        return result
    }

    /// The component's bytes, not validated yet.
    package func component() throws(ComponentizingError) -> [UInt8] {
        do throws(TextError) {
            return try ComponentAssembler.assemble(Array(text.utf8), modules: ["main": bytes])
        } catch {
            throw ComponentizingError("what was made of the module is no component: \(error)")
        }
    }

    // MARK: The text

    private var text: String {
        (["(component $C"] + interfaces + [stubs, main] + lowered + [filling, lifted, ")"])
            .joined(separator: "\n")
    }

    /// The imports, those that others need too. The handler's types are always among them.
    private var interfaces: [String] {
        var wanted = Set(imports.map(\.interface)).union(["wasi:http/types"])
        for interface in InterfaceText.all.reversed() where wanted.contains(interface.name) {
            wanted.formUnion(interface.uses.map(\.interface))
        }
        return InterfaceText.all.filter { wanted.contains($0.name) }.map { interface in
            interface.importText(
                version: versions[interface.name] ?? version,
                functions: imports.filter { $0.interface == interface.name && $0.dropped == nil }
                    .map(\.name).unique
            )
        }
    }

    /// A module with a function for each import, which calls through a table.
    private var stubs: String {
        var lines = ["(core module $Stubs (table (export \"table\") \(imports.count) funcref)"]
        for (index, item) in imports.enumerated() {
            let arguments = item.type.parameters.indices.map { "(local.get \($0))" }.joined()
            lines.append(
                "(func (export \"\(index)\")\(item.type.text) (call_indirect\(item.type.text)"
                    + " \(arguments) (i32.const \(index))))"
            )
        }
        return lines.joined(separator: "\n") + ")\n(core instance $stubs (instantiate $Stubs))"
    }

    private var main: String {
        var lines = ["(core module $main)", "(core instance $instance (instantiate $main"]
        for name in imports.map(\.interface).unique {
            let full = "\(name)@\(versions[name] ?? version)"
            lines.append("(with \"\(full)\" (instance")
            for (index, item) in imports.enumerated() where item.interface == name {
                lines.append("(export \"\(item.name)\" (func $stubs \"\(index)\"))")
            }
            lines.append("))")
        }
        lines.append("))\n(alias core export $instance \"memory\" (core memory $memory))")
        if hasRealloc {
            lines.append("(alias core export $instance \"cabi_realloc\" (core func $realloc))")
        }
        return lines.joined(separator: "\n")
    }

    private var lowered: [String] {
        let options = "(memory $memory) string-encoding=utf8" + (hasRealloc ? " (realloc $realloc)" : "")
        return imports.enumerated().map { (index, item) in
            if let resource = item.dropped {
                return "(core func $f\(index) (canon resource.drop $\(item.interface).\(resource)))"
            }
            let function = "(func $\(item.interface) \"\(item.name)\")"
            return "(core func $f\(index) (canon lower \(function) \(options)))"
        }
    }

    /// What puts the functions into the table, and then has the module initialise itself.
    private var filling: String {
        let functions = imports.indices
        var lines = ["(core module $Filling (import \"\" \"table\" (table \(imports.count) funcref))"]
        for index in functions {
            lines.append("(import \"\" \"\(index)\" (func $f\(index)\(imports[index].type.text)))")
        }
        if hasInitializer { lines.append("(import \"\" \"start\" (func $start)) (start $start)") }
        lines.append("(elem (i32.const 0) func \(functions.map { "$f\($0)" }.joined(separator: " "))))")
        lines.append("(core instance (instantiate $Filling (with \"\" (instance")
        lines.append("(export \"table\" (table $stubs \"table\"))")
        for index in functions { lines.append("(export \"\(index)\" (func $f\(index)))") }
        if hasInitializer { lines.append("(export \"start\" (func $instance \"_initialize\"))") }
        lines.append("))))")
        return lines.joined(separator: "\n")
    }

    private var lifted: String {
        """
        (alias export $wasi:http/types "incoming-request" (type $request))
        (alias export $wasi:http/types "response-outparam" (type $outparam))
        (func $handle (param "request" (own $request)) (param "response-out" (own $outparam))
          (canon lift (core func $instance "\(Self.handler)@\(version)#handle")))
        (component $Handler
          (import "request-type" (type $request (sub resource)))
          (import "outparam-type" (type $outparam (sub resource)))
          (import "handle-function"
            (func $handle (param "request" (own $request)) (param "response-out" (own $outparam))))
          (export $exported-request "incoming-request" (type $request))
          (export $exported-outparam "response-outparam" (type $outparam))
          (export "handle" (func $handle)
            (func (param "request" (own $exported-request)) (param "response-out" (own $exported-outparam)))))
        (instance $handler (instantiate $Handler (with "request-type" (type $request))
          (with "outparam-type" (type $outparam)) (with "handle-function" (func $handle))))
        (export "\(Self.handler)@\(version)" (instance $handler))
        """
    }
}

/// Why no component can be made of a module, in one sentence.
package struct ComponentizingError: Error, Equatable, CustomStringConvertible {
    package let description: String

    init(_ description: String) { self.description = description }
}

extension FunctionType {
    /// Parameters and results, each behind a space.
    fileprivate var text: String {
        parameters.map { " (param \($0))" }.joined() + results.map { " (result \($0))" }.joined()
    }
}

extension Array where Element: Hashable {
    /// The elements, each where it comes first.
    fileprivate var unique: [Element] {
        var seen: Set<Element> = []
        return filter { seen.insert($0).inserted }
    }
}
