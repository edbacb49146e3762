/// Fuzzes an HTTP/1.1 connection.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzHTTP1(_ start: UnsafeRawPointer?, _ count: Int) -> CInt {
    FuzzedConnection.replay(UnsafeRawBufferPointer(start: start, count: count), http2: false)
    return 0
}
