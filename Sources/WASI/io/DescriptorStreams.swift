// Streams over a descriptor of the system that others share (a pipe, a terminal), which is left in
// whatever mode they have it. Unsafe here: the kernel reads and fills an array's own bytes.
import Glibc
import Reactor

/// Bytes that a descriptor gives; it is read when the kernel says that this does not wait.
final class DescriptorSource: InputSource {
    private let readiness: DescriptorReadiness

    init(_ descriptor: SystemDescriptor, on loop: EventLoop) {
        readiness = DescriptorReadiness(descriptor, on: loop)
    }

    func read(_ count: Int) -> Result<[UInt8], StreamError> {
        guard isReady else { return .success([]) }
        var bytes = [UInt8](repeating: 0, count: count)
        let got = unsafe bytes.withUnsafeMutableBytes { buffer in
            unsafe Glibc.read(readiness.descriptor.number, buffer.baseAddress, buffer.count)
        }
        guard got >= 0 else {
            let code = errno
            if code == EAGAIN || code == EINTR { return .success([]) }
            return .failure(.lastOperationFailed(IOError(FilesystemErrorCode(errno: code))))
        }
        guard got > 0 else { return .failure(.closed) }
        bytes.removeLast(count - got)
        return .success(bytes)
    }

    var isReady: Bool { readiness.isReady(.input) }
    func await(_ task: GuestTask) { readiness.await(task, .input) }
    func forget(_ task: GuestTask) { readiness.forget(task, .input) }
}

/// Takes bytes for a descriptor. What the kernel does not take at once waits, and is passed on when it
/// does.
final class DescriptorSink: OutputSink {
    let heldBytes = WASILimits.permittedBytes
    private let readiness: DescriptorReadiness
    private let buffer: OutputBuffer

    /// What a pipe takes without waiting when it says that it takes something.
    private static let atomicBytes = 4_096

    init(_ descriptor: SystemDescriptor, on loop: EventLoop) {
        let readiness = DescriptorReadiness(descriptor, on: loop)
        self.readiness = readiness
        unsafe buffer = OutputBuffer(readiness) { bytes in
            guard descriptor.isReady(POLLOUT) else { return .success(0) }
            let count = min(bytes.count, Self.atomicBytes)
            let written = unsafe Glibc.write(descriptor.number, bytes.baseAddress, count)
            guard written < 0 else { return .success(written) }
            let code = errno
            switch code {
            case EAGAIN, EINTR: return .success(0)
            case EPIPE: return .failure(.closed)
            default:
                return .failure(.lastOperationFailed(IOError(FilesystemErrorCode(errno: code))))
            }
        }
    }

    func checkWrite() -> Result<Int, StreamError> {
        buffer.isEmpty.map { $0 && readiness.isReady(.output) ? Self.atomicBytes : 0 }
    }

    func write(_ bytes: RawSpan) -> Result<Void, StreamError> { buffer.write(bytes) }

    func flush() -> Result<Void, StreamError> { buffer.isEmpty.map { _ in } }

    var isReady: Bool {
        if case .success(0) = checkWrite() { return false }
        return true
    }

    func await(_ task: GuestTask) { readiness.await(task, .output) }
    func forget(_ task: GuestTask) { readiness.forget(task, .output) }
}
