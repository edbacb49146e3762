import Glibc
import Reactor
import Testing
import Wasm

@testable import WASI

@Suite("wasi_snapshot_preview1: poll_oneoff") struct Preview1PollTests {
    let guests: Guests
    let folder: Folder
    let source = FedSource()

    init() throws {
        guests = try Guests()
        folder = try Folder()
        folder.write("file", "hello")
        guests.configuration.preopens = [try folder.preopen()]
        guests.stdio = Stdio(
            input: InputStream(source),
            output: OutputStream(MemorySink()),
            error: OutputStream()
        )
    }

    /// An event as a guest sees it.
    struct Seen: Equatable {
        var userdata: UInt64
        var errno: UInt16
        var type: UInt8
        var byteCount: UInt64
    }

    /// Polls subscriptions: a clock (number, timeout, flags), or a file to read or write.
    enum Wanted {
        case clock(UInt32, UInt64, UInt16)
        case read(UInt32)
        case write(UInt32)
        case other
    }

    static func poll(
        _ guest: Preview1Guest,
        _ wanted: [Wanted]
    ) throws -> (errno: Errno?, events: [Seen]) {
        for (index, subscription) in wanted.enumerated() {
            let address = 8_192 + 48 * UInt64(index)
            try guest.put([UInt8](repeating: 0, count: 48), address)
            try guest.put(UInt64(100 + index), address)
            switch subscription {
            case .clock(let number, let timeout, let flags):
                try guest.put(number, address + 16)
                try guest.put(timeout, address + 24)
                try guest.put(UInt32(flags), address + 40)
            case .read(let number):
                try guest.put([1], address + 8)
                try guest.put(number, address + 16)
            case .write(let number):
                try guest.put([2], address + 8)
                try guest.put(number, address + 16)
            case .other: try guest.put([3], address + 8)
            }
        }
        let errno = try guest.call("poll_oneoff", 8_192, 16_384, UInt64(wanted.count), 600)
        guard errno == .success else { return (errno, []) }
        let events = try (0..<UInt64(try guest.u32(600))).map { index in
            let address = 16_384 + 32 * index
            let head = try guest.get(address, 32)
            return Seen(
                userdata: try guest.u64(address),
                errno: UInt16(head[8]) | UInt16(head[9]) << 8,
                type: head[10],
                byteCount: try guest.u64(address + 16)
            )
        }
        return (errno, events)
    }

    @Test func clocks() throws {
        try guests.preview1 { (guest) throws in
            let begin = Instant.now
            let (errno, events) = try Self.poll(
                guest,
                [.clock(1, 10_000_000_000, 0), .clock(1, 20_000_000, 0)]
            )
            #expect(errno == .success)
            #expect(events == [Seen(userdata: 101, errno: 0, type: 0, byteCount: 0)])
            #expect(Instant.now.since(begin) >= 20_000_000)
            let now = guest.system.monotonicClock.now
            let wall = guest.system.wallClock.now.timestamp ?? 0
            #expect(try Self.poll(guest, [.clock(1, now, 1)]).events.count == 1)
            #expect(try Self.poll(guest, [.clock(0, wall + 5_000_000, 1)]).events.count == 1)
            #expect((guest.system.wallClock.now.timestamp ?? 0) >= wall + 4_000_000)
            #expect(try Self.poll(guest, [.clock(0, 1, 1), .clock(0, 0, 0)]).events.count == 2)
            #expect(try Self.poll(guest, [.clock(2, 1, 0)]).errno == .badf)
            #expect(try Self.poll(guest, [.clock(9, 1, 0)]).errno == .inval)
            #expect(try Self.poll(guest, [.clock(1, 1, 2)]).errno == .inval)
            #expect(try Self.poll(guest, [.other]).errno == .inval)
        }
    }

    @Test func files() throws {
        let source = source
        try guests.preview1 { (guest) throws in
            let file = UInt32(try guest.open("file").number)
            _ = try guest.read(UInt64(file), 2)
            let (errno, events) = try Self.poll(
                guest,
                [.read(0), .write(1), .read(file), .write(file), .read(77), .read(3), .read(1)]
            )
            #expect(errno == .success)
            #expect(
                events == [
                    Seen(userdata: 101, errno: 0, type: 2, byteCount: 65_536),
                    Seen(userdata: 102, errno: 0, type: 1, byteCount: 3),
                    Seen(userdata: 103, errno: 0, type: 2, byteCount: 1),
                    Seen(userdata: 104, errno: 8, type: 1, byteCount: 0),
                    Seen(userdata: 105, errno: 8, type: 1, byteCount: 0),
                    Seen(userdata: 106, errno: 8, type: 1, byteCount: 0),
                ]
            )
            source.feed(.success([1]))
            #expect(try Self.poll(guest, [.read(0), .clock(1, 1 << 40, 0)]).events.count == 1)
        }
    }

    @Test func theListIsBounded() throws {
        try guests.preview1 { (guest) throws in
            #expect(try guest.call("poll_oneoff", 0, 0, 0, 600) == .inval)
            #expect(
                try guest.call("poll_oneoff", 0, 0, UInt64(WASILimits.pollables) + 1, 600) == .inval
            )
        }
    }

    @Test func aGuestThatPollsInputIsWoken() throws {
        let source = source
        var events: [Seen] = []
        let task = try guests.task { (system) throws(Trap) in
            do {
                events = try Self.poll(Preview1Guest(system), [.read(0)]).events
            } catch let trap as Trap {
                throw trap
            } catch {
                Issue.record(error)
            }
        }
        task.start()
        guests.turn()
        #expect(events.isEmpty)
        source.feed(.success([1]))
        guests.turn()
        #expect(events.map(\.userdata) == [100])
    }
}
