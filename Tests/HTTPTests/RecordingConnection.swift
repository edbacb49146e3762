@testable import HTTP

/// An engine with a handler that reads each body and answers 200, and a record of what it saw.
final class RecordingConnection: EngineDelegate, ExchangeObserver {
    struct Message: Equatable {
        var method: String
        var target: String
        var body: [UInt8] = []
        var trailers = 0
    }

    let context: ProtocolContext
    let output: Output
    let engine: any Engine
    private(set) var messages: [Message] = []
    private(set) var ended = 0
    private(set) var cancelled: [Cancellation] = []
    private var current: Message?
    private var input: [UInt8] = []
    /// Answers in place of the one that echoes nothing, where set.
    var handler: ((Exchange) -> Void)?
    private(set) var written: [UInt8] = []

    init(limits: Limits = Limits(), http2: Bool = false) {
        context = ProtocolContext(limits)
        output = Output(context.pool)
        let peer = Peer(address: "192.0.2.1", port: 1)
        engine = http2 ? HTTP2Session(context, output, peer) : HTTP1Engine(context, output, peer)
        engine.delegate = self
    }

    /// Gives bytes to the engine as a socket would: what it does not take is offered again.
    func receive(_ bytes: ArraySlice<UInt8>) {
        input.append(contentsOf: bytes)
        for _ in 0..<10_000 {
            let before = input.count
            let used = unsafe input.withUnsafeBytes { unsafe engine.receive($0) }
            input.removeFirst(min(used, input.count))
            engine.produce()
            takeOutput()
            engine.outputDrained()
            if input.isEmpty || input.count == before { return }
        }
    }

    func receive(_ text: String) { receive(Array(text.utf8)[...]) }

    func takeOutput() {
        unsafe output.queue.withBytes { unsafe written.append(contentsOf: $0) }
        output.queue.removeAll()
    }

    /// All that was written, as text.
    var text: String { String(decoding: written, as: UTF8.self) }

    /// The status of each response written, in order.
    var statuses: [Int] {
        text.components(separatedBy: "HTTP/1.1 ").dropFirst().compactMap { Int($0.prefix(3)) }
    }

    // MARK: EngineDelegate

    func engineBegan(_ exchange: Exchange) {
        if let handler { return handler(exchange) }
        current = Message(method: exchange.request.method.name, target: exchange.request.path)
        exchange.observer = self
        read(exchange)
    }

    func engineEnded(_ exchange: Exchange) { ended += 1 }

    func engineNeedsAttention() {}

    // MARK: The handler

    private func read(_ exchange: Exchange) {
        while true {
            let result = exchange.readBody { bytes in
                for index in 0..<bytes.byteCount {
                    current?.body.append(
                        unsafe bytes.unsafeLoad(fromByteOffset: index, as: UInt8.self)
                    )
                }
                return bytes.byteCount
            }
            switch result {
            case .taken: continue
            case .pending, .cancelled: return
            case .ended:
                current?.trailers = exchange.trailers.count
                if let current { messages.append(current) }
                return exchange.respond(ResponseHead(.ok), content: Array("ok".utf8))
            }
        }
    }

    func exchangeReadable(_ exchange: Exchange) { read(exchange) }
    func exchangeWritable(_ exchange: Exchange) {}
    func exchangeCancelled(_ exchange: Exchange, _ reason: Cancellation) {
        cancelled.append(reason)
    }
}

extension String {
    /// The parts between occurrences of `separator`.
    func components(separatedBy separator: String) -> [String] {
        var parts: [String] = []
        var rest = self[...]
        while let range = rest.firstRange(of: separator) {
            parts.append(String(rest[..<range.lowerBound]))
            rest = rest[range.upperBound...]
        }
        parts.append(String(rest))
        return parts
    }
}
