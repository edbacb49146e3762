// The record of a fiber, which lies at the top of its stack, and the switches that go by it.
//
// Invariant: a reference leads to a record in a stack that is mapped. A pool maps the stack before
// it makes the reference, and unmaps it only when it holds the last one; a handle (`Fiber`) owns the
// stack from `take` to `give`. Only the pool's thread reads or writes the record.

import CBoostContext

/// A fiber, as it lies at the top of its stack.
@unsafe struct FiberRecord {
    enum State: UInt8 {
        /// In the pool.
        case idle
        /// It has a body that was not entered yet.
        case ready
        case running
        case suspended
        /// It waits until its resumer has done `work`.
        case callingOut
        case finished
        case cancelled
    }

    /// The first member, so that its address is the record's.
    var stacks = unsafe fiber_stacks()
    /// The lowest usable address of the stack, and the bytes from there to the record.
    let bottom: UnsafeMutableRawPointer
    let size: Int
    var state = State.idle
    /// That the next suspension throws.
    var isCancelled = false
    /// What the last switch, in whichever direction, carried.
    var value: UInt64 = 0
    var body: Fiber.Body?
    var work: (() -> Void)?
    /// The next idle one of the pool.
    var next: FiberReference?
    /// The runtime's last open access when the fiber was resumed; debug builds only.
    var openAccess: UInt = 0
}

/// A fiber's record by its address.
@safe struct FiberReference {
    private let record: UnsafeMutablePointer<FiberRecord>

    /// Writes a record at the end of the `size` bytes from `bottom` on.
    init(stackAt bottom: UnsafeMutableRawPointer, size: Int) {
        let room = unsafe (MemoryLayout<FiberRecord>.size + 63) & ~63
        let address = unsafe bottom + (size - room)
        unsafe record = address.bindMemory(to: FiberRecord.self, capacity: 1)
        unsafe record.initialize(to: FiberRecord(bottom: bottom, size: size - room))
    }

    private init(_ record: UnsafeMutablePointer<FiberRecord>) { unsafe self.record = record }

    /// The innermost fiber that runs on this thread.
    static var current: FiberReference? {
        guard let current = unsafe fiber_get_thread().pointee.current else { return nil }
        return unsafe FiberReference(current.assumingMemoryBound(to: FiberRecord.self))
    }

    var state: FiberRecord.State {
        get { unsafe record.pointee.state }
        nonmutating set { unsafe record.pointee.state = newValue }
    }

    var isCancelled: Bool {
        get { unsafe record.pointee.isCancelled }
        nonmutating set { unsafe record.pointee.isCancelled = newValue }
    }

    var value: UInt64 {
        get { unsafe record.pointee.value }
        nonmutating set { unsafe record.pointee.value = newValue }
    }

    var next: FiberReference? {
        get { unsafe record.pointee.next }
        nonmutating set { unsafe record.pointee.next = newValue }
    }

    /// The stack's lowest usable address.
    var bottom: UnsafeMutableRawPointer { unsafe record.pointee.bottom }

    /// Makes an idle record one of a fiber that will run `body`.
    func prepare(_ body: @escaping Fiber.Body) {
        unsafe fiber_prepare(
            &record.pointee.stacks,
            record.pointee.bottom,
            record.pointee.size,
            fiberMain
        )
        unsafe record.pointee.body = body
        isCancelled = false
        state = .ready
    }

    /// Makes the record of a fiber that has ended, or never began, an idle one.
    func clear() {
        unsafe record.pointee.body = nil
        unsafe fiber_release(&record.pointee.stacks)
        state = .idle
    }

    /// Runs the fiber until it is suspended or ends.
    @inline(__always) func resume() {
        #if DEBUG
        unsafe record.pointee.openAccess = UInt(bitPattern: fiber_open_access())
        #endif
        let thread = unsafe fiber_get_thread()
        let resumer = unsafe thread.pointee
        while true {
            state = .running
            unsafe thread.pointee = fiber_thread(
                current: record,
                limit: UInt(bitPattern: record.pointee.bottom)
            )
            unsafe fiber_enter(&record.pointee.stacks)
            unsafe thread.pointee = resumer
            guard state == .callingOut, let work = unsafe record.pointee.work else { return }
            FiberReference.onThreadStack(work)
        }
    }

    /// Goes back to the resumer, with `state`; returns when the fiber is resumed.
    @inline(__always) func leave(_ state: FiberRecord.State) {
        self.state = state
        unsafe fiber_leave(&record.pointee.stacks)
    }

    /// That no access to a variable was begun and not ended since the fiber was resumed; true where
    /// accesses are not kept.
    var holdsNoAccess: Bool {
        #if DEBUG
        unsafe record.pointee.openAccess == UInt(bitPattern: fiber_open_access())
        #else
        true
        #endif
    }

    /// Does `work` on the stack of the thread, below all fibers.
    @inline(never) static func onThreadStack(_ work: () -> Void) {
        guard let fiber = current else { return work() }
        withoutActuallyEscaping(work) { work in
            unsafe fiber.record.pointee.work = work
            fiber.leave(.callingOut)
            unsafe fiber.record.pointee.work = nil
        }
    }

    /// Runs the body to its end, on the fiber's stack.
    fileprivate func run() {
        guard let body = unsafe record.pointee.body else { return }
        do throws(Cancelled) {
            value = try body()
            state = .finished
        } catch {
            state = .cancelled
        }
    }
}

/// What each fiber runs; `stacks` is its record.
private func fiberMain(_ stacks: UnsafeMutableRawPointer) {
    FiberReference.current?.run()
}
