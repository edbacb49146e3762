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

    /// The state as it is now, for `adopt`.
    package struct Image: Sendable {}

    package var image: Image { Image() }

    /// Brings the state to `image`, which is of the same component instance in another store, and lets
    /// `reset` do so.
    package func adopt(_ image: Image) {}

    /// Brings it back to the image that it has adopted, to none where there is no such. `dropped` is called
    /// with each host resource that a handle owned which is no longer there.
    package func reset(_ dropped: (HostResourceType, UInt32) -> Void) {}
}
