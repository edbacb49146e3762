// The function that libFuzzer calls, with the target that the environment's FUZZ_TARGET names.

import FuzzTargets
import Glibc

let target: FuzzTarget = {
    let name = unsafe getenv("FUZZ_TARGET").map { unsafe String(cString: $0) } ?? ""
    guard let target = FuzzTarget(rawValue: name) else {
        print(
            "FUZZ_TARGET is one of \(FuzzTarget.allCases.map(\.rawValue).joined(separator: ", "))"
        )
        exit(2)
    }
    return target
}()

@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    unsafe target.feed(Array(UnsafeBufferPointer(start: bytes, count: count)))
    return 0
}
