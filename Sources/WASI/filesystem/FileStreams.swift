/// A file's bytes from an offset on. They are read ahead by a worker.
final class FileSource: InputSource {
    let heldBytes = WASILimits.readAheadBytes
    private typealias Reading = Job<Result<[UInt8], FilesystemErrorCode>>

    private let handle: SystemDescriptor
    private let system: System
    private var offset: Int
    /// What was read and not given yet.
    private var buffer: ArraySlice<UInt8> = []
    private var reading: Reading?
    /// What comes when the buffer is empty.
    private var end: StreamError?

    init(_ handle: SystemDescriptor, _ offset: Int, _ system: System) {
        self.handle = handle
        self.offset = offset
        self.system = system
    }

    func read(_ count: Int) -> Result<[UInt8], StreamError> {
        guard isReady else { return .success([]) }
        guard !buffer.isEmpty else { return .failure(end ?? .closed) }
        defer { buffer = buffer.dropFirst(count) }
        return .success(Array(buffer.prefix(count)))
    }

    var isReady: Bool {
        if reading == nil && buffer.isEmpty && end == nil { begin() }
        take()
        return !buffer.isEmpty || end != nil
    }

    private func begin() {
        reading = Job(on: system.loop, system.workers) { [handle, offset] in
            do throws(FilesystemErrorCode) {
                return .success(try handle.read(WASILimits.readAheadBytes, at: offset))
            } catch {
                return .failure(error)
            }
        }
    }

    /// Takes what was read, if it is there.
    private func take() {
        guard let result = reading?.output else { return }
        reading = nil
        switch result {
        case .success(let bytes) where bytes.isEmpty: end = .closed
        case .success(let bytes):
            buffer = bytes[...]
            offset += bytes.count
        case .failure(let code): end = .lastOperationFailed(IOError(code))
        }
    }

    func await(_ task: GuestTask) { reading?.await(task) }
    func forget(_ task: GuestTask) { reading?.forget(task) }
}

/// Writes to a file, by a worker: one write is under way at a time, and what comes meanwhile waits.
///
/// Bytes that are not flushed when the stream is dropped may be lost.
final class FileSink: OutputSink {
    let heldBytes = WASILimits.permittedBytes
    private typealias Writing = Job<(written: Int, failure: FilesystemErrorCode?)>

    private let handle: SystemDescriptor
    private let system: System
    private var place: FilePlace
    private var pending: [UInt8] = []
    private var writing: Writing?
    private var failure: StreamError?

    init(_ handle: SystemDescriptor, _ place: FilePlace, _ system: System) {
        self.handle = handle
        self.place = place
        self.system = system
    }

    func checkWrite() -> Result<Int, StreamError> {
        advance()
        if let failure { return .failure(failure) }
        return .success(writing == nil ? WASILimits.permittedBytes : 0)
    }

    func write(_ bytes: RawSpan) -> Result<Void, StreamError> {
        unsafe bytes.withUnsafeBytes { unsafe pending.append(contentsOf: $0) }
        return flush()
    }

    func flush() -> Result<Void, StreamError> {
        advance()
        return failure.map { .failure($0) } ?? .success(())
    }

    /// Goes on to the next write where one has ended.
    private func advance() {
        if let (written, code) = writing?.output {
            writing = nil
            if case .offset(let offset) = place { place = .offset(offset + written) }
            if let code { failure = .lastOperationFailed(IOError(code)) }
        }
        guard writing == nil, failure == nil, !pending.isEmpty else { return }
        let bytes = pending
        pending = []
        writing = Job(on: system.loop, system.workers) { [handle, place] in
            handle.writeAll(bytes, at: place)
        }
        // Without workers it is done by now.
        if writing?.isReady == true { advance() }
    }

    var isReady: Bool {
        if case .success(0) = checkWrite() { return false }
        return true
    }

    func await(_ task: GuestTask) { writing?.await(task) }
    func forget(_ task: GuestTask) { writing?.forget(task) }
}

extension SystemDescriptor {
    /// Writes all of `bytes`; how many were written, and what went wrong if not all were.
    fileprivate func writeAll(
        _ bytes: [UInt8],
        at place: FilePlace
    ) -> (written: Int, failure: FilesystemErrorCode?) {
        var written = 0
        var place = place
        while written < bytes.count {
            do throws(FilesystemErrorCode) {
                let count = try write(bytes[written...], at: place)
                guard count > 0 else { return (written, .io) }
                written += count
                if case .offset(let offset) = place { place = .offset(offset + count) }
            } catch {
                return (written, error)
            }
        }
        return (written, nil)
    }
}
