// Certificates and settings, ready for use: an SSL_CTX for each certificate.
//
// Unsafe here: OpenSSL's pointers. Each SSL_CTX is owned by one `Certificate` and freed with it;
// the callbacks' argument is the TLSContext itself, which every session that may call back retains.
import COpenSSL

/// What the server offers to its TLS clients.
///
/// Immutable once made: a reload makes a new one.
@safe
package final class TLSContext: @unchecked Sendable {
    private let certificates: [Certificate]
    private var byName: [String: Int] = [:]

    /// Reads the files of `configuration`.
    package init(_ configuration: TLSConfiguration, _ keys: TicketKeys) throws(TLSError) {
        guard !configuration.certificates.isEmpty else {
            throw .setting("a listener without certificate", reason: "it needs at least one")
        }
        var loaded: [Certificate] = []
        for files in configuration.certificates {
            loaded.append(try Certificate(files, configuration, keys))
        }
        certificates = loaded
        for (index, certificate) in loaded.enumerated() {
            for name in certificate.names where byName[name] == nil { byName[name] = index }
        }
        unsafe virga_ssl_on_server_name(
            loaded[0].context,
            { session, _, argument in
                guard let argument = unsafe argument, let session = unsafe session else {
                    return SSL_TLSEXT_ERR_NOACK
                }
                let context = unsafe Unmanaged<TLSContext>.fromOpaque(argument)
                    .takeUnretainedValue()
                return unsafe context.choose(session)
            },
            Unmanaged.passUnretained(self).toOpaque()
        )
    }

    /// The SSL_CTX that sessions begin with.
    var initial: OpaquePointer { unsafe certificates[0].context }

    /// The certificate for the name that the client asks for (RFC 6066 section 3), if there is one.
    private func choose(_ session: OpaquePointer) -> Int32 {
        guard let name = unsafe SSL_get_servername(session, TLSEXT_NAMETYPE_host_name) else {
            return SSL_TLSEXT_ERR_NOACK
        }
        guard let index = index(for: unsafe String(cString: name).lowercased()) else {
            return SSL_TLSEXT_ERR_NOACK
        }
        unsafe SSL_set_SSL_CTX(session, certificates[index].context)
        return SSL_TLSEXT_ERR_OK
    }

    /// The certificate for `name`: its own, or one with a wildcard for its first label.
    func index(for name: String) -> Int? {
        if let index = byName[name] { return index }
        guard let dot = name.firstIndex(of: ".") else { return nil }
        return byName["*" + name[dot...]]
    }
}

/// One certificate with its key, and the settings that all share.
@safe
final class Certificate {
    let context: OpaquePointer
    private(set) var names: [String] = []

    init(
        _ files: CertificateFiles,
        _ configuration: TLSConfiguration,
        _ keys: TicketKeys
    ) throws(TLSError) {
        ERR_clear_error()
        guard let context = unsafe SSL_CTX_new(TLS_server_method()) else {
            throw .setting("a context", reason: TLSError.reason())
        }
        unsafe self.context = context
        try configure(configuration, keys)
        try load(files)
        names = readNames()
    }

    deinit { unsafe SSL_CTX_free(context) }

    private func configure(
        _ configuration: TLSConfiguration,
        _ keys: TicketKeys
    ) throws(TLSError) {
        let minimum = configuration.minimumVersion == .tls13 ? TLS1_3_VERSION : TLS1_2_VERSION
        guard unsafe virga_ssl_set_versions(context, minimum, TLS1_3_VERSION) == 1 else {
            throw .setting("the version", reason: TLSError.reason())
        }
        // Forward secrecy and authenticated encryption only, for TLS 1.2.
        let ciphers = "ECDHE+AESGCM:ECDHE+CHACHA20:!aNULL:!PSK"
        guard unsafe SSL_CTX_set_cipher_list(context, ciphers) == 1 else {
            throw .setting("the ciphers", reason: TLSError.reason())
        }
        guard unsafe virga_ssl_set_groups(context, "X25519:P-256:P-384") == 1 else {
            throw .setting("the groups", reason: TLSError.reason())
        }
        unsafe virga_ssl_set_options(context)
        unsafe virga_ssl_set_mode(
            context,
            Int(SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER)
                | Int(SSL_MODE_RELEASE_BUFFERS)
        )
        unsafe virga_ssl_stateless(context)
        unsafe virga_ssl_read_ahead(context)
        unsafe SSL_CTX_set_num_tickets(context, 1)
        try setTicketKeys(keys)
        unsafe SSL_CTX_set_alpn_select_cb(context, selectProtocol, nil)
        try setClients(configuration.clients)
    }

