/// What all connections of one loop share: limits, buffers, the time, and exchanges to reuse.
package final class ProtocolContext {
    /// The limits in force.
    package let limits: Limits
    /// The loop's buffers.
    package let pool: BufferPool
    /// The monotonic time in milliseconds, set at each turn of the loop.
    package var now: UInt64 = 0
    /// The wall clock in seconds since 1970; setting it renews the Date field.
    package var wallSeconds = 0 {
        didSet { if wallSeconds != oldValue { renewDate() } }
    }

    /// "date: ...\r\nserver: virga\r\n".
    private(set) var dateLines: [UInt8] = []
    /// The value of the Date field.
    private(set) var date: [UInt8] = []

    private var spare: [Exchange] = []
    private var spareStreams: [HTTP2Stream] = []
    private let kept = 128

    /// A context with these limits.
    package init(_ limits: Limits) {
        self.limits = limits
        pool = BufferPool(limits)
        renewDate()
    }

    /// An exchange to fill.
    func take() -> Exchange { spare.popLast() ?? Exchange() }

    /// Takes back an exchange that nobody else holds any more.
    func give(_ exchange: consuming Exchange) {
        var exchange = exchange
        guard spare.count < kept, isKnownUniquelyReferenced(&exchange) else { return }
        exchange.reset()
        spare.append(exchange)
    }

    /// A stream to fill.
    func takeStream() -> HTTP2Stream { spareStreams.popLast() ?? HTTP2Stream(pool) }

    /// Takes back a stream that is closed, and its exchange.
    func give(_ stream: HTTP2Stream) {
        if let exchange = stream.exchange.take() { give(exchange) }
        guard spareStreams.count < kept else { return }
        stream.reset()
        spareStreams.append(stream)
    }

    private func renewDate() {
        let text = HTTPDate.text(seconds: wallSeconds)
        date = Array(text.utf8)
        dateLines = Array("date: \(text)\r\nserver: virga\r\n".utf8)
    }
}
