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
        /// The guest's time was over.
        case deadline(milliseconds: Int)
        /// The guest has computed for as long as it may.
        case cpuTime(microseconds: UInt64)
        /// More of the request's body came than may.
        case requestBody(limit: UInt64)
        /// The guest's response is longer than it may be.
        case responseBody(limit: UInt64)
        /// No instance could be had.
        case noInstance(String)
    }

    package var component: String
    /// Which request it was: unique among those of a process.
    package var request: RequestID
    package var event: Event

    package init(component: String, request: RequestID, event: Event) {
        self.component = component
        self.request = request
        self.event = event
    }
}

/// Names a request in the log.
package struct RequestID: Hashable, Sendable, CustomStringConvertible {
    /// The loop that it was served on.
    package var loop: UInt32
    /// Its place among that loop's requests.
    package var number: UInt64

    package init(loop: UInt32, number: UInt64) {
        self.loop = loop
        self.number = number
    }

    package var description: String { "\(loop)-\(number)" }
}

extension LogRecord: CustomStringConvertible {
    /// One line, and one for each frame of a trap's backtrace.
    package var description: String {
        let source = "\(component) \(request)"
        switch event {
        case .line(let isError, let text):
            return "\(source) \(isError ? "stderr" : "stdout"): \(text)"
        case .overflow: return "\(source): more was written than one request may"
        case .trapped(let trap):
            let backtrace = trap.backtraceDescription
            return "\(source): trap: \(trap)" + (backtrace.isEmpty ? "" : "\n\(backtrace)")
        case .unanswered: return "\(source): the guest gave no response"
        case .deadline(let milliseconds):
            return "\(source): the guest was ended after \(milliseconds) ms"
        case .cpuTime(let microseconds):
            return "\(source): the guest was ended after \(microseconds) us of processor time"
        case .requestBody(let limit):
            return "\(source): the request's body is over \(limit) bytes"
        case .responseBody(let limit):
            return "\(source): the response's body is over \(limit) bytes"
        case .noInstance(let reason): return "\(source): no instance: \(reason)"
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
