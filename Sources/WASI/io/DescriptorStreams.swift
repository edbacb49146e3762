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
    private let readiness: DescriptorReadiness
    private var pending: [UInt8] = []
    private var failure: StreamError?

    /// What a pipe takes without waiting when it says that it takes something.
    private static let atomicBytes = 4_096

    init(_ descriptor: SystemDescriptor, on loop: EventLoop) {
        readiness = DescriptorReadiness(descriptor, on: loop)
    }

    deinit { readiness.drain = nil }

    func checkWrite() -> Result<Int, StreamError> {
        if let failure { return .failure(failure) }
        return .success(pending.isEmpty && readiness.isReady(.output) ? Self.atomicBytes : 0)
    }

    func write(_ bytes: RawSpan) -> Result<Void, StreamError> {
        if let failure { return .failure(failure) }
        let taken = pending.isEmpty ? unsafe bytes.withUnsafeBytes { unsafe put($0) } : 0
        if let failure { return .failure(failure) }
        if taken < bytes.byteCount {
            unsafe bytes.withUnsafeBytes { unsafe pending.append(contentsOf: $0[taken...]) }
            if readiness.drain == nil { readiness.drain = { [unowned self] in drain() } }
        }
        return .success(())
    }

    func flush() -> Result<Void, StreamError> { failure.map { .failure($0) } ?? .success(()) }

    /// Writes what the kernel takes; how much that was.
    private func put(_ bytes: UnsafeRawBufferPointer) -> Int {
        var taken = 0
        while taken < bytes.count {
            guard readiness.isReady(.output) else { return taken }
            let rest = unsafe UnsafeRawBufferPointer(rebasing: bytes[taken...])
            let most = min(rest.count, Self.atomicBytes)
            let got = unsafe Glibc.write(readiness.descriptor.number, rest.baseAddress, most)
            if got >= 0 {
                taken += got
                continue
            }
            let code = errno
            if code == EINTR { continue }
            if code == EAGAIN { return taken }
            failure =
                code == EPIPE
                ? .closed : .lastOperationFailed(IOError(FilesystemErrorCode(errno: code)))
            return taken
        }
        return taken
    }

    private func drain() {
        let taken = unsafe pending.withUnsafeBytes { unsafe put($0) }
        pending.removeFirst(taken)
        if pending.isEmpty || failure != nil {
            pending = []
            readiness.drain = nil
        }
    }

    var isReady: Bool {
        if case .success(0) = checkWrite() { return false }
        return true
    }

    func await(_ task: GuestTask) { readiness.await(task, .output) }
    func forget(_ task: GuestTask) { readiness.forget(task, .output) }
}
