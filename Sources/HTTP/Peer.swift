/// The client's end of a connection, the same for all its requests.
package final class Peer: Sendable {
    /// The address as text: an IP address without port, or "unix".
    package let address: String
    /// The port; 0 where there is none.
    package let port: UInt16
    /// Whether the connection is encrypted.
    package let isSecure: Bool
    /// The subject of the client's certificate (RFC 2253), where it gave a valid one.
    package let certificateSubject: String?
    /// The user of the program at the other end of a Unix socket, as the kernel says.
    package let user: UInt32?

    /// A client at this address.
    package init(
        address: String,
        port: UInt16,
        isSecure: Bool = false,
        certificateSubject: String? = nil,
        user: UInt32? = nil
    ) {
        self.address = address
        self.port = port
        self.isSecure = isSecure
        self.certificateSubject = certificateSubject
        self.user = user
    }

    /// Stands where nothing is known.
    package static let unknown = Peer(address: "-", port: 0)
}
