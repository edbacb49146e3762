import Fiber
import HTTP
import Reactor
import WASI
import Wasm

@testable import WASIHTTP

/// An HTTP/1.1 connection without a socket, on a loop: what a client sends is given to it as text, what
/// is answered is recorded.
final class RecordedExchange: EngineDelegate {
    let loop: EventLoop
    let context: ProtocolContext
    let output: Output
    let engine: HTTP1Engine
    let fibers = FiberPool()
    private var input: [UInt8] = []
    private var began: [Exchange] = []
    private(set) var written: [UInt8] = []
    /// Exchanges that are over.
    private(set) var ended = 0

    /// Answers in the place of a test, where set.
    private let handler: (any Handler)?

    init(
        _ request: String = "GET / HTTP/1.1\r\nhost: a\r\n\r\n", limits: HTTP.Limits = .init(),
        on loop: EventLoop? = nil, handler: (any Handler)? = nil
    ) throws {
        self.loop = try loop ?? EventLoop()
        self.handler = handler
        context = ProtocolContext(limits)
        output = Output(context.pool)
        engine = HTTP1Engine(context, output, Peer(address: "192.0.2.1", port: 1))
        engine.delegate = self
        receive(request)
    }

    deinit { engine.delegate = nil }

    /// The exchange that began first and was not asked for before, as its guest has it.
    func exchange() throws -> GuestExchange {
        guard !began.isEmpty else { throw Missing() }
        return GuestExchange(began.removeFirst(), on: loop)
    }

    struct Missing: Error {}

    /// Gives bytes to the engine as a socket would: what it does not take is offered again.
    func receive(_ text: String) {
        input.append(contentsOf: text.utf8)
        for _ in 0..<1_000 {
            let before = input.count
            let used = unsafe input.withUnsafeBytes { unsafe engine.receive($0) }
            input.removeFirst(min(used, input.count))
            if input.isEmpty || input.count == before { return }
        }
    }

    /// Lets the client take what was written.
    func deliver() {
        engine.produce()
        unsafe output.queue.withBytes { unsafe written.append(contentsOf: $0) }
        output.queue.removeAll()
        engine.outputDrained()
        receive("")
    }

    /// The connection ends.
    func close() { engine.connectionLost(.clientGone) }

    /// All that was answered so far, without the lines that the server adds.
    var text: String {
        deliver()
        return String(decoding: written, as: UTF8.self)
            .split(separator: "\r\n", omittingEmptySubsequences: false)
            .filter { !$0.hasPrefix("date: ") && !$0.hasPrefix("server: ") }
            .joined(separator: "|")
    }

    /// Lets the loop run until the client has all that it waits for, at most so many turns.
    func turn(_ most: Int = 10_000, until isDone: (String) -> Bool) -> String {
        for _ in 0..<most {
            let text = text
            if isDone(text) { return text }
            loop.turn(atMost: 1)
        }
        return text
    }

    /// A guest's task.
    func task(_ body: @escaping (GuestTask) throws(Trap) -> Void) throws -> GuestTask {
        try GuestTask(on: loop, fibers: fibers, body) { _ in }
    }

    // MARK: EngineDelegate

    func engineBegan(_ exchange: Exchange) {
        if let handler { handler.handle(exchange) } else { began.append(exchange) }
    }

    func engineEnded(_ exchange: Exchange) { ended += 1 }
    func engineNeedsAttention() {}
}

/// What a result holds, or the error it is.
extension Result where Success == Void {
    var error: Failure? {
        if case .failure(let error) = self { error } else { nil }
    }
}

extension Result where Failure == StreamError {
    /// The error in a word, with the HTTP error that it stands for.
    var streamError: String? {
        switch self {
        case .success: nil
        case .failure(.closed): "closed"
        case .failure(.lastOperationFailed(let error)): "\(error.cause)"
        }
    }
}

extension WASIHTTP.Fields {
    /// Fields of these lines, without a check of what is forbidden.
    static func of(_ lines: KeyValuePairs<String, String>) throws -> WASIHTTP.Fields {
        WASIHTTP.Fields(try FieldLines(lines))
    }

    /// The lines as text.
    var text: [String] {
        let lines = lines
        return (0..<lines.count).map { "\(lines.name($0).text): \(lines.value($0).text)" }
    }
}

extension OutputStream {
    /// Asks how much can be written, and writes.
    func put(_ text: String) throws -> Result<Void, StreamError> {
        if case .failure(let error) = checkWrite() { return .failure(error) }
        let bytes = Array(text.utf8)
        return unsafe try write(bytes.span.bytes)
    }
}
