import Foundation
import Testing

@testable import WASI

/// The program that was built together with the tests.
enum BuiltProgram {
    static let binary = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
        .appending(path: "virga")
    static var isThere: Bool { FileManager.default.isExecutableFile(atPath: binary.path()) }
}

/// `virga run`, from outside.
@Suite("virga run", .enabled(if: BuiltProgram.isThere, "the program is not beside the tests"))
struct RunTests {
    let folder: Folder

    init() throws {
        folder = try Folder()
        folder.write("exit.wat", Self.exiting)
        folder.write("trap.wat", "(module (func (export \"_start\") unreachable))")
        folder.write("spin.wat", "(module (func (export \"_start\") (loop (br 0))))")
        folder.write("sleep.wat", Self.sleeping)
        folder.write("copy.wat", Self.copying)
        folder.write("add.wat", Self.adding)
    }

    /// Ends with the number of its arguments.
    static let exiting = """
        (module
          (import "wasi_snapshot_preview1" "args_sizes_get"
            (func $sizes (param i32 i32) (result i32)))
          (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
          (memory (export "memory") 1)
          (func (export "_start")
            (drop (call $sizes (i32.const 0) (i32.const 4)))
            (call $exit (i32.load (i32.const 0)))))
        """

    /// Waits for 100 seconds.
    static let sleeping = """
        (module
          (import "wasi_snapshot_preview1" "poll_oneoff"
            (func $poll (param i32 i32 i32 i32) (result i32)))
          (memory (export "memory") 1)
          (func (export "_start")
            (i32.store (i32.const 16) (i32.const 1))
            (i64.store (i32.const 24) (i64.const 100000000000))
            (drop (call $poll (i32.const 0) (i32.const 64) (i32.const 1) (i32.const 128)))))
        """

    /// Copies its input to its output, and ends with an error code.
    static let copying = """
        (module
          (import "wasi_snapshot_preview1" "fd_read"
            (func $read (param i32 i32 i32 i32) (result i32)))
          (import "wasi_snapshot_preview1" "fd_write"
            (func $write (param i32 i32 i32 i32) (result i32)))
          (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
          (memory (export "memory") 2)
          (func (export "_start") (local $error i32)
            (i32.store (i32.const 0) (i32.const 1024))
            (loop $next
              (i32.store (i32.const 4) (i32.const 65536))
              (local.set $error
                (call $read (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 4)))
              (if (local.get $error) (then (call $exit (local.get $error))))
              (if (i32.load (i32.const 4))
                (then
                  (local.set $error
                    (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8)))
                  (if (local.get $error) (then (call $exit (local.get $error))))
                  (br $next))))))
        """

    /// A library that is initialised first.
    static let adding = """
        (module
          (global $base (mut i32) (i32.const 0))
          (func (export "_initialize") (global.set $base (i32.const 40)))
          (func (export "add") (param i32) (result i32)
            (i32.add (global.get $base) (local.get 0))))
        """

    /// What a run gave.
    struct Outcome {
        var status: Int32
        var reason: Process.TerminationReason
        var output: Data
        var error: String
    }

    /// Runs the program; a signal is sent to it after a while, if one is given.
    func run(
        _ arguments: String...,
        input: Data = Data(),
        interruptedBy signal: Int32? = nil
    ) throws -> Outcome {
        let process = Process()
        process.executableURL = BuiltProgram.binary
        process.arguments = ["run"] + arguments
        process.currentDirectoryURL = URL(filePath: folder.path)
        let inputFile = URL(filePath: folder.path + "/.input")
        try input.write(to: inputFile)
        process.standardInput = try FileHandle(forReadingFrom: inputFile)
        let output = Pipe()
        let error = Pipe()
        process.standardOutput = output
        process.standardError = error
        try process.run()
        if let signal {
            Thread.sleep(forTimeInterval: 0.3)
            kill(process.processIdentifier, signal)
        }
        let data = output.fileHandleForReading.readDataToEndOfFile()
        let text = String(
            decoding: error.fileHandleForReading.readDataToEndOfFile(),
            as: UTF8.self
        )
        process.waitUntilExit()
        return Outcome(
            status: process.terminationStatus,
            reason: process.terminationReason,
            output: data,
            error: text
        )
    }

    @Test func statusesArePassedOn() throws {
        #expect(try run("exit.wat").status == 1)
        #expect(
            try run("exit.wat", "a", "--dir", "-x").status == 4,
            "what follows is the program's"
        )
        let trap = try run("trap.wat")
        #expect(trap.status == 134)
        #expect(trap.error.hasPrefix("Error: trap.wat: trap: unreachable\n    0: _start at 0x"))
    }

    @Test func inputAndOutputAreInherited() throws {
        let data = Data((0..<1_000_000).map { UInt8(truncatingIfNeeded: $0 / 17) })
        let outcome = try run("copy.wat", input: data)
        #expect(outcome.status == 0)
        #expect(outcome.output == data)
    }

    @Test func deadlinesEndGuests() throws {
        for guest in ["spin.wat", "sleep.wat"] {
            let begin = Date()
            let outcome = try run("--timeout", "0.2", guest)
            #expect(outcome.status == 134)
            #expect(outcome.error.contains("deadline exceeded"))
            #expect(Date().timeIntervalSince(begin) < 10)
        }
    }

    @Test func interruptionsEndGuests() throws {
        for guest in ["spin.wat", "sleep.wat"] {
            let outcome = try run("--timeout", "10", guest, interruptedBy: SIGINT)
            #expect(outcome.reason == .uncaughtSignal)
            #expect(outcome.status == SIGINT)
        }
    }

    @Test func functionsAreInvoked() throws {
        let outcome = try run("--invoke", "add(2)", "add.wat")
        #expect(String(decoding: outcome.output, as: UTF8.self) == "42\n")
        #expect(try run("--invoke", "sub", "add.wat").status == 1)
        #expect(try run("--invoke", "add", "add.wat", "2").status == 64)
        #expect(try run("add.wat").error.contains("no function is exported as \"_start\""))
    }

    @Test func mistakesAreTold() throws {
        let cases: [([String], String)] = [
            (["--dir", "/nowhere::/x"], "--dir: the directory /nowhere cannot be opened"),
            (["--dir", "::"], "--dir: '::' is no directory for a guest"),
            (["--allow-net", "a b"], "--allow-net: 'a b': it is no host name"),
        ]
        for (arguments, message) in cases {
            let outcome = try run(arguments[0], arguments[1], "exit.wat")
            #expect(outcome.status == 1)
            #expect(outcome.error.contains(message), "\(outcome.error)")
        }
    }
}
