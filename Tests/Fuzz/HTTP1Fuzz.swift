/// Fuzzes an HTTP/1.1 connection: the first byte chooses the handler, the second the pieces.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzHTTP1(_ start: UnsafeRawPointer?, _ count: Int) -> CInt {
    let bytes = UnsafeRawBufferPointer(start: start, count: count)
    guard bytes.count > 2 else { return 0 }
    let connection = FuzzedConnection(http2: false, style: bytes[0])
    connection.run(UnsafeRawBufferPointer(rebasing: bytes[2...]), piece: Int(bytes[1]) + 1)
    return 0
}
