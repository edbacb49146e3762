// What bodies are made of: the protocols between the resources that a guest holds and whoever moves the
// bytes, which is an exchange of the server or a request to another host.
import HTTP
import WASI

/// Where the content of an incoming message comes from. It is ready when `read` has something to say.
package protocol IncomingContent: InputSource {
    /// The trailers, nil where nothing came after the content, once all of it has been read; or the error
    /// that ended it. None while there is more to read.
    var trailers: Result<FieldLines?, ErrorCode>? { get }
    /// Reads what has come and drops it, up to the trailers.
    func discard()
}

/// Bytes that the bodies of an exchange may have.
package struct ContentLimits: Hashable, Sendable {
    package var request: UInt64 = 64 << 20
    package var response = UInt64.max

    package init() {}
}

/// Where the content of an outgoing message goes, once its head is known. It is ready when there is
/// `room`, or when nothing is taken any more.
package protocol OutgoingContent: Pollable {
    /// Whether the message can have content: false of the answer to HEAD.
    var mayHaveContent: Bool { get }
    /// Sends the head, if it is not sent yet.
    func begin()
    /// Sends the head and the whole content, of which nothing was sent yet.
    func sendWhole(_ bytes: RawSpan)
    /// Bytes that `write` is to be given at most.
    var room: Int { get }
    /// Bytes of content that it takes in all.
    var contentLimit: UInt64 { get }
    /// The content would be over `contentLimit`: breaks the message off.
    func exceed()
    /// Takes all of `bytes`; the head has been sent.
    func write(_ bytes: RawSpan)
    /// Ends the message.
    func finish(_ trailers: FieldLines?)
    /// Breaks the message off, in a way that its receiver sees.
    func abort()
    /// Why nothing is taken any more; nil as long as something is.
    var failure: ErrorCode? { get }
}
