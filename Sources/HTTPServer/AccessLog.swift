// One loop's access log: lines gathered in memory and written together.
import Glibc
import HTTP
import Reactor

/// An access log of one loop.
///
/// All loops append to the same file, whole lines at a time.
final class AccessLog {
    private static let flushBytes = 32_768
    private static let keptBytes = 1 << 20

    private let descriptor: Int32
    private let format: AccessLogConfiguration.Format
    private var buffer: [UInt8] = []
    private var dateSeconds = -1
    private var date: [UInt8] = []
    /// Whether lines are being lost, which was told.
    private var isLosing = false

    /// A log that writes to `descriptor`, which it does not close.
    init(_ descriptor: Int32, _ format: AccessLogConfiguration.Format) {
        self.descriptor = descriptor
        self.format = format
        buffer.reserveCapacity(AccessLog.flushBytes * 2)
    }

    /// Whether lines wait.
    var isEmpty: Bool { buffer.isEmpty }

    /// Notes an exchange that has ended.
    func append(_ exchange: Exchange, _ context: ProtocolContext) {
        guard buffer.count < AccessLog.keptBytes else {
            return lose("it takes no more at once")
        }
        if context.wallSeconds != dateSeconds {
            dateSeconds = context.wallSeconds
            date = Array(HTTPDate.logText(seconds: dateSeconds).utf8)
        }
        switch format {
        case .combined: appendCombined(exchange)
        case .timed:
            appendCombined(exchange)
            appendTimes(exchange, context)
        case .json: appendJSON(exchange, context)
        }
        buffer.append(0x0A)
        if buffer.count >= AccessLog.flushBytes { flush() }
    }

    /// Writes what has gathered.
    func flush() {
        var start = 0
        while start < buffer.count {
            let count = unsafe buffer.withUnsafeBytes { bytes in
                unsafe write(
                    descriptor,
                    bytes.baseAddress.map { unsafe $0 + start },
                    bytes.count - start
                )
            }
            guard count > 0 else {
                if count < 0, errno == EINTR { continue }
                lose(SystemError.reason(errno))
                break
            }
            start += count
        }
        if start > 0, start == buffer.count { isLosing = false }
        if start < buffer.count, start > 0 {
            buffer.removeFirst(start)
        } else {
            buffer.removeAll(keepingCapacity: true)
        }
    }

    /// Tells, once until it is written again, that lines are lost.
    private func lose(_ reason: String) {
        guard !isLosing else { return }
        isLosing = true
        tell("virga: the access log cannot be written: \(reason); lines are lost\n")
    }

    // MARK: Forms

    private func appendCombined(_ exchange: Exchange) {
        text(exchange.peer.address)
        literal(" - - [")
        buffer.append(contentsOf: date)
        literal("] \"")
        text(exchange.request.method.name)
        buffer.append(0x20)
        escaped(exchange.request.target)
        literal(versionText(exchange.request.version))
        number(UInt64(exchange.status))
        buffer.append(0x20)
        number(exchange.bytesSent)
        literal(" \"")
        field(exchange.request.fields, "referer")
        literal("\" \"")
        field(exchange.request.fields, "user-agent")
        literal("\"")
    }

    private func appendTimes(_ exchange: Exchange, _ context: ProtocolContext) {
        let handling = exchange.handling
        literal(" request=")
        request(handling)
        literal(" component=")
        component(handling)
        literal(" ms=")
        number(elapsed(exchange, context))
        let phases = handling.phases
        literal(" queue=")
        milliseconds(phases.queue)
        literal(" instantiate=")
        milliseconds(phases.instantiate)
        literal(" guest=")
        milliseconds(phases.guest)
        literal(" wait=")
        milliseconds(phases.wait)
        literal(" write=")
        milliseconds(phases.write)
    }

