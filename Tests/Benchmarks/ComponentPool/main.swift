// Prints what components cost. `load FOLDER`: to load and freeze the guests there, and to reset them
// after a use. `call FILE`: to be called, to call one another and the host, by the component there.

import CLinux
import ComponentModel
import Glibc
import WAT
import Wasm

func nanoseconds(_ clock: clockid_t) -> Double {
    var time = timespec()
    unsafe clock_gettime(clock, &time)
    return Double(time.tv_sec) * 1e9 + Double(time.tv_nsec)
}

/// With two digits after the point.
func rounded(_ value: Double) -> Double { (value * 100).rounded() / 100 }

func bytes(_ path: String) -> [UInt8]? {
    guard let file = unsafe fopen(path, "r") else { return nil }
    defer { unsafe fclose(file) }
    unsafe fseek(file, 0, SEEK_END)
    let size = unsafe max(ftell(file), 0)
    unsafe rewind(file)
    return unsafe [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
        count = unsafe fread(buffer.baseAddress, 1, size, file)
    }
}

// MARK: Load and reset

/// Milliseconds that each part of `body` took, as text.
struct Phases {
    private var start = nanoseconds(CLOCK_MONOTONIC)
    private(set) var total = 0.0
    private(set) var text: [String] = []

    mutating func end(_ name: String) {
        let now = nanoseconds(CLOCK_MONOTONIC)
        text.append("\(name) \(rounded((now - start) / 1e6))")
        total += (now - start) / 1e6
        start = now
    }
}

/// Makes a template of the component in `bytes`, whose imports trap, and prints what that took.
func load(_ name: String, _ bytes: [UInt8]) throws -> ComponentTemplate {
    var phases = Phases()
    let component = try Component(decoding: bytes)
    phases.end("decode and validate")
    let linker = ComponentLinker()
    linker.unknownImports = .trapping
    let plan = try linker.link(component)
    phases.end("link")
    let template = try ComponentTemplate(plan, engine: Engine())
    phases.end("instantiate and freeze")
    print(
        "load, \(name), \(bytes.count / 1024) KiB: \(rounded(phases.total)) ms "
            + "(\(phases.text.joined(separator: ", ")))")
    return template
}

/// The largest memory that a core instance of `instance` exports.
func largestMemory(_ instance: ComponentInstance) -> Memory? {
    var largest: Memory?
    for export in instance.coreInstances.flatMap(\.exports) {
        guard case .memory(let memory) = export.item else { continue }
        if memory.byteCount > largest?.byteCount ?? 0 { largest = memory }
    }
    return largest
}

/// The addresses of `pages` pages in `runs` runs, spread over `byteCount` bytes.
func addresses(_ pages: Int, _ runs: Int, _ byteCount: UInt64) -> [UInt64] {
    let distance = byteCount / UInt64(runs) / 4_096 * 4_096
    return (0..<pages).map { page in
        UInt64(page % runs) * distance + UInt64(page / runs) * 4_096 + 64
    }
}

/// Prints what taking an instance, writing to it and giving it back costs, less the writing.
func reset(_ name: String, _ template: ComponentTemplate, pages: Int, runs: Int, uses: Int) throws {
    let pool = ComponentPool(template, capacity: 2)
    let kept = try pool.take()
    guard let memory = largestMemory(kept.instance) else {
        return print("reset, \(name): it exports no memory")
    }
    let written = addresses(pages, runs, memory.byteCount)
    func write(_ instance: ComponentInstance) throws {
        guard let contents = largestMemory(instance)?.contents else { return }
        for address in written { try contents.store(UInt8(1), address) }
    }
    func use() throws {
        let lease = try pool.take()
        try write(lease.instance)
        pool.giveBack(lease)
    }
    for _ in 0..<10 { try use() }
    try write(kept.instance)
    let plain = try measure(uses) { try write(kept.instance) }
    let pooled = try measure(uses) { try use() }
    pool.giveBack(kept)
    print(
        "reset, \(name), \(pages) pages in \(runs) runs of \(memory.byteCount >> 20) MiB: "
            + "\(rounded(pooled.time - plain.time)) us and "
            + "\(rounded(pooled.faults - plain.faults)) page faults a use")
}

