/// A certificate chain and its key, both PEM.
package struct CertificateFiles: Sendable, Equatable {
    /// The chain, leaf first.
    package var certificate: String
    /// The key, without passphrase.
    package var key: String

    /// The files at these paths.
    package init(certificate: String, key: String) {
        self.certificate = certificate
        self.key = key
    }
}

/// Whether clients are asked for a certificate.
package enum ClientCertificates: Sendable, Equatable {
    case none
    /// Asked for; one that is given must be valid under the authorities in this PEM file.
    case optional(authorities: String)
    /// Without a valid one the handshake fails.
    case required(authorities: String)
}

/// How a listener speaks TLS.
package struct TLSConfiguration: Sendable, Equatable {
    /// The lowest version.
    package enum MinimumVersion: Sendable, Equatable {
        case tls12
        case tls13
    }

    /// At least one; the first is used where no name matches.
    package var certificates: [CertificateFiles]
    /// The lowest version; there is nothing above 1.3.
    package var minimumVersion = MinimumVersion.tls12
    /// Whether clients are asked for certificates.
    package var clients = ClientCertificates.none

    /// TLS with these certificates.
    package init(certificates: [CertificateFiles]) { self.certificates = certificates }

    /// Every file that this configuration names.
    package var files: [String] {
        var files = certificates.flatMap { [$0.certificate, $0.key] }
        switch clients {
        case .none: break
        case .optional(let path), .required(let path): files.append(path)
        }
        return files
    }
}

/// The keys that seal session tickets; kept across reloads, so that sessions outlive a certificate.
package struct TicketKeys: Sendable {
    let bytes: [UInt8]

    /// Fresh random keys.
    package init() {
        var generator = SystemRandomNumberGenerator()
        bytes = (0..<80).map { _ in UInt8.random(in: 0...255, using: &generator) }
    }
}
