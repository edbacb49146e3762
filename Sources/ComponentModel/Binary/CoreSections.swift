// Spec: Binary "core:instance", "core:type".

import Wasm

extension ComponentDecoder {
    /// Spec: Binary "core:instance"
    mutating func coreInstance() throws(ComponentError) {
        let start = reader.offset
        let most = ComponentLimits.instanceItems
        switch try reader.byte() {
        case 0x00:
            let module = try reader.index()
            var arguments: [(name: String, instance: Int)] = []
            for _ in 0..<(try reader.count(most, "core instantiation arguments")) {
                let name = try reader.name()
                let sort = try reader.byte()
                guard sort == 0x12 else {
                    throw reader.invalidLeadingByte(sort, "instantiation arg kind")
                }
                arguments.append((name, try reader.index()))
            }
            try instantiate(module: module, arguments, at: start)
            scope.definitions.append(
                .coreInstance(.instantiate(module: module, arguments: arguments))
            )
        case 0x01:
            var exports: [(name: String, item: CoreSortIndex)] = []
            var items: [ExactName: CoreItem] = [:]
            for _ in 0..<(try reader.count(most, "core instance exports")) {
                let itemStart = reader.offset
                let name = try reader.name()
                let item = CoreSortIndex(try coreItemSort(), try reader.index())
                exports.append((name, item))
                let type = try coreItem(item, at: itemStart)
                guard items.updateValue(type, forKey: ExactName(string: name)) == nil else {
                    throw .invalid("export name `\(name)` already defined", at: itemStart)
                }
            }
            try add(CoreInstance(exports: items), at: start)
            scope.definitions.append(.coreInstance(.exports(exports)))
        case let byte: throw reader.invalidLeadingByte(byte, "core instance")
        }
    }

    /// The sort of something that core modules import and export.
    mutating func coreItemSort() throws(ComponentError) -> CoreSort {
        switch try reader.byte() {
        case 0x00: return .function
        case 0x01: return .table
        case 0x02: return .memory
        case 0x03: return .global
        case 0x04: return .tag
        case let byte: throw reader.invalidLeadingByte(byte, "external kind")
        }
    }

    // MARK: Types

    /// Spec: Binary "core:type"
    mutating func coreType() throws(ComponentError) {
        let start = reader.offset
        let count = scope.coreTypes.count
        try limit(count, ComponentLimits.definitions, "types", at: start)
        if reader.peek() == 0x50 {
            _ = try reader.byte()
            scope.coreTypes.add(try coreModuleType())
        } else {
            try scope.coreTypes.add(try recursiveType(), &registry, at: start)
        }
    }

    /// A recursive group, or a type by itself.
    private mutating func recursiveType() throws(ComponentError) -> [SubType] {
        switch reader.peek() {
        case 0x00:
            _ = try reader.byte()
            guard reader.peek() == 0x50 else {
                throw try unexpectedByte("non-final sub type")
            }
        case 0x4E:
            _ = try reader.byte()
            var types: [SubType] = []
            for _ in 0..<(try reader.count(ComponentLimits.definitions, "types")) {
                types.append(try subType())
            }
            return types
        case 0x4F, 0x50, 0x5E, 0x5F, 0x60: break
        default: throw try unexpectedByte("core type")
        }
        return [try subType()]
    }

    /// The error of the byte that comes next.
    private mutating func unexpectedByte(_ what: String) throws(ComponentError) -> ComponentError {
        let byte = try reader.byte()
        return reader.invalidLeadingByte(byte, what)
    }

    private mutating func subType() throws(ComponentError) -> SubType {
        try reader.core { bytes throws(ModuleError) in try bytes.subType() }
    }

    /// Spec: Binary "core:moduletype"
    private mutating func coreModuleType() throws(ComponentError) -> CoreModuleType {
        var types = CoreTypeSpace()
        var module = CoreModuleType(imports: [], exports: [])
        var imports: Set<CoreImportName> = []
        var exports: Set<ExactName> = []
        let most = ComponentLimits.typeDeclarations
        for _ in 0..<(try reader.count(most, "module type declarations")) {
            let start = reader.offset
            switch try reader.byte() {
            case 0x00:
                let from = try reader.name()
                let name = try reader.name()
                let item = try coreItem(types)
                guard imports.insert(CoreImportName(from, name)).inserted else {
                    throw .duplicateImport(from, name, at: start)
                }
                module.imports.append(
                    CoreModuleType.Import(
                        module: from,
                        name: name,
                        type: item.type,
                        typeID: item.typeID
                    )
                )
            case 0x01:
                try types.add(try moduleRecursiveType(), &registry, at: start)
            case 0x02: try coreOuterAlias(&types, at: start)
            case 0x03:
                let name = try reader.name()
                let item = try coreItem(types)
                guard exports.insert(ExactName(string: name)).inserted else {
                    throw .invalid(
                        "duplicate export name `\(name)` already defined",
                        at: start
                    )
                }
                module.exports.append(
                    CoreModuleType.Export(name: name, type: item.type, typeID: item.typeID)
                )
            case let byte: throw reader.invalidLeadingByte(byte, "type definition")
            }
        }
        return module
    }

    /// Within a module type, a type has the grammar of core modules.
    private mutating func moduleRecursiveType() throws(ComponentError) -> [SubType] {
        if reader.peek() == 0x00 {
            throw try unexpectedByte("core type")
        }
        return try recursiveType()
    }

    private mutating func coreItem(_ types: CoreTypeSpace) throws(ComponentError) -> CoreItem {
        let start = reader.offset
        let features = features.ofModules
        let type = try reader.core { bytes throws(ModuleError) in try bytes.externType(features) }
        return try types.item(type, registry, at: start)
    }

    /// Spec: Binary "core:alias"
    private mutating func coreOuterAlias(
        _ types: inout CoreTypeSpace,
        at start: Int
    ) throws(ComponentError) {
        let sort = try reader.byte()
        guard sort == 0x10 else { throw reader.invalidLeadingByte(sort, "outer alias kind") }
        let target = try reader.byte()
        guard target == 0x01 else { throw reader.invalidLeadingByte(target, "outer alias target") }
        let count = try reader.index()
        let index = try reader.index()
        let entry =
            count == 0 ? types.entry(index) : try scope(count - 1, at: start).coreTypes.entry(index)
        guard let entry else {
            throw .invalid("unknown type \(index): type index out of bounds", at: start)
        }
        guard entry.module == nil else {
            throw .invalid(
                "a core module type cannot be aliased into another, whose index space has none",
                at: start
            )
        }
        types.add(entry)
    }
}
