/// The WIT of a component: a world with its imports and exports, and the packages of the interfaces that it
/// names. What WIT has no form for stands in comments.
/// Spec: WIT "Worlds", "Package format"
package struct WITText: Sendable, CustomStringConvertible {
    /// The package `root:component` with its one world, `root`.
    package let world: String
    /// The packages of the interfaces, in the order in which the component names them.
    package let packages: [String]

    package init(_ component: Component) {
        self.init(types: component.types, imports: component.imports, exports: component.exports)
    }

    package init(types: TypeArena, imports: [ExternDecl], exports: [ExternDecl]) {
        var world = WITWorld(types: types)
        for declaration in imports { world.addImport(declaration) }
        for declaration in exports { world.addExport(declaration) }
        world.scopes.completeUses()
        world.scopes.findUndeclared()
        self.world = world.text
        packages = world.packages
    }

    package var description: String { ([world] + packages).joined(separator: "\n") }
}

/// A component's imports and exports, put in the order in which WIT writes them.
private struct WITWorld {
    private enum Item {
        case instance(ExternDecl, scope: Int, isNamed: Bool)
        case function(WITScope.NamedFunction)
    }

    private let types: TypeArena
    private let root: Int
    private var imports: [Item] = []
    private var exports: [Item] = []
    var scopes: WITScopes

    init(types: TypeArena) {
        self.types = types
        scopes = WITScopes(types: types)
        root = scopes.add()
    }

    mutating func addImport(_ declaration: ExternDecl) {
        if let item = instance(declaration) {
            imports.append(item)
        } else {
            scopes.add(declaration, to: root)
        }
    }

    mutating func addExport(_ declaration: ExternDecl) {
        if let item = instance(declaration) {
            exports.append(item)
        } else if case .function(let id) = declaration.desc, let type = types.function(id) {
            let function = WITScope.NamedFunction(
                name: declaration.name, type: type, externalID: declaration.attributes.externalID)
            exports.append(.function(function))
            scopes.addExport(function, to: root)
        } else {
            scopes.addExport(declaration, to: root)
        }
    }

    private mutating func instance(_ declaration: ExternDecl) -> Item? {
        guard case .instance(let id) = declaration.desc, let type = types.instance(id) else { return nil }
        let attributes = declaration.attributes
        let name =
            attributes.implements.flatMap { InterfaceName($0) }
            ?? InterfaceName(declaration.name, versionSuffix: attributes.versionSuffix)
        let scope = name.map { scopes.scope(of: $0) } ?? scopes.add()
        scopes.add(type.exports, to: scope)
        scopes.reserve(declaration.name, in: root)
        return .instance(declaration, scope: scope, isNamed: name != nil)
    }

    var text: String {
        var out = IndentedText()
        out.line("package root:component;")
        out.blank()
        out.open("world root")
        let start = out.text.utf8.count
        let printer = WITPrinter(types: types, scopes: scopes.scopes)
        for item in imports { write(item, "import", printer, &out) }
        let afterImports = out.text.utf8.count
        var needsBlank = !imports.isEmpty
        printer.writeTypes(of: root, package: "root:component", &needsBlank, &out)
        // Functions are among the imports; types stand apart.
        needsBlank = needsBlank && out.text.utf8.count > afterImports
        for function in scopes.scopes[root].functions where printer.isFreestanding(function, in: root) {
            if needsBlank { out.blank() }
            needsBlank = false
            write(.function(function), "import", printer, &out)
        }
        needsBlank = out.text.utf8.count > start
        if !exports.isEmpty, needsBlank { out.blank() }
        for item in exports { write(item, "export", printer, &out) }
        for other in scopes.scopes[root].others { out.comment(other) }
        out.close()
        return out.text
    }

    private func write(_ item: Item, _ keyword: String, _ printer: WITPrinter, _ out: inout IndentedText) {
        switch item {
        case .function(let function):
            printer.writeFunction(function, keyword + " ", in: root, &out)
        case .instance(let declaration, let index, let isNamed):
            printer.writeExternalID(declaration.attributes.externalID, &out)
            let name = scopes.scopes[index].name
            if isNamed, declaration.attributes.implements == nil, let name {
                out.line("\(keyword) \(name.reference(from: nil));")
            } else if isNamed, let name {
                out.line("\(keyword) \(WITName.escaped(declaration.name)): \(name.reference(from: nil));")
            } else {
                guard WITName.isLabel(declaration.name) else {
                    let text = WITType(types, in: scopes.scopes[root]).full(declaration.desc)
                    out.comment("\(keyword) \(declaration.name): \(text)")
                    return
                }
                out.open("\(keyword) \(WITName.escaped(declaration.name)): interface")
                printer.writeInterface(index, package: "root:component", &out)
                out.close()
            }
        }
    }

    /// The packages that declare the interfaces with a name.
    var packages: [String] {
        var order: [String] = []
        var members: [String: [Int]] = [:]
        for (index, scope) in scopes.scopes.enumerated() {
            guard let name = scope.name else { continue }
            if members[name.packageText] == nil { order.append(name.packageText) }
            members[name.packageText, default: []].append(index)
        }
        let printer = WITPrinter(types: types, scopes: scopes.scopes)
        return order.map { package in
            var out = IndentedText()
            out.open("package \(package)")
            for (place, index) in members[package, default: []].enumerated() {
                if place > 0 { out.blank() }
                out.open("interface \(WITName.escaped(scopes.scopes[index].name?.interface ?? ""))")
                printer.writeInterface(index, package: package, &out)
                out.close()
            }
            out.close()
            return out.text
        }
    }
}
