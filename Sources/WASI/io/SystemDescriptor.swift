import CLinux
import Glibc

/// A descriptor of the system, closed with the last reference to it.
///
/// It may be used and dropped on any thread: the kernel orders what is done with it.
package final class SystemDescriptor: Sendable {
    /// The kernel's number for it.
    package let number: Int32
    private let isOwned: Bool

    /// Takes a descriptor over; with `isOwned` false, one that others close.
    package init(_ number: Int32, isOwned: Bool = true) {
        self.number = number
        self.isOwned = isOwned
    }

    deinit { if isOwned { close(number) } }

    /// Whether `events` (POLL*), an error or an end is there now. Never waits.
    func isReady(_ events: Int32) -> Bool { virga_poll_now(number, events) != 0 }

    /// Whether a terminal is behind it.
    package var isTerminal: Bool { isatty(number) == 1 }
}
