// Unsafe here: the clock, read into a value of its own.

import Glibc
import HTTP

/// Answers a request with a file of a site (RFC 9110 sections 13 to 15).
struct FileResponse {
    private let exchange: Exchange
    private let site: StaticSite
    private var fields = HTTP.Fields()

    /// Answers `exchange`, whose route is that of `site`.
    static func answer(_ exchange: Exchange, _ site: StaticSite) {
        var response = FileResponse(exchange, site)
        response.answer()
    }

    private init(_ exchange: Exchange, _ site: StaticSite) {
        self.exchange = exchange
        self.site = site
    }

    private mutating func answer() {
        let request = exchange.request
        guard request.method == .get || request.method == .head else {
            set("allow", "GET, HEAD")
            return respond(.methodNotAllowed)
        }
        switch site.find(request.target) {
        case .file(let file, let name, let directory, let path):
            send(file, ContentType(of: name), directory, path)
        case .redirect:
            set("location", FileResponse.withSlash(request.path))
            set("cache-control", site.cache)
            respond(.movedPermanently)
        case .malformed: respond(.badRequest)
        case .absent: respond(.notFound)
        case .unavailable: respond(.serviceUnavailable)
        }
    }

    /// The path of a target with a slash behind it, and its query. Of slashes at its beginning one is
    /// left, since two would be followed by a host.
    static func withSlash(_ target: String) -> String {
        let mark = target.firstIndex(of: "?") ?? target.endIndex
        let path = target[..<mark].drop { $0 == "/" || $0 == "\\" }
        return "/\(path)/\(target[mark...])"
    }

    private mutating func send(
        _ original: OpenFile,
        _ type: ContentType,
        _ directory: OpenFile,
        _ path: String
    ) {
        var file = original
        var coding: ContentCoding?
        if type.isCompressible {
            set("vary", "accept-encoding")
            let accepted = ContentCoding.accepted(by: exchange.request.fields.list("accept-encoding"))
            if let (other, its) = StaticSite.encoded(original, path, in: directory, accepted) {
                (file, coding) = (other, its)
            }
        }
        let now = FileResponse.now
        let seconds = Int(now / 1_000_000_000)
        let tag = EntityTag(file, coding: coding, now: now)
        let modified = min(Int(file.modified / 1_000_000_000), seconds)
        set("etag", tag.text)
        set("last-modified", HTTPDate.text(seconds: modified))
        set("cache-control", site.cache)
        let conditions = Preconditions(exchange.request.fields)
        switch conditions.outcome(tag, modified: modified, now: seconds) {
        case .failed: return respond(.preconditionFailed)
        case .notModified: return respond(.notModified)
        case .met: break
        }
        set("accept-ranges", "bytes")
        var range = RangeRequest.whole
        if exchange.request.method == .get,
            conditions.allowsRange(tag, modified: modified, now: seconds)
        {
            range = RangeRequest(exchange.request.fields["range"], size: file.size)
        }
        if case .notSatisfiable = range {
            set("content-range", "bytes */\(file.size)")
            return respond(.rangeNotSatisfiable)
        }
        set("content-type", type.text)
        if let coding { set("content-encoding", coding.name) }
        guard case .part(let start, let count) = range else {
            return send(file, 0, file.size, .ok)
        }
        set("content-range", "bytes \(start)-\(start + count - 1)/\(file.size)")
        send(file, start, count, .partialContent)
    }

    private mutating func send(_ file: OpenFile, _ start: UInt64, _ count: UInt64, _ status: Status) {
        set("content-length", "\(count)")
        guard exchange.request.method == .get, count > 0 else { return respond(status) }
        if count <= StaticFileLimits.wholeBytes {
            guard let bytes = file.read(Int(count), at: start), bytes.count == Int(count) else {
                // It has become shorter since it was opened.
                return exchange.abort()
            }
            return exchange.respond(ResponseHead(status, fields), content: bytes)
        }
        exchange.respond(ResponseHead(status, fields))
        let part = FilePart(file, descriptor: file.descriptor, offset: start, length: count)
        if !exchange.sendFile(part) { FileWriter(file, start, count).begin(exchange) }
    }

    private func respond(_ status: Status) {
        exchange.respond(ResponseHead(status, fields), content: RawSpan())
    }

    private mutating func set(_ name: String, _ value: String) {
        // None of them holds a control character: what comes of a target was checked with it.
        try? fields.append(name, value)
    }

    /// Nanoseconds since 1970.
    private static var now: Int64 {
        var time = timespec()
        unsafe clock_gettime(CLOCK_REALTIME, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}
