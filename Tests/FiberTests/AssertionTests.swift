import Fiber
import Glibc
import Testing

/// A host that breaks a rule is stopped: always where memory would be damaged, otherwise in debug
/// builds.
@Suite struct AssertionTests {
    /// Records an issue where the process did not say why it stopped; release builds do not.
    func expect(_ result: ExitTest.Result?, says reason: String) {
        #if DEBUG
        let words = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
        #expect(words.contains(reason))
        #endif
    }

    static func wait() throws(Cancelled) -> UInt64 { try Fiber.suspend() }

    @Test func aFiberThatHasEndedIsNotResumed() async {
        let result = await #expect(
            processExitsWith: .failure,
            observing: [\.standardErrorContent]
        ) {
            let fiber = try Fiber(on: FiberPool()) { () throws(Cancelled) in 1 }
            guard fiber.resume() == .finished(1) else { exit(0) }
            _ = fiber.resume()
            exit(0)
        }
        expect(result, says: "resumed while it ran or after its end")
    }

    @Test func aFiberThatRunsIsNotResumed() async {
        let result = await #expect(
            processExitsWith: .failure,
            observing: [\.standardErrorContent]
        ) {
            var holder: Holder?
            holder = try Holder(FiberPool()) { () throws(Cancelled) in
                _ = holder?.resume()
                exit(0)
            }
            _ = holder?.resume()
            exit(0)
        }
        expect(result, says: "resumed while it ran or after its end")
    }

    @Test func aFiberThatRunsIsNotDropped() async {
        let result = await #expect(
            processExitsWith: .failure,
            observing: [\.standardErrorContent]
        ) {
            // Where an object holds the handle, debug builds find the access to its property first.
            let place = UnsafeMutablePointer<Fiber>.allocate(capacity: 1)
            let fiber = try Fiber(on: FiberPool()) { () throws(Cancelled) in
                unsafe place.deinitialize(count: 1)
                exit(0)
            }
            unsafe place.initialize(to: fiber)
            _ = unsafe place.pointee.resume()
            exit(0)
        }
        expect(result, says: "dropped while it ran")
    }

    #if DEBUG
    @Test func aSuspensionIsOnAFiber() async {
        let result = await #expect(
            processExitsWith: .failure,
            observing: [\.standardErrorContent]
        ) {
            _ = try Fiber.suspend()
            exit(0)
        }
        expect(result, says: "outside of every fiber")
    }

    @Test func workOnTheThreadsStackDoesNotSuspend() async {
        let result = await #expect(
            processExitsWith: .failure,
            observing: [\.standardErrorContent]
        ) {
            let fiber = try Fiber(on: FiberPool()) { () throws(Cancelled) in
                Fiber.onThreadStack { _ = try? Fiber.suspend() }
                exit(0)
            }
            _ = fiber.resume()
            exit(0)
        }
        expect(result, says: "outside of every fiber")
    }

    @Test func aFiberStaysOnItsThread() async {
        let result = await #expect(
            processExitsWith: .failure,
            observing: [\.standardErrorContent]
        ) {
            struct Smuggler: @unchecked Sendable { let holder: Holder }
            let smuggler = Smuggler(holder: try Holder(FiberPool(), AssertionTests.wait))
            onAnotherThread {
                _ = smuggler.holder.resume()
                exit(0)
            }
            exit(0)
        }
        expect(result, says: "on another thread")
    }

    @Test func nothingIsHeldOverASuspension() async {
        let result = await #expect(
            processExitsWith: .failure,
            observing: [\.standardErrorContent]
        ) {
            final class Shared { var value: UInt64 = 0 }
            func change(_ value: inout UInt64) throws(Cancelled) { value = try Fiber.suspend() }
            let shared = Shared()
            let fiber = try Fiber(on: FiberPool()) { () throws(Cancelled) in
                try change(&shared.value)
                exit(0)
            }
            _ = fiber.resume()
            exit(0)
        }
        expect(result, says: "holds an access")
    }
    #endif

    @Test func whatTheResumerHoldsIsItsOwnMatter() throws {
        final class Shared { var value: UInt64 = 0 }
        func change(_ value: inout UInt64, _ fiber: borrowing Fiber) {
            if case .suspended(let number) = fiber.resume() { value = number }
        }
        let (mine, other) = (Shared(), Shared())
        let fiber = try Fiber(on: FiberPool()) { () throws(Cancelled) in
            other.value = 1
            other.value = try Fiber.suspend(5)
            return other.value
        }
        change(&mine.value, fiber)
        #expect(mine.value == 5)
        #expect(fiber.resume(7) == .finished(7))
        #expect(other.value == 7)
    }
}
