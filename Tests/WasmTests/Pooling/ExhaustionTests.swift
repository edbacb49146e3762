import CLinux
import Glibc
import Testing

@testable import Wasm

/// What happens where the system has no more to give: an error, and the process goes on. Each test
/// runs in a process of its own.
@Suite struct ExhaustionTests {
    /// A module whose memory grows to `pages` pages and is small at first.
    static let text = """
        (module (memory 1) (func (export "grow") (param i32) (result i32)
          (memory.grow (local.get 0))))
        """

    /// Fills a pool until it fails, sees that the failure is one of resources, and that what is there
    /// goes on.
    static func fillUntilRefused(_ capacity: Int) throws {
        let pool = InstancePool(try template(Self.text), capacity: capacity)
        try pool.fill(to: 1)
        do throws(InstancePool.Failure) {
            try pool.fill(to: capacity)
            throw InstancePool.Failure.exhausted
        } catch {
            guard case .template(let failure) = error, failure.isOfResources else {
                print("not a failure of resources: \(error)")
                exit(1)
            }
        }
        for _ in 0..<100 {
            let lease = try pool.take()
            guard try lease.instances[0].number("grow", .i32(1)) != nil else { exit(2) }
            pool.giveBack(lease)
        }
        pool.drain(keeping: 1)
        try pool.fill(to: 2)
        guard pool.idleCount == 2 else { exit(3) }
    }

    @Test func addressSpace() async {
        await #expect(processExitsWith: .success) {
            var limit = rlimit(rlim_cur: 100 << 30, rlim_max: 100 << 30)
            unsafe setrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit)
            try ExhaustionTests.fillUntilRefused(1_000)
        }
    }

    @Test func mappings() async {
        await #expect(processExitsWith: .success) {
            // Pages that may be read and such that may not take a mapping each.
            let count = Int(SystemResources.current().mappings) - 600
            let bytes = count * 4_096
            let base = unsafe mmap(nil, bytes, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
            for page in stride(from: 0, to: count, by: 2) {
                guard unsafe mprotect(base! + page * 4_096, 4_096, PROT_NONE) == 0 else { exit(4) }
            }
            try ExhaustionTests.fillUntilRefused(1_000)
        }
    }

    @Test func descriptors() async {
        await #expect(processExitsWith: .success) {
            while unsafe open("/dev/null", O_RDONLY) >= 0 {}
            do {
                _ = try template("(module (memory 1) (data (i32.const 0) \"x\"))")
                exit(1)
            } catch let error as StoreTemplateError {
                guard case .resource(.noImage(errno: EMFILE)) = error else { exit(2) }
            }
        }
    }

    /// Ten thousand memories of a small module are live at once.
    @Test func tenThousandAtOnce() async {
        await #expect(processExitsWith: .success) {
            let text = "(module (memory 2) (data (i32.const 9) \"x\"))"
            let pool = InstancePool(try template(text), capacity: 10_000)
            let before = SystemResources.current()
            try pool.fill(to: 10_000)
            let after = SystemResources.current()
            guard pool.idleCount == 10_000 else { exit(1) }
            guard after.mappingsInUse - before.mappingsInUse <= 50_000 else { exit(2) }
            pool.drain()
            guard SystemResources.current().mappingsInUse < before.mappingsInUse + 100 else {
                exit(3)
            }
        }
    }

    /// Bytes in use of the heap, descriptors and mappings are where they were after many uses (100,000
    /// of them where the environment has `VIRGA_SOAK`).
    @Test func nothingIsLeft() async {
        await #expect(processExitsWith: .success) {
            let uses = unsafe getenv("VIRGA_SOAK") == nil ? 3_000 : 100_000
            let engine = Engine()
            let template = try template(IsolationTests.text, engine: engine)
            func run(_ count: Int) throws {
                let pool = InstancePool(template, capacity: 3)
                for number in 0..<count {
                    let lease = try pool.take()
                    let other = try pool.take()
                    lease.store.runLimits.fuel = UInt64(number % 1_000)
                    let function = ["havoc", "trap", "loop"][number % 3]
                    _ = try? lease.instances[0].call(function, .i32(UInt32(number % 7 + 1)))
                    _ = try? other.instances[0].call("setTable", .i32(3))
                    if number % 100 == 0 {
                        _ = Global(lease.store, .init(value: .i32, isMutable: true), .i32(0))
                    }
                    pool.giveBack(lease)
                    if number % 50 != 0 { pool.giveBack(other) }
                    if number % 70 == 0 { pool.drain() }
                }
            }
            try run(300)
            let heap = virga_heap_bytes()
            let before = SystemResources.current()
            try run(uses)
            let after = SystemResources.current()
            let growth = virga_heap_bytes() - heap
            // The allocator's own caches count as in use, and fill up; an object a use would be 16 bytes.
            guard growth < max(30_000, uses) else {
                print("the heap has grown by \(growth) bytes")
                exit(1)
            }
            guard before.descriptorsInUse == after.descriptorsInUse else { exit(2) }
            guard after.mappingsInUse <= before.mappingsInUse + 2 else { exit(3) }
            guard after.addressSpaceInUse <= before.addressSpaceInUse + 1 << 24 else { exit(4) }
        }
    }
}

extension StoreTemplateError {
    /// Whether the system had not enough of something.
    var isOfResources: Bool {
        switch self {
        case .resource, .instantiation(.resource): true
        case .instantiation, .otherShape: false
        }
    }
}
