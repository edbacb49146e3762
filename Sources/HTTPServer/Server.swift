// Unsafe here: text passed to write(2).
import Glibc
import HTTP
import Reactor
import Synchronization
import TLS

/// An HTTP server: loops, each on its own thread with its own share of everything.
package final class Server: Sendable {
    /// Makes the handler of one loop, on that loop's thread.
    package typealias MakeHandler = @Sendable (EventLoop) -> any Handler

    private struct Thread {
        let mailbox: Mailbox
        let thread: LoopThread
    }

    private struct State {
        var threads: [Thread] = []
        var addresses: [ListenerAddress] = []
        /// The access log's descriptor.
        var log: Int32?
    }

    private let configuration: ServerConfiguration
    private let state = Mutex(State())
    private let tickets = TicketKeys()
    private let stops = Atomic<Int>(0)

    /// A server that does not listen yet.
    package init(_ configuration: ServerConfiguration) {
        self.configuration = configuration
    }

    /// Opens the listeners, reads the certificates and starts the loops.
    package func start(_ makeHandler: @escaping MakeHandler) throws {
        let cores = LoopThread.cores
        let count = configuration.loops > 0 ? configuration.loops : max(1, cores.count)
        let contexts = try configuration.listeners.map { listener in
            try listener.tls.map { try TLSContext($0, tickets) }
        }
        let sockets = try openSockets(count)
        state.withLock { $0.addresses = sockets[0].map(\.address) }
        let log = try openLog()
        state.withLock { $0.log = log }
        let board = RelayBoard(count)
        for index in 0..<count {
            let core =
                configuration.pinsThreads && !cores.isEmpty ? cores[index % cores.count] : nil
            try startLoop(
                index,
                count,
                core,
                HandedSockets(sockets[index]),
                contexts,
                log,
                board,
                makeHandler
            )
        }
        if configuration.handlesSignals || contexts.contains(where: { $0 != nil }) {
            watch(contexts.contains { $0 != nil })
        }
    }

    /// The addresses that are listened at, with the ports that the kernel chose.
    package var addresses: [ListenerAddress] {
        state.withLock { $0.addresses }
    }

    /// Each loop's sockets: of its own for addresses that can be shared by the kernel, otherwise
    /// one for all. Throws the address that cannot be listened at, with the kernel's reason.
    private func openSockets(_ count: Int) throws(SystemError) -> [[ListenerSocket]] {
        var sockets = [[ListenerSocket]](repeating: [], count: max(1, count))
        for listener in configuration.listeners {
            do throws(SystemError) {
                for (index, socket) in try open(listener, sockets.count).enumerated() {
                    sockets[index].append(socket)
                }
            } catch {
                throw SystemError("listening at \(listener.address)", error.code)
            }
        }
        return sockets
    }

    /// A listener's sockets, one for each loop.
    private func open(
        _ listener: ListenerConfiguration,
        _ count: Int
    ) throws(SystemError) -> [ListenerSocket] {
        // The kernel would let two programs of one user share a port, each with a part of the requests.
        guard listener.address.isFree else { throw SystemError("bind", EADDRINUSE) }
        let limits = configuration.limits
        let first = try ListenerSocket(listener.address, limits, mode: listener.mode)
        var sockets = [first]
        while sockets.count < count {
            sockets.append(first.isShared ? first : try ListenerSocket(first.address, limits))
        }
        return sockets
    }

    private func openLog() throws(SystemError) -> Int32? {
        guard let log = configuration.accessLog else { return nil }
        if log.path == "-" { return 1 }
        let descriptor = unsafe Glibc.open(
            log.path,
            O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC,
            0o640
        )
        guard descriptor >= 0 else { throw SystemError("open \(log.path)", errno) }
        return descriptor
    }

    /// Has all loops write to what is at the log's path by now, after the file there was moved away.
    private func reopenLog() {
        guard let log = state.withLock({ $0.log }), log != 1 else { return }
        do throws(SystemError) {
            guard let opened = try openLog() else { return }
            defer { close(opened) }
            try replace(log, by: opened)
        } catch {
            tell("virga: the access log goes on in the old file: \(error)\n")
        }
    }

    // MARK: Loops

    private func startLoop(
        _ index: Int,
        _ count: Int,
        _ core: Int32?,
        _ sockets: HandedSockets,
        _ contexts: [TLSContext?],
        _ log: Int32?,
        _ board: RelayBoard,
        _ makeHandler: @escaping MakeHandler
    ) throws(SystemError) {
        let started = Answer<Result<Mailbox, SystemError>>()
        let limits = Server.share(configuration.limits, of: count)
        let configuration = configuration
        let thread = try LoopThread(name: "virga-loop-\(index)", core: core) {
            do throws(SystemError) {
                let loop = try EventLoop()
                let accessLog = log.flatMap { descriptor in
                    configuration.accessLog.map { AccessLog(descriptor, $0.format) }
                }
                let worker = Worker(loop, limits, makeHandler(loop), accessLog) { loop.stop() }
                for (place, socket) in sockets.take().enumerated() {
                    let listener = Listener(
                        worker,
                        socket,
                        contexts[place],
                        proxySources: configuration.listeners[place].proxySources
                    )
                    try worker.add(listener)
                }
                if count > 1 { worker.join(board, at: index) }
                loop.owner = worker
                started.give(.success(loop.mailbox))
                loop.run()
            } catch {
                started.give(.failure(error))
            }
        }
        let mailbox = try started.wait().get()
        board.open(index, mailbox)
        state.withLock { $0.threads.append(Thread(mailbox: mailbox, thread: thread)) }
    }

    /// One loop's part of the limits that count over all loops.
    static func share(_ limits: Limits, of count: Int) -> Limits {
        var share = limits
        func part(_ number: Int) -> Int { max(1, (number + count - 1) / count) }
        share.connections = part(limits.connections)
        share.connectionsPerAddress = part(limits.connectionsPerAddress)
        share.requestsInFlight = part(limits.requestsInFlight)
        return share
    }

    /// Has every loop run `body` with its worker.
    private func onEveryLoop(_ body: @escaping @Sendable (Worker) -> Void) {
        let mailboxes = state.withLock { $0.threads.map(\.mailbox) }
        for mailbox in mailboxes {
            mailbox.post { loop in
                if let worker = loop.owner as? Worker { body(worker) }
            }
        }
    }

    // MARK: Signals and certificates

    /// Has the first loop listen for signals and for changes of the certificates' files.
    private func watch(_ hasCertificates: Bool) {
        guard let mailbox = state.withLock({ $0.threads.first?.mailbox }) else { return }
        let handlesSignals = configuration.handlesSignals
        mailbox.post { [weak self] loop in
            guard let self, let worker = loop.owner as? Worker else { return }
            if handlesSignals {
                worker.attach {
                    try Signals(loop) { [weak self] number in
                        self?.received(number)
                    }
                }
            }
            guard hasCertificates else { return }
            let folders = self.configuration.listeners.flatMap { $0.tls?.files ?? [] }.map(folder)
            worker.attach {
                // Files are read by a thread that may wait for them.
                let pool = try WorkerPool(threads: 1)
                let mailbox = loop.mailbox
                let reload: @Sendable () -> Void = { [weak self] in self?.reload() }
                return try FileChanges(loop, folders: folders) {
                    _ = pool.submit(from: mailbox) {
                        reload()
                        return { _ in }
                    }
                }
            }
        }
    }

    private func received(_ signal: Int32) {
        switch signal {
        case SIGHUP:
            reload()
            configuration.hangup?()
        case SIGUSR1:
            reopenLog()
            configuration.logsMoved?()
        default: stop()
        }
    }

    /// Reads the certificates again and uses them for new connections.
    ///
    /// What cannot be read is told on the standard error, and the old ones stay.
    package func reload() {
        for (index, listener) in configuration.listeners.enumerated() {
            guard let tls = listener.tls else { continue }
            do throws(TLSError) {
                let context = try TLSContext(tls, tickets)
                onEveryLoop { $0.use(context, at: index) }
            } catch {
                tell("virga: certificates not reloaded: \(error)\n")
            }
        }
    }

    // MARK: Ending

    /// Drains at the first call, cuts at the second.
    package func stop() {
        if stops.add(1, ordering: .relaxed).oldValue == 0 { drain() } else { cut() }
    }

    /// Stops accepting, lets what is in flight finish within `Limits.drainTimeout`, and ends.
    package func drain() {
        configuration.draining?()
        onEveryLoop { $0.drain() }
    }

    /// Ends at once.
    package func cut() { onEveryLoop { $0.cut() } }

    /// Waits until all loops have ended.
    package func wait() {
        let threads = state.withLock { state in
            let threads = state.threads
            return threads
        }
        for thread in threads { thread.thread.join() }
        state.withLock { state in
            state.threads = []
        }
    }

    /// Collects every loop's counters; waits for the loops to answer.
    package func counters() -> Counters { gather { $0.counters }.reduce(Counters(), +) }

    /// What `body` gives of the handler of each loop; waits for the loops to answer. Never called on one of
    /// them.
    package func collect<Value: Sendable>(
        _ body: @escaping @Sendable (any Handler) -> Value
    ) -> [Value] {
        gather { body($0.handler) }
    }

    private func gather<Value: Sendable>(
        _ body: @escaping @Sendable (Worker) -> Value
    ) -> [Value] {
        let mailboxes = state.withLock { $0.threads.map(\.mailbox) }
        let answers = mailboxes.map { mailbox in
            let question = Question<Value>()
            let answer = question.answer
            mailbox.post { [question] loop in
                if let worker = loop.owner as? Worker { question.give(body(worker)) }
            }
            return answer
        }
        return answers.compactMap { $0.wait() }
    }
}

/// A question to a loop, which answers with nothing if it ends before.
private final class Question<Value: Sendable>: Sendable {
    let answer = Answer<Value?>()

    deinit { answer.give(nil) }

    func give(_ value: Value) { answer.give(value) }
}

/// The folder of a file's path.
private func folder(_ path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
}

/// Writes a line to the standard error.
func tell(_ text: String) { unsafe _ = write(2, text, text.utf8.count) }

/// Sockets on their way to the thread that will own them.
private final class HandedSockets: Sendable {
    private let sockets: Mutex<[ListenerSocket]>

    init(_ sockets: [ListenerSocket]) { self.sockets = Mutex(sockets) }

    func take() -> [ListenerSocket] {
        sockets.withLock { sockets in
            let taken = sockets
            sockets = []
            return taken
        }
    }
}
