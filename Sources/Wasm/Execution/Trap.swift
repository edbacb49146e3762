/// Why a run ended that did not return, and where.
/// Spec: core/intro/overview#trap
@usableFromInline package struct Trap: Error, Sendable {
    /// The specification's reasons, and the host's.
    package enum Kind: UInt8, Hashable, Sendable, CaseIterable {
        case unreachable
        case memoryOutOfBounds
        case tableOutOfBounds
        case undefinedElement
        case uninitializedElement
        case indirectCallTypeMismatch
        case nullFunctionReference
        case nullReference
        case integerDivideByZero
        case integerOverflow
        case invalidConversionToInteger
        case callStackExhausted
        /// A function's code would be larger than `Limits.loweredWords`.
        case functionTooLarge
        /// The run passed more safepoints than it may.
        case fuelExhausted
        /// The run took more processor time than it may.
        case cpuTimeExceeded
        /// The run did not end in time.
        case deadlineExceeded
        /// The host ended the run.
        case cancelled
        /// A rule of the Canonical ABI was broken; the detail says which.
        case canonicalABI
        /// A host function ended the run.
        case host
    }

    /// A WebAssembly function that was running.
    package struct Frame: Hashable, Sendable {
        /// The module's own name, if its name section has one.
        package var module: String?
        package var functionIndex: UInt32
        /// The function's name, from the name section or an export.
        package var function: String?
        /// The offset in the module's bytes of the instruction.
        package var offset: Int
    }

    package var kind: Kind
    /// What the kind alone does not say: the index of an element, a host function's words.
    package var detail: String?
    /// The functions that were running, innermost first; `Limits.backtraceFrames` at most.
    package var backtrace: [Frame]
    /// Frames that the backtrace leaves out.
    package var omittedFrames: Int

    package init(
        _ kind: Kind, detail: String? = nil, backtrace: [Frame] = [], omittedFrames: Int = 0
    ) {
        self.kind = kind
        self.detail = detail
        self.backtrace = backtrace
        self.omittedFrames = omittedFrames
    }

    /// What a host function throws to end the run.
    package static func host(_ reason: String) -> Trap { Trap(.host, detail: reason) }
}

extension Trap.Kind: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unreachable: "unreachable"
        case .memoryOutOfBounds: "out of bounds memory access"
        case .tableOutOfBounds: "out of bounds table access"
        case .undefinedElement: "undefined element"
        case .uninitializedElement: "uninitialized element"
        case .indirectCallTypeMismatch: "indirect call type mismatch"
        case .nullFunctionReference: "null function reference"
        case .nullReference: "null reference"
        case .integerDivideByZero: "integer divide by zero"
        case .integerOverflow: "integer overflow"
        case .invalidConversionToInteger: "invalid conversion to integer"
        case .callStackExhausted: "call stack exhausted"
        case .functionTooLarge: "function too large"
        case .fuelExhausted: "all fuel consumed"
        case .cpuTimeExceeded: "processor time limit exceeded"
        case .deadlineExceeded: "deadline exceeded"
        case .cancelled: "cancelled"
        case .canonicalABI: "canonical ABI violated"
        case .host: "host function failed"
        }
    }
}

extension Trap: CustomStringConvertible {
    /// The reason in one line.
    @usableFromInline package var description: String {
        switch (kind, detail) {
        case (.host, let detail?), (.canonicalABI, let detail?): detail
        case (_, let detail?): "\(kind) \(detail)"
        case (_, nil): kind.description
        }
    }

    /// A line for each frame of the backtrace.
    package var backtraceDescription: String {
        var lines = backtrace.enumerated().map { index, frame in
            let module = frame.module.map { "\($0)!" } ?? ""
            let name = frame.function ?? "function \(frame.functionIndex)"
            return "    \(index): \(module)\(name) at 0x\(String(frame.offset, radix: 16))"
        }
        if omittedFrames > 0 { lines.append("    … and \(omittedFrames) more") }
        return lines.joined(separator: "\n")
    }
}
