// One thread's loop: its epoll, timers, mailbox and deferred work. Unsafe here: epoll's event
// buffer, which is allocated once, read only below the count that epoll_wait gave, and freed with
// the loop.
import CLinux
import Glibc

/// What a descriptor is ready for, or what a watcher wants to hear of (`EPOLL*`).
package struct Readiness: OptionSet, Sendable {
    package let rawValue: UInt32
    @inlinable package init(rawValue: UInt32) { self.rawValue = rawValue }

    /// Bytes, a connection or the end can be read.
    @inlinable package static var readable: Readiness { Readiness(rawValue: 0x001) }
    /// Bytes can be written.
    @inlinable package static var writable: Readiness { Readiness(rawValue: 0x004) }
    /// The descriptor has an error to give (always reported).
    @inlinable package static var failed: Readiness { Readiness(rawValue: 0x008) }
    /// Both directions are shut (always reported).
    @inlinable package static var hungUp: Readiness { Readiness(rawValue: 0x010) }
    /// The peer has shut its writing side.
    @inlinable package static var peerClosed: Readiness { Readiness(rawValue: 0x2000) }
    /// Something to read: bytes, a connection, or the end.
    @inlinable package static var input: Readiness { Readiness(rawValue: 0x2001) }
    /// The descriptor is of no more use.
    @inlinable package static var lost: Readiness { Readiness(rawValue: 0x018) }
    /// Nothing but what is always reported.
    @inlinable package static var nothing: Readiness { Readiness(rawValue: 0) }
    /// Wake one of the loops that share the descriptor, not all.
    @inlinable package static var exclusive: Readiness { Readiness(rawValue: 1 << 28) }

    // The operations of OptionSet are generic code of another module; these are one instruction
    // each.

    /// Whether any of `other` is here.
    @inlinable package func has(_ other: Readiness) -> Bool { rawValue & other.rawValue != 0 }

    /// Whether all of `other` is here.
    @inlinable package func covers(_ other: Readiness) -> Bool { ~rawValue & other.rawValue == 0 }

    /// With all of `other`.
    @inlinable package func with(_ other: Readiness) -> Readiness {
        Readiness(rawValue: rawValue | other.rawValue)
    }

    /// Without any of `other`.
    @inlinable package func without(_ other: Readiness) -> Readiness {
        Readiness(rawValue: rawValue & ~other.rawValue)
    }
}

/// What a loop calls: a connection, a listener, a source of signals.
package protocol Watcher: AnyObject {
    /// The watched descriptor is ready.
    func ready(_ readiness: Readiness)
    /// A timer that this watcher scheduled has come; it is no longer scheduled.
    func timerFired(_ timer: TimerID)
    /// The end of the turn in which this watcher asked for it (`EventLoop.runAtEndOfTurn`).
    func turnEnds()
}

extension Watcher {
    package func timerFired(_ timer: TimerID) {}
    package func turnEnds() {}
}

/// Names one registered descriptor or watcher: {generation, slot}, so that an event that was already
/// queued for a descriptor closed in the same turn is recognised as stale and dropped.
package struct Registration: Equatable, Sendable {
    let slot: UInt32
    let generation: UInt32
    var bits: UInt64 { UInt64(generation) << 32 | UInt64(slot) }
}

