// Spec: Binary "instance", "alias".

import Wasm

extension ComponentDecoder {
    /// Spec: Binary "instance"
    mutating func instance() throws(ComponentError) {
        let start = reader.offset
        switch try reader.byte() {
        case 0x00:
            let component = try reader.index()
            let arguments = try instantiationArguments()
            let type = try instantiate(component: component, arguments, at: start)
            let expr = InstanceExpr.instantiate(component: component, arguments: arguments)
            try add(instance: type, at: start)
            scope.definitions.append(.instance(expr, type: type))
        case 0x01:
            var exports: [(name: String, item: SortIndex)] = []
            var names = ScopeNames()
            for _ in 0..<(try reader.count(ComponentLimits.instanceItems, "instance exports")) {
                let itemStart = reader.offset
                let (name, attributes) = try externName()
                let item = try sortIndex()
                exports.append((name, item))
                let desc = try desc(item, at: itemStart)
                let decl = ExternDecl(name: name, attributes: attributes, desc: desc)
                try names.add(decl, .export, store, features, at: itemStart)
            }
            let instanceType = InstanceType(exports: names.decls)
            let type = try store.add(.instance(instanceType), at: start)
            try add(instance: type, at: start)
            scope.definitions.append(.instance(.exports(exports), type: type))
        case let byte: throw reader.invalidLeadingByte(byte, "instance")
        }
    }

    private mutating func instantiationArguments() throws(ComponentError) -> [(
        name: String, item: SortIndex
    )] {
        var arguments: [(name: String, item: SortIndex)] = []
        let most = ComponentLimits.instanceItems
        for _ in 0..<(try reader.count(most, "instantiation arguments")) {
            let name = try reader.name()
            arguments.append((name, try sortIndex()))
        }
        return arguments
    }

    // MARK: Sorts

    /// Spec: Binary "sortidx", of what may be imported and exported
    mutating func sortIndex() throws(ComponentError) -> SortIndex {
        let start = reader.offset
        switch try externSort() {
        case .core: return .coreModule(try reader.index())
        case .function: return .function(try reader.index())
        case .value: return .value(try reader.index())
        case .type: return .type(try type(try reader.index(), at: start))
        case .component: return .component(try reader.index())
        case .instance: return .instance(try reader.index())
        }
    }

    /// Spec: Binary "sort"; the only core sort is that of modules.
    mutating func externSort() throws(ComponentError) -> Sort {
        switch try reader.byte() {
        case 0x00:
            let byte = try reader.byte()
            guard byte == 0x11 else {
                throw reader.invalidLeadingByte(byte, "component external kind")
            }
            return .core(.module)
        case 0x01: return .function
        case 0x02: return .value
        case 0x03: return .type
        case 0x04: return .component
        case 0x05: return .instance
        case let byte: throw reader.invalidLeadingByte(byte, "component external kind")
        }
    }

    // MARK: Aliases

    /// Spec: Binary "alias"
    mutating func alias() throws(ComponentError) {
        let start = reader.offset
        let first = try reader.byte()
        let second = first == 0x00 ? try reader.byte() : nil
        switch try reader.byte() {
        case 0x00:
            guard let sort = Sort(first, second), sort.isExtern else {
                throw malformedSort(first, second, "component external kind", at: start)
            }
            let instance = try reader.index()
            try checkAliasInType(sort == .type || sort == .instance, at: start)
            try aliasExport(instance, try reader.name(), sort, at: start)
        case 0x01:
            guard case .core(let sort) = Sort(first, second), sort.isImportable else {
                throw malformedSort(first, second, "external kind", at: start)
            }
            let instance = try reader.index()
            try checkAliasInType(false, at: start)
            try aliasCoreExport(instance, try reader.name(), sort, at: start)
        case 0x02:
            guard let sort = Sort(first, second), sort.isOuter else {
                throw malformedSort(first, second, "component outer alias kind", at: start)
            }
            let count = try reader.index()
            try checkAliasInType(sort == .type || sort == .core(.type), at: start)
            try aliasOuter(sort, count, try reader.index(), at: start)
        case let byte: throw reader.invalidLeadingByte(byte, "alias")
        }
    }

    private func malformedSort(
        _ first: UInt8,
        _ second: UInt8?,
        _ what: String,
        at start: Int
    ) -> ComponentError {
        let byte = String(second ?? first, radix: 16)
        return reader.malformed("invalid leading byte (0x\(byte)) for \(what)", at: start)
    }

    /// Throws where the scope is a type, unless the alias is one of those that types have.
    private func checkAliasInType(_ isAllowed: Bool, at offset: Int) throws(ComponentError) {
        guard isAllowed || scope.kind == .component else {
            throw .invalid(
                "aliases in a component or instance type may only refer to types or instances",
                at: offset
            )
        }
    }

