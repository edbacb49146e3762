// Unsafe here: OpenSSL's context, owned by the value and freed with it; spans lent for one call.
import COpenSSL

/// SHA-256 of bytes that come in pieces.
/// Spec: FIPS 180-4 section 6.2
///
///     var hash = SHA256()
///     hash.update(bytes)
///     let digest = try hash.finish()
@safe
package struct SHA256: ~Copyable {
    private let context: OpaquePointer?
    private var isSound: Bool

    /// The hash of no bytes yet.
    package init() {
        ERR_clear_error()
        let context = unsafe EVP_MD_CTX_new()
        unsafe self.context = context
        unsafe isSound = context != nil && EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1
    }

    deinit { unsafe EVP_MD_CTX_free(context) }

    /// Adds bytes.
    package mutating func update(_ bytes: RawSpan) {
        guard isSound, bytes.byteCount > 0 else { return }
        isSound = unsafe bytes.withUnsafeBytes { bytes in
            unsafe EVP_DigestUpdate(context, bytes.baseAddress, bytes.count) == 1
        }
    }

    /// Adds bytes.
    package mutating func update(_ bytes: [UInt8]) { unsafe update(bytes.span.bytes) }

    /// The digest of all bytes that were added.
    ///
    /// Throws where memory was short, or OpenSSL is set up to refuse the algorithm.
    package consuming func finish() throws(SHA256Error) -> SHA256Digest {
        var bytes = [UInt8](repeating: 0, count: SHA256Digest.byteCount)
        var length: UInt32 = 0
        guard isSound, unsafe EVP_DigestFinal_ex(context, &bytes, &length) == 1,
            length == UInt32(SHA256Digest.byteCount)
        else {
            ERR_clear_error()
            throw SHA256Error()
        }
        return SHA256Digest(bytes)
    }

    /// The digest of some bytes.
    package static func digest(_ bytes: [UInt8]) throws(SHA256Error) -> SHA256Digest {
        var hash = SHA256()
        hash.update(bytes)
        return try hash.finish()
    }
}

/// OpenSSL gives no SHA-256.
package struct SHA256Error: Error, Equatable, CustomStringConvertible {
    package var description: String {
        "OpenSSL gives no SHA-256: memory is short, or its configuration refuses it"
    }
}
