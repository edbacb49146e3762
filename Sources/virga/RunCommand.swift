import ArgumentParser
import Glibc
import Reactor
import WASI
import Wasm

/// `virga run`: runs a program, or calls one of a module's functions.
struct RunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Run a WebAssembly program, or call a function that a module exports.",
        discussion: """
            A program (a module that exports _start) has the standard streams and ARGUMENTS, and of \
            the rest of the system only what is given to it. Its exit status is this command's; a trap \
            is status 134.

            With --invoke, arguments are written as numbers, in the order of the function's \
            parameters: integers in decimal or with 0x, floats in decimal or hexadecimal (nan and inf \
            too), vectors as 0x and 32 hexadecimal digits. Results are printed one to a line.

            virga run --dir data::/data:ro --env LANG=C program.wasm input.txt
            virga run --invoke 'fac(20)' fac.wat
            """
    )

    @Option(help: "The call to make instead of _start: 'name(1, 2.5)', or 'name' alone.")
    var invoke: String?

    @Option(
        name: .customLong("dir"),
        help: ArgumentHelp(
            "A directory that the program may use, and what it calls it; :ro for reading only.",
            valueName: "HOST::GUEST[:ro]"
        )
    )
    var directories: [String] = []

    @Option(
        name: .customLong("env"),
        help: ArgumentHelp(
            "A variable of the program's environment; NAME alone has this one's value.",
            valueName: "NAME=VALUE"
        )
    )
    var variables: [String] = []

    @Option(
        name: .customLong("allow-net"),
        help: ArgumentHelp(
            "Whom the program may talk to: a host, an address or a range 10.0.0.0/8, with or without "
                + ":PORT, or *:PORT, or *.",
            valueName: "PATTERN"
        )
    )
    var network: [String] = []

    @Option(help: "Seconds that the run may take, 0.5 say; no bound if absent.")
    var timeout: Double?

    @Option(help: "Branches back and calls that the run may make; no bound if absent.")
    var fuel: UInt64?

    @Option(help: "Bytes that memories and tables may take together; no bound if absent.")
    var maxMemory: UInt64?

    @Argument(help: "The module: binary (.wasm) or text (.wat).")
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
        var program = Program(file: file, configuration: try system())
        program.wallTime = timeout.map { UInt64($0 * 1e9) }
        program.fuel = fuel
        program.memory = maxMemory
        let call = try invoke.map { try Invocation($0) }
        let status = try program.run(try ModuleFile.load(file), call)
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

    /// What the program may have of the system.
    private func system() throws -> SystemConfiguration {
        var configuration = SystemConfiguration()
        let name = file.split(separator: "/").last.map(String.init) ?? file
        configuration.environment.arguments = [name] + arguments
        for variable in variables {
            guard let assignment = variable.assignment else { continue }
            configuration.environment.variables.append(assignment)
        }
        do throws(Preopen.Failure) {
            for directory in directories { configuration.preopens.append(try Preopen(directory)) }
        } catch {
            throw Failure("--dir: \(error)")
        }
        do throws(NetworkPolicy.SyntaxError) {
            configuration.network = try NetworkPolicy(network)
        } catch {
            throw Failure("--allow-net: \(error)")
        }
        return configuration
    }
}

extension String {
    /// The name and value that NAME=VALUE says; for NAME alone, the value that it has here, nil where
    /// it has none.
    fileprivate var assignment: (name: String, value: String)? {
        if let equals = firstIndex(of: "=") {
            return (String(self[..<equals]), String(self[index(after: equals)...]))
        }
        guard let value = unsafe getenv(self) else { return nil }
        return (self, unsafe String(cString: value))
    }
}

/// A failure that is told in one sentence on standard error; the exit code is 1.
struct Failure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
