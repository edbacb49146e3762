// Index spaces: adding to them and looking things up. Spec: Explainer "Index Spaces".

import Wasm

extension ComponentDecoder {
    // MARK: Adding

    /// Throws unless there is room for one more of `what`.
    func limit(_ count: Int, _ limit: Int, _ what: String, at offset: Int) throws(ComponentError) {
        guard count < limit else {
            throw ComponentError(.limit, at: offset, "\(what) count exceeds limit of \(limit)")
        }
    }

    /// Adds a core module that is imported, or exported by an instance.
    mutating func add(module type: CoreModuleType, at offset: Int) throws(ComponentError) {
        try store.extend(by: type.itemCount, at: offset)
        try add(CoreModule(type), at: offset)
    }

    mutating func add(_ module: CoreModule, at offset: Int) throws(ComponentError) {
        try limit(scope.coreModules.count, ComponentLimits.modules, "modules", at: offset)
        scope.coreModules.append(module)
    }

    mutating func add(_ instance: CoreInstance, at offset: Int) throws(ComponentError) {
        let count = scope.coreInstances.count + scope.instances.count
        try limit(count, ComponentLimits.instances, "instances", at: offset)
        scope.coreInstances.append(instance)
    }

    mutating func add(component type: TypeID, at offset: Int) throws(ComponentError) {
        try limit(scope.components.count, ComponentLimits.components, "components", at: offset)
        scope.components.append(type)
    }

    mutating func add(instance type: TypeID, at offset: Int) throws(ComponentError) {
        let count = scope.coreInstances.count + scope.instances.count
        try limit(count, ComponentLimits.instances, "instances", at: offset)
        scope.instances.append(type)
    }

    mutating func add(function type: TypeID, at offset: Int) throws(ComponentError) {
        try limit(scope.functions.count, ComponentLimits.definitions, "functions", at: offset)
        scope.functions.append(type)
    }

    mutating func add(type: TypeID, at offset: Int) throws(ComponentError) {
        try limit(scope.types.count, ComponentLimits.definitions, "types", at: offset)
        scope.types.append(type)
    }

    mutating func add(value type: ValType, isUsed: Bool, at offset: Int) throws(ComponentError) {
        try limit(scope.values.count, ComponentLimits.values, "values", at: offset)
        scope.values.append(ValueDefinition(type: type, isUsed: isUsed))
    }

    /// Adds a core item to the index space of its sort.
    mutating func add(_ item: CoreItem, at offset: Int) throws(ComponentError) {
        let most = ComponentLimits.definitions
        switch item.type {
        case .function:
            try limit(scope.coreFunctions.count, most, "functions", at: offset)
            scope.coreFunctions.append(item.typeID ?? 0)
        case .table(let type):
            try limit(scope.coreTables.count, most, "tables", at: offset)
            scope.coreTables.append(type)
        case .memory(let type):
            try limit(scope.coreMemories.count, most, "memories", at: offset)
            scope.coreMemories.append(type)
        case .global(let type):
            try limit(scope.coreGlobals.count, most, "globals", at: offset)
            scope.coreGlobals.append(type)
        case .tag:
            try limit(scope.coreTags.count, most, "tags", at: offset)
            scope.coreTags.append(item.typeID ?? 0)
        }
    }

    // MARK: Looking up

    private func element<Element>(
        _ space: [Element],
        _ index: Int,
        _ name: String,
        _ sort: String,
        at offset: Int
    ) throws(ComponentError) -> Element {
        guard index < space.count else {
            throw .invalid("unknown \(name) \(index): \(sort) index out of bounds", at: offset)
        }
        return space[index]
    }

    func coreModule(_ index: Int, in scope: Scope, at offset: Int) throws(ComponentError)
        -> CoreModule
    {
        try element(scope.coreModules, index, "module", "module", at: offset)
    }

    func coreInstance(_ index: Int, at offset: Int) throws(ComponentError) -> CoreInstance {
        try element(scope.coreInstances, index, "core instance", "instance", at: offset)
    }

    /// The canonical id of the type of a core function.
    func coreFunction(_ index: Int, at offset: Int) throws(ComponentError) -> UInt32 {
        try element(scope.coreFunctions, index, "core function", "function", at: offset)
    }

