import Wasm

/// The state of a component instance that its core instances do not hold.
/// Spec: CanonicalABI "Component Instances" (`ComponentInstance`)
package final class ComponentInstanceState {
    package unowned let store: ComponentStore
    package let parent: ComponentInstanceState?
    /// Whether nothing runs in it. It stays false where what ran has trapped.
    package internal(set) var mayEnter = true
    /// Whether it may call out: not while `realloc` or `post-return` runs.
    package internal(set) var mayLeave = true

    init(store: ComponentStore, parent: ComponentInstanceState?) {
        self.store = store
        self.parent = parent
    }

    /// Makes the state as it is now what `reset` brings it back to.
    package func freeze() {}

    /// Brings it back to the state at `freeze`, to none where there was no such. `dropped` is called
    /// with each host resource that a handle owned which is no longer there.
    package func reset(_ dropped: (HostResourceType, UInt32) -> Void) {}
}
