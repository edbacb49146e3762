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
    /// What follows the bytes; nothing is added to them before all of it is sent.
    package var file: FilePart?
    /// Whether what writes the output can send a part of a file.
    package var takesFiles = false

    /// No output.
    package init(_ pool: BufferPool) { queue = ByteQueue(pool) }

    /// Whether all is written.
    package var isEmpty: Bool { queue.isEmpty && file == nil }
}

/// A part of an open file, sent in the place of bytes by whoever does the I/O.
package struct FilePart {
    /// What keeps the descriptor open.
    package let owner: AnyObject
    package let descriptor: Int32
    /// Where the part begins, in bytes.
    package private(set) var offset: UInt64
    /// Bytes of it.
    package private(set) var length: UInt64

    /// The part of the file `descriptor`, which is open as long as `owner` lives.
    package init(_ owner: AnyObject, descriptor: Int32, offset: UInt64, length: UInt64) {
        self.owner = owner
        self.descriptor = descriptor
        self.offset = offset
        self.length = length
    }

    /// Takes what was sent off its beginning.
    package mutating func consume(_ count: Int) {
        let count = min(UInt64(max(0, count)), length)
        offset += count
        length -= count
    }
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
