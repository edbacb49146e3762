import HTTP

/// The response to a request that a guest made.
/// Spec: wasi:http/types#incoming-response
package final class IncomingResponse {
    private let head: ResponseHead
    private let content: any IncomingContent
    private var isConsumed = false

    package init(_ head: ResponseHead, _ content: any IncomingContent) {
        self.head = head
        self.content = content
    }

    package var status: UInt16 { head.status.code }

    /// The header fields, but those that belong to the connection.
    package func headers() -> Fields { Fields(head.fields.forGuest, isMutable: false) }

    /// The body, which can be had once.
    package func consume() -> IncomingBody? {
        guard !isConsumed else { return nil }
        isConsumed = true
        return IncomingBody(content)
    }
}
