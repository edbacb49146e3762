// What a function needs of HTTP, over http.h.

/// A request that is being answered.
struct Request {
    fileprivate let exchange: UnsafeMutablePointer<Exchange>

    /// The path and what follows it, as "/hello?name=you".
    var path: String { String(request_path(exchange)) }

    /// The first value of a header field.
    func header(_ name: StaticString) -> String? {
        let bytes = UnsafePointer<CChar>(OpaquePointer(name.utf8Start))
        let text = Text(bytes: bytes, length: UInt32(name.utf8CodeUnitCount))
        let value = request_header(exchange, text)
        return value.bytes == nil ? nil : String(value)
    }

    /// The whole body.
    func body() -> [UInt8] {
        var bytes: [UInt8] = []
        while true {
            let piece = request_read(exchange, 65_536)
            guard piece.length > 0 else { return bytes }
            bytes.append(contentsOf: piece.buffer)
        }
    }
}

/// What a request is answered with.
struct Response {
    var status: UInt32
    var headers: [(name: String, value: String)]
    var body: [UInt8]

    init(_ status: UInt32, _ body: String, type: String = "text/plain; charset=utf-8") {
        self.status = status
        headers = [("content-type", type)]
        self.body = Array(body.utf8)
    }
}

extension Text {
    fileprivate var buffer: UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(start: UnsafePointer(OpaquePointer(bytes)), count: Int(length))
    }
}

extension String {
    fileprivate init(_ text: Text) { self = String(decoding: text.buffer, as: UTF8.self) }
}

extension Array<UInt8> {
    fileprivate func withText<Result>(_ body: (Text) -> Result) -> Result {
        withUnsafeBufferPointer { buffer in
            let bytes = UnsafePointer<CChar>(OpaquePointer(buffer.baseAddress))
            return body(Text(bytes: bytes, length: UInt32(buffer.count)))
        }
    }
}

@_cdecl("handle_request")
func handleRequest(_ exchange: UnsafeMutablePointer<Exchange>) {
    let response = answer(Request(exchange: exchange))
    for (name, value) in response.headers {
        Array(name.utf8).withText { name in
            Array(value.utf8).withText { response_header(exchange, name, $0) }
        }
    }
    response_begin(exchange, response.status)
    response.body.withText { response_write(exchange, $0) }
}
