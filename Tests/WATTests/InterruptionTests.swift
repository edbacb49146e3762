import Fiber
import Glibc
import Testing
import WAT
import Wasm

/// Guests are stopped and suspended at safepoints. They are written as text, hence the place.
@Suite struct InterruptionTests {
    /// An instance of a module in text, with `host.pause` to import.
    private func instance(_ text: String, _ limits: RunLimits = RunLimits()) throws -> Instance {
        let store = Store(engine: Engine())
        store.runLimits = limits
        let linker = Linker()
        let type = FunctionType(parameters: [.i32], results: [.i32])
        let pause = Function.host(store, type) { (caller) throws(Trap) in
            let answer = try caller.suspend(UInt64(caller.i32(0)))
            caller.setI32(0, UInt32(truncatingIfNeeded: answer))
        }
        linker.define(module: "host", name: "pause", .function(pause))
        let module = try Module(decoding: try Assembler.assemble(Array(text.utf8)))
        return try linker.instantiate(module, in: store)
    }

    private func function(_ instance: Instance, _ name: String) throws -> Function {
        guard case .function(let function)? = instance.export(name) else {
            throw Trap.host("no function \(name)")
        }
        return function
    }

    private func trap(_ function: Function) -> Trap.Kind? {
        do throws(Trap) {
            _ = try function.call([])
            return nil
        } catch {
            return error.kind
        }
    }

    static let endless = """
        (module
          (import "host" "pause" (func $pause (param i32) (result i32)))
          (memory 1024)
          (func (export "loop") (loop br 0))
          (func (export "calls") (call $spin))
          (func $spin (return_call $spin))
          (func (export "fill") (loop
            (memory.fill (i32.const 0) (i32.const 1) (i32.const 67108864)) br 0))
          (func (export "short") (result i32) (i32.const 7))
          (func (export "pauses") (result i32)
            (i32.add (call $pause (i32.const 1)) (call $pause (i32.const 2))))
          (func (export "count") (result i32) (local i32)
            (loop
              (local.set 0 (i32.add (local.get 0) (i32.const 1)))
              (br_if 0 (i32.lt_u (local.get 0) (i32.const 100000))))
            (local.get 0)))
        """

    /// The thread's processor time that `work` takes, in milliseconds: other programs that run beside
    /// the test are not in it.
    private func processorTime(_ work: () throws -> Void) rethrows -> Double {
        func now() -> Double {
            var time = timespec()
            unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
            return Double(time.tv_sec) * 1e3 + Double(time.tv_nsec) / 1e6
        }
        let start = now()
        try work()
        return now() - start
    }

    @Test(arguments: ["loop", "calls", "fill"])
    func deadlineEndsEndlessCode(_ name: String) throws {
        let limits = RunLimits(wallTime: 20_000_000)
        let function = try function(try instance(Self.endless, limits), name)
        #expect(trap(function) == .deadlineExceeded)
        for _ in 0..<5 {
            let elapsed = ContinuousClock().measure {
                #expect(processorTime { _ = trap(function) } < 30)
            }
            #expect(elapsed >= .milliseconds(20))
        }
    }

    @Test func processorTimeEndsEndlessCode() throws {
        let limits = RunLimits(cpuTime: 10_000_000)
        let function = try function(try instance(Self.endless, limits), "loop")
        #expect(trap(function) == .cpuTimeExceeded)
    }

    @Test func fuelEndsAtTheSameSafepoint() throws {
        let instance = try instance(Self.endless)
        let count = try function(instance, "count")
        // The call itself passes none; each branch back passes one, and the last is not taken.
        instance.store.runLimits = RunLimits(fuel: 99_999)
        #expect(trap(count) == nil)
        instance.store.runLimits = RunLimits(fuel: 99_998)
        #expect(trap(count) == .fuelExhausted)
        instance.store.runLimits = RunLimits(fuel: 1)
        #expect(trap(count) == .fuelExhausted)
    }

