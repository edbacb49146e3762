import Fiber
import Glibc
import Reactor
import WASI
import Wasm

/// A module that is run once, on a loop of its own on this thread.
struct Program {
    /// Where it is from, for messages.
    let file: String
    let configuration: SystemConfiguration
    /// Nanoseconds that it may take.
    var wallTime: UInt64?
    var fuel: UInt64?
    /// Bytes that its memories and tables may take together.
    var memory: UInt64?

    /// The status of a program that trapped: as of one that was ended by SIGABRT.
    static let trapStatus: UInt32 = 134
    /// Bytes of the stack that host code has.
    private static let stackBytes = 1 << 20

    /// What became of a run: what the body leaves for whoever started it.
    private final class Outcome {
        var ending: GuestTask.Ending?
        var failure: Failure?
        var exit: ExitStatus?
    }

    init(file: String, configuration: SystemConfiguration) {
        self.file = file
        self.configuration = configuration
    }

    /// Runs `_start`, or makes `call` and prints its results; the exit status.
    ///
    /// Throws where the module cannot be instantiated or has no such function.
    func run(_ module: Module, _ call: Invocation?) throws -> UInt32 {
        let loop = try EventLoop()
        let fibers = FiberPool(stackBytes: Program.stackBytes)
        let outcome = Outcome()
        let deadline = wallTime.map {
            Instant(nanoseconds: Instant.now.nanoseconds.addingReportingOverflow($0).partialValue)
        }
        let task = try GuestTask(
            on: loop,
            fibers: fibers,
            deadline: deadline,
            { (task) throws(Trap) in try self.body(task, module, call, outcome) },
            ended: { outcome.ending = $0 }
        )
        task.start()
        while outcome.ending == nil { loop.turn() }
        if let failure = outcome.failure { throw failure }
        if let exit = outcome.exit { return exit.code }
        switch outcome.ending {
        case .returned, nil: return 0
        case .trapped(let trap): return report(trap)
        case .cancelled(.deadline): return report(Trap(.deadlineExceeded))
        case .cancelled: return report(Trap(.cancelled))
        }
    }

    private func body(
        _ task: GuestTask,
        _ module: Module,
        _ call: Invocation?,
        _ outcome: Outcome
    ) throws(Trap) {
        let limits = memory.map { StoreLimits(byteCount: $0) } ?? StoreLimits()
        let store = Store(engine: Engine(), limits: limits)
        store.runLimits = RunLimits(fuel: fuel, wallTime: wallTime)
        task.store = store
        // Nobody else is on this thread: files are read and written here.
        let system = try System(
            configuration,
            for: task,
            workers: nil,
            stdio: .inherited(on: task.loop)
        )
        defer { outcome.exit = system.exitStatus }
        let preview1 = Preview1()
        preview1.begin(system)
        defer { preview1.end() }
        let linker = Linker()
        preview1.define(in: linker, store)
        do {
            let instance = try linker.instantiate(module, in: store)
            try self.call(call, instance)
        } catch let failure as Failure {
            outcome.failure = failure
        } catch let trap as Trap {
            throw trap
        } catch InstantiationError.trap(let trap) {
            throw trap
        } catch {
            outcome.failure = Failure("\(file): \(error)")
        }
    }

    private func call(_ call: Invocation?, _ instance: Instance) throws {
        guard let call else {
            _ = try function("_start", instance).call([])
            return
        }
        let function = try function(call.name, instance)
        let arguments = try call.values(function.type)
        // A library that is written for WASI is initialised first.
        if case .function(let initialize)? = instance.export("_initialize") {
            _ = try initialize.call([])
        }
        for result in try function.call(arguments) { print(result) }
    }

    private func function(_ name: String, _ instance: Instance) throws(Failure) -> Function {
        guard case .function(let function)? = instance.export(name) else {
            let names = instance.exports.compactMap { name, item in
                if case .function = item { name } else { nil }
            }
            let exported = names.isEmpty ? "none" : names.joined(separator: ", ")
            throw Failure("\(file): no function is exported as \"\(name)\"; it exports \(exported)")
        }
        return function
    }

    /// Tells of a trap; the status for it.
    private func report(_ trap: Trap) -> UInt32 {
        let backtrace = trap.backtraceDescription
        let text =
            "Error: \(file): trap: \(trap)" + (backtrace.isEmpty ? "" : "\n" + backtrace) + "\n"
        _ = unsafe text.withCString { unsafe write(STDERR_FILENO, $0, strlen($0)) }
        return Program.trapStatus
    }
}
