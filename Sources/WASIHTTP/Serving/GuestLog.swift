// Unsafe here: bytes of a span appended to an array.
import HTTP
import Reactor
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
        /// The content of the guest's response is not as long as its header fields say.
        case wrongLength(declared: UInt64, written: UInt64)
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
        case .unanswered, .refused, .unfinished, .wrongLength, .deadline, .cpuTime, .requestBody,
            .responseBody, .noInstance:
            return "\(source): \(event)"
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
        case .wrongLength(let declared, let written):
            "the response's content has \(written) bytes where its content-length is \(declared)"
        case .deadline(let milliseconds): "the guest was ended after \(milliseconds) ms"
        case .cpuTime(let microseconds):
            "the guest was ended after \(microseconds) us of processor time"
        case .requestBody(let limit): "the request's body is over \(limit) bytes"
        case .responseBody(let limit): "the response's body is over \(limit) bytes"
        case .noInstance(let reason): "no instance: \(reason)"
        }
    }
}

/// Where a guest's standard output and error go: into the log, line by line, so much in each turn of the
/// loop, since lines take time that no slice of the guest's counts.
final class GuestLog {
    private var write: (LogRecord.Event) -> Void
    private let loop: EventLoop
    /// Bytes that may still be written in this use.
    fileprivate var left = WASIHTTPLimits.logBytes
    /// The loop's turn that `used` is of.
    private var turn = -1
    private var used = 0

    init(on loop: EventLoop, _ write: @escaping (LogRecord.Event) -> Void) {
        self.loop = loop
        self.write = write
    }

    /// Streams that go into it.
    var stdio: Stdio {
        Stdio(
            input: InputStream(),
            output: OutputStream(GuestLogSink(self, isError: false)),
            error: OutputStream(GuestLogSink(self, isError: true))
        )
    }

    /// What comes from now on is of another use.
    func goesOn(_ write: @escaping (LogRecord.Event) -> Void) {
        self.write = write
        left = WASIHTTPLimits.logBytes
    }

    fileprivate func tell(_ event: LogRecord.Event) { write(event) }

    /// Bytes that may be written in this turn. What is left out needs no turns.
    fileprivate var room: Int {
        guard left > 0 else { return WASILimits.permittedBytes }
        if turn != loop.turns {
            turn = loop.turns
            used = 0
        }
        return max(0, WASIHTTPLimits.logTurnBytes - used)
    }

    fileprivate func take(_ count: Int) {
        used += count
        left -= count
    }
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
        let text = line.printable
        line.removeAll(keepingCapacity: true)
        log.tell(.line(isError: isError, text))
    }

    func checkWrite() -> Result<Int, StreamError> { .success(log.room) }

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
        log.take(contents.byteCount)
        if log.left <= 0 {
            end()
            log.tell(.overflow)
        }
        return .success(())
    }

    func flush() -> Result<Void, StreamError> { .success(()) }

    var isReady: Bool { log.room > 0 }
    // There is room in the next turn.
    func await(_ task: GuestTask) { task.wake() }
    func forget(_ task: GuestTask) {}
}

extension [UInt8] {
    /// The text with control characters as escapes, so that a guest can write no line that looks like
    /// another's.
    fileprivate var printable: String {
        guard contains(where: { $0 < 0x20 && $0 != 0x09 || $0 == 0x7F }) else {
            return String(decoding: self, as: UTF8.self)
        }
        var text: [UInt8] = []
        text.reserveCapacity(count * 2)
        for byte in self {
            switch byte {
            case 0x00: text += [0x5C, 0x30]
            case 0x0D: text += [0x5C, 0x72]
            case 0x09, 0x20..<0x7F, 0x80...: text.append(byte)
            default: text += "\\u{\(String(byte, radix: 16, uppercase: true).leftPadded)}".utf8
            }
        }
        return String(decoding: text, as: UTF8.self)
    }
}

extension String {
    fileprivate var leftPadded: String { utf8.count < 2 ? "0" + self : self }
}
