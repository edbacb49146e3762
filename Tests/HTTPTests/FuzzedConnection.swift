// A connection for the fuzzers and for replaying what they found. The fuzzers compile this file into
// one module with the sources of HTTP, so that there is nothing to import.
#if canImport(HTTP)
@testable import HTTP
#endif

/// Feeds an engine from fuzzed bytes and answers its requests.
final class FuzzedConnection: EngineDelegate, ExchangeObserver {
    private let context: ProtocolContext
    private let output: Output
    private let engine: any Engine
    private var open: [Exchange] = []
    private var style: UInt8
    private let head: ResponseHead
    private let block = [UInt8](repeating: 0x61, count: 3_000)

    init(http2: Bool, style: UInt8) {
        var limits = Limits()
        limits.bodyBytes = 100_000
        limits.requestBuffer = 1_000
        limits.responseBuffer = 4_000
        self.style = style
        context = ProtocolContext(limits)
        output = Output(context.pool)
        let peer = Peer(address: "192.0.2.1", port: 1)
        engine = http2 ? HTTP2Session(context, output, peer) : HTTP1Engine(context, output, peer)
        var fields = Fields()
        try? fields.append("content-length", "5000")
        head = style & 1 == 0 ? ResponseHead(.ok) : ResponseHead(.ok, fields)
        engine.delegate = self
    }

    /// Runs a whole connection: the bytes in pieces of `piece`, the clock moving on, and its end.
    func run(_ bytes: UnsafeRawBufferPointer, piece: Int) {
        var start = 0
        var end = 0
        var stalls = 0
        while start < bytes.count, !engine.isClosing, stalls < 50 {
            end = min(bytes.count, max(end, start) + piece)
            let used = unsafe engine.receive(UnsafeRawBufferPointer(rebasing: bytes[start..<end]))
            precondition(used >= 0 && used <= end - start)
            start += used
            stalls = used == 0 ? stalls + 1 : 0
            settle()
        }
        if style & 2 == 0 { engine.receiveEnd() }
        for _ in 0..<3 {
            context.now += 40_000
            engine.deadlineReached()
            settle()
        }
        if style & 4 == 0 { engine.drain() }
        settle()
        engine.connectionLost(.clientGone)
        precondition(open.isEmpty, "an exchange was not ended")
        engine.delegate = nil
    }

    private func settle() {
        engine.produce()
        precondition(output.queue.count < 1 << 20)
        output.queue.removeAll()
        engine.outputDrained()
        context.now += 7
    }

    func engineBegan(_ exchange: Exchange) {
        open.append(exchange)
        exchange.observer = self
        style = style &* 5 &+ 11
        if style & 0x30 == 0 { return exchange.respond(head, content: block) }
        if style & 0x30 == 0x10 { exchange.respond(head) }
        proceed(exchange)
    }

    func engineEnded(_ exchange: Exchange) {
        open.removeAll { $0 === exchange }
        precondition(exchange.isOver)
    }

    func engineNeedsAttention() {}

    private func proceed(_ exchange: Exchange) {
        let limit = Int(style) + 1
        while true {
            switch exchange.readBody({ min($0.byteCount, limit) }) {
            case .taken: continue
            case .pending, .cancelled: return
            case .ended:
                if exchange.stage == .waiting { exchange.respond(head) }
                _ = exchange.write(block)
                if style & 0x40 == 0 {
                    exchange.finish(exchange.trailers)
                } else {
                    exchange.abort()
                }
                return
            }
        }
    }

    func exchangeReadable(_ exchange: Exchange) { proceed(exchange) }

    func exchangeWritable(_ exchange: Exchange) {
        _ = exchange.write(block)
        exchange.finish()
    }

    func exchangeCancelled(_ exchange: Exchange, _ reason: Cancellation) {}
}

extension FuzzedConnection {
    /// Runs the connection that a fuzzer's input stands for: its first byte chooses the handler, the
    /// second the pieces that the rest comes in.
    static func replay(_ bytes: UnsafeRawBufferPointer, http2: Bool) {
        guard bytes.count > 2 else { return }
        let connection = FuzzedConnection(http2: http2, style: unsafe bytes[0])
        let piece = Int(unsafe bytes[1]) * (http2 ? 4 : 1) + 1
        guard http2 else {
            return unsafe connection.run(
                UnsafeRawBufferPointer(rebasing: bytes[2...]),
                piece: piece
            )
        }
        var whole = Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8)
        whole += [0, 0, 0, 4, 0, 0, 0, 0, 0]
        unsafe whole += bytes[2...]
        unsafe whole.withUnsafeBytes { unsafe connection.run($0, piece: piece) }
    }
}
