// An HTTP/2 connection (RFC 9113) over nghttp2: this file has its life, `HTTP2Requests.swift` what
// comes in, `HTTP2Responses.swift` what goes out, `HTTP2Callbacks.swift` the bridge from C.
//
// Unsafe here: the session of nghttp2, owned by this object and freed with it. nghttp2 calls back
// only during calls that this object makes, so its pointer back to this object is valid whenever it
// is used; a stream's pointer is valid from on_begin_headers until on_stream_close, while `streams`
// holds it.
import CNghttp2

/// The server's side of an HTTP/2 connection.
@safe
package final class HTTP2Session: Engine {
    package var delegate: (any EngineDelegate)?
    let context: ProtocolContext
    let output: Output
    let peer: Peer
    let session: OpaquePointer?

    var streams: [HTTP2Stream] = []
    /// Streams whose writers are to be told of room after nghttp2 has returned.
    var drained: [HTTP2Stream] = []
    var frames: TokenBucket
    var resets: TokenBucket
    /// SETTINGS_MAX_FRAME_SIZE, which is left as it is (RFC 9113 section 6.5.2).
    static let frameBytes = 16_384
    /// Streams that this side has reset lately, and how many of them are kept.
    var resetStreams: [Int32] = []
    static let rememberedResets = 256
    /// The highest stream that the client has opened.
    var latestStream: Int32 = 0
    /// Whether nghttp2 is at work, so that nothing is to be sent from within.
    var isInside = false
    /// Whether the bytes just received brought a frame, a field or content.
    var isFruitful = false
    /// Since when a header block is open that has not ended.
    var headersSince: UInt64?
    var hasSettings = false
    private var isBroken = false
    /// Whether nghttp2 has refused to read on; only a GOAWAY is to be written yet.
    private var hasFailed = false
    private var since: UInt64
    private var nextScan = UInt64.max
    private var halfClosedSince: UInt64?
    private var drainSince: UInt64?
    private var isGoAwaySent = false

    package private(set) var lingers = false
    package var isAborted: Bool { false }

    /// A connection of `peer` that writes to `output`.
    package init(_ context: ProtocolContext, _ output: Output, _ peer: Peer) {
        self.context = context
        self.output = output
        self.peer = peer
        since = context.now
        let limits = context.limits
        frames = TokenBucket(
            capacity: limits.idleFramesPerSecond,
            perSecond: limits.idleFramesPerSecond,
            now: context.now
        )
        resets = TokenBucket(
            capacity: limits.streamResetBurst,
            perSecond: limits.streamResetsPerSecond,
            now: context.now
        )
        var made: OpaquePointer?
        let options = unsafe HTTP2Session.options(limits)
        defer { unsafe nghttp2_option_del(options) }
        let box = SessionBox()
        let code = unsafe nghttp2_session_server_new2(
            &made,
            HTTP2Callbacks.shared.pointer,
            Unmanaged.passUnretained(box).toOpaque(),
            options
        )
        unsafe session = code == 0 ? made : nil
        self.box = box
        unsafe box.session = self
        isBroken = unsafe session == nil
        submitSettings(limits)
    }

    /// What nghttp2 holds in place of this object, which does not exist yet when it is made.
    private let box: SessionBox

    deinit { unsafe nghttp2_session_del(session) }

    private static func options(_ limits: Limits) -> OpaquePointer? {
        var options: OpaquePointer?
        guard unsafe nghttp2_option_new(&options) == 0 else { return nil }
        unsafe nghttp2_option_set_no_auto_window_update(options, 1)
        unsafe nghttp2_option_set_no_closed_streams(options, 1)
        unsafe nghttp2_option_set_stream_reset_rate_limit(
            options,
            UInt64(limits.streamResetBurst),
            UInt64(limits.streamResetsPerSecond)
        )
        unsafe nghttp2_option_set_max_continuations(options, limits.continuations)
        unsafe nghttp2_option_set_max_settings(options, limits.settingsEntries)
        unsafe nghttp2_option_set_max_outbound_ack(options, limits.queuedAnswers)
        unsafe nghttp2_option_set_max_deflate_dynamic_table_size(options, limits.headerTable)
        return unsafe options
    }

    private func submitSettings(_ limits: Limits) {
        func entry(_ id: nghttp2_settings_id, _ value: Int) -> nghttp2_settings_entry {
            nghttp2_settings_entry(settings_id: Int32(id.rawValue), value: UInt32(clamping: value))
        }
        let entries = [
            entry(NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS, limits.streams),
            entry(NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE, limits.requestBuffer),
            entry(NGHTTP2_SETTINGS_MAX_HEADER_LIST_SIZE, limits.headBytes),
            nghttp2_settings_entry(settings_id: 9, value: 1),  // NO_RFC7540_PRIORITIES (RFC 9218)
        ]
        unsafe nghttp2_submit_settings(
            session,
            UInt8(NGHTTP2_FLAG_NONE.rawValue),
            entries,
            entries.count
        )
        unsafe nghttp2_session_set_local_window_size(
            session,
            UInt8(NGHTTP2_FLAG_NONE.rawValue),
            0,
            Int32(clamping: limits.connectionWindow)
        )
    }

    // MARK: Input

    package var wantsInput: Bool {
        guard !isBroken, !hasFailed, halfClosedSince == nil else { return false }
        return unsafe output.queue.count < context.limits.connectionOutput
            && nghttp2_session_want_read(session) != 0
    }

    package func receive(_ bytes: UnsafeRawBufferPointer) -> Int {
        guard !isBroken, !hasFailed, let base = bytes.baseAddress else { return bytes.count }
        isInside = true
        isFruitful = false
        let code = unsafe nghttp2_session_mem_recv(
            session,
            base.assumingMemoryBound(to: UInt8.self),
            bytes.count
        )
        isInside = false
        if !isFruitful { chargeUnknown(bytes.count) }
        if code < 0 { fail(Int32(clamping: code)) }
        if streams.isEmpty { nextScan = .max } else if nextScan == .max { scheduleScan() }
        return bytes.count
    }

    /// Counts bytes in which nghttp2 found nothing to tell of: frames of unknown types, of which it
    /// says nothing, as the small ones that they may be.
    private func chargeUnknown(_ bytes: Int) {
        for _ in 0..<bytes / 64 where !frames.take(now: context.now) { return calmDown() }
    }

    /// Ends a session that nghttp2 has given up (RFC 9113 section 5.4.1).
    private func fail(_ code: Int32) {
        hasFailed = true
        switch code {
        case NGHTTP2_ERR_BAD_CLIENT_MAGIC.rawValue: terminate(NGHTTP2_PROTOCOL_ERROR)
        case NGHTTP2_ERR_NOMEM.rawValue, NGHTTP2_ERR_CALLBACK_FAILURE.rawValue: isBroken = true
        default: calmDown()
        }
    }

    /// Ends the connection with a GOAWAY.
    func terminate(_ code: nghttp2_error_code) {
        // So that the GOAWAY is not lost to a reset over what is still on its way here.
        lingers = true
        unsafe nghttp2_session_terminate_session(session, code.rawValue)
    }

    /// Ends the connection because of a client that does too much that brings nothing.
    func calmDown() { terminate(NGHTTP2_ENHANCE_YOUR_CALM) }

    package func receiveEnd() {
        if streams.isEmpty { isBroken = true } else { halfClosedSince = context.now }
    }

    // MARK: Output

    package func produce() {
        guard !isBroken else { return }
        for _ in 0..<4 {
            fillOutput()
            guard !drained.isEmpty else { return }
            tellDrained()
        }
        delegate?.engineNeedsAttention()
    }

    private func fillOutput() {
        isInside = true
        defer { isInside = false }
        while output.queue.count < context.limits.connectionOutput {
            var bytes: UnsafePointer<UInt8>?
            let count = unsafe nghttp2_session_mem_send(session, &bytes)
            guard count > 0 else {
                if count < 0 { isBroken = true }
                return
            }
            unsafe output.queue.append(UnsafeRawBufferPointer(start: bytes, count: count))
        }
    }

    private func tellDrained() {
        let told = drained
        drained.removeAll(keepingCapacity: true)
        for stream in told {
            stream.isInDrained = false
            stream.exchange?.becameWritable()
        }
    }

    package func outputDrained() {}

    /// Has the connection call `produce` soon, unless that happens anyway.
    func attend() {
        if !isInside { delegate?.engineNeedsAttention() }
    }

    // MARK: Ends

    package var isIdle: Bool { streams.isEmpty }

    package var isClosing: Bool {
        if isBroken { return true }
        return unsafe (hasFailed || nghttp2_session_want_read(session) == 0)
            && nghttp2_session_want_write(session) == 0
    }

    package func connectionLost(_ reason: Cancellation) {
        isBroken = true
        let lost = streams
        streams = []
        for stream in lost {
            guard let exchange = stream.exchange, !exchange.isOver else { continue }
            exchange.cancel(reason)
            delegate?.engineEnded(exchange)
        }
        for stream in lost { stream.exchange = nil }
    }

    /// RFC 9113 section 6.8: first a GOAWAY that names no stream, so that requests on their way are
    /// still taken, then the one that counts.
    package func drain() {
        guard drainSince == nil else { return }
        drainSince = context.now
        unsafe nghttp2_submit_shutdown_notice(session)
        attend()
    }

    private func sendGoAway() {
        isGoAwaySent = true
        let last = unsafe nghttp2_session_get_last_proc_stream_id(session)
        unsafe nghttp2_submit_goaway(
            session,
            UInt8(NGHTTP2_FLAG_NONE.rawValue),
            last,
            NGHTTP2_NO_ERROR.rawValue,
            nil,
            0
        )
        attend()
    }

    /// A stream has been put away.
    func streamEnded() {
        if streams.isEmpty {
            since = context.now
            nextScan = .max
        }
    }

    // MARK: Time

    package var deadline: UInt64 {
        let limits = context.limits
        guard !isBroken else { return .max }
        var time = nextScan
        if let halfClosedSince {
            time = min(time, halfClosedSince + UInt64(limits.halfClosedTimeout))
        }
        if let headersSince { time = min(time, headersSince + UInt64(limits.headTimeout)) }
        if let drainSince, !isGoAwaySent {
            time = min(time, drainSince + UInt64(limits.drainIdleTimeout))
        }
        if streams.isEmpty {
            let wait = hasSettings ? limits.idleTimeout : limits.headTimeout
            time = min(time, since + UInt64(wait))
        }
        return time
    }

    package func deadlineReached() {
        let limits = context.limits
        let now = context.now
        if let halfClosedSince, now >= halfClosedSince + UInt64(limits.halfClosedTimeout) {
            return connectionLost(.clientGone)
        }
        if let headersSince, now >= headersSince + UInt64(limits.headTimeout) {
            self.headersSince = nil
            calmDown()
        }
        if let drainSince, !isGoAwaySent, now >= drainSince + UInt64(limits.drainIdleTimeout) {
            sendGoAway()
        }
        if streams.isEmpty {
            let wait = hasSettings ? limits.idleTimeout : limits.headTimeout
            if now >= since + UInt64(wait) {
                terminate(NGHTTP2_NO_ERROR)
            }
        }
        if now >= nextScan {
            for stream in streams { checkProgress(stream) }
            scheduleScan()
        }
    }

    private func scheduleScan() {
        let shortest = min(context.limits.bodyTimeout, context.limits.writeTimeout)
        nextScan = context.now + UInt64(max(10, shortest / 4))
    }

    /// Resets a stream whose client neither sends what it announced nor takes what it asked for.
    private func checkProgress(_ stream: HTTP2Stream) {
        let limits = context.limits
        let isAwaited = !stream.isRequestDone && stream.body.count < limits.requestBuffer
        if !isAwaited || stream.received - stream.bodyMark >= limits.bodyProgressBytes {
            stream.bodyMark = stream.received
            stream.bodySince = context.now
        } else if context.now >= stream.bodySince + UInt64(limits.bodyTimeout) {
            return timeOut(stream)
        }
        if stream.out.isEmpty || stream.sent - stream.outMark >= limits.writeProgressBytes {
            stream.outMark = stream.sent
            stream.outSince = context.now
        } else if context.now >= stream.outSince + UInt64(limits.writeTimeout) {
            cancel(stream, .timedOut, NGHTTP2_CANCEL)
        }
    }

    private func timeOut(_ stream: HTTP2Stream) {
        guard let exchange = stream.exchange, exchange.stage == .waiting else {
            return cancel(stream, .timedOut, NGHTTP2_CANCEL)
        }
        submitHead(stream, ResponseHead(.requestTimeout), length: 0, hasContent: false)
        exchange.status = Status.requestTimeout.code
        exchange.cancel(.timedOut)
        delegate?.engineEnded(exchange)
        attend()
    }

    /// Ends a stream early, telling both sides.
    func cancel(_ stream: HTTP2Stream, _ reason: Cancellation, _ code: nghttp2_error_code) {
        unsafe nghttp2_submit_rst_stream(
            session,
            UInt8(NGHTTP2_FLAG_NONE.rawValue),
            stream.id,
            code.rawValue
        )
        if let exchange = stream.exchange, !exchange.isOver {
            exchange.cancel(reason)
            delegate?.engineEnded(exchange)
        }
        attend()
    }
}

/// The session that nghttp2's pointer leads to.
@safe
final class SessionBox {
    unowned(unsafe) var session: HTTP2Session?
}
