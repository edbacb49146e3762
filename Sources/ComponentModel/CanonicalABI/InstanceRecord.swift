// What each call into and out of a component instance looks at, apart from the object, so that calls
// count no references.
//
// Invariant: the record is freed by the `ComponentInstanceState` that made it; whoever has a reference
// keeps that.

import Wasm

/// The part of a component instance's state that each call changes.
struct InstanceRecord {
    /// Whether nothing runs in it. It stays false where what ran has trapped.
    /// Spec: `may_enter`
    var mayEnter = true
    /// Whether it may call out: not while `realloc` or `post-return` runs.
    /// Spec: `may_leave`
    var mayLeave = true
    /// Calls into it that are under way: more than one where a destructor runs within a call.
    var tasks: UInt32 = 0
    /// Borrowed handles of all tasks.
    /// Spec: `Task.num_borrows`
    var borrows: UInt32 = 0
    /// Handles that are lent to calls under way.
    var lenders = 0
    var parent: InstanceReference?
}

/// A component instance as calls know it.
@safe struct InstanceReference {
    private let record: UnsafeMutablePointer<InstanceRecord>

    /// A new record, for an instance within `parent`.
    init(within parent: InstanceReference?) {
        unsafe record = .allocate(capacity: 1)
        unsafe record.initialize(to: InstanceRecord(parent: parent))
    }

    func deallocate() { unsafe record.deallocate() }

    /// As in a new instance.
    func reset() { unsafe record.pointee = InstanceRecord(parent: record.pointee.parent) }

    var mayEnter: Bool { unsafe record.pointee.mayEnter }

    var mayLeave: Bool {
        @inline(__always) get { unsafe record.pointee.mayLeave }
        @inline(__always) nonmutating set { unsafe record.pointee.mayLeave = newValue }
    }

    var tasks: UInt32 { unsafe record.pointee.tasks }

    var borrows: UInt32 {
        get { unsafe record.pointee.borrows }
        nonmutating set { unsafe record.pointee.borrows = newValue }
    }

    var lenders: Int {
        @inline(__always) get { unsafe record.pointee.lenders }
        nonmutating set { unsafe record.pointee.lenders = newValue }
    }

    /// Enters the instance and others around it, `levels` in all. Throws where something runs there.
    /// Spec: `may_enter_from`, `enter_from`
    @inline(__always) func enter(levels: Int) throws(Trap) {
        guard levels > 0 else { return }
        try trapIf(!mayEnter, .cannotEnter)
        unsafe record.pointee.mayEnter = false
        if levels > 1 { try enterParent(levels: levels - 1) }
    }

    @inline(never) private func enterParent(levels: Int) throws(Trap) {
        try unsafe record.pointee.parent?.enter(levels: levels)
    }

    /// Spec: `leave_to`
    @inline(__always) func leave(levels: Int) {
        guard levels > 0 else { return }
        unsafe record.pointee.mayEnter = true
        if levels > 1 { leaveParent(levels: levels - 1) }
    }

    @inline(never) private func leaveParent(levels: Int) {
        unsafe record.pointee.parent?.leave(levels: levels)
    }

    /// Begins a task: a call into the instance.
    /// Spec: CanonicalABI "Tasks"
    @inline(__always) func beginTask() { unsafe record.pointee.tasks &+= 1 }

    @inline(__always) func endTask() { unsafe record.pointee.tasks &-= 1 }
}
