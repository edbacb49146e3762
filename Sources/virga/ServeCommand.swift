import ArgumentParser
import ComponentModel
import Fiber
import HTTP
import HTTPServer
import Reactor
import Synchronization
import TLS
import WASI
import WASIHTTP
import Wasm

/// `virga serve`: one component answers the requests to every path.
struct ServeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Serve a component that exports wasi:http/incoming-handler.",
        discussion: """
            The first line printed is the address. What guests write to their standard output and \
            error goes to the standard error, each line with the component's name and the number of \
            the request.

            virga serve --listen 127.0.0.1:8080 --env GREETING=hello app.wasm
            """
    )

    @OptionGroup var front: FrontOptions

    @OptionGroup var access: AccessOptions

    @Option(help: "What becomes of an instance after a request: fresh, reset or reuse.")
    var instances = ServingLimits.InstancePolicy.reset

    @Option(help: "Instances at once, on all loops together; 512 on each unless given.")
    var pool: Int?

    @Option(help: "Requests that wait for an instance at once, shared out among the loops.")
    var queue = 2_048

    @Option(help: "Milliseconds that a request may wait for an instance.")
    var queueWait = 10_000

    @Option(help: "Seconds that a guest may take for a request.")
    var timeout = 30.0

    @Option(help: "Milliseconds of processor time that a guest may take for a request.")
    var cpuTime: UInt64?

    @Option(help: "Bytes of a request's body, beyond which it is answered 413.")
    var maxRequestBody = ContentLimits().request

    @Option(help: "Bytes of a response's body, beyond which it is broken off.")
    var maxResponseBody: UInt64?

    @Option(help: "Bytes that an instance may take: memories, tables, and what the host holds for it.")
    var maxMemory: UInt64 = 512 << 20

    @OptionGroup var logs: LogOptions

    @Argument(help: "The component: binary (.wasm) or text (.wat).")
    var file: String

    func validate() throws {
        guard timeout > 0, timeout < 1e6 else {
            throw ValidationError("--timeout is a number of seconds above 0 and below 1e6")
        }
        guard (1...1_000_000).contains(pool ?? 1), (0...1_000_000).contains(queue), queueWait >= 0 else {
            throw ValidationError("--pool is at least 1, --queue and --queue-wait at least 0")
        }
        guard cpuTime ?? 1 > 0, cpuTime ?? 1 < 1_000_000_000 else {
            throw ValidationError("--cpu-time is above 0 and below 1000000000")
        }
    }

    func run() throws {
        let count = front.loopCount
        let signals = try StartSignals()
        let log = try LogWriter()
        let component = try load(count) { log.write($0) }
        if let deferral = component.image.deferral { log.write("\(component.name): \(deferral)") }
        var configuration = try front.configuration(front.listen, port: 8_080)
        configuration.accessLog = logs.configuration
        let server = Server(configuration)
        let workers = try WorkerPool(threads: 4)
        let numbers = Atomic<UInt32>(0)
        let capacity = capacity(component, count)
        let development = logs.development ? Development() : nil
        try server.start { loop in
            let number = numbers.add(1, ordering: .relaxed).oldValue
            do {
                let handler = try IncomingHandler(
                    component,
                    on: loop,
                    numbers: RequestNumbers(loop: number),
                    development: development,
                    engine: Wasm.Engine(),
                    fibers: FiberPool(),
                    workers: workers,
                    capacity: capacity
                )
                try handler.prepare(1)
                return handler
            } catch {
                log.write("\(component.name): \(error)")
                return UnavailableHandler()
            }
        }
        signals.end()
        let scheme = front.tlsCert == nil ? "http" : "https"
        for address in server.addresses { print("\(scheme)://\(address)") }
        flushOutput()
        server.wait()
        workers.shutdown()
        log.end()
    }

    private func load(
        _ loops: Int,
        _ log: @escaping @Sendable (LogRecord) -> Void
    ) throws -> ServedComponent {
        var limits = ServingLimits()
        limits.policy = instances
        limits.concurrency = pool
        limits.instances = pool ?? limits.instances
        limits.queued = (queue + loops - 1) / loops
        limits.queueMilliseconds = queueWait
        limits.requestMilliseconds = Int((timeout * 1_000).rounded(.up))
        limits.cpuMicroseconds = cpuTime.map { $0 * 1_000 }
        limits.content.request = maxRequestBody
        if let maxResponseBody { limits.content.response = maxResponseBody }
        limits.memoryBytes = maxMemory
        let name = file.split(separator: "/").last.map(String.init) ?? file
        guard case .component(let component) = try WasmFile(ModuleFile.binary(file), path: file)
        else {
            throw Failure("\(file): this is a core module; what is served is a component")
        }
        let system = try access.system()
        do throws(ServedComponentError) {
            return try ServedComponent(
                component,
                name: name,
                linker: ServedComponent.linker(tracing: logs.development),
                limits: limits,
                system: system,
                log: log
            )
        } catch {
            throw Failure("\(file): \(error)")
        }
    }

    /// Instances of each loop that the system has room for.
    private func capacity(_ component: ServedComponent, _ loops: Int) -> Int {
        PoolSizing(
            .current(),
            PoolSizing.Demand(of: component.image.store),
            pools: loops,
            wanted: component.limits.instances
        ).capacity
    }
}

extension ServingLimits.InstancePolicy: ExpressibleByArgument {}

/// Answers on a loop that could make no instance.
private final class UnavailableHandler: Handler {
    func handle(_ exchange: Exchange) { exchange.respond(.serviceUnavailable, FieldLines()) }
}
