import Fiber
import Glibc
import Reactor
import Testing
import WAT
import Wasm

@testable import WASI

@Suite struct GuestTaskTests {
    let guests: Guests

    init() throws { guests = try Guests() }

    @Test func aBodyThatNeverWaitsEndsWithinStart() throws {
        var ending: GuestTask.Ending?
        let task = try guests.task(ended: { ending = $0 }) { (_) throws(Trap) in }
        task.start()
        #expect(ending?.isReturned == true)
        #expect(task.hasEnded)
    }

    @Test func aTrapIsItsEnding() throws {
        let ending = try guests.run { (_) throws(Trap) in throw Trap(.unreachable) }
        #expect(ending.trap?.kind == .unreachable)
    }

    @Test func itWaitsForAnEventAndNotForAWakeUp() throws {
        let event = Event()
        var steps: [String] = []
        let task = try guests.task { (system) throws(Trap) in
            steps.append("begins")
            try system.task.block(on: event)
            steps.append("goes on")
        }
        task.start()
        guests.turn()
        event.wakeForNothing()
        guests.turn()
        #expect(steps == ["begins"])
        #expect(event.waiting == 1)
        event.raise()
        #expect(steps == ["begins"], "it is resumed at the end of the turn")
        guests.turn()
        #expect(steps == ["begins", "goes on"])
        #expect(event.waiting == 0)
        #expect(guests.fibers.liveCount == 1, "the handle is still here")
    }

    @Test func pollTellsAllThatAreReady() throws {
        let events = [Event(), Event(), Event()]
        var found: [UInt32] = []
        let task = try guests.task { (system) throws(Trap) in
            found = try system.task.poll(events)
        }
        task.start()
        guests.turn()
        events[2].raise()
        events[0].raise()
        guests.turn()
        #expect(found == [0, 2])
        #expect(events.map(\.waiting) == [0, 0, 0])
    }

    @Test func pollTrapsOnNothingAndOnTooMuch() throws {
        let none = try guests.run { (system) throws(Trap) in _ = try system.task.poll([]) }
        #expect(none.trap?.detail == "poll: the list of pollables is empty")
        let many = Array(repeating: AlwaysReady(), count: WASILimits.pollables + 1)
        let ending = try guests.run { (system) throws(Trap) in _ = try system.task.poll(many) }
        #expect(ending.trap?.kind == .host)
        let most = many.dropLast()
        let count = try guests.result { (system) throws(Trap) in
            try system.task.poll(Array(most)).count
        }
        #expect(count == WASILimits.pollables)
    }

    @Test func cancellationUnwindsAWaitingBody() throws {
        let event = Event()
        var ending: GuestTask.Ending?
        var unwound = false
        let task = try guests.task(ended: { ending = $0 }) { (system) throws(Trap) in
            defer { unwound = true }
            try system.task.block(on: event)
            Issue.record("the body went on")
        }
        task.start()
        task.cancel(.abandoned)
        #expect(ending?.cancellation == .abandoned)
        #expect(unwound)
        #expect(event.waiting == 0)
        event.raise()
        guests.turn()
    }

    @Test func aTaskThatNeverStartedCanBeCancelled() throws {
        var ending: GuestTask.Ending?
        let task = try guests.task(ended: { ending = $0 }) { (_) throws(Trap) in
            Issue.record("the body ran")
        }
        task.cancel(.shutdown)
        #expect(ending?.cancellation == .shutdown)
        task.start()
        #expect(task.hasEnded)
    }

    @Test func aBodyThatCancelsItselfGoesOnToItsNextWait() throws {
        var wentOn = false
        let ending = try guests.run { (system) throws(Trap) in
            system.task.cancel(.shutdown)
            wentOn = true
            try system.task.yield()
            Issue.record("the body waited")
        }
        #expect(wentOn)
        #expect(ending.cancellation == .shutdown)
    }

    @Test func aDeadlineEndsABodyThatWaits() throws {
        let begin = Instant.now
        let ending = try guests.run(deadline: begin.after(milliseconds: 30)) {
            (system) throws(Trap) in
            try system.task.block(on: Event())
        }
        #expect(ending.cancellation == .deadline)
        #expect(Instant.now.since(begin) >= 29_000_000)
        #expect(guests.loop.timerCount == 0)
    }

    @Test func aTaskThatEndsLeavesNothing() throws {
        let body = Event()
        weak var task: GuestTask?
        do {
            let made = try guests.task(deadline: Instant.now.after(milliseconds: 10_000)) {
                (system) throws(Trap) in
                try system.task.block(on: body)
            }
            task = made
            made.start()
        }
        #expect(task != nil, "it keeps itself alive while it waits")
        body.raise()
        guests.turn()
        #expect(task == nil)
        #expect(guests.fibers.liveCount == 0)
        #expect(guests.loop.timerCount == 0)
    }

