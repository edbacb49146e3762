import CBoostContext

/// What ends a fiber whose handle was dropped or that was told to stop; thrown by `Fiber.suspend`,
/// to be let through to the fiber's base.
package struct Cancelled: Error, Hashable, Sendable {
    package init() {}
}

/// A body that runs on a stack of its own, and can be suspended and resumed.
///
/// It runs only within `resume` and `cancel`, on the thread of its pool. What it says when it is
/// suspended, and what it is told when it is resumed, is a number each.
///
/// In a body nothing is held over a suspension: no access to a variable of a class or to a global
/// one by `inout` or `mutating`, no lock, no span of what others can change; nor is there an `await`.
/// Debug builds stop where an access is held.
///
/// A fiber is never dropped: one that has not ended when its handle goes is cancelled.
package struct Fiber: ~Copyable {
    /// What a fiber runs; it gives a number at its end, or lets `Cancelled` through.
    package typealias Body = () throws(Cancelled) -> UInt64

    /// How far a fiber came when it was resumed.
    package enum Outcome: Hashable, Sendable {
        /// It was suspended and says a number.
        case suspended(UInt64)
        /// Its body returned a number.
        case finished(UInt64)
        /// Its body let `Cancelled` through.
        case cancelled
    }

    private let record: FiberReference
    private let pool: FiberPool

    /// A fiber on a stack of `pool` that will run `body` at its first resumption.
    ///
    /// Throws where the pool is at its limit or the system has no room for a stack.
    package init(on pool: FiberPool, _ body: @escaping Body) throws(FiberError) {
        record = try pool.take()
        self.pool = pool
        record.prepare(body)
    }

    deinit {
        precondition(!isRunning, "a fiber's handle was dropped while it ran")
        if !hasEnded { cancel() }
        pool.give(record)
    }

    /// Runs the fiber until it is suspended or ends.
    ///
    /// The suspension that it goes on from gives it `value`; at the first resumption there is none.
    /// The fiber must be neither running nor at its end.
    package borrowing func resume(_ value: UInt64 = 0) -> Outcome {
        pool.assertThread()
        precondition(!isRunning && !hasEnded, "a fiber was resumed while it ran or after its end")
        record.value = value
        record.resume()
        return switch record.state {
        case .finished: .finished(record.value)
        case .cancelled: .cancelled
        case .idle, .ready, .running, .suspended, .callingOut: .suspended(record.value)
        }
    }

    /// Ends the fiber: its suspension throws `Cancelled`, and so does each that it tries on its way.
    ///
    /// A fiber that was never resumed ends without its body being run. One that runs, which is to
    /// say that it or a fiber it resumed called this, goes on to its next suspension.
    package borrowing func cancel() {
        pool.assertThread()
        record.isCancelled = true
        if record.state == .ready { record.state = .cancelled }
        if record.state == .suspended { record.resume() }
    }

    /// That the body has returned or thrown, or will never run.
    package var hasEnded: Bool { record.state == .finished || record.state == .cancelled }

    /// That the fiber has been resumed and has neither suspended itself nor ended since.
    package var isRunning: Bool { record.state == .running || record.state == .callingOut }
}

@available(*, unavailable)
extension Fiber: Sendable {}

// MARK: Within a fiber

extension Fiber {
    /// That the caller is on a fiber, and so can be suspended.
    package static var isCurrent: Bool { FiberReference.current != nil }

    /// Goes back to whoever resumed this fiber, who is told `value`; gives what that one says when
    /// it resumes the fiber.
    ///
    /// Throws once the fiber is cancelled, then and ever after. Must be called on a fiber.
    package static func suspend(_ value: UInt64 = 0) throws(Cancelled) -> UInt64 {
        guard let fiber = FiberReference.current else {
            assertionFailure("a suspension outside of every fiber")
            throw Cancelled()
        }
        guard !fiber.isCancelled else { throw Cancelled() }
        assert(fiber.holdsNoAccess, "a fiber holds an access to a variable over its suspension")
        fiber.value = value
        fiber.leave(.suspended)
        guard !fiber.isCancelled else { throw Cancelled() }
        return fiber.value
    }

    /// Bytes of stack below the caller's frame: of its fiber, or of its thread where there is none.
    ///
    /// Whoever recurses, or is about to call code that needs much, compares it with a reserve.
    package static var remainingStackBytes: Int { fiber_stack_left() }

    /// Does `work` on the thread's own stack, which is large, below all fibers; for C libraries.
    ///
    /// `work` must not suspend. What it finds out, errors too, it leaves in a variable.
    package static func onThreadStack(_ work: () -> Void) { FiberReference.onThreadStack(work) }
}