    private func appendJSON(_ exchange: Exchange, _ context: ProtocolContext) {
        literal("{\"time\":\"")
        buffer.append(contentsOf: date)
        literal("\",\"client\":\"")
        text(exchange.peer.address)
        literal("\",\"method\":\"")
        text(exchange.request.method.name)
        literal("\",\"target\":\"")
        escaped(exchange.request.target)
        literal("\",\"host\":\"")
        escaped(exchange.request.authority)
        literal("\",\"version\":\"")
        literal(jsonVersion(exchange.request.version))
        literal("\",\"status\":")
        number(UInt64(exchange.status))
        literal(",\"bytes\":")
        number(exchange.bytesSent)
        literal(",\"milliseconds\":")
        number(elapsed(exchange, context))
        if exchange.handling.request != nil { appendJSONPhases(exchange.handling) }
        literal(",\"referer\":\"")
        field(exchange.request.fields, "referer")
        literal("\",\"agent\":\"")
        field(exchange.request.fields, "user-agent")
        literal("\"}")
    }

    private func appendJSONPhases(_ handling: Handling) {
        literal(",\"request\":\"")
        request(handling)
        literal("\",\"component\":\"")
        component(handling)
        literal("\",\"phases\":{\"queue\":")
        milliseconds(handling.phases.queue)
        literal(",\"instantiate\":")
        milliseconds(handling.phases.instantiate)
        literal(",\"guest\":")
        milliseconds(handling.phases.guest)
        literal(",\"wait\":")
        milliseconds(handling.phases.wait)
        literal(",\"write\":")
        milliseconds(handling.phases.write)
        literal("}")
    }

    /// Milliseconds since the head of the request was complete.
    private func elapsed(_ exchange: Exchange, _ context: ProtocolContext) -> UInt64 {
        context.now >= exchange.began ? context.now - exchange.began : 0
    }

    private func request(_ handling: Handling) {
        guard let request = handling.request else { return buffer.append(0x2D) }
        text(request.description)
    }

    private func component(_ handling: Handling) {
        guard let component = handling.component else { return buffer.append(0x2D) }
        let bytes = Array(component.utf8)
        escaped(bytes.span)
    }

    /// Nanoseconds as milliseconds with three decimals.
    private func milliseconds(_ nanoseconds: UInt64) {
        number(nanoseconds / 1_000_000)
        let micros = nanoseconds / 1_000 % 1_000
        buffer.append(0x2E)
        buffer.append(UInt8(micros / 100) + 0x30)
        buffer.append(UInt8(micros / 10 % 10) + 0x30)
        buffer.append(UInt8(micros % 10) + 0x30)
    }

    private func versionText(_ version: Version) -> StaticString {
        switch version {
        case .http10: " HTTP/1.0\" "
        case .http11: " HTTP/1.1\" "
        case .http2: " HTTP/2.0\" "
        }
    }

    private func jsonVersion(_ version: Version) -> StaticString {
        switch version {
        case .http10: "1.0"
        case .http11: "1.1"
        case .http2: "2"
        }
    }

    private func field(_ fields: Fields, _ name: StaticString) {
        guard let index = fields.first(name) else { return buffer.append(0x2D) }
        escaped(fields.value(index))
    }

    private func literal(_ text: StaticString) {
        unsafe buffer.append(
            contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
        )
    }

    private func text(_ text: String) { buffer.append(contentsOf: text.utf8) }

    private func number(_ value: UInt64) {
        var divisor: UInt64 = 1
        while value / divisor >= 10 { divisor *= 10 }
        while divisor > 0 {
            buffer.append(UInt8(truncatingIfNeeded: value / divisor % 10) + 0x30)
            divisor /= 10
        }
    }

    /// Writes bytes so that no client can forge a line: quotes, backslashes, and all that is not
    /// visible ASCII as \u00XX.
    private func escaped(_ bytes: Span<UInt8>) {
        let digits: StaticString = "0123456789abcdef"
        for index in 0..<bytes.count {
            let byte = bytes[index]
            if byte >= 0x20, byte < 0x7F, byte != 0x22, byte != 0x5C {
                buffer.append(byte)
            } else {
                literal("\\u00")
                unsafe buffer.append(digits.utf8Start[Int(byte >> 4)])
                unsafe buffer.append(digits.utf8Start[Int(byte & 15)])
            }
        }
    }
}
