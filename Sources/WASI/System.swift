import Reactor
import Wasm

/// What a guest may have of the system; the same for all instances of an app, and immutable.
package struct SystemConfiguration: Sendable {
    package var environment = Environment()
    /// Directories of the host that the guest may use.
    package var preopens: [Preopen] = []
    /// Whom the guest may talk to.
    package var network = NetworkPolicy.none

    package init() {}
}

/// The system as one guest sees it, for as long as it runs.
///
/// It belongs to its loop's thread. All that is not determined by a guest's own state comes through
/// here.
package final class System {
    package let configuration: SystemConfiguration
    package let loop: EventLoop
    /// Who does work that blocks; nil where this thread may block itself.
    package let workers: WorkerPool?
    // What a guest may never ask for is made when it does.
    package private(set) lazy var stdio = makeStdio()
    package private(set) lazy var monotonicClock = MonotonicClock(on: loop)
    package let wallClock = WallClock()
    private var seededRandom: InsecureRandom?
    private let makeStdio: () -> Stdio
    /// The network, of which the guest may talk to some.
    package private(set) lazy var network = Network(configuration.network)
    /// Sockets that the guest has.
    var socketCount = 0
    /// Files and directories that the guest has open.
    private(set) lazy var openFiles = OpenFileCount()
    /// Names that are being looked up for the guest.
    var lookUpCount = 0
    /// What the guest said when it ended itself.
    package private(set) var exitStatus: ExitStatus?
    /// Where the guest's calls of the host are noted, if they are.
    package var hostCalls: HostCallTrace?
    /// The task that the guest runs in.
    package private(set) unowned var task: GuestTask

    /// A system for the guest that `task` drives.
    package init(
        _ configuration: SystemConfiguration,
        for task: GuestTask,
        workers: WorkerPool?,
        stdio: @escaping @autoclosure () -> Stdio = .none
    ) {
        self.configuration = configuration
        self.task = task
        loop = task.loop
        self.workers = workers
        makeStdio = stdio
    }

    /// The guest, whose state has stayed, goes on in another task.
    package func goesOn(in task: GuestTask) {
        self.task = task
        exitStatus = nil
        hostCalls = nil
    }

    /// Calls `body` with the numbers that look random, which have a seed once they are asked for.
    package func withInsecureRandom<R>(
        _ body: (inout InsecureRandom) throws(Trap) -> R
    ) throws(Trap) -> R {
        var random: InsecureRandom
        if let seededRandom {
            random = seededRandom
        } else {
            random = InsecureRandom(seed: (try Random.u64(), try Random.u64()))
        }
        defer { seededRandom = random }
        return try body(&random)
    }

    /// Ends the guest, which has said how it went: throws what unwinds it.
    package func exit(_ status: ExitStatus) throws(Trap) -> Never {
        exitStatus = status
        throw .host("exit with status \(status.code)")
    }

    /// Does work that may block where that holds nobody up, and waits for it.
    package func perform<Output: Sendable>(
        _ work: @escaping @Sendable () -> Output
    ) throws(Trap) -> Output {
        try task.perform(workers, work)
    }
}
