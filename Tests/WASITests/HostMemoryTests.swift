import Testing
import Wasm

@testable import WASI

/// What the host holds for a guest is counted with its memories.
struct HostMemoryTests {
    private final class Thing {}

    private static let limit: UInt64 = 1 << 20
    private let store = Store(engine: Engine(), limits: StoreLimits(byteCount: Self.limit))

    /// A table whose objects count in the store.
    private func table() -> ResourceTable {
        let table = ResourceTable()
        table.memory.store = store
        return table
    }

    @Test func theAllowanceIsNotCounted() throws {
        let table = table()
        let number = try table.push(Thing(), price: UInt32(WASILimits.allowedBytes))
        #expect(store.charge(Self.limit))
        store.discharge(Self.limit)
        try table.reprice(number, UInt32(WASILimits.allowedBytes) + 1)
        #expect(!store.charge(Self.limit))
        table.memory.end()
        #expect(store.charge(Self.limit))
    }

    @Test func objectsThatHoldTooMuchAreRefused() throws {
        let table = table()
        let most = UInt32(WASILimits.allowedBytes + Self.limit)
        let number = try table.push(Thing(), price: most)
        #expect(throws: Trap.self) { try table.push(Thing(), price: 1) }
        #expect(throws: Trap.self) { try table.reprice(number, most + 1) }
        #expect(table.count == 1)
        _ = try table.removeObject(number)
        #expect(table.memory.used == 0)
        _ = try table.push(Thing(), price: most)
        table.removeAll()
        #expect(table.memory.used == 0)
        #expect(store.charge(Self.limit))
    }
}