    private mutating func aliasExport(
        _ instance: Int,
        _ name: String,
        _ sort: Sort,
        at start: Int
    ) throws(ComponentError) {
        let type = try self.instance(instance, at: start)
        guard let decl = store.export(name, of: type) else {
            throw .invalid("instance \(instance) has no export named `\(name)`", at: start)
        }
        let wanted = sort == .core(.module) ? "module" : sort.kindName
        guard decl.desc.kindName == wanted else {
            throw .invalid(
                "export `\(name)` for instance \(instance) is not a \(wanted)",
                at: start
            )
        }
        try add(decl.desc, at: start)
        if sort != .type && scope.kind == .component {
            scope.definitions.append(.alias(.export(instance: instance, name: name, sort: sort)))
        }
    }

    private mutating func aliasCoreExport(
        _ instance: Int,
        _ name: String,
        _ sort: CoreSort,
        at start: Int
    ) throws(ComponentError) {
        guard let item = try coreInstance(instance, at: start).exports[ExactName(string: name)]
        else {
            throw .invalid("core instance \(instance) has no export named `\(name)`", at: start)
        }
        let isOfSort =
            switch (item.type, sort) {
            case (.function, .function), (.table, .table), (.memory, .memory), (.global, .global),
                (.tag, .tag):
                true
            default: false
            }
        guard isOfSort else {
            throw .invalid(
                "export `\(name)` for core instance \(instance) is not a \(sort.kindName)",
                at: start
            )
        }
        try add(item, at: start)
        scope.definitions.append(.alias(.coreExport(instance: instance, name: name, sort: sort)))
    }

    private mutating func aliasOuter(
        _ sort: Sort,
        _ count: Int,
        _ index: Int,
        at start: Int
    ) throws(ComponentError) {
        switch sort {
        case .core(.module):
            let module = try coreModule(index, in: scope(count, at: start), at: start)
            try add(module, at: start)
            scope.definitions.append(.alias(.outerCoreModule(count: count, index: index)))
        case .component:
            let type = try component(index, in: scope(count, at: start), at: start)
            try add(component: type, at: start)
            scope.definitions.append(.alias(.outerComponent(count: count, index: index)))
        case .core:
            guard let entry = try scope(count, at: start).coreTypes.entry(index) else {
                throw .invalid("unknown type \(index): type index out of bounds", at: start)
            }
            try limit(scope.coreTypes.count, ComponentLimits.definitions, "types", at: start)
            scope.coreTypes.add(entry)
        default:
            let type = try type(index, in: scope(count, at: start), at: start)
            try checkOuter(type, count, at: start)
            try add(type: type, at: start)
        }
    }

    /// A component is closed: no resource type of one around it may get into it by an alias.
    private mutating func checkOuter(
        _ type: TypeID,
        _ count: Int,
        at start: Int
    ) throws(ComponentError) {
        guard count > 0, try scope(count - 1, at: start).kind == .component else { return }
        var free: Set<ResourceID> = []
        var seen: Set<TypeID> = []
        try store.addFreeResources(of: type, to: &free, &seen, at: start)
        guard free.isEmpty else {
            throw .invalid(
                "cannot alias outer type which transitively refers to resources not defined in the "
                    + "current component",
                at: start
            )
        }
    }
}

extension Sort {
    /// The sort that one byte stands for, or a second one after 0.
    /// Spec: Binary "sort", "core:sort"
    fileprivate init?(_ first: UInt8, _ second: UInt8?) {
        switch (first, second) {
        case (0x00, 0x00): self = .core(.function)
        case (0x00, 0x01): self = .core(.table)
        case (0x00, 0x02): self = .core(.memory)
        case (0x00, 0x03): self = .core(.global)
        case (0x00, 0x04): self = .core(.tag)
        case (0x00, 0x10): self = .core(.type)
        case (0x00, 0x11): self = .core(.module)
        case (0x00, 0x12): self = .core(.instance)
        case (0x01, nil): self = .function
        case (0x02, nil): self = .value
        case (0x03, nil): self = .type
        case (0x04, nil): self = .component
        case (0x05, nil): self = .instance
        default: return nil
        }
    }

    /// Whether components import and export it.
    fileprivate var isExtern: Bool {
        if case .core(let sort) = self { sort == .module } else { true }
    }

    /// Whether it may be that of an outer alias. Spec: Explainer "outeraliassort"
    fileprivate var isOuter: Bool {
        switch self {
        case .core(.module), .core(.type), .type, .component: true
        case .core, .function, .value, .instance: false
        }
    }
}

extension CoreSort {
    /// Whether core modules import and export it.
    fileprivate var isImportable: Bool {
        switch self {
        case .function, .table, .memory, .global, .tag: true
        case .type, .module, .instance: false
        }
    }
}
