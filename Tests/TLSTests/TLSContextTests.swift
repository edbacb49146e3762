import Testing

@testable import TLS

/// What can go wrong with certificates' files; the rest is tested end to end.
@Suite struct TLSContextTests {
    @Test func missingFilesAreNamed() {
        let files = CertificateFiles(certificate: "/nowhere/a.pem", key: "/nowhere/a.key")
        do throws(TLSError) {
            _ = try TLSContext(TLSConfiguration(certificates: [files]), TicketKeys())
            Issue.record("no error")
        } catch {
            guard case .file(let path, let reason) = error else {
                Issue.record("\(error)")
                return
            }
            #expect(
                path == "/nowhere/a.pem" && !reason.isEmpty && error.description.hasPrefix(path)
            )
        }
    }

    @Test func atLeastOneCertificate() {
        #expect(throws: TLSError.self) {
            _ = try TLSContext(TLSConfiguration(certificates: []), TicketKeys())
        }
    }
}
