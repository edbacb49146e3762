import Glibc
import Synchronization
import Reactor

/// What is written for a person who looks at a terminal, and left out where none does.
enum Terminal {
    /// Whether a descriptor is a terminal.
    static func isThere(_ descriptor: Int32) -> Bool { isatty(descriptor) == 1 }

    /// Whether colours are wanted on the standard output (https://no-color.org).
    static var hasColours: Bool {
        guard isThere(1) else { return false }
        let wish = unsafe getenv("NO_COLOR")
        return unsafe wish == nil || wish?.pointee == 0
    }

    static func bold(_ text: String) -> String { hasColours ? "\u{1B}[1m\(text)\u{1B}[0m" : text }
    static func link(_ text: String) -> String { hasColours ? "\u{1B}[36m\(text)\u{1B}[0m" : text }

    /// Empties the screen of the standard error, where that is a terminal.
    static func clear() {
        guard isThere(2) else { return }
        write("\u{1B}[2J\u{1B}[3J\u{1B}[H")
    }

    /// Writes to the standard error.
    static func write(_ text: String) { unsafe _ = Glibc.write(2, text, text.utf8.count) }
}

/// A bar on the terminal's last line that says how far something has come, from half a second on.
final class ProgressBar: Sendable {
    private static let width = 30

    private let title: String
    private let from = Instant.now.after(milliseconds: 500)
    private let isOn = Terminal.isThere(2)
    private let shown = Mutex(false)

    init(_ title: String) { self.title = title }

    /// Shows that `count` of `total` are done; may be called on any thread.
    func show(_ count: Int, of total: Int) {
        guard isOn, total > 0, Instant.now >= from else { return }
        let length = ProgressBar.width * min(count, total) / total
        let bar =
            String(repeating: "#", count: length)
            + String(repeating: " ", count: ProgressBar.width - length)
        shown.withLock { shown in
            shown = true
            Terminal.write("\r\(title) [\(bar)] \(count)/\(total)")
        }
    }

    /// Takes the bar away.
    func end() {
        shown.withLock { shown in
            if shown { Terminal.write("\r\u{1B}[K") }
            shown = false
        }
    }
}
