/// Every limit and timeout of the front, in one place, each with a safe default.
///
/// Sizes are bytes, times are milliseconds. Counts "in all" are shared out evenly among the loops,
/// so that nothing is counted across threads: with n loops each holds its n-th part, rounded up.
package struct Limits: Sendable {
    // MARK: Connections

    /// Connections in all.
    ///
    /// Beyond it the longest idle one is closed; where none is idle, a new one is answered 503 with
    /// Retry-After.
    package var connections = 65_536
    /// Connections of one address (an IPv6 /64 counts as one); beyond it 503 with Retry-After.
    package var connectionsPerAddress = 4_096
    /// Connections accepted by a loop in one turn.
    package var acceptsPerTurn = 64
    /// TLS handshakes that a loop begins in one turn; each costs about a third of a millisecond,
    /// for which those with a request wait.
    package var handshakesPerTurn = 4
    /// Requests of one HTTP/1.1 connection, after which it is closed in an orderly way.
    package var requestsPerConnection = 1_000_000
    /// Requests in flight in all; beyond it 503 with Retry-After.
    package var requestsInFlight = 16_384
    /// Seconds that Retry-After asks for.
    package var retryAfterSeconds = 1
    /// Length of the kernel's queue of connections not yet accepted.
    package var backlog = 4_096

    // MARK: Requests

    /// A request target, beyond which 414.
    package var targetBytes = 8_000
    /// Field lines of a head or of trailers, beyond which 431.
    package var fieldCount = 128
    /// A head or trailers in all (names, values and, as HTTP/2 counts, 32 for each), beyond which
    /// 431.
    package var headBytes = 32_768
    /// A request body, beyond which 413.
    package var bodyBytes: UInt64 = 64 << 20
    /// Empty lines before a request line.
    package var emptyLines = 2
    /// Chunk extensions of one request body, in all.
    package var chunkExtensionBytes = 4_096
    /// The part of an unread request body that is read and thrown away to keep a connection.
    package var discardedBodyBytes: UInt64 = 65_536

    // MARK: Memory

    /// One buffer of a loop's pool: what is read from a socket at once, and the longest line of
    /// HTTP/1.1.
    package var bufferBytes = 16_384
    /// Pooled buffers that a loop keeps when they are not in use.
    package var pooledBuffers = 64
    /// What is held of a request body before its sender is stopped.
    package var requestBuffer = 65_535
    /// What is held of a response before its writer is stopped.
    package var responseBuffer = 65_536
    /// What an HTTP/2 connection writes before its socket has taken it.
    package var connectionOutput = 65_536
    /// What is sent of a file before others of the loop have their turn.
    package var fileBytes = 1 << 20
    /// What the kernel takes of a connection's output beyond what is on its way (TCP_NOTSENT_LOWAT).
    package var unsentBytes = 131_072

    // MARK: HTTP/2

    /// Streams open at once (SETTINGS_MAX_CONCURRENT_STREAMS).
    package var streams = 128
    /// What all request bodies of one connection may hold together.
    package var connectionWindow = 1 << 20
    /// Stream resets of the peer: this many at once, and `streamResetsPerSecond` thereafter.
    package var streamResetBurst = 500
    package var streamResetsPerSecond = 50
    /// CONTINUATION frames of one header block.
    package var continuations = 8
    /// Settings of one SETTINGS frame.
    package var settingsEntries = 32
    /// Answers to PING and SETTINGS that wait to be written.
    package var queuedAnswers = 256
    /// Frames that carry nothing forward (PING, SETTINGS, PRIORITY, WINDOW_UPDATE, empty DATA,
    /// unknown types) in one second, beyond `idleFramesPerRequest` for every request.
    package var idleFramesPerSecond = 2_000
    package var idleFramesPerRequest = 64
    /// The dynamic table of header compression, each way.
    package var headerTable = 4_096

    // MARK: Timeouts

    /// A TLS handshake or PROXY header, from accept.
    package var handshakeTimeout = 10_000
    /// A request head, from its first byte; or from accept for the first one.
    package var headTimeout = 15_000
    /// Within this time a request body must bring `bodyProgressBytes` or end.
    package var bodyTimeout = 20_000
    package var bodyProgressBytes: UInt64 = 1_024
    /// A connection without a request.
    package var idleTimeout = 75_000
    /// Within this time the client must take `writeProgressBytes`, or all that waits.
    package var writeTimeout = 30_000
    package var writeProgressBytes: UInt64 = 1_024
    /// A client that has shut its sending side is answered for this long; then it counts as gone.
    package var halfClosedTimeout = 5_000
    /// How long, and for how many bytes, a connection closed by an error is still read from, so
    /// that the answer is not lost to a reset.
    package var lingerTimeout = 2_000
    package var lingerBytes = 1 << 20
    /// A drain, after which what is still in flight is cut.
    package var drainTimeout = 30_000
    /// In a drain, how long an idle connection may still bring a request that was on its way.
    package var drainIdleTimeout = 500

    /// The defaults.
    package init() {}
}

