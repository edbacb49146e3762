import Wasm

/// The state of a component instance that its core instances do not hold.
/// Spec: CanonicalABI "Component Instances" (`ComponentInstance`)
package final class ComponentInstanceState {
    package unowned let store: ComponentStore
    package let parent: ComponentInstanceState?
    /// What calls look at.
    let reference: InstanceReference
    private var handles = HandleTable()
    /// The handles that were lent to calls under way, those of the innermost last.
    /// Spec: `Subtask.lenders`
    private var lenders: [UInt32] = []
    private var handleMemory = HandleMemory(stride: MemoryLayout<HandleTable.Handle>.stride)
    private var lenderMemory = HandleMemory(stride: MemoryLayout<UInt32>.stride)
    /// What `reset` brings back; nil for nothing.
    private var frozen: HandleTable?

    init(store: ComponentStore, parent: ComponentInstanceState?) {
        self.store = store
        self.parent = parent
        reference = InstanceReference(within: parent?.reference)
    }

    deinit { reference.deallocate() }

    // MARK: Entering

    /// Whether this is `other` or one that `other` lies in.
    func contains(_ other: ComponentInstanceState) -> Bool {
        var instance: ComponentInstanceState? = other
        while let each = instance {
            if each === self { return true }
            instance = each.parent
        }
        return false
    }

    /// How many instances a call from `caller` enters: this one and those that it lies in, up to one
    /// that the caller lies in too.
    /// Spec: `entering_set`
    func levels(from caller: ComponentInstanceState?) -> Int {
        var count = 0
        var instance: ComponentInstanceState? = self
        while let each = instance {
            if let caller, each.contains(caller) { break }
            count += 1
            instance = each.parent
        }
        return count
    }

    // MARK: Tasks

    /// Throws where handles that were lent to the innermost task are still there.
    /// Spec: `Task.return_`
    @inline(__always) func checkBorrows() throws(Trap) {
        if reference.borrows != 0 { try checkHandles() }
    }

    /// The same where there are borrowed handles, of this task or of one around it.
    @inline(never) private func checkHandles() throws(Trap) {
        let task = reference.tasks
        try trapIf(
            handles.places.contains { $0.state == .borrow && $0.link == task },
            .borrowsRemain
        )
    }

    /// Ends a call out of this instance, before which there were `subtask` lenders: what was lent to it
    /// is lent no more.
    /// Spec: `Subtask.deliver_resolve`
    @inline(__always) func endSubtask(_ subtask: Int) {
        if reference.lenders != subtask { endLends(subtask) }
    }

    @inline(never) private func endLends(_ subtask: Int) {
        while lenders.count > subtask { handles.endLend(lenders.removeLast()) }
        reference.lenders = subtask
    }

    // MARK: Handles

    /// Spec: `lift_own`
    func liftOwn(_ index: UInt32, _ type: ResourceNumber) throws(Trap) -> UInt32 {
        let handle = try handles.remove(index, type)
        try trapIf(handle.state != .own, .handleIsBorrowed)
        return handle.rep
    }

    /// Spec: `lift_borrow`
    func liftBorrow(_ index: UInt32, _ type: ResourceNumber) throws(Trap) -> UInt32 {
        let handle = try handles.get(index, type)
        if !lenderMemory.holds(lenders.count) { try lenderMemory.grow(store.core) }
        handles.lend(index)
        lenders.append(index)
        reference.lenders = lenders.count
        return handle.rep
    }

    /// Spec: `lower_own`
    func lowerOwn(_ rep: UInt32, _ type: ResourceNumber) throws(Trap) -> UInt32 {
        try add(HandleTable.Handle(type: type, rep: rep, state: .own))
    }

    private func add(_ handle: HandleTable.Handle) throws(Trap) -> UInt32 {
        if handles.isFull, !handleMemory.holds(handles.places.count) {
            try handleMemory.grow(store.core)
        }
        return try handles.add(handle)
    }

    /// Spec: `lower_borrow`
    func lowerBorrow(_ rep: UInt32, _ type: ResourceNumber) throws(Trap) -> UInt32 {
        if let defined = type.defined, store.resource(defined)?.impl === self { return rep }
        guard reference.tasks > 0 else {
            throw .host("a resource can be lent to a task only")
        }
        let handle = HandleTable.Handle(
            type: type, rep: rep, link: reference.tasks, state: .borrow)
        let index = try add(handle)
        reference.borrows += 1
        return index
    }

    /// The representation behind a handle.
    /// Spec: `canon_resource_rep`
    func rep(_ index: UInt32, _ type: ResourceNumber) throws(Trap) -> UInt32 {
        try handles.get(index, type).rep
    }

    /// Takes a handle out of the table: the representation where it owned the resource.
    /// Spec: `canon_resource_drop`
    func drop(_ index: UInt32, _ type: ResourceNumber) throws(Trap) -> UInt32? {
        let handle = try handles.remove(index, type)
        if handle.state == .own { return handle.rep }
        reference.borrows -= 1
        return nil
    }

    // MARK: Images

    /// Whether it holds handles.
    package var hasHandles: Bool { handles.places.contains { $0.state != .free } }

    /// The state between calls, for `adopt`.
    package struct Image: Sendable {
        fileprivate let handles: HandleTable?
    }

    /// The state as it is now. Nothing runs in the instance.
    package var image: Image { Image(handles: handles.isEmpty ? nil : handles) }

    /// Brings the state to `image`, which is of the same component instance in another store, and has
    /// `reset` do so.
    package func adopt(_ image: Image) {
        frozen = image.handles
        reset { (_, _) in }
    }

    /// Brings the state back to the image that it has adopted, to that of a new instance where there
    /// was no such. `dropped` is called with each of the host's resources that a handle owned which is
    /// no longer there.
    package func reset(_ dropped: (HostResourceType, UInt32) -> Void) {
        reference.reset()
        let lent = lenderMemory.reset(to: 0, store.core)
        lenders.removeAll(keepingCapacity: !lent)
        handleMemory.reset(to: frozen?.places.count ?? 0, store.core)
        guard !handles.isEmpty || frozen != nil else { return }
        for index in handles.places.indices where handles.places[index].state == .own {
            let handle = handles.places[index]
            let isKept = frozen.map { index < $0.places.count && $0.places[index] == handle }
            if isKept != true, let type = handle.type.hostType { dropped(type, handle.rep) }
        }
        if let frozen { handles = frozen } else { handles.removeAll() }
    }
}
