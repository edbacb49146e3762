/// One stream of an HTTP/2 connection (RFC 9113 section 5): an exchange and what of it waits.
final class HTTP2Stream {
    /// The identifier; odd, since the client opened it.
    var id: Int32 = 0
    /// The place in the session's list.
    var index = -1
    var exchange: Exchange?
    /// Request content that the handler has not read.
    var body: ByteQueue
    /// Response content that the connection has not taken.
    var out: ByteQueue
    /// Content received so far.
    var received: UInt64 = 0
    /// Whether the request is complete.
    var isRequestDone = false
    /// Whether the head of the request is complete, so that a further HEADERS frame is trailers.
    var isHeadDone = false
    /// Size of the field section being read, as SETTINGS_MAX_HEADER_LIST_SIZE counts it.
    var listSize = 0
    /// The status with which the request is refused once its head is complete.
    var refusal: Status?
    var isContinueSent = false
    /// Whether the handler has written all.
    var isResponseDone = false
    var trailers: Fields?
    /// Whether nghttp2 waits to be told that there is content.
    var isDeferred = false
    /// Whether it is in the session's list of streams whose writer is to be told of room.
    var isInDrained = false

    // What the watch over progress saw last.
    var bodySince: UInt64 = 0
    var bodyMark: UInt64 = 0
    var outSince: UInt64 = 0
    var outMark: UInt64 = 0
    var sent: UInt64 = 0

    init(_ pool: BufferPool) {
        body = ByteQueue(pool)
        out = ByteQueue(pool)
    }

    /// Makes a closed stream like new.
    func reset() {
        id = 0
        index = -1
        exchange = nil
        body.removeAll()
        out.removeAll()
        received = 0
        isRequestDone = false
        isHeadDone = false
        listSize = 0
        refusal = nil
        isContinueSent = false
        isResponseDone = false
        trailers = nil
        isDeferred = false
        bodyMark = 0
        outMark = 0
        sent = 0
    }
}
