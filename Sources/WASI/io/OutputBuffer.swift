// Unsafe here: bytes that are passed on while the array or span that they are of is open.

/// Bytes that a descriptor did not take at once: they are passed on, in order, when it takes them.
@safe final class OutputBuffer {
    /// Passes on some of the bytes; how many, 0 where none are taken now.
    typealias Put = (UnsafeRawBufferPointer) -> Result<Int, StreamError>

    private let readiness: DescriptorReadiness
    private let put: Put
    private var pending: [UInt8] = []
    private var failure: StreamError?
    private var emptied: (() -> Void)?

    init(_ readiness: DescriptorReadiness, _ put: @escaping Put) {
        self.readiness = readiness
        unsafe self.put = put
    }

    deinit { readiness.drain = nil }

    /// Whether nothing waits, or what went wrong.
    var isEmpty: Result<Bool, StreamError> {
        failure.map { .failure($0) } ?? .success(pending.isEmpty)
    }

    /// Passes bytes on, or keeps them until they can be.
    func write(_ bytes: RawSpan) -> Result<Void, StreamError> {
        var taken = 0
        if pending.isEmpty && failure == nil {
            taken = unsafe bytes.withUnsafeBytes { unsafe putSome($0) }
        }
        if let failure { return .failure(failure) }
        guard taken < bytes.byteCount else { return .success(()) }
        unsafe bytes.withUnsafeBytes { unsafe pending.append(contentsOf: $0[taken...]) }
        if readiness.drain == nil { readiness.drain = { [unowned self] in drain() } }
        return .success(())
    }

    /// Calls `action` when nothing waits, now or later; never where it cannot be passed on.
    func whenEmpty(_ action: @escaping () -> Void) {
        if pending.isEmpty { action() } else { emptied = action }
    }

    private func putSome(_ bytes: UnsafeRawBufferPointer) -> Int {
        var taken = 0
        while taken < bytes.count {
            switch unsafe put(UnsafeRawBufferPointer(rebasing: bytes[taken...])) {
            case .success(0): return taken
            case .success(let count): taken += count
            case .failure(let error):
                failure = error
                return taken
            }
        }
        return taken
    }

    private func drain() {
        let taken = unsafe pending.withUnsafeBytes { unsafe putSome($0) }
        pending.removeFirst(taken)
        if failure != nil { pending = [] }
        guard pending.isEmpty else { return }
        readiness.drain = nil
        if failure == nil { emptied?() }
        emptied = nil
    }
}
