// Unsafe here: OpenSSL's error text, copied from a buffer of our own.
import COpenSSL

/// Why TLS could not be set up.
package enum TLSError: Error, Equatable, CustomStringConvertible {
    /// A file cannot be read or is not what it should be.
    case file(path: String, reason: String)
    /// The key does not belong to the certificate.
    case keyMismatch(certificate: String, key: String)
    /// OpenSSL refuses a setting.
    case setting(String, reason: String)

    package var description: String {
        switch self {
        case .file(let path, let reason): "\(path): \(reason)"
        case .keyMismatch(let certificate, let key):
            "the key \(key) does not belong to the certificate \(certificate)"
        case .setting(let name, let reason): "OpenSSL refuses \(name): \(reason)"
        }
    }

    /// Takes the oldest error of this thread's queue and empties the queue.
    static func reason() -> String {
        let code = ERR_get_error()
        ERR_clear_error()
        guard code != 0 else { return "unknown reason" }
        return unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { buffer in
            guard let base = buffer.baseAddress else { return "unknown reason" }
            unsafe ERR_error_string_n(code, base, 256)
            return unsafe String(cString: base)
        }
    }
}
