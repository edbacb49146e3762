import Glibc

/// What went wrong with a socket or a name.
/// Spec: wasi:sockets/network#error-code
package enum NetworkErrorCode: UInt8, Error, Hashable, Sendable, CaseIterable {
    case unknown
    case accessDenied
    case notSupported
    case invalidArgument
    case outOfMemory
    case timeout
    case concurrencyConflict
    case notInProgress
    case wouldBlock
    case invalidState
    case newSocketLimit
    case addressNotBindable
    case addressInUse
    case remoteUnreachable
    case connectionRefused
    case connectionReset
    case connectionAborted
    case datagramTooLarge
    case nameUnresolvable
    case temporaryResolverFailure
    case permanentResolverFailure
}

extension NetworkErrorCode {
    /// The kernel's numbers for them.
    private static let numbers: [(Int32, NetworkErrorCode)] = [
        (EACCES, .accessDenied), (EPERM, .accessDenied), (EOPNOTSUPP, .notSupported),
        (EINVAL, .invalidArgument), (EAFNOSUPPORT, .notSupported), (ENOMEM, .outOfMemory),
        (ENOBUFS, .outOfMemory), (ETIMEDOUT, .timeout), (EALREADY, .concurrencyConflict),
        (EWOULDBLOCK, .wouldBlock), (EINPROGRESS, .wouldBlock), (EISCONN, .invalidState),
        (ENOTCONN, .invalidState), (EDESTADDRREQ, .invalidArgument), (EMFILE, .newSocketLimit),
        (ENFILE, .newSocketLimit), (EADDRNOTAVAIL, .addressNotBindable),
        (EADDRINUSE, .addressInUse), (EHOSTUNREACH, .remoteUnreachable),
        (EHOSTDOWN, .remoteUnreachable), (ENETUNREACH, .remoteUnreachable),
        (ENETDOWN, .remoteUnreachable), (ENONET, .remoteUnreachable),
        (ECONNREFUSED, .connectionRefused), (ECONNRESET, .connectionReset),
        (ENETRESET, .connectionReset), (EPIPE, .connectionReset),
        (ECONNABORTED, .connectionAborted), (EMSGSIZE, .datagramTooLarge),
    ]

    /// The code for what the kernel says; `unknown` for what has no counterpart.
    package init(errno: Int32) {
        self = Self.numbers.first { $0.0 == errno }?.1 ?? .unknown
    }

    /// The code for what `getaddrinfo` says.
    init(resolver code: Int32) {
        self =
            switch code {
            case EAI_NONAME, Self.noFamily, Self.noData: .nameUnresolvable
            case EAI_AGAIN: .temporaryResolverFailure
            case EAI_FAIL: .permanentResolverFailure
            case EAI_MEMORY: .outOfMemory
            default: .unknown
            }
    }

    /// EAI_ADDRFAMILY and EAI_NODATA, which the header shows to some only.
    private static let noFamily: Int32 = -9
    private static let noData: Int32 = -5

    /// The code that a stream's error stands for; nil where it is of another interface.
    /// Spec: wasi:sockets/network#network-error-code
    package init?(_ error: IOError) {
        guard let code = error.cause as? NetworkErrorCode else { return nil }
        self = code
    }
}

/// What a call on a socket gave, or its `errno` as a code.
func network(checking result: Int) throws(NetworkErrorCode) -> Int {
    guard result >= 0 else { throw NetworkErrorCode(errno: errno) }
    return result
}
