import Wasm

/// The state of a component instance that its core instances do not hold.
/// Spec: CanonicalABI "Component Instances" (`ComponentInstance`)
package final class ComponentInstanceState {
    package unowned let store: ComponentStore
    package let parent: ComponentInstanceState?
    /// Whether nothing runs in it. It stays false where what ran has trapped.
    /// Spec: `may_enter`
    package internal(set) var mayEnter = true
    /// Whether it may call out: not while `realloc` or `post-return` runs.
    /// Spec: `may_leave`
    package internal(set) var mayLeave = true

    private var handles = HandleTable()
    /// The borrowed handles that each task under way has in the table, the innermost task last.
    /// Spec: `Task.num_borrows`
    private var borrows: [UInt32] = []
    /// The handles that were lent to calls under way, those of the innermost last.
    /// Spec: `Subtask.lenders`
    private var lenders: [UInt32] = []
    /// What `reset` brings back; nil for nothing.
    private var frozen: HandleTable?

    init(store: ComponentStore, parent: ComponentInstanceState?) {
        self.store = store
        self.parent = parent
    }

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

    /// Enters this instance and others around it, `levels` in all. Throws where something runs there.
    /// Spec: `may_enter_from`, `enter_from`
    func enter(levels: Int) throws(Trap) {
        var instance = self
        for level in 0..<levels {
            try trapIf(!instance.mayEnter, .cannotEnter)
            instance.mayEnter = false
            guard level + 1 < levels, let parent = instance.parent else { return }
            instance = parent
        }
    }

    /// Spec: `leave_to`
    func leave(levels: Int) {
        var instance = self
        for level in 0..<levels {
            instance.mayEnter = true
            guard level + 1 < levels, let parent = instance.parent else { return }
            instance = parent
        }
    }

    // MARK: Tasks

    /// Begins a task: a call into this instance.
    /// Spec: CanonicalABI "Tasks"
    func beginTask() { borrows.append(0) }

    /// Throws where handles that were lent to the innermost task are still there.
    /// Spec: `Task.return_`
    func checkBorrows() throws(Trap) {
        try trapIf(borrows.last != 0, .borrowsRemain)
    }

    func endTask() { borrows.removeLast() }

    /// Begins a call out of this instance; what it gives is for `endSubtask`.
    /// Spec: CanonicalABI "Subtask State"
    func beginSubtask() -> Int { lenders.count }

    /// Ends a call: what was lent to it is lent no more.
    /// Spec: `Subtask.deliver_resolve`
    func endSubtask(_ subtask: Int) {
        while lenders.count > subtask { handles.endLend(lenders.removeLast()) }
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
        handles.lend(index)
        lenders.append(index)
        return handle.rep
    }

    /// Spec: `lower_own`
    func lowerOwn(_ rep: UInt32, _ type: ResourceNumber) throws(Trap) -> UInt32 {
        try handles.add(HandleTable.Handle(type: type, rep: rep, state: .own))
    }

    /// Spec: `lower_borrow`
    func lowerBorrow(_ rep: UInt32, _ type: ResourceNumber) throws(Trap) -> UInt32 {
        if let defined = type.defined, store.resource(defined)?.impl === self { return rep }
        guard let task = borrows.indices.last else {
            throw .host("a resource can be lent to a task only")
        }
        borrows[task] += 1
        return try handles.add(
            HandleTable.Handle(type: type, rep: rep, link: UInt32(task), state: .borrow)
        )
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
        if Int(handle.link) < borrows.count { borrows[Int(handle.link)] -= 1 }
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
        mayEnter = true
        mayLeave = true
        borrows.removeAll(keepingCapacity: true)
        lenders.removeAll(keepingCapacity: true)
        guard !handles.isEmpty || frozen != nil else { return }
        for index in handles.places.indices where handles.places[index].state == .own {
            let handle = handles.places[index]
            let isKept = frozen.map { index < $0.places.count && $0.places[index] == handle }
            if isKept != true, let type = handle.type.hostType { dropped(type, handle.rep) }
        }
        if let frozen { handles = frozen } else { handles.removeAll() }
    }
}