    func coreMemory(_ index: Int, at offset: Int) throws(ComponentError) -> MemoryType {
        try element(scope.coreMemories, index, "memory", "memory", at: offset)
    }

    func coreTable(_ index: Int, at offset: Int) throws(ComponentError) -> TableType {
        try element(scope.coreTables, index, "table", "table", at: offset)
    }

    /// What is at an index of a core index space that instances may export.
    func coreItem(_ item: CoreSortIndex, at offset: Int) throws(ComponentError) -> CoreItem {
        switch item.sort {
        case .function:
            let id = try coreFunction(item.index, at: offset)
            return CoreItem(type: .function(registry.function(id)), typeID: id)
        case .table: return CoreItem(type: .table(try coreTable(item.index, at: offset)))
        case .memory: return CoreItem(type: .memory(try coreMemory(item.index, at: offset)))
        case .global:
            let type = try element(scope.coreGlobals, item.index, "global", "global", at: offset)
            return CoreItem(type: .global(type))
        case .tag:
            let id = try element(scope.coreTags, item.index, "tag", "tag", at: offset)
            return CoreItem(type: .tag(registry.function(id)), typeID: id)
        case .type, .module, .instance:
            throw .invalid("a core instance exports no \(item.sort.kindName)", at: offset)
        }
    }

    func type(_ index: Int, in scope: Scope, at offset: Int) throws(ComponentError) -> TypeID {
        try element(scope.types, index, "type", "type", at: offset)
    }

    func type(_ index: Int, at offset: Int) throws(ComponentError) -> TypeID {
        try element(scope.types, index, "type", "type", at: offset)
    }

    func function(_ index: Int, at offset: Int) throws(ComponentError) -> TypeID {
        try element(scope.functions, index, "function", "function", at: offset)
    }

    func component(_ index: Int, in scope: Scope, at offset: Int) throws(ComponentError) -> TypeID {
        try element(scope.components, index, "component", "component", at: offset)
    }

    func instance(_ index: Int, at offset: Int) throws(ComponentError) -> TypeID {
        try element(scope.instances, index, "instance", "instance", at: offset)
    }

    /// Takes a value, which can be taken once.
    mutating func takeValue(_ index: Int, at offset: Int) throws(ComponentError) -> ValType {
        let value = try element(scope.values, index, "value", "value", at: offset)
        guard !value.isUsed else {
            throw .invalid("value \(index) cannot be used more than once", at: offset)
        }
        scope.values[index].isUsed = true
        return value.type
    }

    /// The type of what is at an index.
    mutating func desc(_ item: SortIndex, at offset: Int) throws(ComponentError) -> ExternDesc {
        switch item {
        case .coreModule(let index):
            .coreModule(try coreModule(index, in: scope, at: offset).type)
        case .function(let index): .function(try function(index, at: offset))
        case .value(let index): .value(try takeValue(index, at: offset))
        case .type(let type): .type(type)
        case .component(let index): .component(try component(index, in: scope, at: offset))
        case .instance(let index): .instance(try instance(index, at: offset))
        }
    }

    // MARK: Types of a kind

    /// The place of the value type at an index.
    func definedType(_ index: Int, at offset: Int) throws(ComponentError) -> TypeID {
        let id = try type(index, at: offset)
        guard case .value = store[id] else {
            throw .invalid("type index \(index) is not a defined type", at: offset)
        }
        return id
    }

    func functionType(_ index: Int, at offset: Int) throws(ComponentError) -> (TypeID, FuncType) {
        let id = try type(index, at: offset)
        guard let type = store.arena.function(id) else {
            throw .invalid("type index \(index) is not a function type", at: offset)
        }
        return (id, type)
    }

    /// The place and the number of the resource type at an index.
    func resourceType(_ index: Int, at offset: Int) throws(ComponentError) -> (TypeID, ResourceID) {
        let id = try type(index, at: offset)
        guard let number = store.resource(id) else {
            throw .invalid("type index \(index) is not a resource type", at: offset)
        }
        return (id, number)
    }
}
