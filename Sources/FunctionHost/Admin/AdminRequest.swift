// Unsafe here: spans of a body, copied while they are valid.

import HTTP
import Reactor
import Synchronization

/// A request to the admin socket on its loop: hands the body to its task, a piece at a time, and sends the
/// answer. While a worker has a piece, no more is read, so that a fast client waits.
final class AdminRequest: ExchangeObserver, Watcher {
    /// What the worker leaves for the loop.
    private final class Cell: Sendable {
        let answer = Mutex<AdminAnswer?>(nil)
    }

    private let exchange: Exchange
    private let task: any AdminTask
    private let loop: EventLoop
    private let workers: WorkerPool
    private let pieceBytes: Int
    private let cell = Cell()
    private let ended: () -> Void
    private var registration: Registration?
    private var piece: [UInt8] = []
    private var isAtEnd = false
    private var isWorking = false
    private var isCancelled = false
    private var isDone = false

    init(
        _ exchange: Exchange,
        _ task: any AdminTask,
        on loop: EventLoop,
        _ workers: WorkerPool,
        pieceBytes: Int,
        ended: @escaping () -> Void
    ) {
        self.exchange = exchange
        self.task = task
        self.loop = loop
        self.workers = workers
        self.pieceBytes = pieceBytes
        self.ended = ended
    }

    /// Begins; the loop keeps this object until the request is over.
    func start() {
        registration = loop.register(self)
        exchange.observer = self
        proceed()
    }

    private func proceed() {
        guard !isWorking, !isDone else { return }
        if isCancelled { return abandon() }
        read()
        if !piece.isEmpty {
            let bytes = piece
            piece = []
            submit { task in task.take(bytes) }
        } else if isAtEnd {
            submit { task in task.finish() }
        }
    }

    /// Reads until there is a piece, nothing more has come, or all has.
    private func read() {
        while piece.count < pieceBytes, !isAtEnd {
            let room = pieceBytes - piece.count
            let result = exchange.readBody { bytes in
                let count = min(bytes.byteCount, room)
                unsafe bytes.extracting(0..<count).withUnsafeBytes { bytes in
                    unsafe piece.append(contentsOf: bytes)
                }
                return count
            }
            switch result {
            case .taken: continue
            case .ended: isAtEnd = true
            case .pending, .cancelled: return
            }
        }
    }

    private func submit(_ work: @escaping @Sendable (any AdminTask) -> AdminAnswer?) {
        guard let registration else { return }
        isWorking = workers.submit(from: loop.mailbox) { [task, cell] in
            let answer = work(task)
            cell.answer.withLock { $0 = answer }
            return { $0.notify(registration) }
        }
        if !isWorking { end(AdminAnswer(.serviceUnavailable, "the host has too much to do\n")) }
    }

    private func abandon() {
        isDone = true
        let task = task
        _ = workers.submit(from: loop.mailbox) {
            task.abandon()
            return { _ in }
        }
        finish()
    }

    private func end(_ answer: AdminAnswer) {
        isDone = true
        exchange.observer = nil
        exchange.respond(answer.head, content: answer.content)
        finish()
    }

    private func finish() {
        if let registration { loop.forget(registration) }
        registration = nil
        ended()
    }

    /// The worker is done with what it was given.
    func ready(_ readiness: Readiness) {
        isWorking = false
        let answer = cell.answer.withLock { cell in
            let answer = cell
            cell = nil
            return answer
        }
        if let answer, !isCancelled, !isDone { return end(answer) }
        proceed()
    }

    func exchangeReadable(_ exchange: Exchange) { proceed() }
    func exchangeWritable(_ exchange: Exchange) {}

    func exchangeCancelled(_ exchange: Exchange, _ reason: Cancellation) {
        isCancelled = true
        proceed()
    }
}
