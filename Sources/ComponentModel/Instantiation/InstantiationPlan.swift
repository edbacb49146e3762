import Wasm

/// How a component, with all components in it, is instantiated: steps over numbered slots, with every
/// name looked up and every type known. Immutable, so that threads share it.
/// Spec: Explainer "Instance Definitions"
package final class InstantiationPlan: Sendable {
    /// Something that core code imports, exports or is given.
    enum CoreItem: Hashable, Sendable {
        /// What the index spaces of a core instance hold.
        case export(instance: Int, ExternIndex)
        /// A function that a `canon` has made.
        case function(Int)
        /// A function that is not run; no plan with one is ever done.
        case unsupported
    }

    /// Where a function of components comes from.
    package enum Function: Hashable, Sendable {
        case lifted(Int)
        case host(Int)
        /// A function of an instance that was there before.
        case external(Int)
    }

    /// The options of a `canon`, and the component instance that it is in.
    struct Context: Hashable, Sendable {
        let instance: Int
        let memory: CoreItem?
        let realloc: CoreItem?
        let stringEncoding: StringEncoding
    }

    /// One that adds to the slots of its kind.
    enum Step: Sendable {
        case instance(parent: Int?)
        case coreInstance(module: Int, imports: [CoreItem])
        case context(Context)
        case lift(CoreItem, FunctionTypeIndex, context: Int, postReturn: CoreItem?)
        /// These add a core function.
        case lower(Function, context: Int)
        case lowerHost(Int, FunctionTypeIndex, context: Int)
        case resourceNew(ResourceNumber, instance: Int)
        case resourceDrop(ResourceNumber, instance: Int)
        case resourceRep(ResourceNumber, instance: Int)
        /// Says what a resource type is.
        case resource(Int, instance: Int, destructor: CoreItem?)
    }

    /// A function of the host that the component imports.
    package struct HostImport: Sendable {
        /// The names that lead to it, outermost first.
        package let path: [String]
        let definition: HostFunctionDefinition
    }

    package let component: Component
    package let modules: [Module]
    let steps: [Step]
    package let hostFunctions: [HostImport]
    /// Kept since numbers name them by address.
    private let hostResources: [HostResourceType]
    let types: CanonicalTypes
    /// What the resource types are that the component's own types name.
    package let resources: [ResourceID: ResourceNumber]
    package let exports: ComponentExports

    init(
        component: Component, modules: [Module], steps: [Step], hostFunctions: [HostImport],
        hostResources: [HostResourceType], types: CanonicalTypes,
        resources: [ResourceID: ResourceNumber], exports: ComponentExports
    ) {
        self.component = component
        self.modules = modules
        self.steps = steps
        self.hostFunctions = hostFunctions
        self.hostResources = hostResources
        self.types = types
        self.resources = resources
        self.exports = exports
    }
}
