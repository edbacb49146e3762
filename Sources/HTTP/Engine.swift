/// What a connection is told by its protocol.
package protocol EngineDelegate: AnyObject {
    /// A request's head is complete; hand it to the handler.
    func engineBegan(_ exchange: Exchange)
    /// An exchange has ended, in either way; log it.
    func engineEnded(_ exchange: Exchange)
    /// There may be something to write, or to read again: call `Engine.produce` before sleeping.
    func engineNeedsAttention()
}

/// What a protocol has written and its socket has not taken yet.
package final class Output {
    /// The bytes, oldest first.
    package var queue: ByteQueue

    /// No output.
    package init(_ pool: BufferPool) { queue = ByteQueue(pool) }
}

/// One connection's protocol: bytes in, bytes out, no I/O.
package protocol Engine: AnyObject {
    /// Who is told of requests.
    var delegate: (any EngineDelegate)? { get set }
    /// Takes received bytes and returns how many it used; what it did not use is offered again
    /// after `EngineDelegate.engineNeedsAttention`.
    func receive(_ bytes: UnsafeRawBufferPointer) -> Int
    /// The client has shut its sending side.
    func receiveEnd()
    /// The connection is gone.
    func connectionLost(_ reason: Cancellation)
    /// Whether it would take more bytes.
    var wantsInput: Bool { get }
    /// Puts what there is to write into the output, up to `Limits.connectionOutput`.
    func produce()
    /// The socket has taken output: writers who waited may go on.
    func outputDrained()
    /// Whether the connection is to be closed once all output is written.
    var isClosing: Bool { get }
    /// Whether what the client still sends should be read for a while after closing.
    var lingers: Bool { get }
    /// Whether the connection is to end by a reset.
    var isAborted: Bool { get }
    /// Whether no request is in flight.
    var isIdle: Bool { get }
    /// When the protocol's own timeouts want a look: milliseconds on the context's clock, or
    /// `.max`.
    var deadline: UInt64 { get }
    /// The deadline has come.
    func deadlineReached()
    /// Finish what is in flight and then close (`Connection: close`, GOAWAY).
    func drain()
}