/// An epoll loop: descriptors, timers, messages.
///
/// Belongs to the thread that runs it; only its `mailbox` may be touched by others.
@safe
package final class EventLoop {
    private struct Slot {
        var watcher: (any Watcher)?
        var generation: UInt32
    }

    /// Where other threads leave messages.
    package let mailbox: Mailbox
    /// The time at which this turn's events were taken.
    package private(set) var now = Instant.now
    /// Called in each turn before its events, when `now` is new.
    package var turnBegins: (() -> Void)?
    /// What belongs to this loop and is to be found by messages; given up when `run` ends.
    package var owner: AnyObject?
    /// Turns made so far.
    package private(set) var turns = 0

    private let epoll: Int32
    private let limits: LoopLimits
    private let events: UnsafeMutablePointer<epoll_event>
    private var slots: [Slot] = []
    private var freeSlots: [UInt32] = []
    private var timers = TimerHeap()
    private var deferred: [any Watcher] = []
    private var running: [any Watcher] = []
    private var isStopped = false

    /// A loop that has not started.
    ///
    /// Throws where the kernel gives no epoll or eventfd.
    package init(limits: LoopLimits = LoopLimits()) throws(SystemError) {
        self.limits = limits
        unsafe events = .allocate(capacity: limits.eventsPerTurn)
        mailbox = try Mailbox()
        epoll = try checked("epoll_create1", virga_epoll_create())
        let code = virga_epoll_control(
            epoll,
            EPOLL_CTL_ADD,
            mailbox.descriptor,
            Readiness.readable.rawValue,
            .max
        )
        _ = try checked("epoll_ctl", code)
    }

    deinit {
        unsafe events.deallocate()
        close(epoll)
    }

    // MARK: Descriptors

    /// Registers a descriptor, level-triggered.
    ///
    /// The loop keeps the watcher until `unwatch`.
    package func watch(
        _ descriptor: Int32,
        _ interest: Readiness,
        _ watcher: any Watcher
    ) throws(SystemError) -> Registration {
        let registration = takeSlot()
        let code = virga_epoll_control(
            epoll,
            EPOLL_CTL_ADD,
            descriptor,
            interest.rawValue,
            registration.bits
        )
        guard code >= 0 else {
            freeSlots.append(registration.slot)
            throw SystemError("epoll_ctl", -code)
        }
        slots[Int(registration.slot)].watcher = watcher
        return registration
    }

    /// Registers a watcher of no descriptor, which messages of other threads can name.
    ///
    /// The loop keeps the watcher until `forget`.
    package func register(_ watcher: any Watcher) -> Registration {
        let registration = takeSlot()
        slots[Int(registration.slot)].watcher = watcher
        return registration
    }

    /// Calls `ready` of the watcher that is registered so; nothing happens where it was forgotten.
    package func notify(_ registration: Registration) { dispatch(registration.bits, .nothing) }

    private func takeSlot() -> Registration {
        let slot: UInt32
        if let reused = freeSlots.popLast() {
            slot = reused
        } else {
            slot = UInt32(slots.count)
            slots.append(Slot(watcher: nil, generation: 0))
        }
        return Registration(slot: slot, generation: slots[Int(slot)].generation)
    }

    /// Changes what a registered descriptor waits for.
    package func rewatch(
        _ descriptor: Int32,
        _ interest: Readiness,
        _ registration: Registration
    ) {
        _ = virga_epoll_control(
            epoll,
            EPOLL_CTL_MOD,
            descriptor,
            interest.rawValue,
            registration.bits
        )
    }

    /// Forgets a descriptor; call it before the descriptor is closed.
    package func unwatch(_ descriptor: Int32, _ registration: Registration) {
        let index = Int(registration.slot)
        guard index < slots.count, slots[index].generation == registration.generation else {
            return
        }
        _ = virga_epoll_control(epoll, EPOLL_CTL_DEL, descriptor, 0, 0)
        forget(registration)
    }

    /// Forgets a watcher, or a descriptor that is closed next, which takes it out of epoll (it has no
    /// duplicate).
    package func forget(_ registration: Registration) {
        let index = Int(registration.slot)
        guard index < slots.count, slots[index].generation == registration.generation else {
            return
        }
        slots[index].watcher = nil
        slots[index].generation &+= 1
        freeSlots.append(registration.slot)
    }

    // MARK: Timers and deferred work

    /// Calls `watcher.timerFired` once, at or soon after `deadline`.
    package func schedule(_ deadline: Instant, _ watcher: any Watcher) -> TimerID {
        timers.insert(deadline, watcher)
    }

    /// Forgets a timer; nothing happens where it has fired.
    package func cancel(_ timer: TimerID) { timers.remove(timer) }

    /// Timers scheduled.
    package var timerCount: Int { timers.count }

    /// Calls `watcher.turnEnds` after this turn's events, or in a later turn when called then or
    /// when many wait.
    package func runAtEndOfTurn(_ watcher: any Watcher) { deferred.append(watcher) }

    // MARK: Running

    /// Runs until `stop`.
    package func run() {
        while !isStopped { turn() }
        mailbox.end()
        owner = nil
        turnBegins = nil
        timers = TimerHeap()
        deferred = []
        slots = []
        freeSlots = []
    }

    /// Ends `run` after this turn.
    package func stop() { isStopped = true }

    /// Waits for events, at most until the next deadline and never longer than `milliseconds`, and
    /// handles them.
    package func turn(atMost milliseconds: Int = .max) {
        var count = unsafe virga_epoll_wait(
            epoll,
            events,
            Int32(limits.eventsPerTurn),
            timeout(milliseconds)
        )
        if count < 0 { count = 0 }
        now = Instant.now
        turns &+= 1
        turnBegins?()
        for index in 0..<Int(count) {
            let event = unsafe events[index]
            unsafe dispatch(event.data.u64, Readiness(rawValue: event.events))
        }
        fireTimers()
        runDeferred()
    }

    private func timeout(_ most: Int) -> Int32 {
        guard deferred.isEmpty else { return 0 }
        guard let next = timers.next else { return most >= Int(Int32.max) ? -1 : Int32(most) }
        let wait = next.since(Instant.now)
        let milliseconds = (wait &+ 999_999) / 1_000_000
        return Int32(clamping: min(milliseconds, UInt64(clamping: most)))
    }

    private func dispatch(_ bits: UInt64, _ readiness: Readiness) {
        guard bits != .max else { return runMessages() }
        let index = Int(UInt32(truncatingIfNeeded: bits))
        guard index < slots.count, slots[index].generation == UInt32(bits >> 32),
            let watcher = slots[index].watcher
        else { return }
        watcher.ready(readiness)
    }

    private func runMessages() {
        for message in mailbox.take(limits.messagesPerTurn) { message(self) }
    }

    private func fireTimers() {
        guard let next = timers.next, next <= now else { return }
        for _ in 0..<limits.timersPerTurn {
            guard let (watcher, id) = timers.popExpired(now) else { return }
            watcher.timerFired(id)
        }
    }

    private func runDeferred() {
        guard !deferred.isEmpty else { return }
        if deferred.count <= limits.deferredPerTurn {
            swap(&deferred, &running)
        } else {
            running.append(contentsOf: deferred.prefix(limits.deferredPerTurn))
            deferred.removeFirst(limits.deferredPerTurn)
        }
        for watcher in running { watcher.turnEnds() }
        running.removeAll(keepingCapacity: true)
    }
}
