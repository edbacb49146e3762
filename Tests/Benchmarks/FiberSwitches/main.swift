// Prints what fibers cost: from start to end on a pooled stack with a suspension between, and a
// switch, by the CPU time of this thread; and what a suspended one takes of memory and mappings.

import Fiber
import Glibc

/// This thread's CPU time, in nanoseconds.
func cpuTime() -> Double {
    var time = timespec()
    unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) * 1e9 + Double(time.tv_nsec)
}

/// The least time of seven runs of `body`, in nanoseconds for each of `count`; one digit.
func nanoseconds(_ count: Int, _ body: () throws -> Void) rethrows -> Double {
    var best = Double.infinity
    for _ in 0..<7 {
        let start = cpuTime()
        try body()
        best = min(best, cpuTime() - start)
    }
    return (best / Double(count) * 10).rounded() / 10
}

/// What a fiber is given on a real run: an object that it works for.
final class Request {
    var resumptions = 0
    func answer() throws(Cancelled) -> UInt64 {
        resumptions += 1
        return try Fiber.suspend(1)
    }
}

let count = 200_000
let pool = FiberPool()
let request = Request()

let startSwitchEnd = try nanoseconds(count) {
    for _ in 0..<count {
        let fiber = try Fiber(on: pool) { () throws(Cancelled) in try request.answer() }
        guard case .suspended = fiber.resume(), case .finished = fiber.resume() else { exit(1) }
    }
}

let startCancel = try nanoseconds(count) {
    for _ in 0..<count {
        let fiber = try Fiber(on: pool) { () throws(Cancelled) in try request.answer() }
        guard case .suspended = fiber.resume() else { exit(1) }
    }
}

let switching = try Fiber(on: pool) { () throws(Cancelled) in
    while true { _ = try Fiber.suspend(1) }
}
let twoSwitches = nanoseconds(count) {
    for _ in 0..<count { guard case .suspended = switching.resume() else { exit(1) } }
}

/// A fiber where a loop keeps it.
final class Holder {
    let fiber: Fiber
    init(_ pool: FiberPool) throws {
        fiber = try Fiber(on: pool) { () throws(Cancelled) in
            while true { _ = try Fiber.suspend(1) }
        }
    }
}

/// The kibibytes that a line of `/proc/self/status` names.
func status(_ name: String) -> Int {
    var count = 0
    eachLine(of: "/proc/self/status") { line in
        if line.hasPrefix(name) { count = Int(line.filter(\.isNumber)) ?? 0 }
    }
    return count
}

/// The mappings of this process.
func mappings() -> Int {
    var count = 0
    eachLine(of: "/proc/self/maps") { _ in count += 1 }
    return count
}

func eachLine(of path: String, _ body: (String) -> Void) {
    guard let file = unsafe fopen(path, "r") else { return }
    defer { unsafe fclose(file) }
    var line = [CChar](repeating: 0, count: 1_024)
    while unsafe fgets(&line, Int32(line.count), file) != nil {
        body(String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self))
    }
}

let before = (resident: status("VmRSS"), tables: status("VmPTE"), mappings: mappings())
let holders = try (0..<10_000).map { _ in try Holder(pool) }
for holder in holders { _ = holder.fiber.resume() }
let kibibytes = Double(status("VmRSS") - before.resident + status("VmPTE") - before.tables)
let kibibytesEach = (kibibytes / Double(holders.count) * 10).rounded() / 10
let mappingsAdded = mappings() - before.mappings

let few = holders.prefix(1_000)
let twoOfMany = nanoseconds(200 * few.count) {
    for _ in 0..<200 {
        for holder in few { guard case .suspended = holder.fiber.resume() else { exit(1) } }
    }
}

let callOut = try Fiber(on: pool) { () throws(Cancelled) in
    nanoseconds(count) {
        for _ in 0..<count { Fiber.onThreadStack { request.resumptions += 1 } }
    }.bitPattern
}
guard case .finished(let bits) = callOut.resume() else { exit(1) }

print(
    """
    fiber: start, switch, end \(startSwitchEnd) ns; start, cancel \(startCancel) ns; \
    a switch \(twoSwitches / 2) ns (in turn over \(few.count) fibers \(twoOfMany / 2) ns); \
    a call on the thread's stack \(Double(bitPattern: bits)) ns
    \(holders.count) suspended fibers: \(kibibytesEach) KiB each with page tables, \
    \(mappingsAdded) mappings
    """
)
