import HTTP

/// Writes a part of a file piece by piece, where the kernel cannot send it: to HTTP/2 and TLS.
final class FileWriter: ExchangeObserver {
    private let file: OpenFile
    private var offset: UInt64
    private var left: UInt64

    init(_ file: OpenFile, _ offset: UInt64, _ count: UInt64) {
        self.file = file
        self.offset = offset
        left = count
    }

    /// Writes what there is room for; the exchange keeps this object for the rest.
    func begin(_ exchange: Exchange) {
        exchange.observer = self
        exchangeWritable(exchange)
    }

    func exchangeWritable(_ exchange: Exchange) {
        while left > 0 {
            let count = min(exchange.room, StaticFileLimits.pieceBytes, Int(clamping: left))
            guard count > 0 else { return exchange.waitForRoom() }
            // Less comes of a file that has become shorter.
            guard let bytes = file.read(count, at: offset), bytes.count == count else {
                return exchange.abort()
            }
            let taken = exchange.write(bytes)
            guard taken > 0, !exchange.isOver else { return }
            offset += UInt64(taken)
            left -= UInt64(taken)
        }
        exchange.finish()
    }

    func exchangeReadable(_ exchange: Exchange) {}
    func exchangeCancelled(_ exchange: Exchange, _ reason: Cancellation) {}
}
