import Fiber
import Foundation
import Testing
import WAT
import Wasm

/// The specification's suite once more, with every run cut into slices and every call of `spectest`
/// suspended: the counts must be the same.
@Suite struct InterruptedScriptTests {
    @Test(.enabled(if: ConformanceTests.isPresent, "../shared/conformance/core is not there"))
    func slicesChangeNothing() throws {
        let pool = FiberPool(stackBytes: 4 << 20)
        var generator = SplitMix64(state: 20_26)
        var (passed, skipped, suspensions) = (0, 0, 0)
        for script in try ConformanceTests.scripts("core") {
            let bytes = Array(try Data(contentsOf: script))
            let limits = RunLimits(sliceSafepoints: 1 + generator.next() % 100)
            var report = ScriptReport()
            let fiber = try Fiber(on: pool) {
                report = ScriptRunner.run(bytes, limits: limits, suspendsInHostCalls: true)
                return 0
            }
            while case .suspended = fiber.resume() { suspensions += 1 }
            for failure in report.failures { Issue.record("\(script.path):\(failure)") }
            passed += report.passed
            skipped += report.skipped.values.reduce(0, +)
        }
        #expect(passed >= 61_700)
        #expect(passed + skipped == 62_598)
        #expect(suspensions > 10_000)
    }
}

/// A generator of the same numbers in each run.
struct SplitMix64 {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
