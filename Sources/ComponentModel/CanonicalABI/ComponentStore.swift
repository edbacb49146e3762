import Wasm

/// What the component instances of one core store share.
/// Spec: CanonicalABI "Embedding" (`Store`)
package final class ComponentStore {
    package let core: Store
    /// What the host functions of the embedder find their state in: that of a request, say.
    package var context: AnyObject?
    /// The resource types that components define, by number.
    package private(set) var resources: [ResourceType?] = []
    /// The component instances, in the order in which they were made.
    package private(set) var instances: [ComponentInstanceState] = []

    package init(core: Store) { self.core = core }

    /// A component instance within `parent`, nil for a root.
    package func addInstance(parent: ComponentInstanceState?) -> ComponentInstanceState {
        let instance = ComponentInstanceState(store: self, parent: parent)
        instances.append(instance)
        return instance
    }

    /// Brings the component instances back to the images that they have adopted. The host resources
    /// that they hold are dropped; destructors that components define do not run.
    package func reset() {
        for instance in instances {
            instance.reset { (type, representation) in
                // What ends a destructor of the host has nowhere to go: its use is over.
                try? type.destructor(context, representation)
            }
        }
    }

    /// Says what the resource type with this number is, which a component defines.
    package func define(_ number: Int, _ type: ResourceType) {
        while resources.count <= number { resources.append(nil) }
        resources[number] = type
    }

    /// A number that is greater than those of the resource types that there are.
    package var resourceCount: Int { resources.count }

    /// The resource type with this number, which a component defines.
    package func resource(_ number: Int) -> ResourceType? {
        number < resources.count ? resources[number] : nil
    }
}
