/// What modules may import, by the names that they import it under.
package final class Linker {
    private struct Key: Hashable {
        let module: ExactName
        let name: ExactName

        init(_ module: String, _ name: String) {
            self.module = ExactName(string: module)
            self.name = ExactName(string: name)
        }
    }

    private var items: [Key: Extern] = [:]

    package init() {}

    /// Defines an item; an earlier one of the same names is replaced.
    package func define(module: String, name: String, _ item: Extern) {
        items[Key(module, name)] = item
    }

    /// Defines all that `instance` exports under the module name `module`.
    package func define(instance: Instance, as module: String) {
        for export in instance.exports { define(module: module, name: export.name, export.item) }
    }

    /// Instantiates a module in `store`, whose engine lowers it.
    package func instantiate(
        _ module: Module, in store: Store
    ) throws(InstantiationError) -> Instance {
        try instantiate(LoweredModule(module, engine: store.engine), in: store)
    }

    /// Instantiates a module that has been lowered by the engine of `store`.
    package func instantiate(
        _ module: LoweredModule, in store: Store
    ) throws(InstantiationError) -> Instance {
        var imports: [Extern] = []
        for declaration in module.module.imports {
            do throws(LinkError) {
                imports.append(try item(declaration, module))
            } catch {
                throw .link(error)
            }
        }
        return try store.instantiate(module, checkedImports: imports)
    }

    private func item(
        _ declaration: Import, _ module: LoweredModule
    ) throws(LinkError) -> Extern {
        func failure(_ kind: LinkError.Kind, _ detail: String) -> LinkError {
            LinkError(
                kind: kind, module: declaration.module, name: declaration.name, detail: detail)
        }
        let wanted = declaration.type
        guard let item = items[Key(declaration.module, declaration.name)] else {
            throw failure(.unknownImport, "a \(wanted.kindName) is wanted, and nothing is there")
        }
        if let mismatch = module.mismatch(wanted, item) {
            throw failure(.incompatibleImportType, mismatch)
        }
        return item
    }
}

extension LoweredModule {
    /// Throws where `imports`, in the module's order, are not what it wants.
    package func check(_ imports: [Extern]) throws(LinkError) {
        for (place, declaration) in module.imports.enumerated() {
            let wanted = declaration.type
            let kind: LinkError.Kind
            let detail: String
            if place >= imports.count {
                (kind, detail) = (.unknownImport, "a \(wanted.kindName) is wanted, and nothing is there")
            } else if let mismatch = mismatch(wanted, imports[place]) {
                (kind, detail) = (.incompatibleImportType, mismatch)
            } else {
                continue
            }
            throw LinkError(
                kind: kind, module: declaration.module, name: declaration.name, detail: detail)
        }
    }
}

extension Store {
    /// Instantiates a module that the store's engine has lowered. `imports` are in the module's order
    /// and of the types that it wants: `LoweredModule.check` has been asked, once for all stores in
    /// which the same is linked.
    package func instantiate(
        _ module: LoweredModule, checkedImports imports: [Extern]
    ) throws(InstantiationError) -> Instance {
        if let instruction = module.module.unsupportedFeature {
            throw .unsupported(instruction: instruction)
        }
        var instantiation = Instantiation(self, module)
        return try instantiation.run(imports)
    }
}

extension ExternType {
    var kindName: String {
        switch self {
        case .function: "function"
        case .table: "table"
        case .memory: "memory"
        case .global: "global"
        case .tag: "tag"
        }
    }
}

extension Extern {
    var kindName: String {
        switch self {
        case .function: "function"
        case .table: "table"
        case .memory: "memory"
        case .global: "global"
        case .tag: "tag"
        }
    }
}

extension LoweredModule {
    /// How `item` is not of the type `wanted`, which this module declares; nil where it is.
    /// Spec: core/valid/matching#import-subtyping
    func mismatch(_ wanted: ExternType, _ item: Extern) -> String? {
        let types = engine.types
        switch (wanted, item) {
        case (.function(let type), .function(let function)):
            if types.isSubtype(function.typeID, of: typeIDs[Int(type)]) { return nil }
            let wanted = module.functionType(type)?.description ?? "a function"
            return "\(wanted) is wanted, \(function.type) is there"
        case (.tag(let type), .tag(let tag)):
            return tag.typeID == typeIDs[Int(type)] ? nil : "a tag of another type is there"
        case (.global(let type), .global(let global)):
            let value = types.canonical(type.value, typeIDs)
            let isSame = global.type.isMutable == type.isMutable
            let fits =
                type.isMutable ? global.type.value == value : types.matches(global.type.value, value)
            return isSame && fits ? nil : "\(type) is wanted, \(global.type) is there"
        case (.table(let type), .table(let table)):
            let element = types.canonical(type.element, typeIDs)
            let fits =
                table.type.addressType == type.addressType && table.type.element == element
                && type.limits.admit(size: table.count, table.type.limits.maximum)
            return fits ? nil : "\(type) is wanted, \(table.type) of \(table.count) is there"
        case (.memory(let type), .memory(let memory)):
            let fits =
                memory.type.addressType == type.addressType
                && type.limits.admit(size: memory.pageCount, memory.type.limits.maximum)
            return fits ? nil : "\(type) is wanted, \(memory.type) of \(memory.pageCount) is there"
        default:
            return "a \(wanted.kindName) is wanted, a \(item.kindName) is there"
        }
    }
}

extension SizeLimits {
    /// Whether something of this size now, and this maximum, is within these limits.
    func admit(size: UInt64, _ maximum: UInt64?) -> Bool {
        guard size >= minimum else { return false }
        guard let limit = self.maximum else { return true }
        return maximum.map { $0 <= limit } ?? false
    }
}

extension SizeLimits: CustomStringConvertible {
    package var description: String { "\(minimum)..\(maximum.map(String.init) ?? "")" }
}

extension MemoryType: CustomStringConvertible {
    package var description: String { "a memory \(addressType) \(limits)" }
}

extension TableType: CustomStringConvertible {
    package var description: String { "a table \(addressType) \(limits) of \(element)" }
}

extension GlobalType: CustomStringConvertible {
    package var description: String { "a \(isMutable ? "mutable" : "constant") \(value)" }
}
