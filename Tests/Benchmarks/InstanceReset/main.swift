// Prints what a pooled instance costs: processor time and page faults of a use that writes some pages,
// less those of the same calls of an instance that is not reset; and the memory of one that is idle.

import CLinux
import Glibc
import WAT
import Wasm

/// A module that writes a word to each of `count` pages, `step` bytes apart, of a memory of `pages`
/// pages of 64 KiB that is full of something.
func module(pages: Int, count: Int, step: Int) throws -> Module {
    let text = """
        (module
          (memory \(pages))
          (global (mut i32) (i32.const 0))
          (table 4 funcref)
          (elem (i32.const 0) func $start)
          (func $start (memory.fill (i32.const 0) (i32.const 1) (i32.const \(pages * 65536))))
          (start $start)
          (func (export "write") (local i32 i32)
            (loop
              (i32.store (local.get 0) (i32.const 9))
              (local.set 0 (i32.add (local.get 0) (i32.const \(step))))
              (br_if 0 (i32.lt_u (local.tee 1 (i32.add (local.get 1) (i32.const 1)))
                (i32.const \(count)))))))
        """
    return try Module(decoding: Assembler.assemble(Array(text.utf8)))
}

func pool(_ module: Module, capacity: Int) throws -> InstancePool {
    let engine = Engine()
    let lowered = LoweredModule(module, engine: engine)
    let linker = Linker()
    let template = try StoreTemplate(engine: engine) { store throws(InstantiationError) in
        [try linker.instantiate(lowered, in: store)]
    }
    return InstancePool(template, capacity: capacity)
}

func processorTime() -> Double {
    var time = timespec()
    unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) * 1e6 + Double(time.tv_nsec) / 1e3
}

/// The least microseconds of processor time of one call of `body` in rounds of `uses`, and the page
/// faults of one in that round.
func measure(_ uses: Int, _ body: () throws -> Void) rethrows -> (time: Double, faults: Double) {
    var best = (time: Double.infinity, faults: 0.0)
    for _ in 0..<15 {
        let faults = virga_thread_faults()
        let start = processorTime()
        for _ in 0..<uses { try body() }
        let time = (processorTime() - start) / Double(uses)
        if time < best.time {
            best = (time, Double(virga_thread_faults() - faults) / Double(uses))
        }
    }
    return best
}

func call(_ instance: Instance) throws {
    if case .function(let function)? = instance.export("write") { _ = try function.call([]) }
}

/// With two digits after the point.
func rounded(_ value: Double) -> Double { (value * 100).rounded() / 100 }

func reset(_ name: String, pages: Int, count: Int, step: Int, uses: Int) throws {
    let pool = try pool(module(pages: pages, count: count, step: step), capacity: 2)
    let kept = try pool.take()
    let instance = kept.instances[0]
    for _ in 0..<10 {
        let lease = try pool.take()
        try call(lease.instances[0])
        pool.giveBack(lease)
    }
    let plain = try measure(uses) { try call(instance) }
    let pooled = try measure(uses) {
        let lease = try pool.take()
        try call(lease.instances[0])
        pool.giveBack(lease)
    }
    pool.giveBack(kept)
    print(
        "reset, \(name): \(rounded(pooled.time - plain.time)) us and "
            + "\(rounded(pooled.faults - plain.faults)) page faults a use "
            + "(the use itself \(rounded(plain.time)) us)"
    )
}

/// Bytes that the process takes: resident and page tables; and its mappings.
func taken() -> (bytes: Int, mappings: Int) {
    var bytes = 0
    for line in lines("/proc/self/status") {
        let words = line.split { $0 == " " || $0 == "\t" }
        guard words.count > 1, words[0] == "VmRSS:" || words[0] == "VmPTE:" else { continue }
        bytes += (Int(words[1]) ?? 0) * 1_024
    }
    return (bytes, lines("/proc/self/maps").count)
}

func lines(_ path: String) -> [Substring] {
    guard let file = unsafe fopen(path, "r") else { return [] }
    defer { unsafe fclose(file) }
    var text: [UInt8] = []
    while case let byte = unsafe getc(file), byte != EOF {
        text.append(UInt8(truncatingIfNeeded: byte))
    }
    return String(decoding: text, as: UTF8.self).split(separator: "\n")
}

func idle(_ count: Int) throws {
    let pool = try pool(module(pages: 2, count: 2, step: 4096), capacity: count)
    // Each is used, so that it keeps what is hot.
    func use(_ left: Int) throws {
        guard left > 0 else { return }
        let lease = try pool.take()
        try call(lease.instances[0])
        try use(left - 1)
        pool.giveBack(lease)
    }
    let before = taken()
    try pool.fill(to: count)
    for _ in 0..<3 { try use(count) }
    let after = taken()
    print(
        "idle instance: \(rounded(Double(after.bytes - before.bytes) / 1024 / Double(count))) KiB "
            + "with page tables, \(rounded(Double(after.mappings - before.mappings) / Double(count))) "
            + "mappings, \(pool.idleCount) at once"
    )
}

try reset("2 pages of 1 MiB", pages: 16, count: 2, step: 65_536, uses: 20_000)
try reset("221 pages of 32 MiB", pages: 512, count: 221, step: 151_552, uses: 1_000)
try idle(10_000)
