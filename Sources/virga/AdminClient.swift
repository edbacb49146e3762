// Unsafe here: libcurl's handle, freed where it was made; its callbacks' arguments, which live as long as
// the call of `curl_easy_perform`; its buffers, used within a callback.

import CCurl
import Glibc

/// Asks a running host, over its admin socket.
struct AdminClient {
    /// The path of the socket.
    let socket: String

    /// What the host has answered.
    struct Response {
        let status: Int
        let text: String
    }

    /// Bytes of an answer, beyond which it is none.
    fileprivate static let answerBytes = 64 << 20

    func get(_ path: String) throws -> Response { try perform(path, nil) }
    func post(_ path: String, _ body: OutgoingBody) throws -> Response { try perform(path, body) }

    /// The answer's text; throws it where the host has not done what was asked.
    func text(_ response: Response) throws -> String {
        guard response.status == 200 else {
            throw Failure(response.text.hasSuffix("\n") ? String(response.text.dropLast()) : response.text)
        }
        return response.text
    }

    private func perform(_ path: String, _ body: OutgoingBody?) throws -> Response {
        guard let handle = unsafe curl_easy_init() else { throw Failure("libcurl cannot be used") }
        defer { unsafe curl_easy_cleanup(handle) }
        let answer = IncomingAnswer()
        unsafe virga_curl_set_text(handle, CURLOPT_UNIX_SOCKET_PATH, socket)
        unsafe virga_curl_set_text(handle, CURLOPT_URL, "http://virga\(path)")
        unsafe virga_curl_set_text(handle, CURLOPT_USERAGENT, "virga")
        unsafe virga_curl_set_number(handle, CURLOPT_NOSIGNAL, 1)
        let taker = unsafe Unmanaged.passUnretained(answer).toOpaque()
        unsafe virga_curl_set_writer(handle, takeAnswer, taker)
        if let body {
            unsafe virga_curl_set_number(handle, CURLOPT_POST, 1)
            unsafe virga_curl_set_size(handle, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(body.byteCount))
            let giver = unsafe Unmanaged.passUnretained(body).toOpaque()
            unsafe virga_curl_set_reader(handle, giveBody, giver)
        }
        let code = withExtendedLifetime((answer, body)) { unsafe curl_easy_perform(handle) }
        let status = unsafe virga_curl_status(handle)
        // A host that refuses an upload answers before it has all of it.
        guard code == CURLE_OK || (code == CURLE_SEND_ERROR && status > 100) else {
            throw failure(code, body)
        }
        return Response(status: status, text: String(decoding: answer.bytes, as: UTF8.self))
    }

    private func failure(_ code: CURLcode, _ body: OutgoingBody?) -> Failure {
        if let problem = body?.problem { return Failure(problem) }
        guard code == CURLE_COULDNT_CONNECT else {
            return Failure("\(socket): \(unsafe String(cString: curl_easy_strerror(code)))")
        }
        return Failure("no host answers at \(socket): start one with `virga up --admin \(socket)`")
    }
}

/// What has come of an answer.
private final class IncomingAnswer {
    var bytes: [UInt8] = []
}

/// A request's body: bytes and files, one after the other.
final class OutgoingBody {
    private enum Part {
        case bytes([UInt8])
        case file(String, size: UInt64)
    }

    private var parts: [Part] = []
    private var current = 0
    private var place: UInt64 = 0
    private var descriptor: Int32 = -1
    private(set) var byteCount: UInt64 = 0
    /// Why the body cannot be read to its end.
    private(set) var problem: String?

    init(_ bytes: [UInt8]) { add(bytes) }

    deinit { if descriptor >= 0 { close(descriptor) } }

    func add(_ bytes: [UInt8]) {
        parts.append(.bytes(bytes))
        byteCount += UInt64(bytes.count)
    }

    /// Adds the first `size` bytes of a file.
    func add(file path: String, size: UInt64) {
        parts.append(.file(path, size: size))
        byteCount += size
    }

    /// Fills a buffer; 0 at the end, nil where a file cannot be read.
    fileprivate func read(_ buffer: UnsafeMutableRawBufferPointer) -> Int? {
        while current < parts.count {
            let count: Int?
            switch parts[current] {
            case .bytes(let bytes):
                let rest = bytes.dropFirst(Int(place)).prefix(buffer.count)
                unsafe buffer.copyBytes(from: rest)
                count = rest.count
            case .file(let path, let size):
                let length = min(size - place, UInt64(buffer.count))
                let space = unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[..<Int(length)])
                count = unsafe length == 0 ? 0 : read(path, space)
            }
            guard let count else { return nil }
            if count > 0 {
                place += UInt64(count)
                return count
            }
            current += 1
            place = 0
            if descriptor >= 0 { close(descriptor) }
            descriptor = -1
        }
        return 0
    }

    private func read(_ path: String, _ buffer: UnsafeMutableRawBufferPointer) -> Int? {
        if descriptor < 0 { descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC) }
        let count = unsafe descriptor < 0 ? -1 : Glibc.read(descriptor, buffer.baseAddress, buffer.count)
        if count > 0 { return count }
        let reason = count == 0 ? "it has become shorter" : unsafe String(cString: strerror(errno))
        problem = "\(path) cannot be sent: \(reason)"
        return nil
    }
}

/// What libcurl calls to hand bytes over, or to be given some.
private typealias Transfer =
    @convention(c) (UnsafeMutablePointer<CChar>?, Int, Int, UnsafeMutableRawPointer?) -> Int

private let takeAnswer: Transfer = { bytes, size, count, argument in
    guard let bytes = unsafe bytes, let argument = unsafe argument else { return 0 }
    let answer = unsafe Unmanaged<IncomingAnswer>.fromOpaque(argument).takeUnretainedValue()
    guard answer.bytes.count + size * count <= AdminClient.answerBytes else { return 0 }
    let buffer = unsafe UnsafeRawBufferPointer(start: bytes, count: size * count)
    unsafe answer.bytes.append(contentsOf: buffer)
    return size * count
}

private let giveBody: Transfer = { bytes, size, count, argument in
    guard let bytes = unsafe bytes, let argument = unsafe argument else { return 0 }
    let body = unsafe Unmanaged<OutgoingBody>.fromOpaque(argument).takeUnretainedValue()
    let buffer = unsafe UnsafeMutableRawBufferPointer(start: bytes, count: size * count)
    return unsafe body.read(buffer) ?? Int(CURL_READFUNC_ABORT)
}