    @Test func workersDoWhatBlocksAndTheLoopRunsOn() throws {
        var turns = 0
        let loop = guests.loop
        let text = try guests.result { (system) throws(Trap) in
            let before = loop.turns
            let text = try system.perform { () -> String in
                var time = timespec(tv_sec: 0, tv_nsec: 20_000_000)
                unsafe nanosleep(&time, nil)
                return "done"
            }
            turns = loop.turns - before
            return text
        }
        #expect(text == "done")
        #expect(turns > 0)
    }

    @Test func aResultThatNobodyWaitsForAnyMoreIsDropped() throws {
        var ending: GuestTask.Ending?
        let task = try guests.task(ended: { ending = $0 }) { (system) throws(Trap) in
            _ = try system.perform { () -> Int in
                var time = timespec(tv_sec: 0, tv_nsec: 20_000_000)
                unsafe nanosleep(&time, nil)
                return 1
            }
            Issue.record("the body went on")
        }
        task.start()
        task.cancel(.abandoned)
        #expect(ending?.cancellation == .abandoned)
        guests.turn(milliseconds: 60)
    }

    @Test func jobsThatThePoolHasNoRoomForAreSubmittedAgain() throws {
        var limits = LoopLimits()
        limits.queuedJobs = 1
        let pool = try WorkerPool(threads: 1, limits: limits)
        defer { pool.shutdown() }
        var jobs: [Job<Int>] = []
        for index in 0..<6 {
            jobs.append(
                Job(on: guests.loop, pool) {
                    var time = timespec(tv_sec: 0, tv_nsec: 1_000_000)
                    unsafe nanosleep(&time, nil)
                    return index
                }
            )
        }
        let limit = Instant.now.after(milliseconds: 5_000)
        while jobs.contains(where: { $0.output == nil }) && Instant.now < limit {
            guests.loop.turn(atMost: 10)
        }
        #expect(jobs.map(\.output) == [0, 1, 2, 3, 4, 5])
    }

    /// A guest that computes lets others run when its slice is over, and its deadline ends it.
    @Test func slicesLetOthersRun() throws {
        let text = "(module (func (export \"spin\") (loop (br 0))))"
        let store = Store(engine: Engine())
        store.runLimits = RunLimits(slice: 1_000_000)
        let module = try Module(decoding: Assembler.assemble(Array(text.utf8)))
        let instance = try Linker().instantiate(module, in: store)
        guard case .function(let spin)? = instance.export("spin") else { return }
        var ending: GuestTask.Ending?
        let task = try guests.task(
            deadline: Instant.now.after(milliseconds: 60),
            ended: { ending = $0 }
        ) { (system) throws(Trap) in
            system.task.store = store
            _ = try spin.call([])
        }
        task.start()
        var turns = 0
        var others = 0
        while ending == nil && turns < 10_000 {
            guests.loop.mailbox.post { _ in }
            guests.loop.turn(atMost: 100)
            turns += 1
            others += 1
        }
        #expect(ending?.cancellation == .deadline)
        #expect(turns > 10, "\(turns) turns in 60 ms")
    }

    /// A host function that waits for the task: the guest is suspended, and its processor time stands.
    @Test func guestsWaitInHostFunctions() throws {
        let text = """
            (module (import "host" "wait" (func $wait (param i32) (result i32)))
              (func (export "run") (result i32) (call $wait (i32.const 20))))
            """
        let store = Store(engine: Engine())
        store.runLimits = RunLimits(cpuTime: 5_000_000)
        var ending: GuestTask.Ending?
        var results: [Value] = []
        let task = try guests.task(ended: { ending = $0 }) { (system) throws(Trap) in
            system.task.store = store
            let linker = Linker()
            let type = FunctionType(parameters: [.i32], results: [.i32])
            linker.define(
                module: "host",
                name: "wait",
                .function(
                    .host(store, type) { (caller) throws(Trap) in
                        let milliseconds = UInt64(caller.i32(0))
                        let timer = system.monotonicClock.subscribeDuration(
                            milliseconds * 1_000_000
                        )
                        try system.task.block(on: timer)
                        caller.setI32(0, 42)
                    }
                )
            )
            do {
                let module = try Module(decoding: Assembler.assemble(Array(text.utf8)))
                let instance = try linker.instantiate(module, in: store)
                guard case .function(let run)? = instance.export("run") else { return }
                results = try run.call([])
            } catch let trap as Trap {
                throw trap
            } catch {
                Issue.record(error)
            }
        }
        task.start()
        #expect(ending == nil)
        guests.turn(milliseconds: 60)
        #expect(ending?.isReturned == true)
        #expect(results.map(\.description) == ["42"])
    }
}
