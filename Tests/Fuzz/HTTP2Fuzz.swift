/// Fuzzes an HTTP/2 connection behind its preface: the first byte chooses the handler, the second
/// the pieces.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzHTTP2(_ start: UnsafeRawPointer?, _ count: Int) -> CInt {
    let bytes = UnsafeRawBufferPointer(start: start, count: count)
    guard bytes.count > 2 else { return 0 }
    let connection = FuzzedConnection(http2: true, style: bytes[0])
    var whole = Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8)
    whole += [0, 0, 0, 4, 0, 0, 0, 0, 0]
    whole += bytes[2...]
    whole.withUnsafeBytes { connection.run($0, piece: Int(bytes[1]) * 4 + 1) }
    return 0
}
