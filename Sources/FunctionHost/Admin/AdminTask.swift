import Reactor
import Synchronization

/// What a request to the admin socket has a thread do that may wait: taking its body, and answering.
/// Calls come one after the other.
protocol AdminTask: Sendable {
    /// Takes the next bytes of the body; an answer ends the request, whatever follows.
    func take(_ bytes: [UInt8]) -> AdminAnswer?
    /// The body is whole.
    func finish() -> AdminAnswer
    /// The request is over without an answer: the client has gone.
    func abandon()
}

/// A task whose body is short, and gathered first.
final class GatheredTask: AdminTask {
    private let body = Mutex<[UInt8]>([])
    private let limit: Int
    private let answer: @Sendable (String) -> AdminAnswer

    /// `answer` is given the body, of at most `limit` bytes.
    init(limit: Int = 0, _ answer: @escaping @Sendable (String) -> AdminAnswer) {
        self.limit = limit
        self.answer = answer
    }

    func take(_ bytes: [UInt8]) -> AdminAnswer? {
        body.withLock { body in
            guard body.count + bytes.count <= limit else {
                return AdminAnswer(.contentTooLarge, "the request has more than \(limit) bytes\n")
            }
            body += bytes
            return nil
        }
    }

    func finish() -> AdminAnswer {
        answer(body.withLock { String(decoding: $0, as: UTF8.self) })
    }

    func abandon() {}
}

/// A deployment that is being received.
final class UploadTask: AdminTask {
    private let upload: Mutex<DeploymentUpload?>
    private let deployer: Deployer
    private let request: Deployer.Request

    init(_ deployer: Deployer, _ request: Deployer.Request) {
        self.deployer = deployer
        self.request = request
        upload = Mutex(DeploymentUpload(deployer.store))
    }

    func take(_ bytes: [UInt8]) -> AdminAnswer? {
        upload.withLock { upload in
            let answer = AdminAnswer { () throws(DeployingError) in
                try upload?.take(bytes)
                return ""
            }
            guard answer.status != .ok else { return nil }
            upload = nil
            return answer
        }
    }

    func finish() -> AdminAnswer {
        upload.withLock { upload in
            let answer = AdminAnswer { () throws(DeployingError) in
                guard let upload else { throw .malformed("the upload was broken off") }
                return try deployer.deploy(upload, request)
            }
            upload = nil
            return answer
        }
    }

    func abandon() { upload.withLock { $0 = nil } }
}