extension Limits {
    /// Sets a limit by its name, as in "headTimeout=500"; false where there is none such or the
    /// value is no number.
    package static func set(_ setting: String, in limits: inout Limits) -> Bool {
        let parts = setting.split(separator: "=", maxSplits: 1)
        guard parts.count == 2, let value = Int(parts[1]), value >= 0 else { return false }
        let name = String(parts[0])
        if let path = sizes[name] {
            limits[keyPath: path] = value
        } else if let path = longSizes[name] {
            limits[keyPath: path] = UInt64(value)
        } else {
            return false
        }
        return true
    }

    /// The names that `set` knows.
    package static var names: [String] { (Array(sizes.keys) + Array(longSizes.keys)).sorted() }

    private static var sizes: [String: WritableKeyPath<Limits, Int>] {
        [
            "connections": \.connections,
            "connectionsPerAddress": \.connectionsPerAddress,
            "acceptsPerTurn": \.acceptsPerTurn,
            "handshakesPerTurn": \.handshakesPerTurn,
            "requestsPerConnection": \.requestsPerConnection,
            "requestsInFlight": \.requestsInFlight,
            "retryAfterSeconds": \.retryAfterSeconds,
            "backlog": \.backlog,
            "targetBytes": \.targetBytes,
            "fieldCount": \.fieldCount,
            "headBytes": \.headBytes,
            "emptyLines": \.emptyLines,
            "chunkExtensionBytes": \.chunkExtensionBytes,
            "bufferBytes": \.bufferBytes,
            "pooledBuffers": \.pooledBuffers,
            "requestBuffer": \.requestBuffer,
            "responseBuffer": \.responseBuffer,
            "connectionOutput": \.connectionOutput,
            "fileBytes": \.fileBytes,
            "unsentBytes": \.unsentBytes,
            "streams": \.streams,
            "connectionWindow": \.connectionWindow,
            "streamResetBurst": \.streamResetBurst,
            "streamResetsPerSecond": \.streamResetsPerSecond,
            "continuations": \.continuations,
            "settingsEntries": \.settingsEntries,
            "queuedAnswers": \.queuedAnswers,
            "idleFramesPerSecond": \.idleFramesPerSecond,
            "idleFramesPerRequest": \.idleFramesPerRequest,
            "headerTable": \.headerTable,
            "handshakeTimeout": \.handshakeTimeout,
            "headTimeout": \.headTimeout,
            "bodyTimeout": \.bodyTimeout,
            "idleTimeout": \.idleTimeout,
            "writeTimeout": \.writeTimeout,
            "halfClosedTimeout": \.halfClosedTimeout,
            "lingerTimeout": \.lingerTimeout,
            "lingerBytes": \.lingerBytes,
            "drainTimeout": \.drainTimeout,
            "drainIdleTimeout": \.drainIdleTimeout,
        ]
    }

    private static var longSizes: [String: WritableKeyPath<Limits, UInt64>] {
        [
            "bodyBytes": \.bodyBytes,
            "discardedBodyBytes": \.discardedBodyBytes,
            "bodyProgressBytes": \.bodyProgressBytes,
            "writeProgressBytes": \.writeProgressBytes,
        ]
    }
}
