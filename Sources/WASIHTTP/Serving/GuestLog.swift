// Unsafe here: bytes of a span appended to an array.
import HTTP
import WASI
import Wasm

/// What happens in guests, for whoever runs the server.
package struct LogRecord: Sendable {
    package enum Event: Sendable {
        /// A line that the guest wrote to its standard output or error.
        case line(isError: Bool, String)
        /// The guest has written more than one request may; the rest is not told.
        case overflow
        /// The guest was ended by a trap.
        case trapped(Trap)
        /// The guest returned and gave no response.
        case unanswered
        /// The guest gave an error of wasi:http in the place of a response.
        case refused(String)
        /// The guest dropped the body of its response before it had finished it.
        case unfinished
        /// The guest's time was over.
        case deadline(milliseconds: Int)
        /// No instance could be had.
        case noInstance(String)
    }

    package var component: String
    /// Which request it was: unique among those of a process.
    package var request: RequestID
    package var event: Event
    /// Where the component's code comes from.
    package var sources: SourceMap?

    package init(component: String, request: RequestID, event: Event, sources: SourceMap? = nil) {
        self.component = component
        self.request = request
        self.event = event
        self.sources = sources
    }
}

extension LogRecord: CustomStringConvertible {
    /// One line, and one for each frame of a trap's backtrace.
    package var description: String {
        let source = "\(component) \(request)"
        switch event {
        case .line(let isError, let text):
            return "\(source) \(isError ? "stderr" : "stdout"): \(text)"
        case .overflow: return "\(source): \(event)"
        case .trapped(let trap):
            let backtrace = sources?.describe(trap) ?? trap.backtraceDescription
            return "\(source): \(event)" + (backtrace.isEmpty ? "" : "\n\(backtrace)")
        case .unanswered, .refused, .unfinished, .deadline, .noInstance: return "\(source): \(event)"
        }
    }
}

extension LogRecord.Event: CustomStringConvertible {
    /// What happened, in one line.
    package var description: String {
        switch self {
        case .line(_, let text): text
        case .overflow: "more was written than one request may"
        case .trapped(let trap): "trap: \(trap)"
        case .unanswered: "the guest gave no response"
        case .refused(let error): "the guest gave an error in the place of a response: \(error)"
        case .unfinished: "the guest dropped the body of its response before it was finished"
        case .deadline(let milliseconds): "the guest was ended after \(milliseconds) ms"
        case .noInstance(let reason): "no instance: \(reason)"
        }
    }
}

/// Where a guest's standard output and error go: into the log, line by line.
final class GuestLog {
    private let write: (LogRecord.Event) -> Void
    /// Bytes that may still be written in this use.
    fileprivate var left = WASIHTTPLimits.logBytes

    init(_ write: @escaping (LogRecord.Event) -> Void) { self.write = write }

    fileprivate func tell(_ event: LogRecord.Event) { write(event) }
}

/// One of the two streams that go into a guest's log.
final class GuestLogSink: OutputSink {
    private let log: GuestLog
    private let isError: Bool
    /// A line that is not complete.
    private var line: [UInt8] = []

    init(_ log: GuestLog, isError: Bool) {
        self.log = log
        self.isError = isError
    }

    deinit { end() }

    /// Tells what is left of a line.
    func end() {
        if !line.isEmpty { tellLine() }
    }

    private func tellLine() {
        let text = String(decoding: line, as: UTF8.self)
        line.removeAll(keepingCapacity: true)
        log.tell(.line(isError: isError, text.printable))
    }

    func checkWrite() -> Result<Int, StreamError> { .success(WASILimits.permittedBytes) }

    func write(_ contents: RawSpan) -> Result<Void, StreamError> {
        guard log.left > 0 else { return .success(()) }
        let kept = contents.extracting(first: log.left)
        for index in 0..<kept.byteCount {
            let byte = unsafe kept.unsafeLoad(fromByteOffset: index, as: UInt8.self)
            if byte == 0x0A {
                tellLine()
            } else {
                line.append(byte)
                if line.count == WASIHTTPLimits.logLineBytes { tellLine() }
            }
        }
        log.left -= contents.byteCount
        if log.left <= 0 {
            end()
            log.tell(.overflow)
        }
        return .success(())
    }

    func flush() -> Result<Void, StreamError> { .success(()) }

    var isReady: Bool { true }
    func await(_ task: GuestTask) {}
    func forget(_ task: GuestTask) {}
}

extension String {
    /// The text with control characters as escapes, so that a guest can write no line that looks like
    /// another's.
    fileprivate var printable: String {
        guard unicodeScalars.contains(where: { $0.value < 0x20 && $0 != "\t" || $0.value == 0x7F })
        else {
            return self
        }
        var text = ""
        for scalar in unicodeScalars {
            if scalar.value < 0x20 && scalar != "\t" || scalar.value == 0x7F {
                text += scalar.escaped(asASCII: true)
            } else {
                text.unicodeScalars.append(scalar)
            }
        }
        return text
    }
}
