import ComponentModel
import Fiber
import Foundation
import HTTP
import Reactor
import Synchronization
import WASI
import WAT
import Wasm

@testable import WASIHTTP

/// A guest that is served on the loop of recorded connections.
final class ServedGuest {
    let handler: IncomingHandler
    let log: Log

    /// What was told of guests.
    final class Log: Sendable {
        private let records = Mutex<[LogRecord]>([])
        func append(_ record: LogRecord) { records.withLock { $0.append(record) } }
        var lines: [String] { records.withLock { $0.map(\.description) } }
        var text: String { lines.joined(separator: "\n") }
    }

    /// The component of Guests/routes.wat.
    static let routes: Result<Component, any Error> = Result {
        let url = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "Guests/routes.wat")
        return try Component(decoding: TextAssembler.assemble(Array(Data(contentsOf: url))))
    }

    /// The name of the first request to it.
    let firstRequest = RequestID(loop: 0, number: 1)
    let meter = ServingMeter()

    init(
        on loop: EventLoop, development: Development? = nil,
        _ change: (inout ServingLimits) -> Void = { _ in }
    ) throws {
        var limits = ServingLimits()
        limits.memoryBytes = 1 << 20
        change(&limits)
        let log = Log()
        self.log = log
        let component = try ServedComponent(
            try ServedGuest.routes.get(),
            name: "routes",
            linker: ServedComponent.linker(tracing: development != nil),
            limits: limits
        ) { log.append($0) }
        handler = try IncomingHandler(
            component,
            on: loop,
            meter: meter,
            development: development,
            engine: Wasm.Engine(),
            fibers: FiberPool(),
            workers: nil
        )
    }
}
