// What `bench-server` answers. Unsafe here: spans of arrays as raw bytes.
import Glibc
import HTTP
import Reactor

/// Writes out what `print` has gathered.
func flushOutput() { fflush(nil) }

/// Answers by the path: `/` fixed bytes, `/echo` the request's body, and others to try the front
/// with.
final class BenchHandler: Handler {
    private let fixed: ResponseHead
    private let content: [UInt8] = Array("Hello world\n".utf8)
    private let loop: EventLoop

    init(_ loop: EventLoop) {
        self.loop = loop
        var fields = Fields()
        try? fields.append("content-type", "text/plain")
        fixed = ResponseHead(.ok, fields)
    }

    func handle(_ exchange: Exchange) {
        let target = exchange.request.target
        if target.count == 1 { return exchange.respond(fixed, content: content) }
        switch exchange.request.path.split(separator: "?").first ?? "" {
        case "/echo": Echo(exchange).start()
        case "/stream": Stream(exchange, count: number(exchange)).start()
        case "/sleep": Sleep(exchange, loop, fixed, content).start(number(exchange))
        case "/late": Sleep(exchange, loop, nil, content).start(number(exchange))
        case "/hold": break
        case "/info": info(exchange)
        case "/trailers": trailers(exchange)
        case "/hints": hints(exchange)
        case "/abort": abort(exchange)
        case "/empty": exchange.respond(ResponseHead(.noContent), content: RawSpan())
        case "/missing": exchange.respond(ResponseHead(.notFound), content: RawSpan())
        default: exchange.respond(fixed, content: content)
        }
    }

    /// The number after "?".
    private func number(_ exchange: Exchange) -> Int {
        Int(exchange.request.path.split(separator: "?").last ?? "") ?? 0
    }

    /// What the front knows of the request.
    private func info(_ exchange: Exchange) {
        let request = exchange.request
        var text = "method: \(request.method.name)\nscheme: \(request.scheme)\n"
        text += "authority: \(request.authority.text)\ntarget: \(request.path)\n"
        text += "version: \(request.version)\nclient: \(exchange.peer.address)\n"
        text += "subject: \(exchange.peer.certificateSubject ?? "-")\n"
        for index in 0..<request.fields.count {
            text += "\(request.fields.name(index).text)=\(request.fields.value(index).text)\n"
        }
        exchange.respond(fixed, content: Array(text.utf8))
    }

    private func trailers(_ exchange: Exchange) {
        exchange.respond(fixed)
        _ = exchange.write(content)
        exchange.finish(try? Fields(["x-sum": "12"]))
    }

    private func hints(_ exchange: Exchange) {
        if let status = Status(103), let fields = try? Fields(["link": "</a.css>; rel=preload"]) {
            exchange.inform(status, fields)
        }
        exchange.respond(fixed, content: content)
    }

    private func abort(_ exchange: Exchange) {
        exchange.respond(fixed)
        _ = exchange.write(content)
        exchange.abort()
    }
}

/// Sends a request's body back, as fast as both sides allow and no faster.
private final class Echo: ExchangeObserver {
    private let exchange: Exchange

    init(_ exchange: Exchange) { self.exchange = exchange }

    func start() {
        exchange.observer = self
        exchangeReadable(exchange)
    }

    private func proceed() {
        while exchange.stage == .waiting || exchange.room > 0 {
            let read = exchange.readBody { bytes in
                respondOnce()
                return exchange.write(bytes)
            }
            switch read {
            case .taken: continue
            case .pending, .cancelled: return
            case .ended:
                respondOnce()
                exchange.observer = nil
                return exchange.finish(exchange.trailers.isEmpty ? nil : exchange.trailers)
            }
        }
        exchange.waitForRoom()
    }

    private func respondOnce() {
        if exchange.stage == .waiting { exchange.respond(ResponseHead(.ok)) }
    }

    func exchangeReadable(_ exchange: Exchange) { proceed() }
    func exchangeWritable(_ exchange: Exchange) { proceed() }
    func exchangeCancelled(_ exchange: Exchange, _ reason: Cancellation) {}
}

/// Sends so many bytes.
private final class Stream: ExchangeObserver {
    private let exchange: Exchange
    private var left: Int
    private static let block = [UInt8](repeating: 0x78, count: 16_384)

    init(_ exchange: Exchange, count: Int) {
        self.exchange = exchange
        left = count
    }

    func start() {
        exchange.observer = self
        exchange.respond(ResponseHead(.ok))
        exchangeWritable(exchange)
    }

    func exchangeWritable(_ exchange: Exchange) {
        while left > 0 {
            let block = unsafe Stream.block.span.bytes
            let taken = exchange.write(block.extracting(0..<min(left, block.byteCount)))
            left -= taken
            guard taken > 0 else { return exchange.waitForRoom() }
        }
        exchange.observer = nil
        exchange.finish()
    }

    func exchangeReadable(_ exchange: Exchange) {}
    func exchangeCancelled(_ exchange: Exchange, _ reason: Cancellation) {}
}

/// Answers, or echoes, after so many milliseconds.
private final class Sleep: Watcher {
    private let exchange: Exchange
    private let loop: EventLoop
    private let head: ResponseHead?
    private let content: [UInt8]

    init(_ exchange: Exchange, _ loop: EventLoop, _ head: ResponseHead?, _ content: [UInt8]) {
        self.exchange = exchange
        self.loop = loop
        self.head = head
        self.content = content
    }

    func start(_ milliseconds: Int) {
        _ = loop.schedule(loop.now.after(milliseconds: milliseconds), self)
    }

    func ready(_ readiness: Readiness) {}

    func timerFired(_ timer: TimerID) {
        guard let head else { return Echo(exchange).start() }
        exchange.respond(head, content: content)
    }
}
