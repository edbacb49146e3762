/// Fuzzes an HTTP/2 connection behind its preface.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzHTTP2(_ start: UnsafeRawPointer?, _ count: Int) -> CInt {
    FuzzedConnection.replay(UnsafeRawBufferPointer(start: start, count: count), http2: true)
    return 0
}
