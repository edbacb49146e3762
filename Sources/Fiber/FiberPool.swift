// Invariant: an idle stack is mapped, `span` bytes of it, its guard first and its record at its end,
// and no handle refers to it. Each stack that is mapped is idle or belongs to one handle.

import CBoostContext
import Glibc

/// Why there is no stack for a fiber.
package enum FiberError: Error, Hashable, Sendable {
    /// The pool's fibers are as many as it may have at once.
    case tooManyFibers(limit: Int)
    /// The system has no address space, mappings or memory for a stack of that size.
    case noStack(bytes: Int)
}

extension FiberError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .tooManyFibers(let limit): "there are \(limit) fibers, the most there may be"
        case .noStack(let bytes): "the system has no room for a stack of \(bytes) bytes"
        }
    }
}

/// The stacks of one thread's fibers: each with a guard below it, given out again last in, first out.
///
/// It belongs to the thread that made it. It lives as long as one of its fibers.
@safe package final class FiberPool {
    /// Bytes of a stack that a fiber can use, less a few hundred for its record.
    package let stackBytes: Int
    /// The most fibers at once.
    package let limit: Int
    /// The most stacks that are kept when no fiber has them.
    package let idleLimit: Int
    /// Fibers whose handles live.
    package private(set) var liveCount = 0
    /// Stacks that wait for a fiber.
    package private(set) var idleCount = 0

    private var idle: FiberReference?
    private let guardBytes: Int
    private let thread = pthread_self()

    /// Makes an empty pool for the thread that this is called on.
    ///
    /// `stackBytes` is brought into `FiberLimits.stackBytesRange` and up to whole pages.
    package init(
        stackBytes: Int = FiberLimits.stackBytes,
        limit: Int = FiberLimits.fibers,
        idleLimit: Int = FiberLimits.idleStacks
    ) {
        let range = FiberLimits.stackBytesRange
        let page = max(sysconf(Int32(_SC_PAGESIZE)), 4096)
        let bytes = min(max(stackBytes, range.lowerBound), range.upperBound)
        self.stackBytes = (bytes + page - 1) / page * page
        self.limit = limit
        self.idleLimit = idleLimit
        guardBytes = page
        // Asked once, here on the thread's own stack, since the answer takes long.
        _ = fiber_stack_left()
    }

    deinit { drain() }

    /// Gives idle stacks back to the system until `count` are left.
    package func drain(to count: Int = 0) {
        while idleCount > count, let record = idle {
            idle = record.next
            idleCount -= 1
            unmap(record)
        }
    }

    /// Maps stacks until `count` are idle, `idleLimit` at most, so that as many fibers start fast.
    ///
    /// Throws where the system has no room for them; those that were mapped stay.
    package func fill(to count: Int) throws(FiberError) {
        while idleCount < min(count, idleLimit) { push(try map()) }
    }

    /// A stack for a new fiber.
    func take() throws(FiberError) -> FiberReference {
        assertThread()
        guard liveCount < limit else { throw .tooManyFibers(limit: limit) }
        guard let record = idle else {
            let record = try map()
            liveCount += 1
            return record
        }
        idle = record.next
        idleCount -= 1
        liveCount += 1
        return record
    }

    /// Takes back the stack of a fiber that has ended.
    func give(_ record: FiberReference) {
        assertThread()
        record.clear()
        liveCount -= 1
        if idleCount < idleLimit { push(record) } else { unmap(record) }
    }

    /// Debug builds stop here on a thread that the pool does not belong to.
    func assertThread() {
        assert(pthread_equal(thread, pthread_self()) != 0, "a fiber was used on another thread")
    }

    private func push(_ record: FiberReference) {
        record.next = idle
        idle = record
        idleCount += 1
    }

    private func map() throws(FiberError) -> FiberReference {
        let span = guardBytes + stackBytes
        let flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_STACK
        guard let address = unsafe mmap(nil, span, PROT_READ | PROT_WRITE, flags, -1, 0),
            unsafe address != MAP_FAILED
        else { throw .noStack(bytes: stackBytes) }
        guard unsafe fiber_guard(address, guardBytes) != 0 else {
            unsafe munmap(address, span)
            throw .noStack(bytes: stackBytes)
        }
        return unsafe FiberReference(stackAt: address + guardBytes, size: stackBytes)
    }

    /// Gives a stack back to the system; where that would take a mapping too many, its memory only.
    private func unmap(_ record: FiberReference) {
        let address = unsafe record.bottom - guardBytes
        guard unsafe munmap(address, guardBytes + stackBytes) != 0 else { return }
        unsafe madvise(record.bottom, stackBytes, MADV_DONTNEED)
    }
}

@available(*, unavailable)
extension FiberPool: Sendable {}
