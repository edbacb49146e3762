import WASIHTTP

/// What becomes of records about guests: they are printed, and lines of guests are kept in files.
final class GuestOutput: Sendable {
    private let log: LogWriter
    private let directory: LogDirectory?
    /// Components whose lines are printed; empty for all.
    private let followed: Set<String>
    private let isQuiet: Bool

    init(_ log: LogWriter, _ directory: LogDirectory?, followed: Set<String>, isQuiet: Bool) {
        self.log = log
        self.directory = directory
        self.followed = followed
        self.isQuiet = isQuiet
    }

    /// Opens the files again, after what was written before; returns at once.
    func reopen() {
        guard let directory else { return }
        log.perform(0) { directory.reopen() }
    }

    /// Prints and keeps a record; returns at once.
    func take(_ record: LogRecord) {
        guard case .line(let isError, let text) = record.event else { return log.write(record) }
        if let directory {
            let component = record.component
            log.perform(text.utf8.count + 1) {
                directory.append(text, of: component, isError: isError)
            }
        }
        guard !isQuiet, followed.isEmpty || followed.contains(record.component) else { return }
        log.write("\(record)")
    }
}
