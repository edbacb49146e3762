import ArgumentParser
import Glibc
import Reactor
import WASI
import Wasm

/// `virga run`: runs a program, or calls one of a module's or component's functions.
struct RunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract:
            "Run a WebAssembly program, or call a function that a module or component exports.",
        discussion: """
            A program (a component that exports wasi:cli/run, or a module that exports _start) has the \
            standard streams and ARGUMENTS, and of the rest of the system only what is given to it. Its \
            exit status is this command's; a trap is status 134.

            With --invoke, a module's arguments are written as numbers, in the order of the function's \
            parameters: integers in decimal or with 0x, floats in decimal or hexadecimal (nan and inf \
            too), vectors as 0x and 32 hexadecimal digits. Results are printed one to a line.

            A component's arguments and result are written in WAVE: "abc", 'x', [1, 2], (1, true), \
            {name: "x", size: 7}, some(1), ok("done"), {read, write}. A function of an exported instance \
            is named by both names, with as much of the first as tells it from others.

            virga run --dir data::/data:ro --env LANG=C program.wasm input.txt
            virga run --invoke 'fac(20)' fac.wat
            virga run --invoke 'neon:crypto/encoder.encode("abc")' encoder.wasm
            """
    )

    @Option(help: "The call to make instead of the program: 'name(1, 2.5)', or 'name' alone.")
    var invoke: String?

    @OptionGroup var access: AccessOptions

    @Option(help: "Seconds that the run may take, 0.5 say; no bound if absent.")
    var timeout: Double?

    @Option(help: "Branches back and calls that the run may make; no bound if absent.")
    var fuel: UInt64?

    @Option(help: "Bytes that memories and tables may take together; no bound if absent.")
    var maxMemory: UInt64?

    @Argument(help: "The module or component: binary (.wasm) or text (.wat).")
    var file: String

    @Argument(parsing: .captureForPassthrough, help: "The program's arguments.")
    var arguments: [String] = []

    func validate() throws {
        if let timeout, !(timeout > 0 && timeout < 1e9) {
            throw ValidationError("--timeout is a number of seconds above 0 and below 1e9")
        }
        if invoke != nil && !arguments.isEmpty {
            throw ValidationError("with --invoke, arguments are written in its parentheses")
        }
    }

    func run() throws {
        // What the program writes to a pipe that nobody reads any more is its error, not ours.
        signal(SIGPIPE, SIG_IGN)
        unblockInterruption()
        let name = file.split(separator: "/").last.map(String.init) ?? file
        var program = Program(file: file, configuration: try access.system([name] + arguments))
        program.wallTime = timeout.map { UInt64($0 * 1e9) }
        program.fuel = fuel
        program.memory = maxMemory
        let status = try program.run(try WasmFile(try ModuleFile.binary(file), path: file), invoke)
        if status != 0 { throw ExitCode(Int32(truncatingIfNeeded: status)) }
    }

    /// Has SIGINT and SIGTERM end the program, even where whoever started it has blocked them.
    private func unblockInterruption() {
        var signals = sigset_t()
        unsafe sigemptyset(&signals)
        unsafe sigaddset(&signals, SIGINT)
        unsafe sigaddset(&signals, SIGTERM)
        unsafe pthread_sigmask(SIG_UNBLOCK, &signals, nil)
    }
}

/// A failure that is told in one sentence on standard error; the exit code is 1.
struct Failure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
