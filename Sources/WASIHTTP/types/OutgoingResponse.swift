import HTTP

/// A response that a guest makes.
/// Spec: wasi:http/types#outgoing-response
package final class OutgoingResponse {
    private var status = Status.ok
    private let lines: FieldLines
    /// The body, once the guest has it.
    private(set) var outgoingBody: OutgoingBody?

    /// A response with the status 200.
    package init(_ headers: Fields) { lines = headers.lines }

    package var statusCode: UInt16 { status.code }

    /// Sets the status code; false where it is none.
    package func setStatusCode(_ code: UInt16) -> Bool {
        guard let status = Status(Int(code)) else { return false }
        self.status = status
        return true
    }

    /// The header fields, which can be changed no more.
    package func headers() -> Fields { Fields(lines, isMutable: false) }

    /// The body, which can be had once.
    package func body() -> OutgoingBody? {
        guard outgoingBody == nil else { return nil }
        let body = OutgoingBody(declared: lines.contentLength, of: .response)
        outgoingBody = body
        return body
    }

    /// What is sent before the body.
    package var head: ResponseHead { ResponseHead(status, lines) }
}
