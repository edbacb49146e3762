/// What one turn of a loop may do, so that no source starves the others.
package struct LoopLimits: Sendable {
    /// Events taken from epoll in one turn.
    package var eventsPerTurn = 64
    /// Timers fired in one turn.
    package var timersPerTurn = 64
    /// Messages of other threads run in one turn.
    package var messagesPerTurn = 64
    /// Watchers called at the end of one turn; the others' turn comes next.
    package var deferredPerTurn = 32
    /// Jobs that wait for the worker pool, at most; further ones are refused.
    package var queuedJobs = 4096
    /// Long jobs that wait for the worker pool, at most; further ones are refused.
    package var queuedLongJobs = 256
    /// Folders that are watched for changes at once.
    package var watchedFolders = 8_192

    /// The defaults.
    package init() {}
}