/// The least microseconds of processor time of one call of `body` in rounds of `uses`, and the page
/// faults of one in that round.
func measure(_ uses: Int, _ body: () throws -> Void) rethrows -> (time: Double, faults: Double) {
    var best = (time: Double.infinity, faults: 0.0)
    for _ in 0..<15 {
        let faults = virga_thread_faults()
        let start = nanoseconds(CLOCK_THREAD_CPUTIME_ID)
        for _ in 0..<uses { try body() }
        let time = (nanoseconds(CLOCK_THREAD_CPUTIME_ID) - start) / 1e3 / Double(uses)
        if time < best.time {
            best = (time, Double(virga_thread_faults() - faults) / Double(uses))
        }
    }
    return best
}

// MARK: Calls

/// Prints what the calls cost that the component in `text` makes.
func calls(_ text: [UInt8]) throws {
    let component = try Component(decoding: ComponentAssembler.assemble(text))
    let linker = ComponentLinker()
    let host = linker.instance("host")
    host.define(
        "empty", HostFunctionDefinition { (_: borrowing HostCall) throws(Trap) -> Unit in Unit() })
    host.define(
        "take",
        HostFunctionDefinition { (_: borrowing HostCall, text: String) throws(Trap) -> Unit in Unit() })
    host.define(
        "take-bytes",
        HostFunctionDefinition { (call: borrowing HostCall, bytes: ByteList) throws(Trap) -> Unit in
            try call.withBytes(bytes) { _ in }
            return Unit()
        })
    let template = try ComponentTemplate(try linker.link(component), engine: Engine())
    let pool = ComponentPool(template, capacity: 1)
    let lease = try pool.take()
    let instance = lease.instance
    if let export = instance.plan.exports.function("nothing"),
        let function = instance.function(export)
    {
        let time = try measure(100_000) { _ = try function.call(returning: Unit.self) }.time
        print("call of an empty function by the host: \(rounded(time * 1e3)) ns")
    }
    let cases: [(String, String, UInt32, UInt32)] = [
        ("of nothing", "empty", 0, 100_000),
        ("with a string of 64 B", "take", 64, 100_000),
        ("with a string of 64 KiB", "take", 65_536, 1_000),
        ("with a list of 64 B", "take-bytes", 64, 100_000),
        ("with a list of 64 KiB", "take-bytes", 65_536, 1_000),
    ]
    for (callee, whose) in [("guest", "from component to component"), ("host", "to the host")] {
        for (name, function, size, count) in cases {
            let time = try measure(1) {
                _ = try instance.call(callee, function, arguments: [.u32(count), .u32(size)])
            }
            print("call \(whose) \(name): \(rounded(time.time * 1e3 / Double(count))) ns")
        }
    }
    pool.giveBack(lease)
}

let arguments = CommandLine.arguments.dropFirst()
switch (arguments.count, arguments.first) {
case (2, "call"):
    let path = arguments[2]
    if let text = bytes(path) { try calls(text) } else { print("skipped: \(path) (it is not there)") }
case (2, "load"):
    print("wanted: load python-http in 500 ms, the others in 10 ms; reset it in 150 us and 20 page faults,")
    print("the others in 3 us and 1 page fault")
    for (file, pages, runs, uses) in [
        ("c-http/c-http.wasm", 2, 2, 20_000), ("rust/rust-http.wasm", 2, 2, 20_000),
        ("python-http/python-http.wasm", 220, 170, 1_000),
    ] {
        guard let bytes = bytes("\(arguments[2])/\(file)") else {
            print("skipped: \(file) (it is not there)")
            continue
        }
        try reset(file, try load(file, bytes), pages: pages, runs: runs, uses: uses)
    }
default: print("component-pool load FOLDER, or call FILE")
}
