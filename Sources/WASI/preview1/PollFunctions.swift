// `poll_oneoff`: waiting for clocks and files together.

import Wasm

/// What has come of a subscription.
/// Spec: wasi_snapshot_preview1#event
struct Event {
    var userdata: UInt64
    var errno = Errno.success
    var type: UInt8
    var byteCount: UInt64 = 0

    /// Bytes in a guest's memory.
    static let bytes = 32
}

/// What a guest waits for.
/// Spec: wasi_snapshot_preview1#subscription
private struct Subscription {
    let userdata: UInt64
    let type: UInt8
    /// Nil where waiting is of no use, for the reason `errno`.
    var pollable: (any Pollable)?
    var errno = Errno.success
    /// What is waited for, unless it is a clock.
    var file: OpenFile?

    /// Bytes in a guest's memory.
    static let bytes: UInt64 = 48
    static let clock: UInt8 = 0
    static let read: UInt8 = 1
    static let write: UInt8 = 2
}

extension Preview1 {
    /// Spec: wasi_snapshot_preview1#poll_oneoff
    func pollOneoff(_ caller: borrowing Caller) throws(Failure) {
        let task = try system.task
        let count = UInt64(caller.i32(2))
        guard count > 0, count <= UInt64(WASILimits.pollables) else { throw .errno(.inval) }
        let events = caller.pointer(1)
        try caller.check(events, Int(count) * Event.bytes)
        try caller.checkStore(caller.pointer(3), UInt32.self)
        var subscriptions: [Subscription] = []
        for index in 0..<count {
            let address = caller.pointer(0) + index * Subscription.bytes
            subscriptions.append(try subscription(address, caller))
        }
        let pollables = subscriptions.map { $0.pollable ?? AlwaysReady() }
        let ready = try trapping { () throws(Trap) in try task.poll(pollables) }
        for (place, index) in ready.enumerated() {
            let event = try event(subscriptions[Int(index)])
            try caller.store(.event(event), events + UInt64(place * Event.bytes))
        }
        try caller.store(UInt32(truncatingIfNeeded: ready.count), caller.pointer(3))
    }

    private func subscription(
        _ address: UInt64,
        _ caller: borrowing Caller
    ) throws(Failure) -> Subscription {
        let userdata = try caller.load(address, as: UInt64.self)
        let type = try caller.load(address + 8, as: UInt8.self)
        switch type {
        case Subscription.clock:
            let clock = try Clock(try caller.load(address + 16, as: UInt32.self))
            let timeout = try caller.load(address + 24, as: UInt64.self)
            let flags = try caller.load(address + 40, as: UInt16.self)
            guard flags <= 1 else { throw .errno(.inval) }
            let timer = try timer(clock, timeout, isAbsolute: flags == 1)
            return Subscription(userdata: userdata, type: type, pollable: timer)
        case Subscription.read, Subscription.write:
            let number = try caller.load(address + 16, as: UInt32.self)
            return try subscription(userdata, type, number)
        default: throw .errno(.inval)
        }
    }

    /// Ready at a time, or after one.
    private func timer(
        _ clock: Clock,
        _ timeout: UInt64,
        isAbsolute: Bool
    ) throws(Failure) -> any Pollable {
        let system = try system
        switch clock {
        case .monotonic where isAbsolute: return system.monotonicClock.subscribeInstant(timeout)
        case .realtime where isAbsolute:
            let now = system.wallClock.now.timestamp ?? 0
            return system.monotonicClock.subscribeDuration(timeout > now ? timeout - now : 0)
        case .monotonic, .realtime: return system.monotonicClock.subscribeDuration(timeout)
        }
    }

    private func subscription(
        _ userdata: UInt64,
        _ type: UInt8,
        _ number: UInt32
    ) throws(Failure) -> Subscription {
        let file: OpenFile
        do throws(Failure) {
            file = try files[number]
        } catch {
            guard case .errno(let errno) = error else { throw error }
            return Subscription(userdata: userdata, type: type, errno: errno)
        }
        var subscription = Subscription(userdata: userdata, type: type, file: file)
        switch (file.kind, type) {
        case (.input(let stream, _), Subscription.read): subscription.pollable = stream
        case (.output(let stream, _), Subscription.write): subscription.pollable = stream
        case (.descriptor(let descriptor), _) where !descriptor.isDirectory: break
        default: subscription.errno = .badf
        }
        return subscription
    }

    /// What a subscription that is ready says.
    private func event(_ subscription: Subscription) throws(Failure) -> Event {
        var event = Event(
            userdata: subscription.userdata,
            errno: subscription.errno,
            type: subscription.type
        )
        guard event.errno == .success, let file = subscription.file else { return event }
        switch file.kind {
        case .input: event.byteCount = 1
        case .output(let stream, _):
            if case .success(let room) = stream.checkWrite() { event.byteCount = room }
        case .descriptor(let descriptor):
            event.byteCount = 1
            guard subscription.type == Subscription.read else { break }
            let size = try get { () throws(Trap) in try descriptor.stat() }.size
            event.byteCount = size > file.position ? size - file.position : 0
        }
        return event
    }
}
