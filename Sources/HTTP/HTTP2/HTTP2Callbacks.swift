// The bridge from nghttp2's callbacks to the session.
//
// Unsafe here: all of it is pointers of nghttp2, valid during the callback. The user data is the
// session's box, which the session keeps.
import CNghttp2

/// The table of callbacks, made once; nghttp2 copies it into each session.
@safe
final class HTTP2Callbacks: @unchecked Sendable {
    static let shared = HTTP2Callbacks()
    let pointer: OpaquePointer?

    private init() {
        var made: OpaquePointer?
        unsafe nghttp2_session_callbacks_new(&made)
        unsafe pointer = made
        unsafe nghttp2_session_callbacks_set_on_begin_frame_callback(made, onBeginFrame)
        unsafe nghttp2_session_callbacks_set_on_begin_headers_callback(made, onBeginHeaders)
        unsafe nghttp2_session_callbacks_set_on_header_callback(made, onHeader)
        unsafe nghttp2_session_callbacks_set_on_invalid_header_callback(made, onInvalidHeader)
        unsafe nghttp2_session_callbacks_set_on_frame_recv_callback(made, onFrame)
        unsafe nghttp2_session_callbacks_set_on_data_chunk_recv_callback(made, onData)
        unsafe nghttp2_session_callbacks_set_on_frame_send_callback(made, onSent)
        unsafe nghttp2_session_callbacks_set_on_stream_close_callback(made, onClose)
    }
}

/// The session behind nghttp2's user data.
@inline(__always)
private func session(_ data: UnsafeMutableRawPointer?) -> HTTP2Session? {
    guard let data = unsafe data else { return nil }
    return unsafe Unmanaged<SessionBox>.fromOpaque(data).takeUnretainedValue().session
}

private let failure = Int32(NGHTTP2_ERR_CALLBACK_FAILURE.rawValue)

private let onBeginFrame: nghttp2_on_begin_frame_callback = { _, header, data in
    guard let session = unsafe session(data), let header = unsafe header else { return failure }
    unsafe session.frameBegan(header.pointee)
    return 0
}

private let onBeginHeaders: nghttp2_on_begin_headers_callback = { _, frame, data in
    guard let session = unsafe session(data), let frame = unsafe frame else { return failure }
    unsafe session.headersBegan(frame.pointee)
    return 0
}

private let onHeader: nghttp2_on_header_callback = {
    _,
    frame,
    name,
    nameLength,
    value,
    valueLength,
    _,
    data in
    guard let session = unsafe session(data), let frame = unsafe frame else { return failure }
    guard let name = unsafe name, let value = unsafe value else { return 0 }
    let nameSpan = unsafe Span(_unsafeStart: name, count: nameLength)
    let valueSpan = unsafe Span(_unsafeStart: value, count: valueLength)
    return unsafe session.field(frame.pointee.hd.stream_id, nameSpan, valueSpan)
}

private let onInvalidHeader: nghttp2_on_invalid_header_callback = {
    handle,
    frame,
    _,
    _,
    _,
    _,
    _,
    _ in
    guard let frame = unsafe frame else { return failure }
    unsafe nghttp2_submit_rst_stream(
        handle,
        0,
        frame.pointee.hd.stream_id,
        NGHTTP2_PROTOCOL_ERROR.rawValue
    )
    return NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE.rawValue
}

private let onFrame: nghttp2_on_frame_recv_callback = { _, frame, data in
    guard let session = unsafe session(data), let frame = unsafe frame else { return failure }
    unsafe session.frameCame(frame.pointee.hd)
    return 0
}

private let onData: nghttp2_on_data_chunk_recv_callback = { _, _, stream, bytes, count, data in
    guard let session = unsafe session(data), let bytes = unsafe bytes else { return failure }
    unsafe session.content(stream, UnsafeRawBufferPointer(start: bytes, count: count))
    return 0
}

private let onSent: nghttp2_on_frame_send_callback = { _, frame, data in
    guard let session = unsafe session(data), let frame = unsafe frame else { return failure }
    let header = unsafe frame.pointee.hd
    if header.type == 3 { session.resetSent(header.stream_id) }  // RST_STREAM
    if header.flags & UInt8(NGHTTP2_FLAG_END_STREAM.rawValue) != 0, header.type <= 1 {
        session.responseSent(header.stream_id)
    }
    return 0
}

private let onClose: nghttp2_on_stream_close_callback = { _, stream, code, data in
    guard let session = unsafe session(data) else { return failure }
    session.streamClosed(stream, code)
    return 0
}

/// Gives nghttp2 the content of a DATA frame.
let readContent: nghttp2_data_source_read_callback = { _, stream, buffer, length, flags, _, data in
    guard let session = unsafe session(data), let buffer = unsafe buffer, let flags = unsafe flags
    else { return Int(failure) }
    let space = unsafe UnsafeMutableRawBufferPointer(start: buffer, count: length)
    return unsafe session.fill(stream, space, &flags.pointee)
}
