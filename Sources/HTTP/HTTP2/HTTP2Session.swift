/// stub
package final class HTTP2Session: Engine {
    package var delegate: (any EngineDelegate)?
    package init(_ context: ProtocolContext, _ output: Output, _ peer: Peer) {}
    package func receive(_ bytes: UnsafeRawBufferPointer) -> Int { bytes.count }
    package func receiveEnd() {}
    package func connectionLost(_ reason: Cancellation) {}
    package var wantsInput: Bool { true }
    package func produce() {}
    package func outputDrained() {}
    package var isClosing: Bool { true }
    package var lingers: Bool { false }
    package var isAborted: Bool { false }
    package var isIdle: Bool { true }
    package var deadline: UInt64 { .max }
    package func deadlineReached() {}
    package func drain() {}
}
