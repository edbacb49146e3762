import Reactor
import SpinManifest

/// The builds of components whose sources have changed, one after the other on a thread of their own.
/// Each component is built once at a time.
final class ComponentBuilds {
    enum Again {
        case none
        /// The sources changed during the build.
        case again
        /// They did so each time: it is the build that changes them.
        case tooOften
    }

    private let build: @Sendable (Component, String) -> BuildFailure?
    private let mailbox: Mailbox
    private let pool: WorkerPool
    private var running: Set<String> = []
    private var changed: Set<String> = []
    /// Builds in a row during which the sources changed.
    private var repeats: [String: Int] = [:]

    /// Builds by `build`; `mailbox` is of the loop whose owner hears when one has ended.
    init(
        _ build: @escaping @Sendable (Component, String) -> BuildFailure?,
        _ mailbox: Mailbox
    ) throws(SystemError) {
        self.build = build
        self.mailbox = mailbox
        pool = try WorkerPool(threads: 1)
    }

    /// Begins a build; false where it was begun before and has not ended, in which case another follows.
    func start(_ component: Component, _ directory: String) -> Bool {
        let id = component.id
        guard running.insert(id).inserted else {
            changed.insert(id)
            return false
        }
        let build = build
        return pool.submit(from: mailbox) {
            let failure = build(component, directory)
            return { loop in (loop.owner as? ReloadLoop)?.built(id, failure) }
        }
    }

    /// A build has ended; says whether another has to follow.
    func ended(_ id: String) -> Again {
        running.remove(id)
        guard changed.remove(id) != nil else {
            repeats[id] = nil
            return .none
        }
        repeats[id, default: 0] += 1
        guard repeats[id, default: 0] < WatchLimits.buildsInARow else {
            repeats[id] = nil
            return .tooOften
        }
        return .again
    }

    /// Whether none is under way.
    var isIdle: Bool { running.isEmpty }

    func stop() { pool.shutdown() }
}
