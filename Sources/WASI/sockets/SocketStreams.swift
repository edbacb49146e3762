// The streams of a TCP connection. Unsafe here: the kernel reads and fills an array's own bytes.
import Glibc

/// What a connection's other end sends.
final class SocketSource: InputSource {
    private let socket: Socket
    private var isClosed = false

    init(_ socket: Socket) { self.socket = socket }

    func read(_ count: Int) -> Result<[UInt8], StreamError> {
        guard !isClosed else { return .failure(.closed) }
        var bytes = [UInt8](repeating: 0, count: count)
        let got = unsafe bytes.withUnsafeMutableBytes { buffer in
            unsafe recv(
                socket.descriptor.number,
                buffer.baseAddress,
                buffer.count,
                Int32(MSG_DONTWAIT)
            )
        }
        guard got >= 0 else {
            let code = errno
            if code == EAGAIN || code == EINTR { return .success([]) }
            return .failure(.lastOperationFailed(IOError(NetworkErrorCode(errno: code))))
        }
        guard got > 0 else { return .failure(.closed) }
        bytes.removeLast(count - got)
        return .success(bytes)
    }

    /// Gives nothing any more.
    func close() {
        guard !isClosed else { return }
        isClosed = true
        Glibc.shutdown(socket.descriptor.number, Int32(SHUT_RD))
    }

    var isReady: Bool { isClosed || socket.readiness.isReady(.input) }
    func await(_ task: GuestTask) { socket.readiness.await(task, .input) }
    func forget(_ task: GuestTask) { socket.readiness.forget(task, .input) }
}

/// What is sent to a connection's other end.
final class SocketSink: OutputSink {
    let heldBytes = WASILimits.permittedBytes
    private let socket: Socket
    private let buffer: OutputBuffer
    private var isClosed = false

    init(_ socket: Socket) {
        self.socket = socket
        unsafe buffer = OutputBuffer(socket.readiness) { [descriptor = socket.descriptor] bytes in
            let flags = Int32(MSG_DONTWAIT) | Int32(MSG_NOSIGNAL)
            let sent = unsafe send(descriptor.number, bytes.baseAddress, bytes.count, flags)
            guard sent < 0 else { return .success(sent) }
            let code = errno
            switch code {
            case EAGAIN, EINTR: return .success(0)
            case EPIPE: return .failure(.closed)
            default: return .failure(.lastOperationFailed(IOError(NetworkErrorCode(errno: code))))
            }
        }
    }

    func checkWrite() -> Result<Int, StreamError> {
        if isClosed { return .failure(.closed) }
        return buffer.isEmpty.map { isEmpty in
            isEmpty && socket.readiness.isReady(.output) ? WASILimits.permittedBytes : 0
        }
    }

    func write(_ bytes: RawSpan) -> Result<Void, StreamError> {
        isClosed ? .failure(.closed) : buffer.write(bytes)
    }

    func flush() -> Result<Void, StreamError> {
        isClosed ? .failure(.closed) : buffer.isEmpty.map { _ in }
    }

    /// Takes nothing any more; the other end is told when all is sent.
    func close() {
        guard !isClosed else { return }
        isClosed = true
        buffer.whenEmpty { [descriptor = socket.descriptor] in
            _ = Glibc.shutdown(descriptor.number, Int32(SHUT_WR))
        }
    }

    var isReady: Bool {
        if case .success(0) = checkWrite() { return false }
        return true
    }

    func await(_ task: GuestTask) { socket.readiness.await(task, .output) }
    func forget(_ task: GuestTask) { socket.readiness.forget(task, .output) }
}
