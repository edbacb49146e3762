import CLinux
import Glibc
import Synchronization

/// A descriptor of the system, closed with the last reference to it.
///
/// It may be used and dropped on any thread: the kernel orders what is done with it.
package final class SystemDescriptor: Sendable {
    /// The kernel's number for it.
    package let number: Int32
    private let isOwned: Bool
    private let count: OpenFileCount?

    /// Takes a descriptor over; with `isOwned` false, one that others close. It counts in `count` until it
    /// is closed.
    package init(_ number: Int32, isOwned: Bool = true, in count: OpenFileCount? = nil) {
        self.number = number
        self.isOwned = isOwned
        self.count = count
        count?.value.add(1, ordering: .relaxed)
    }

    deinit {
        if isOwned { close(number) }
        count?.value.subtract(1, ordering: .relaxed)
    }

    /// Whether `events` (POLL*), an error or an end is there now. Never waits.
    func isReady(_ events: Int32) -> Bool { virga_poll_now(number, events) != 0 }

    /// Whether a terminal is behind it.
    package var isTerminal: Bool { isatty(number) == 1 }
}

/// How many files and directories a guest has open. They are opened, and some closed, by workers.
package final class OpenFileCount: Sendable {
    fileprivate let value = Atomic<Int>(0)

    package init() {}

    /// Throws where there are as many as there may be.
    func check() throws(FilesystemErrorCode) {
        guard value.load(ordering: .relaxed) < WASILimits.openFiles else { throw .insufficientMemory }
    }
}
