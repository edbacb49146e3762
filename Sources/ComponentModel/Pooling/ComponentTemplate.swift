import Wasm

/// The state of a component as it is when it has been instantiated: its core store's, and that of its
/// component instances. It never changes, so that threads share it.
package struct ComponentImage: Sendable {
    package let store: StoreImage
    let instances: [ComponentInstanceState.Image]

    /// Where instantiation asks the host for what belongs to a request, the image was taken before
    /// that, and the rest is done at each use: what is asked for, to be logged.
    package var deferral: ObservedEffect? { store.deferral }
}

/// What the component instances of a pool are made from: a plan, and the image of what it makes. It
/// stays on its engine's thread; plan and image may be shared.
package final class ComponentTemplate {
    package let plan: InstantiationPlan
    package let image: ComponentImage
    /// What each start function may take.
    let startLimits: RunLimits
    let stores: StoreTemplate

    /// Instantiates the component and takes the image after that, or uses an `image` that was taken of
    /// the same plan before. `limits` are those of each instance's memories and tables,
    /// `startLimits` those of each start function.
    package init(
        _ plan: InstantiationPlan,
        engine: Engine,
        limits: StoreLimits = StoreLimits(),
        startLimits: RunLimits = RunLimits(cpuTime: ComponentLimits.startNanoseconds),
        image: ComponentImage? = nil
    ) throws(StoreTemplateError) {
        self.plan = plan
        self.startLimits = startLimits
        let lowered = LoweredPlan(plan, engine: engine)
        let states = StateImages(image?.instances ?? [])
        stores = try StoreTemplate(engine: engine, limits: limits, image: image?.store) {
            (core) throws(InstantiationError) in
            core.runLimits = startLimits
            let store = ComponentStore(core: core)
            let instance = try lowered.instantiate(in: store)
            if core.isRestored {
                for (state, image) in zip(store.instances, states.images) { state.adopt(image) }
            } else {
                states.images = store.instances.map { $0.image }
            }
            return StoreContents(instance.coreInstances, companion: PooledInstance(instance))
        }
        self.image = ComponentImage(store: stores.image, instances: states.images)
    }

    /// The images of the component instances of the store that was made last.
    private final class StateImages {
        var images: [ComponentInstanceState.Image]
        init(_ images: [ComponentInstanceState.Image]) { self.images = images }
    }
}
