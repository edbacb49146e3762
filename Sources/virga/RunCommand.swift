import ArgumentParser
import ComponentModel
import Glibc
import Reactor
import WASI
import Wasm

/// `virga run`: runs a program, or calls one of a module's functions.
struct RunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Run a WebAssembly program, or call a function that a module or component exports.",
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
        switch try WasmFile(try ModuleFile.binary(file), path: file) {
        case .module(let module): try run(module)
        case .component(let component):
            if let result = try run(component) { print(result.wave) }
        }
    }

    private func run(_ module: Module) throws {
        let name = file.split(separator: "/").last.map(String.init) ?? file
        var program = Program(file: file, configuration: try access.system([name] + arguments))
        program.wallTime = timeout.map { UInt64($0 * 1e9) }
        program.fuel = fuel
        program.memory = maxMemory
        let call = try invoke.map { try Invocation($0) }
        let status = try program.run(module, call)
        if status != 0 { throw ExitCode(Int32(truncatingIfNeeded: status)) }
    }

    private func run(_ component: Component) throws(Failure) -> Val? {
        guard let invoke else { throw Failure("\(file): say by --invoke what is to be called") }
        let store = Store(
            engine: Engine(), limits: maxMemory.map { StoreLimits(byteCount: $0) } ?? StoreLimits())
        store.runLimits = RunLimits(fuel: fuel, wallTime: timeout.map { UInt64($0 * 1e9) })
        let session = try ComponentSession(component, in: store, path: file)
        do throws(ComponentSession.CallError) {
            return try session.call(invoke)
        } catch {
            switch error {
            case .refused(let message): throw Failure("--invoke: \(message)")
            case .trap(let trap):
                let backtrace = trap.backtraceDescription
                throw Failure(
                    "\(file): trap: \(trap)" + (backtrace.isEmpty ? "" : "\n" + backtrace))
            }
        }
    }
}

/// A failure that is told in one sentence on standard error; the exit code is 1.
struct Failure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
