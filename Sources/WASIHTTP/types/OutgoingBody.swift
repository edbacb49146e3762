// Unsafe here: bytes of a span appended to an array, and an array seen as raw bytes.
import ComponentModel
import HTTP
import WASI
import Wasm

/// The body of an outgoing message, and the stream that its content is written to.
///
/// What is written before the message is sent is kept, `WASIHTTPLimits.heldBytes` of it. What is written
/// soon after that is kept too, so that a message whose content is small goes out whole and with its
/// length; `release` ends that.
/// Spec: wasi:http/types#outgoing-body
package final class OutgoingBody {
    /// What it is the body of.
    package enum Message { case request, response }

    private enum State {
        /// Its message is not sent yet.
        case unsent
        /// The message is sent; its head and what was written are held back.
        case held
        /// What is written goes on at once.
        case open
        case over
    }

    /// How a body ended whose message is not sent yet.
    private enum Ending {
        case finished(FieldLines?)
        case aborted
    }

    private let message: Message
    /// The length that the message's header fields declare.
    private let declared: UInt64?
    /// What was declared and what was written instead, where that ended the body.
    private(set) var mismatch: (declared: UInt64, written: UInt64)?
    /// Bytes that were written to the stream.
    private var written: UInt64 = 0
    private var held: [UInt8] = []
    private var target: (any OutgoingContent)?
    private var state = State.unsent
    private var ending: Ending?
    private var isStreamTaken = false
    private var waiters = Waiters()

    /// The body of a message that declares a length, or none.
    package init(declared: UInt64?, of message: Message) {
        self.declared = declared
        self.message = message
    }

    /// The stream that the content is written to, which can be had once.
    package func write() -> OutputStream? {
        guard !isStreamTaken else { return nil }
        isStreamTaken = true
        return OutputStream(self)
    }

    /// Sends the content to `target` from now on, beginning with the head.
    package func send(to target: any OutgoingContent) {
        let held = self.held
        if target.mayHaveContent, max(written, declared ?? 0) > target.contentLimit {
            target.exceed()
            return close(nil)
        }
        if case .finished = ending, isShort, target.mayHaveContent {
            noteMismatch()
            return target.abort()
        }
        switch ending {
        case .finished(nil): return unsafe target.sendWhole(held.span.bytes)
        case .aborted: return target.abort()
        case .finished, nil: break
        }
        self.target = target
        state = .held
        if declared ?? 0 > UInt64(WASIHTTPLimits.heldBytes) || room == 0 { release() }
        if case .finished(let trailers) = ending { end(trailers) } else { waiters.wake() }
    }

    /// Sends what is held back: the head and what was written so far.
    package func release() {
        guard state == .held, let target else { return }
        state = .open
        let held = self.held
        self.held = []
        target.begin()
        if !held.isEmpty { unsafe target.write(held.span.bytes) }
    }

    /// Whether less was written than was declared.
    private var isShort: Bool { written < declared ?? 0 }

    private func noteMismatch() { mismatch = declared.map { ($0, written) } }

    /// Ends the body; the error where what was written is not what was declared, after which the receiver
    /// sees a broken message. Only a response that was not sent yet, to whose body nothing was written, may
    /// still be the answer to HEAD, which has no content: that shows when it is sent.
    package func finish(_ trailers: Fields?) -> Result<Void, ErrorCode> {
        guard state != .over else { return .success(()) }
        guard isShort, target?.mayHaveContent ?? true else {
            end(trailers?.lines)
            return .success(())
        }
        if written == 0, message == .response, target == nil {
            end(trailers?.lines)
        } else {
            noteMismatch()
            abort()
        }
        return .failure(sizeError)
    }

    private func end(_ trailers: FieldLines?) {
        switch state {
        case .unsent: return close(.finished(trailers))
        case .held:
            guard trailers != nil else {
                let held = self.held
                unsafe target?.sendWhole(held.span.bytes)
                break
            }
            release()
            target?.finish(trailers)
        case .open: target?.finish(trailers)
        case .over: return
        }
        close(nil)
    }

    /// Ends the body before its end: the receiver sees a broken message.
    package func abort() {
        guard state != .over else { return }
        target?.abort()
        close(target == nil ? .aborted : nil)
    }

    private func close(_ ending: Ending?) {
        if ending == nil { held = [] }
        self.ending = ending
        state = .over
        target = nil
        waiters.wake()
    }

    private var sizeError: ErrorCode {
        message == .request ? .httpRequestBodySize(written) : .httpResponseBodySize(written)
    }
}

@available(*, unavailable)
extension OutgoingBody: Sendable {}

// MARK: The stream

extension OutgoingBody: OutputSink {
    /// Room for content.
    private var room: Int {
        switch state {
        case .unsent, .held: max(0, WASIHTTPLimits.heldBytes - held.count)
        case .open: min(target?.room ?? 0, WASILimits.permittedBytes)
        case .over: 0
        }
    }

    private var failure: StreamError? {
        guard state != .over else { return .closed }
        return target?.failure.map { .lastOperationFailed(IOError($0)) }
    }

    package func checkWrite() -> Result<Int, StreamError> {
        if let failure { return .failure(failure) }
        if state == .held, room == 0 { release() }
        return .success(room)
    }

    package func write(_ contents: RawSpan) -> Result<Void, StreamError> {
        if let failure { return .failure(failure) }
        let (sum, overflow) = written.addingReportingOverflow(UInt64(contents.byteCount))
        written = sum
        if overflow || sum > declared ?? .max {
            noteMismatch()
            abort()
            return .failure(.lastOperationFailed(IOError(sizeError)))
        }
        if let target, sum > target.contentLimit {
            target.exceed()
            close(nil)
            return .failure(.lastOperationFailed(IOError(sizeError)))
        }
        if state == .open {
            target?.write(contents)
        } else {
            unsafe contents.withUnsafeBytes { unsafe held.append(contentsOf: $0) }
        }
        return .success(())
    }

    /// What was written is passed on at the end of the loop's turn at the latest.
    package func flush() -> Result<Void, StreamError> {
        if let failure { return .failure(failure) }
        return .success(())
    }

    package var isReady: Bool {
        if case .success(0) = checkWrite() { false } else { true }
    }

    package func await(_ task: GuestTask) {
        target?.await(task)
        waiters.add(task)
    }

    package func forget(_ task: GuestTask) {
        target?.forget(task)
        waiters.remove(task)
    }
}

// MARK: Functions

extension OutgoingBody: TypesResource {
    package static let resourceType = HostResourceType("outgoing-body", of: OutgoingBody.self)
    /// What is held back, and what the connection did not take yet.
    package var price: UInt32 {
        WASILimits.resourceBytes + UInt32(WASIHTTPLimits.heldBytes + WASILimits.permittedBytes)
    }

    /// A body that is dropped has not come to its end.
    package func dropped() { abort() }

    static func define(in types: InstanceDefinition) {
        types.define("[method]outgoing-body.write") {
            (call, this: Borrow<OutgoingBody>) throws(Trap)
                -> ComponentResult<Own<OutputStream>, Unit> in
            guard let stream = try call.get(this).write() else { return .error(Unit()) }
            return .ok(try call.push(stream, childOf: this))
        }
        types.define("[static]outgoing-body.finish") {
            (call, this: Own<OutgoingBody>, trailers: Own<Fields>?) throws(Trap) in
            let body = try call.take(this)
            return Outcome(
                body.finish(try trailers.map { (own) throws(Trap) in try call.take(own) })
            )
        }
    }
}
