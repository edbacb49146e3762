import ComponentModel
import Fiber
import HTTP
import Reactor
import WASI
import WASIHTTP
import Wasm

/// The handlers of an app's components on one loop: made ahead of requests, kept as long as they are
/// asked, and let go with their instances afterwards.
final class ComponentHandlers {
    private struct Slot {
        var handler: IncomingHandler?
        /// When it was last asked for.
        var lastUse: Instant
    }

    /// How many guests of all components could go on at once.
    let load = GuestLoad()
    private let loop: EventLoop
    let numbers: RequestNumbers
    /// By the names of components, also of apps that were served before.
    private var meters: [String: ServingMeter] = [:]
    private let development: Development?
    private let engine = Wasm.Engine()
    private let fibers = FiberPool()
    private let workers: WorkerPool?
    private var app: App
    /// Of the app's components.
    private var slots: [Slot] = []
    /// Those of apps that were served before, whose last guests still run.
    private var retired: [IncomingHandler] = []
    /// Components that instances are to be made of, the next one last.
    private var cold: [Int] = []
    private var timer: TimerID?
    private var isDeferred = false
    private var hasEnded = false

    /// The handlers of `app` on the loop with this number.
    init(
        _ app: App,
        on loop: EventLoop,
        number: UInt32,
        workers: WorkerPool?,
        development: Development?
    ) {
        self.app = app
        self.loop = loop
        numbers = RequestNumbers(loop: number)
        self.development = development
        self.workers = workers
        slots = app.components.map { _ in Slot(handler: nil, lastUse: loop.now) }
        cold = Array(slots.indices.prefix(HostLimits.warmComponents).reversed())
        callLater()
    }

    /// The handler of the component with this index.
    func handler(_ index: Int) throws(StoreTemplateError) -> IncomingHandler {
        slots[index].lastUse = loop.now
        if timer == nil { startTimer() }
        if let handler = slots[index].handler { return handler }
        return try make(index)
    }

    private func make(_ index: Int) throws(StoreTemplateError) -> IncomingHandler {
        let handler = try IncomingHandler(
            app.components[index],
            on: loop,
            numbers: numbers,
            meter: meter(app.components[index].name),
            development: development,
            engine: engine,
            fibers: fibers,
            workers: workers,
            capacity: app.capacities[index],
            load: load
        )
        slots[index].handler = handler
        return handler
    }

    private func meter(_ name: String) -> ServingMeter {
        if let meter = meters[name] { return meter }
        let meter = ServingMeter()
        meters[name] = meter
        return meter
    }

    /// What has become of requests, by the names of components.
    var counts: [String: ServingCounts] {
        var counts = meters.mapValues(\.counts)
        for handler in slots.compactMap(\.handler) + retired {
            handler.note(in: &counts[handler.component.name, default: .init()])
        }
        return counts
    }

    /// Serves another app from now on. Handlers of components that are in both go on with all that they
    /// have; the others end what they have begun.
    func takeUp(_ next: App) {
        var old: [ObjectIdentifier: Slot] = [:]
        var names: Set<String> = []
        for slot in slots {
            guard let handler = slot.handler else { continue }
            old[ObjectIdentifier(handler.component)] = slot
            names.insert(handler.component.name)
        }
        app = next
        slots = next.components.map {
            old.removeValue(forKey: ObjectIdentifier($0))
                ?? Slot(handler: nil, lastUse: loop.now)
        }
        for slot in old.values {
            if let handler = slot.handler { retire(handler) }
        }
        forgetMeters()
        // Who has asked for a component before does not wait for the new one.
        for (index, component) in next.components.enumerated()
        where slots[index].handler == nil && names.contains(component.name) {
            warm(index)
        }
        cold = slots.indices.prefix(HostLimits.warmComponents).filter { slots[$0].handler == nil }
        cold.reverse()
        callLater()
    }

    /// Lets go of what was counted under names that no app has any more, where these have become many.
    private func forgetMeters() {
        guard meters.count > HostLimits.meteredNames + slots.count else { return }
        let used = Set((app.components + retired.map(\.component)).map(\.name))
        meters = meters.filter { used.contains($0.key) }
    }

    private func retire(_ handler: IncomingHandler) {
        guard !handler.isIdle else { return }
        retired.append(handler)
        handler.becameIdle = { [weak self] in self?.callLater() }
    }

    /// Makes an instance ahead. What is wrong is told when it is asked for.
    private func warm(_ index: Int) {
        guard slots[index].handler == nil, let handler = try? make(index) else { return }
        try? handler.prepare(1)
    }

    private func callLater() {
        guard !isDeferred, !hasEnded else { return }
        isDeferred = true
        loop.runAtEndOfTurn(self)
    }

    /// Ends all guests.
    func shutdown() {
        hasEnded = true
        if let timer { loop.cancel(timer) }
        for slot in slots { slot.handler?.shutdown() }
        for handler in retired { handler.shutdown() }
    }

    // MARK: What is idle

    private func startTimer() {
        guard !hasEnded else { return }
        let next = loop.now.after(milliseconds: HostLimits.idleCheckMilliseconds)
        timer = loop.schedule(next, self)
    }

    /// Lets go what nobody has asked for in a while; says whether there is more to be let go later.
    private func letGo() -> Bool {
        var isBusy = false
        for (index, slot) in slots.enumerated() {
            guard let handler = slot.handler else { continue }
            let end = slot.lastUse.after(milliseconds: HostLimits.idleMilliseconds)
            guard handler.isIdle, end <= loop.now else {
                isBusy = true
                continue
            }
            if index < HostLimits.warmComponents {
                handler.drain(keeping: 1)
            } else {
                slots[index].handler = nil
            }
        }
        if !isBusy { fibers.drain(to: HostLimits.idleStacks) }
        return isBusy
    }
}

extension ComponentHandlers: Watcher {
    func ready(_ readiness: Readiness) {}

    /// Goes on with what is not urgent: one component each turn, so that requests come in between.
    func turnEnds() {
        isDeferred = false
        retired.removeAll { $0.isIdle }
        guard !hasEnded, let index = cold.popLast() else { return }
        warm(index)
        if !cold.isEmpty { callLater() }
    }

    func timerFired(_ timer: TimerID) {
        self.timer = nil
        if letGo() { startTimer() }
    }
}
