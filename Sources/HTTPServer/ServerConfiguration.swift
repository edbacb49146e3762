import HTTP
import TLS

/// Where a listener listens.
package enum ListenerAddress: Sendable, Equatable, CustomStringConvertible {
    /// An IPv4 or IPv6 address; port 0 lets the kernel choose.
    case ip(String, port: UInt16)
    /// A path in the file system.
    case unix(String)
    /// A listening socket that was passed in by the one who started the program (`sd_listen_fds`).
    case inherited(descriptor: Int32)

    package var description: String {
        switch self {
        case .ip(let address, let port):
            address.contains(":") ? "[\(address)]:\(port)" : "\(address):\(port)"
        case .unix(let path): "unix:\(path)"
        case .inherited(let descriptor): "fd:\(descriptor)"
        }
    }
}

/// One place where connections are taken.
package struct ListenerConfiguration: Sendable {
    /// Where it listens.
    package var address: ListenerAddress
    /// TLS, or none.
    package var tls: TLSConfiguration?
    /// The permissions of a Unix socket's file, which are never wider; nil leaves them to the process.
    package var mode: UInt32?
    /// Networks that must begin with a PROXY header (versions 1 and 2); from others one is not
    /// accepted.
    ///
    /// For a Unix socket any entry means its clients.
    package var proxySources: [AddressRange] = []

    /// A listener at this address.
    package init(_ address: ListenerAddress, tls: TLSConfiguration? = nil) {
        self.address = address
        self.tls = tls
    }
}

/// Where and how requests are logged.
package struct AccessLogConfiguration: Sendable, Equatable {
    /// The form of a line.
    package enum Format: String, Sendable, CaseIterable {
        /// Common log format with referer and user agent.
        case combined
        /// The same, and after it the request's name, its component and the milliseconds of each phase.
        case timed
        /// One JSON object a line.
        case json
    }

    /// A file, which is appended to, or "-" for the standard output.
    package var path: String
    /// The form of a line.
    package var format: Format

    /// A log of this form at this path.
    package init(path: String, format: Format = .combined) {
        self.path = path
        self.format = format
    }
}

/// All that a server needs to know to run.
package struct ServerConfiguration: Sendable {
    /// At least one.
    package var listeners: [ListenerConfiguration]
    /// Loops, each with a thread; 0 means one for each core that the process may use.
    package var loops = 0
    /// Whether each loop's thread stays on its own core.
    package var pinsThreads = true
    /// Limits and timeouts.
    package var limits = Limits()
    /// The access log, or none.
    package var accessLog: AccessLogConfiguration?
    /// Whether SIGTERM and SIGINT drain the server, and end it at the second time, SIGHUP has it read the
    /// certificates again, and SIGUSR1 open the access log again.
    ///
    /// `Signals.block` must then have been called before any thread was made.
    package var handlesSignals = false
    /// Is called at SIGHUP, on a loop, after the certificates were read again; must not wait.
    package var hangup: (@Sendable () -> Void)?
    /// Is called at SIGUSR1, on a loop, after the access log was opened again; must not wait.
    package var logsMoved: (@Sendable () -> Void)?
    /// Is called when a drain begins; must not wait.
    package var draining: (@Sendable () -> Void)?

    /// A server with these listeners.
    package init(listeners: [ListenerConfiguration]) { self.listeners = listeners }
}
