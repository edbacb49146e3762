// Unsafe here: text passed to write(2).
import Glibc
import Reactor
import Synchronization
import WASIHTTP

/// Writes lines to the standard error on a thread of its own, so that no loop waits for whoever reads
/// them. What comes faster than it is read is dropped, and that is told.
final class LogWriter: Sendable {
    private static let heldBytes = 1 << 20
    /// What a record is taken for before it is known.
    private static let recordBytes = 2_048

    private let thread: LoopThread
    private let mailbox: Mailbox
    private let held = Atomic<Int>(0)
    private let dropped = Atomic<Int>(0)

    init() throws {
        let started = Answer<Result<Mailbox, SystemError>>()
        thread = try LoopThread(name: "virga-log", core: nil) {
            do throws(SystemError) {
                let loop = try EventLoop()
                started.give(.success(loop.mailbox))
                loop.run()
            } catch {
                started.give(.failure(error))
            }
        }
        mailbox = try started.wait().get()
    }

    /// Has a line written; returns at once.
    func write(_ line: String) {
        perform(line.utf8.count + 1) { LogWriter.put(line + "\n") }
    }

    /// Has a record written. What it says is found out on the writer's thread, lines of sources too.
    func write(_ record: LogRecord) {
        perform(LogWriter.recordBytes) { LogWriter.put("\(record)\n") }
    }

    /// Has `write` called on the writer's thread, in its turn; it writes so many bytes.
    func perform(_ count: Int, _ write: @escaping @Sendable () -> Void) {
        guard held.add(count, ordering: .relaxed).newValue <= LogWriter.heldBytes else {
            held.subtract(count, ordering: .relaxed)
            dropped.add(1, ordering: .relaxed)
            return
        }
        mailbox.post { [self] _ in
            let missing = dropped.exchange(0, ordering: .relaxed)
            if missing > 0 { LogWriter.put("virga: \(missing) lines of the log were dropped\n") }
            write()
            held.subtract(count, ordering: .relaxed)
        }
    }

    /// Writes what is left, and ends.
    func end() {
        mailbox.post { $0.stop() }
        thread.join()
    }

    /// Writes a text to a descriptor, as far as that takes it; waits for it.
    static func put(_ text: String, to descriptor: Int32 = 2) { put(Array(text.utf8)[...], to: descriptor) }

    /// The same of bytes.
    static func put(_ bytes: ArraySlice<UInt8>, to descriptor: Int32 = 2) {
        unsafe bytes.withUnsafeBufferPointer { bytes in
            var written = 0
            while written < bytes.count {
                let count = unsafe Glibc.write(
                    descriptor,
                    bytes.baseAddress.map { unsafe $0 + written },
                    bytes.count - written
                )
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { return }
                written += count
            }
        }
    }
}
