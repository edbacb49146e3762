import CBoostContext
import Fiber
import Foundation

/// Objects that live, for a test to see that none is left.
final class Census {
    private(set) var living = 0

    final class Witness {
        private let census: Census
        init(_ census: Census) {
            self.census = census
            census.living += 1
        }
        deinit { census.living -= 1 }
    }

    func witness() -> Witness { Witness(self) }
}

/// What happened, in order.
final class Journal {
    var entries: [String] = []
    func note(_ entry: String) { entries.append(entry) }
}

/// A fiber where a host keeps it: in an object.
final class Holder {
    var fiber: Fiber?
    init(_ pool: FiberPool, _ body: @escaping Fiber.Body) throws(FiberError) {
        fiber = try Fiber(on: pool, body)
    }
    /// Resumes the fiber, if it is still here.
    func resume(_ value: UInt64 = 0) -> Fiber.Outcome { fiber?.resume(value) ?? .cancelled }
}

/// Runs `body` on a thread of its own, and waits for its end.
func onAnotherThread(_ body: @escaping @Sendable () -> Void) {
    let done = DispatchSemaphore(value: 0)
    let thread = Thread {
        body()
        done.signal()
    }
    thread.start()
    done.wait()
}

/// That the tests are built with a sanitizer, which knows other signals and far more address space.
let isSanitized = fiber_sanitizer != fiber_sanitizer_none

/// The mappings of this process.
func mappingCount() -> Int {
    let maps = (try? String(contentsOfFile: "/proc/self/maps", encoding: .utf8)) ?? ""
    return maps.split(separator: "\n").count
}
