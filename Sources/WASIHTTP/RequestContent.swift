// Unsafe here: a span's bytes made an array.
import HTTP
import WASI

/// The body of a request as its guest reads it: from the exchange, as long as that lasts.
///
/// Nothing is read ahead, so that a client is stopped that sends faster than the guest reads, and one that
/// waits for 100 (Continue) is sent it at the first read.
final class RequestContent {
    /// Nil once nothing comes from it any more.
    private var exchange: Exchange?
    /// What had come when the exchange was over, from `position` on.
    private var rest: [UInt8] = []
    private var position = 0
    private(set) var trailers: Result<FieldLines?, ErrorCode>?
    private var hasBegun = false
    private var readers = Waiters()
    /// Bytes that may still come.
    private var left: UInt64
    private let limit: UInt64
    /// Called once if more come.
    private var exceeded: (() -> Void)?

    /// The body of a request, of which the guest is given up to `limit` bytes.
    init(_ exchange: Exchange, limit: UInt64 = .max, exceeded: (() -> Void)? = nil) {
        self.limit = limit
        self.exceeded = exceeded
        left = limit
        if exchange.request.hasContent {
            self.exchange = exchange
        } else {
            trailers = .success(nil)
        }
    }

    /// What becomes of the body where there is nothing to read it from: the exchange was over before.
    init(_ failure: ErrorCode) {
        limit = .max
        left = .max
        trailers = .failure(failure)
    }

    /// Lets the exchange go: `failure` is what the guest learns when it has read what came before.
    func leave(_ failure: ErrorCode, keepsRest: Bool) {
        guard let exchange else { return }
        exceeded = nil
        // A client that was not asked for its body will not send it.
        if keepsRest, hasBegun || !exchange.request.expectsContinue {
            while case .success(let bytes) = take(.max), !bytes.isEmpty { rest += bytes }
        }
        if trailers == nil { trailers = .failure(failure) }
        self.exchange = nil
        readers.wake()
    }

    /// Something has come, or the end.
    func becameReadable() { readers.wake() }

    /// Up to `count` bytes of the exchange; none where none have come, nil at the end.
    private func take(_ count: Int) -> Result<[UInt8], StreamError> {
        guard let exchange else { return .failure(.closed) }
        hasBegun = true
        var bytes: [UInt8] = []
        var isTooMuch = false
        let read = exchange.readBody { span in
            isTooMuch = left == 0 && span.byteCount > 0
            let taken = span.extracting(first: min(count, Int(clamping: left)))
            unsafe taken.withUnsafeBytes { unsafe bytes = Array($0) }
            return taken.byteCount
        }
        if isTooMuch {
            exceed()
            return .failure(.closed)
        }
        left -= UInt64(bytes.count)
        switch read {
        case .taken, .pending: return .success(bytes)
        case .ended: trailers = .success(exchange.trailers.isEmpty ? nil : exchange.trailers)
        case .cancelled: trailers = .failure(.connectionTerminated)
        }
        self.exchange = nil
        return .failure(.closed)
    }

    /// More has come than may.
    private func exceed() {
        trailers = .failure(.httpRequestBodySize(limit))
        exchange = nil
        readers.wake()
        let exceeded = self.exceeded
        self.exceeded = nil
        exceeded?()
    }
}

extension RequestContent: IncomingContent {
    func read(_ count: Int) -> Result<[UInt8], StreamError> {
        if position < rest.count {
            let end = position + min(count, rest.count - position)
            defer { position = end }
            return .success(Array(rest[position..<end]))
        }
        if case .success(let bytes) = take(count) { return .success(bytes) }
        if case .failure(let error) = trailers {
            return .failure(.lastOperationFailed(IOError(error)))
        }
        return .failure(.closed)
    }

    func discard() {
        position = rest.count
        while exchange != nil, case .success(let bytes) = take(.max), !bytes.isEmpty {}
    }

    var isReady: Bool {
        guard let exchange, position == rest.count else { return true }
        hasBegun = true
        return exchange.readBody { _ in 0 } != .pending
    }

    func await(_ task: GuestTask) { readers.add(task) }
    func forget(_ task: GuestTask) { readers.remove(task) }
}