    @Test func hostFunctionsSuspendAndAreAnswered() throws {
        let function = try function(try instance(Self.endless), "pauses")
        let pool = FiberPool(stackBytes: 4 << 20)
        var result: [Value] = []
        let fiber = try Fiber(on: pool) {
            do throws(Trap) { result = try function.call([]) } catch { Issue.record("\(error)") }
            return 0
        }
        #expect(fiber.resume() == .suspended(1))
        #expect(fiber.resume(30) == .suspended(2))
        #expect(fiber.resume(12) == .finished(0))
        #expect(result.map(\.description) == ["42"])
    }

    @Test func aStoreWithASuspendedCallTakesNoOther() throws {
        let instance = try instance(Self.endless)
        let (pauses, short) = (try function(instance, "pauses"), try function(instance, "short"))
        let pool = FiberPool(stackBytes: 4 << 20)
        let fiber = try Fiber(on: pool) {
            #expect(self.trap(pauses) == nil)
            return 0
        }
        #expect(fiber.resume() == .suspended(1))
        #expect(trap(short) == .host)
        #expect(fiber.resume() == .suspended(2))
        #expect(fiber.resume() == .finished(0))
        #expect(trap(short) == nil)
    }

    /// A copy of many bytes is made in pieces, with safepoints between them; where source and
    /// destination overlap it is as if it were one.
    @Test(arguments: [(8, 0), (0, 8), (1_048_584, 0), (0, 1_048_584)])
    func copiesInPiecesOverlap(_ destination: UInt32, _ source: UInt32) throws {
        let text = """
            (module
              (memory 64)
              (func (export "moves") (param $d i32) (param $s i32) (result i32)
                (local $i i32) (local $wrong i32)
                (loop
                  (i64.store (local.get $i) (i64.extend_i32_u (local.get $i)))
                  (br_if 0 (i32.lt_u
                    (local.tee $i (i32.add (local.get $i) (i32.const 8))) (i32.const 4194304))))
                (memory.copy (local.get $d) (local.get $s) (i32.const 2621440))
                (local.set $i (i32.const 0))
                (loop
                  (local.set $wrong (i32.add (local.get $wrong) (i64.ne
                    (i64.load (i32.add (local.get $d) (local.get $i)))
                    (i64.extend_i32_u (i32.add (local.get $s) (local.get $i))))))
                  (br_if 0 (i32.lt_u
                    (local.tee $i (i32.add (local.get $i) (i32.const 8))) (i32.const 2621440))))
                (local.get $wrong)))
            """
        let moves = try function(try instance(text), "moves")
        let result = try moves.call([.i32(destination), .i32(source)])
        #expect(result.map(\.description) == ["0"])
    }

    @Test func hostFunctionsDoNotSuspendOutsideOfFibers() throws {
        #expect(trap(try function(try instance(Self.endless), "pauses")) == .host)
    }

    @Test func cancellationUnwindsAtAnySafepoint() throws {
        let pool = FiberPool(stackBytes: 4 << 20)
        for slices in 1...1_000 {
            let instance = try instance(Self.endless, RunLimits(sliceSafepoints: 3))
            let function = try function(instance, "loop")
            var kind: Trap.Kind?
            let fiber = try Fiber(on: pool) {
                kind = self.trap(function)
                return 0
            }
            for _ in 0..<(slices % 50 + 1) { #expect(fiber.resume() == .suspended(Suspension.slice)) }
            fiber.cancel()
            #expect(kind == .cancelled)
            #expect(try self.function(instance, "short").call([]).map(\.description) == ["7"])
        }
        #expect(pool.liveCount == 0)
    }

    @Test func slicesLetAShortGuestThrough() throws {
        let pool = FiberPool(stackBytes: 4 << 20)
        let limits = RunLimits(slice: 1_000_000)
        let loops = try (0..<2).map { _ in try function(try instance(Self.endless, limits), "loop") }
        let short = try function(try instance(Self.endless, limits), "short")
        let first = try Fiber(on: pool) { [loops] in
            _ = self.trap(loops[0])
            return 0
        }
        let second = try Fiber(on: pool) { [loops] in
            _ = self.trap(loops[1])
            return 0
        }
        for _ in 0..<50 {
            let time = try processorTime { () throws -> Void in
                #expect(first.resume() == .suspended(Suspension.slice))
                #expect(second.resume() == .suspended(Suspension.slice))
                #expect(try short.call([]).map(\.description) == ["7"])
            }
            #expect(time < 5)
        }
    }
}
