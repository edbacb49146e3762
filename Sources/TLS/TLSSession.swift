// One connection's TLS. Unsafe here: the SSL object, owned by the session and freed with it, and
// the caller's buffers, used only during a call.
import COpenSSL

/// How a step of a TLS session went.
package enum TLSResult: Equatable {
    /// The handshake is done, or so many bytes were moved.
    case done(Int)
    /// The socket has to become readable first.
    case wantsRead
    /// The socket has to become writable first.
    case wantsWrite
    /// The peer has closed.
    case closed
    /// The session is broken: bad records, a failed handshake, a lost connection.
    case failed
}

/// The server's side of TLS over a non-blocking socket, which it does not own.
@safe
package final class TLSSession {
    private let session: OpaquePointer
    private let context: TLSContext

    /// A session that has not shaken hands.
    ///
    /// Nil where memory is short.
    package init?(_ context: TLSContext, descriptor: Int32) {
        guard let session = unsafe SSL_new(context.initial) else { return nil }
        self.context = context
        unsafe self.session = session
        guard unsafe SSL_set_fd(session, descriptor) == 1 else { return nil }
        unsafe SSL_set_accept_state(session)
    }

    deinit { unsafe SSL_free(session) }

    /// Carries the handshake on as far as it goes without waiting.
    package func shakeHands() -> TLSResult {
        ERR_clear_error()
        let code = unsafe SSL_do_handshake(session)
        return code == 1 ? .done(0) : result(code)
    }

    /// Reads into `buffer`.
    package func read(_ buffer: UnsafeMutableRawBufferPointer) -> TLSResult {
        ERR_clear_error()
        var count = 0
        let code = unsafe SSL_read_ex(session, buffer.baseAddress, buffer.count, &count)
        return code == 1 ? .done(count) : result(code)
    }

    /// Writes from `buffer`, which must not be empty.
    ///
    /// After `wantsWrite` the same bytes come again.
    package func write(_ buffer: UnsafeRawBufferPointer) -> TLSResult {
        ERR_clear_error()
        var count = 0
        let code = unsafe SSL_write_ex(session, buffer.baseAddress, buffer.count, &count)
        return code == 1 ? .done(count) : result(code)
    }

    /// Whether bytes wait in the session that the socket will not announce.
    package var hasPending: Bool { unsafe SSL_has_pending(session) == 1 }

    /// Says that nothing more will be written (close_notify).
    package func shutdown() {
        ERR_clear_error()
        unsafe SSL_shutdown(session)
        ERR_clear_error()
    }

    /// Whether the client and the server agreed on HTTP/2.
    package var isHTTP2: Bool {
        var name: UnsafePointer<UInt8>?
        var length: UInt32 = 0
        unsafe SSL_get0_alpn_selected(session, &name, &length)
        guard let name = unsafe name else { return false }
        return unsafe length == 2 && name[0] == 0x68 && name[1] == 0x32
    }

    /// Whether the session was resumed.
    package var isResumed: Bool { unsafe SSL_session_reused(session) == 1 }

    /// The subject of the client's certificate, which was verified, as RFC 2253 writes it.
    package var clientSubject: String? {
        guard let certificate = unsafe SSL_get0_peer_certificate(session),
            unsafe SSL_get_verify_result(session) == Int(X509_V_OK),
            let name = unsafe X509_get_subject_name(certificate),
            let output = unsafe BIO_new(BIO_s_mem())
        else { return nil }
        defer { unsafe BIO_free(output) }
        unsafe virga_print_name(output, name)
        var bytes: UnsafeMutablePointer<CChar>?
        let count = unsafe virga_memory_contents(output, &bytes)
        guard count > 0, let bytes = unsafe bytes else { return nil }
        let buffer = unsafe UnsafeRawBufferPointer(start: bytes, count: count)
        return unsafe String(decoding: buffer, as: UTF8.self)
    }

    private func result(_ code: Int32) -> TLSResult {
        switch unsafe SSL_get_error(session, code) {
        case SSL_ERROR_WANT_READ: return .wantsRead
        case SSL_ERROR_WANT_WRITE: return .wantsWrite
        case SSL_ERROR_ZERO_RETURN: return .closed
        default:
            ERR_clear_error()
            return .failed
        }
    }
}
