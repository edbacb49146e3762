// How a guest is told to stop: at a safepoint, which is a branch back or a call, its budget of
// safepoints is counted down; when that is used up, the time is looked at. (`Sources/RATIONALE.md`)

import Fiber
import Glibc

/// What a call from the host may take. Nil is no bound.
package struct RunLimits: Hashable, Sendable {
    /// Safepoints that the call may pass: a measure that does not depend on the machine.
    package var fuel: UInt64?
    /// Nanoseconds of processor time.
    package var cpuTime: UInt64?
    /// Nanoseconds from the call's start, suspensions included.
    package var wallTime: UInt64?
    /// Nanoseconds after which the call lets others run, where it is on a fiber.
    package var slice: UInt64?
    /// The same by safepoints: a slice that does not depend on the machine.
    package var sliceSafepoints: UInt64?

    package init(
        fuel: UInt64? = nil,
        cpuTime: UInt64? = nil,
        wallTime: UInt64? = nil,
        slice: UInt64? = nil,
        sliceSafepoints: UInt64? = nil
    ) {
        self.fuel = fuel
        self.cpuTime = cpuTime
        self.wallTime = wallTime
        self.slice = slice
        self.sliceSafepoints = sliceSafepoints
    }

    /// Bounds that time has a part in.
    var areTimed: Bool { cpuTime != nil || wallTime != nil || slice != nil }
}

/// What a fiber says when a guest on it is suspended, so that its loop knows why.
package enum Suspension {
    /// The slice is over: the guest is to be resumed behind what else is ready.
    package static let slice: UInt64 = 1 << 63
}

/// The limits of a call under way, and what it has used.
struct Interruption {
    private let limits: RunLimits
    private var fuelLeft: UInt64
    /// Safepoints of the budget that was given last.
    private var granted: UInt64 = 0
    /// Safepoints that were passed since it last began to run.
    private var passed: UInt64 = 0
    private let start: UInt64
    /// When it last began to run: monotonic and processor time.
    private var resumed: (wall: UInt64, cpu: UInt64)
    /// Processor time that was used before that.
    private var usedCPU: UInt64 = 0

    init(_ limits: RunLimits) {
        self.limits = limits
        fuelLeft = limits.fuel ?? .max
        resumed = Interruption.readings(limits)
        start = resumed.wall
    }

    /// What to do at a safepoint.
    enum Decision {
        case proceed(budget: Int64)
        case suspend
        case trap(Trap.Kind)
    }

    /// Gives a new budget if the limits allow it, `passed` safepoints of the last being used up.
    mutating func decide(canSuspend: Bool) -> Decision {
        fuelLeft -= min(granted, fuelLeft)
        passed &+= granted
        granted = 0
        if fuelLeft == 0 { return .trap(.fuelExhausted) }
        if canSuspend, let length = limits.sliceSafepoints, passed >= length { return .suspend }
        if limits.areTimed {
            let now = Clock.monotonic()
            if let wall = limits.wallTime, now &- start >= wall { return .trap(.deadlineExceeded) }
            let slice = now &- resumed.wall
            if let limit = limits.cpuTime, usedCPU &+ slice >= limit,
                usedCPU &+ (Clock.threadCPU() &- resumed.cpu) >= limit
            {
                return .trap(.cpuTimeExceeded)
            }
            if canSuspend, let length = limits.slice, slice >= length { return .suspend }
        }
        granted = limits.areTimed ? min(fuelLeft, Limits.safepointsBetweenClockReadings) : fuelLeft
        granted = min(granted, limits.sliceSafepoints ?? .max, UInt64(Int64.max))
        return .proceed(budget: Int64(granted))
    }

    /// The guest stops running for a while; `unused` safepoints of its budget are left.
    mutating func pause(unused: Int64) {
        fuelLeft -= min(granted &- UInt64(max(unused, 0)), fuelLeft)
        granted = 0
        guard limits.cpuTime != nil else { return }
        usedCPU &+= Clock.threadCPU() &- resumed.cpu
    }

    /// The guest runs again.
    mutating func resume() {
        passed = 0
        resumed = Interruption.readings(limits)
    }

    /// The clocks that the limits need; that of processor time is a call of the system.
    private static func readings(_ limits: RunLimits) -> (wall: UInt64, cpu: UInt64) {
        guard limits.areTimed else { return (0, 0) }
        return (Clock.monotonic(), limits.cpuTime == nil ? 0 : Clock.threadCPU())
    }
}

/// The system's clocks, in nanoseconds.
enum Clock {
    static func monotonic() -> UInt64 { read(CLOCK_MONOTONIC) }
    static func threadCPU() -> UInt64 { read(CLOCK_THREAD_CPUTIME_ID) }

    private static func read(_ clock: clockid_t) -> UInt64 {
        var time = timespec()
        unsafe clock_gettime(clock, &time)
        return UInt64(time.tv_sec) &* 1_000_000_000 &+ UInt64(time.tv_nsec)
    }
}

extension Context {
    /// Counts work that has no safepoint in it: `amount` stands for as many.
    func charge(_ amount: UInt64) {
        let amount = Int64(truncatingIfNeeded: min(amount, UInt64(Int64.max)))
        unsafe record.pointee.budget = max(record.pointee.budget, 0)
        unsafe record.pointee.budget -= min(amount, record.pointee.budget)
    }

    /// Calls `piece` with parts of `count` bytes, in order or from the last to the first; there is a
    /// safepoint after each. The trap that ends it, if one does.
    func inPieces(
        _ count: UInt64,
        backwards: Bool = false,
        _ piece: (_ start: UInt64, _ count: Int) -> Void
    ) -> Trap.Kind? {
        var done: UInt64 = 0
        while true {
            let size = min(count - done, Limits.bytesBetweenSafepoints)
            piece(backwards ? count - done - size : done, Int(size))
            done += size
            guard done < count else { return nil }
            charge(Limits.bytesBetweenSafepoints / 64)
            if countDown(), let kind = safepoint() { return kind }
        }
    }
}

extension Activation {
    /// What a run does whose budget is used up: go on with a new one, after a suspension if its slice
    /// is over, or end.
    func safepoint() -> Trap.Kind? {
        while true {
            switch interruption.decide(canSuspend: Fiber.isCurrent) {
            case .proceed(let budget):
                // The safepoint that asked is the first of them.
                unsafe context.record.pointee.budget = budget - 1
                return nil
            case .trap(let kind): return kind
            case .suspend:
                do throws(Cancelled) {
                    _ = try suspend(Suspension.slice)
                } catch {
                    return .cancelled
                }
            }
        }
    }

    /// Suspends the fiber that the activation runs on. Its time stands still meanwhile.
    ///
    /// No access to the activation's state is held over the suspension.
    func suspend(_ value: UInt64) throws(Cancelled) -> UInt64 {
        unsafe interruption.pause(unused: context.record.pointee.budget)
        unsafe context.record.pointee.budget = 0
        isSuspended = true
        defer { isSuspended = false }
        let answer = try Fiber.suspend(value)
        interruption.resume()
        return answer
    }
}
