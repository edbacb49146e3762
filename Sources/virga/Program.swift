import ComponentModel
import Fiber
import Glibc
import Reactor
import WASI
import WASIHTTP
import Wasm

/// A module or component that is run once, on a loop of its own on this thread.
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

    private static let workers = 2

    /// What became of a run: what the body leaves for whoever started it.
    private final class Outcome {
        var ending: GuestTask.Ending?
        var failure: Failure?
        var exit: ExitStatus?
        /// Where the code comes from.
        var sources = SourceMap([])
    }

    init(file: String, configuration: SystemConfiguration) {
        self.file = file
        self.configuration = configuration
    }

    /// Runs the program, or makes `call` and prints its results; the exit status.
    ///
    /// Throws where it cannot be instantiated or has no such function.
    func run(_ wasm: WasmFile, _ call: String?) throws -> UInt32 {
        let loop = try EventLoop()
        let fibers = FiberPool(stackBytes: Program.stackBytes)
        // Files are read and written on this thread, where nobody else is; names are not looked up here,
        // since that takes longer than the run may.
        let mayLookUp = !configuration.network.allowsNothing
        let workers = mayLookUp ? try WorkerPool(threads: Program.workers) : nil
        let outcome = Outcome()
        let deadline = wallTime.map {
            Instant(nanoseconds: Instant.now.nanoseconds.addingReportingOverflow($0).partialValue)
        }
        let task = try GuestTask(
            on: loop,
            fibers: fibers,
            deadline: deadline,
            { (task) throws(Trap) in try self.body(task, workers, wasm, call, outcome) },
            ended: { outcome.ending = $0 }
        )
        task.start()
        while outcome.ending == nil { loop.turn() }
        if let failure = outcome.failure { throw failure }
        if let exit = outcome.exit { return exit.code }
        switch outcome.ending {
        case .returned, nil: return 0
        case .trapped(let trap): return report(trap, outcome.sources)
        case .cancelled(.deadline): return report(Trap(.deadlineExceeded))
        case .cancelled: return report(Trap(.cancelled))
        }
    }

    private func body(
        _ task: GuestTask,
        _ workers: WorkerPool?,
        _ wasm: WasmFile,
        _ call: String?,
        _ outcome: Outcome
    ) throws(Trap) {
        let limits = memory.map { StoreLimits(byteCount: $0) } ?? StoreLimits()
        let store = Store(engine: Engine(), limits: limits)
        store.runLimits = RunLimits(fuel: fuel, wallTime: wallTime)
        task.store = store
        let system = System(
            configuration,
            for: task,
            workers: workers,
            stdio: .inherited(on: task.loop)
        )
        defer { outcome.exit = system.exitStatus ?? outcome.exit }
        do {
            switch wasm {
            case .module(let module):
                outcome.sources = SourceMap([module])
                try run(module, call, store, system)
            case .component(let component):
                let isSuccess = try run(component, call, store, system, outcome)
                outcome.exit = ExitStatus(isSuccess: isSuccess)
            }
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

    // MARK: Components

    /// Calls `run` of wasi:cli/run, or makes `call`; whether the program says that it went well.
    /// Spec: wasi:cli/run
    private func run(
        _ component: Component,
        _ call: String?,
        _ core: Store,
        _ system: System,
        _ outcome: Outcome
    ) throws -> Bool {
        let store = ComponentStore(core: core)
        let context = WASIContext(system)
        store.context = context
        context.table.memory.store = core
        defer { context.table.removeAll() }
        // What answers requests can be called too; it cannot send any.
        let linker = ServedComponent.linker()
        let instance: ComponentInstance
        do throws(ComponentInstantiationError) {
            instance = try linker.instantiate(component, in: store)
        } catch .instantiation(.trap(let trap)) {
            throw trap
        } catch {
            throw Failure("\(file): \(error)")
        }
        outcome.sources = SourceMap(instance.plan.modules)
        guard let call else { return try runProgram(instance) }
        do throws(ComponentSession.CallError) {
            let session = ComponentSession(instance, component.types)
            if let result = try session.call(call) { print(result.wave) }
            return true
        } catch {
            switch error {
            case .refused(let message): throw Failure("--invoke: \(message)")
            case .trap(let trap): throw trap
            }
        }
    }

    private func runProgram(_ instance: ComponentInstance) throws -> Bool {
        guard let function = instance.plan.exports.function("wasi:cli/run@0.2.12", "run") else {
            throw Failure(
                "\(file): the component exports no wasi:cli/run@0.2, so it is no program; name a "
                    + "function of it with --invoke"
            )
        }
        if case .error? = try instance.call(function, []) { return false }
        return true
    }

    // MARK: Modules

    private func run(
        _ module: Module,
        _ call: String?,
        _ store: Store,
        _ system: System
    ) throws {
        let preview1 = Preview1()
        preview1.begin(system)
        defer { preview1.end() }
        let linker = Linker()
        preview1.define(in: linker, store)
        let instance = try linker.instantiate(module, in: store)
        try self.call(try call.map { try Invocation($0) }, instance)
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
    private func report(_ trap: Trap, _ sources: SourceMap = SourceMap([])) -> UInt32 {
        let backtrace = sources.describe(trap)
        let text =
            "Error: \(file): trap: \(trap)" + (backtrace.isEmpty ? "" : "\n" + backtrace) + "\n"
        _ = unsafe text.withCString { unsafe write(STDERR_FILENO, $0, strlen($0)) }
        return Program.trapStatus
    }
}