    private func setTicketKeys(_ keys: TicketKeys) throws(TLSError) {
        var bytes = keys.bytes
        let done = unsafe bytes.withUnsafeMutableBytes { bytes in
            unsafe virga_ssl_set_ticket_keys(context, bytes.baseAddress, Int32(bytes.count))
        }
        guard done == 1 else { throw .setting("the ticket keys", reason: TLSError.reason()) }
        let name: [UInt8] = [0x76, 0x69, 0x72, 0x67, 0x61]
        unsafe SSL_CTX_set_session_id_context(context, name, UInt32(name.count))
    }

    private func setClients(_ clients: ClientCertificates) throws(TLSError) {
        let mode: Int32
        let path: String
        switch clients {
        case .none: return
        case .optional(let authorities): (mode, path) = (SSL_VERIFY_PEER, authorities)
        case .required(let authorities):
            (mode, path) = (SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, authorities)
        }
        guard unsafe SSL_CTX_load_verify_locations(context, path, nil) == 1 else {
            throw .file(path: path, reason: TLSError.reason())
        }
        unsafe SSL_CTX_set_client_CA_list(context, SSL_load_client_CA_file(path))
        unsafe SSL_CTX_set_verify(context, mode, nil)
    }

    private func load(_ files: CertificateFiles) throws(TLSError) {
        guard unsafe SSL_CTX_use_certificate_chain_file(context, files.certificate) == 1 else {
            throw .file(path: files.certificate, reason: TLSError.reason())
        }
        guard unsafe SSL_CTX_use_PrivateKey_file(context, files.key, SSL_FILETYPE_PEM) == 1 else {
            let reason = TLSError.reason()
            if reason.contains("mismatch") {
                throw .keyMismatch(certificate: files.certificate, key: files.key)
            }
            throw .file(path: files.key, reason: reason)
        }
        guard unsafe SSL_CTX_check_private_key(context) == 1 else {
            throw .keyMismatch(certificate: files.certificate, key: files.key)
        }
    }

    /// The DNS names of the certificate's subjectAltName, in lower case.
    private func readNames() -> [String] {
        guard let certificate = unsafe SSL_CTX_get0_certificate(context),
            let raw = unsafe X509_get_ext_d2i(certificate, NID_subject_alt_name, nil, nil)
        else { return [] }
        let stack = OpaquePointer(raw)
        var names: [String] = []
        for index in 0..<max(0, unsafe OPENSSL_sk_num(stack)) {
            guard let item = unsafe OPENSSL_sk_value(stack, index) else { continue }
            let name = unsafe item.assumingMemoryBound(to: GENERAL_NAME.self)
            defer { unsafe GENERAL_NAME_free(name) }
            guard unsafe name.pointee.type == GEN_DNS, let text = unsafe name.pointee.d.dNSName,
                let bytes = unsafe ASN1_STRING_get0_data(text)
            else { continue }
            let count = Int(unsafe ASN1_STRING_length(text))
            let buffer = unsafe UnsafeBufferPointer(start: bytes, count: count)
            unsafe names.append(String(decoding: buffer, as: UTF8.self).lowercased())
        }
        unsafe OPENSSL_sk_free(stack)
        return names
    }
}

/// ALPN (RFC 7301): h2 before http/1.1; a client that offers neither is refused.
private let selectProtocol: SSL_CTX_alpn_select_cb_func = {
    _,
    chosen,
    chosenLength,
    offered,
    length,
    _ in
    guard let chosen = unsafe chosen, let chosenLength = unsafe chosenLength,
        let offered = unsafe offered
    else { return SSL_TLSEXT_ERR_ALERT_FATAL }
    for name in ["h2", "http/1.1"] as [StaticString] {
        var place = 0
        while place < Int(length) {
            let count = Int(unsafe offered[place])
            guard place + 1 + count <= Int(length) else { break }
            let candidate = unsafe UnsafeBufferPointer(start: offered + place + 1, count: count)
            let wanted = unsafe UnsafeBufferPointer(
                start: name.utf8Start,
                count: name.utf8CodeUnitCount
            )
            if unsafe candidate.elementsEqual(wanted) {
                unsafe chosen.pointee = offered + place + 1
                unsafe chosenLength.pointee = UInt8(count)
                return SSL_TLSEXT_ERR_OK
            }
            place += 1 + count
        }
    }
    return SSL_TLSEXT_ERR_ALERT_FATAL
}
