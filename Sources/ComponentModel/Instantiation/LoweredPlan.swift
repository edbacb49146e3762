import Wasm

/// A plan as an engine carries it out: its core modules are lowered once for all stores of the engine.
package final class LoweredPlan {
    package let plan: InstantiationPlan
    private let modules: [LoweredModule]
    /// Whether the imports of all core modules have been found to be of the types that are wanted.
    private var isChecked = false

    package init(_ plan: InstantiationPlan, engine: Engine) {
        self.plan = plan
        modules = plan.modules.map { LoweredModule($0, engine: engine) }
    }

    /// Carries the plan out in a store: nothing is looked up. `externals` are the functions of other
    /// instances that the plan was linked with.
    package func instantiate(
        in store: ComponentStore, externals: [LiftedFunction] = []
    ) throws(InstantiationError) -> ComponentInstance {
        var run = InstantiationRun(plan, modules, store, externals, isChecked: isChecked)
        for step in plan.steps { try run.perform(step) }
        isChecked = true
        return ComponentInstance(plan, store, run.coreInstances, run.lifted, externals)
    }
}

/// The slots of an instantiation, as they are filled.
private struct InstantiationRun {
    typealias CoreItem = InstantiationPlan.CoreItem

    let plan: InstantiationPlan
    let modules: [LoweredModule]
    let store: ComponentStore
    let externals: [LiftedFunction]
    let isChecked: Bool
    var instances: [ComponentInstanceState] = []
    var coreInstances: [Instance] = []
    var coreFunctions: [Function] = []
    var contexts: [CanonicalContext] = []
    var lifted: [LiftedFunction] = []

    init(
        _ plan: InstantiationPlan, _ modules: [LoweredModule], _ store: ComponentStore,
        _ externals: [LiftedFunction], isChecked: Bool
    ) {
        self.plan = plan
        self.modules = modules
        self.store = store
        self.externals = externals
        self.isChecked = isChecked
    }

    mutating func perform(_ step: InstantiationPlan.Step) throws(InstantiationError) {
        switch step {
        case .instance(let parent):
            instances.append(store.addInstance(parent: parent.map { instances[$0] }))
        case .coreInstance(let module, let imports):
            try instantiate(modules[module], imports)
        case .context(let context): contexts.append(try make(context))
        case .lift(let core, let type, let context, let postReturn):
            lifted.append(
                LiftedFunction(
                    try function(core), CanonicalSignature(plan.types, type), contexts[context],
                    postReturn: try optional(postReturn)))
        case .lower(let function, let context):
            coreFunctions.append(canonLower(try lifted(function), contexts[context]))
        case .lowerHost(let place, let type, let context):
            coreFunctions.append(
                canonLower(
                    plan.hostFunctions[place].definition, CanonicalSignature(plan.types, type),
                    contexts[context]))
        case .resourceNew(let type, let instance):
            coreFunctions.append(canonResourceNew(type, instances[instance]))
        case .resourceDrop(let type, let instance):
            coreFunctions.append(canonResourceDrop(type, instances[instance]))
        case .resourceRep(let type, let instance):
            coreFunctions.append(canonResourceRep(type, instances[instance]))
        case .resource(let number, let instance, let destructor):
            store.define(
                number,
                ResourceType(impl: instances[instance], destructor: try optional(destructor)))
        }
    }

    private mutating func instantiate(
        _ module: LoweredModule, _ imports: [CoreItem]
    ) throws(InstantiationError) {
        var items: [Extern] = []
        items.reserveCapacity(imports.count)
        for item in imports { items.append(try self.item(item)) }
        if !isChecked {
            do throws(LinkError) {
                try module.check(items)
            } catch {
                throw .link(error)
            }
        }
        coreInstances.append(try store.core.instantiate(module, checkedImports: items))
    }

    private func make(
        _ context: InstantiationPlan.Context
    ) throws(InstantiationError) -> CanonicalContext {
        var memory: Memory?
        if let item = context.memory {
            guard case .memory(let found) = try self.item(item) else { throw misfit }
            memory = found
        }
        return CanonicalContext(
            instance: instances[context.instance], memory: memory,
            realloc: try optional(context.realloc), stringEncoding: context.stringEncoding)
    }

    private func lifted(
        _ function: InstantiationPlan.Function
    ) throws(InstantiationError) -> LiftedFunction {
        switch function {
        case .lifted(let slot): lifted[slot]
        case .external(let place): externals[place]
        case .host: throw misfit
        }
    }

    // MARK: Core items

    private func item(_ item: CoreItem) throws(InstantiationError) -> Extern {
        switch item {
        case .export(let instance, let index): coreInstances[instance].item(at: index)
        case .function(let slot): .function(coreFunctions[slot])
        case .unsupported: throw misfit
        }
    }

    private func function(_ item: CoreItem) throws(InstantiationError) -> Function {
        guard case .function(let function) = try self.item(item) else { throw misfit }
        return function
    }

    private func optional(_ item: CoreItem?) throws(InstantiationError) -> Function? {
        guard let item else { return nil }
        return try function(item)
    }

    /// What validation rules out.
    private var misfit: InstantiationError {
        .trap(.host("the component's definitions do not fit together"))
    }
}
