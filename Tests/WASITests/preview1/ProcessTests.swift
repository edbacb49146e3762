import Glibc
import Reactor
import Testing
import Wasm

@testable import WASI

@Suite("wasi_snapshot_preview1: process") struct Preview1ProcessTests {
    let guests: Guests

    init() throws { guests = try Guests() }

    @Test func thereAreFortySixFunctions() {
        #expect(Preview1.functions.count == 46)
        #expect(Set(Preview1.functions.map(\.name)).count == 46)
    }

    @Test func whatBelongsToARunIsAnEffect() {
        let plain = Preview1.functions.filter { $0.effect == nil }.map(\.name)
        #expect(plain == ["proc_raise"])
    }

    @Test func argumentsAndEnvironment() throws {
        guests.configuration.environment = Environment(
            arguments: ["prog", "", "ü"],
            variables: [("A", "1"), ("LONG", "x y")]
        )
        try guests.preview1 { (guest) throws in
            #expect(try guest.call("args_sizes_get", 0, 4) == .success)
            #expect(try guest.get(0, 8) == [3, 0, 0, 0, 9, 0, 0, 0])
            try guest.put([UInt8](repeating: 0xEE, count: 64), 100)
            #expect(try guest.call("args_get", 0, 101) == .success)
            #expect(try guest.get(0, 12) == [101, 0, 0, 0, 106, 0, 0, 0, 107, 0, 0, 0])
            #expect(try guest.get(100, 11) == [0xEE] + bytes("prog\0\0ü\0") + [0xEE])
            #expect(try guest.call("environ_sizes_get", 0, 4) == .success)
            #expect(try guest.get(0, 8) == [2, 0, 0, 0, 13, 0, 0, 0])
            #expect(try guest.call("environ_get", 0, 100) == .success)
            #expect(try guest.get(100, 13) == bytes("A=1\0LONG=x y\0"))
        }
    }

    @Test func clocks() throws {
        try guests.preview1 { (guest) throws in
            #expect(try guest.call("clock_time_get", 0, 0, 8) == .success)
            #expect(abs(Int(try guest.u64(8)) / 1_000_000_000 - time(nil)) <= 1)
            #expect(try guest.call("clock_time_get", 1, 0, 8) == .success)
            let first = try guest.u64(8)
            #expect(try guest.call("clock_time_get", 1, 0, 8) == .success)
            #expect(try guest.u64(8) >= first)
            for clock: UInt64 in 0...1 {
                #expect(try guest.call("clock_res_get", clock, 8) == .success)
                #expect(try guest.u64(8) > 0)
            }
            for (clock, errno) in [(2, Errno.badf), (3, .badf), (4, .inval)] {
                #expect(try guest.call("clock_time_get", UInt64(clock), 0, 8) == errno)
                #expect(try guest.call("clock_res_get", UInt64(clock), 8) == errno)
            }
        }
    }

    @Test func randomness() throws {
        try guests.preview1 { (guest) throws in
            try guest.put([UInt8](repeating: 0, count: 200), 0)
            #expect(try guest.call("random_get", 10, 100) == .success)
            let bytes = try guest.get(0, 200)
            #expect(Set(bytes[10..<110]).count > 20)
            #expect(bytes[..<10].allSatisfy { $0 == 0 })
            #expect(bytes[110...].allSatisfy { $0 == 0 })
            #expect(try guest.call("random_get", 0, 0) == .success)
        }
    }

    @Test func exitsEndTheGuest() throws {
        for (code, isExit) in [(0, true), (7, true), (125, true), (126, false)] as [(UInt64, Bool)]
        {
            var status: WASI.ExitStatus?
            let ending = try guests.run { (system) throws(Trap) in
                defer { status = system.exitStatus }
                do {
                    try Preview1Guest(system).call("proc_exit", code)
                } catch let trap as Trap {
                    throw trap
                } catch {
                    Issue.record(error)
                }
                Issue.record("the guest went on")
            }
            #expect(ending.trap?.kind == .host)
            #expect(status == (isExit ? WASI.ExitStatus(code: UInt32(code)) : nil))
        }
    }

    @Test func signalsAreNotRaised() throws {
        try guests.preview1 { (guest) throws in #expect(try guest.call("proc_raise", 9) == .notsup)
        }
    }

    @Test func yieldingLetsOthersRun() throws {
        let loop = guests.loop
        try guests.preview1 { (guest) throws in
            let turns = loop.turns
            #expect(try guest.call("sched_yield") == .success)
            #expect(loop.turns > turns)
        }
    }

    @Test func socketsAreNotFiles() throws {
        try guests.preview1 { (guest) throws in
            #expect(try guest.call("sock_accept", 0, 0, 0) == .notsock)
            #expect(try guest.call("sock_recv", 0, 0, 0, 0, 0, 0) == .notsock)
            #expect(try guest.call("sock_send", 1, 0, 0, 0, 0) == .notsock)
            #expect(try guest.call("sock_shutdown", 1, 1) == .notsock)
            #expect(try guest.call("sock_shutdown", 9, 1) == .badf)
        }
    }

    @Test func badPointersTrap() throws {
        let end = Preview1Guest.memoryBytes
        let calls: [(String, [UInt64])] = [
            ("args_sizes_get", [end, 0]), ("args_sizes_get", [0, end - 3]),
            ("clock_time_get", [1, 0, end - 4]), ("clock_time_get", [1, 0, 4]),
            ("random_get", [end - 4, 5]), ("random_get", [0xFFFF_FFFF, 0xFFFF_FFFF]),
            ("fd_fdstat_get", [0, end - 8]), ("fd_fdstat_get", [0, 601]),
            ("fd_filestat_get", [0, end - 8]), ("fd_write", [1, end - 4, 1, 0]),
            ("fd_write", [1, 0, 0, end]), ("fd_write", [1, 602, 1, 0]),
            ("poll_oneoff", [0, end - 8, 1, 0]), ("poll_oneoff", [end - 8, 0, 1, 0]),
            ("sock_accept", [0, 0, end]),
        ]
        for (name, arguments) in calls {
            let ending = Result {
                try guests.preview1 { (guest) throws in
                    switch arguments.count {
                    case 2: try guest.call(name, arguments[0], arguments[1])
                    case 3: try guest.call(name, arguments[0], arguments[1], arguments[2])
                    default:
                        try guest.call(name, arguments[0], arguments[1], arguments[2], arguments[3])
                    }
                }
            }
            if name == "sock_accept" {
                #expect(ending.value == .notsock, "what is not looked at may point anywhere")
            } else {
                #expect(ending.error is Trap, "\(name) \(arguments)")
            }
        }
    }

    @Test func aBufferThatPointsOutsideTraps() throws {
        let error = Result {
            try guests.preview1 { (guest) throws in
                try guest.put(UInt32(Preview1Guest.memoryBytes - 1), 600)
                try guest.put(UInt32(2), 604)
                return try guest.call("fd_write", 1, 600, 1, 608)
            }
        }.error
        #expect((error as? Trap)?.kind == .memoryOutOfBounds)
    }

    @Test func aGuestWithoutASystemTraps() throws {
        let ending = try guests.run { (system) throws(Trap) in
            do {
                let guest = try Preview1Guest(system)
                guest.preview1.end()
                #expect(try guest.call("fd_close", 0) == .badf)
                try guest.call("clock_time_get", 0, 0, 8)
            } catch let trap as Trap {
                throw trap
            } catch {
                Issue.record(error)
            }
        }
        #expect(ending.trap?.kind == .host)
    }
}
