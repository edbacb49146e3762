import Glibc
import Reactor
import Testing
import Wasm

@testable import WASI

/// A source that gives what it is fed.
final class FedSource: InputSource {
    private var parts: [Result<[UInt8], StreamError>] = []
    private var waiters = Waiters()

    func feed(_ part: Result<[UInt8], StreamError>) {
        parts.append(part)
        waiters.wake()
    }

    func read(_ count: Int) -> Result<[UInt8], StreamError> {
        guard let part = parts.first else { return .success([]) }
        parts.removeFirst()
        guard case .success(let bytes) = part, bytes.count > count else { return part }
        parts.insert(.success(Array(bytes.dropFirst(count))), at: 0)
        return .success(Array(bytes.prefix(count)))
    }

    var isReady: Bool { !parts.isEmpty }
    func await(_ task: GuestTask) { waiters.add(task) }
    func forget(_ task: GuestTask) { waiters.remove(task) }
}

/// A sink with as much room as it is given.
final class NarrowSink: OutputSink {
    var room = 0 { didSet { if room > 0 { waiters.wake() } } }
    var failure: StreamError? { didSet { waiters.wake() } }
    private(set) var bytes: [UInt8] = []
    private(set) var flushes = 0
    private var waiters = Waiters()

    func checkWrite() -> Result<Int, StreamError> { failure.map { .failure($0) } ?? .success(room) }

    func write(_ contents: RawSpan) -> Result<Void, StreamError> {
        if let failure { return .failure(failure) }
        unsafe contents.withUnsafeBytes { unsafe bytes.append(contentsOf: $0) }
        room -= contents.byteCount
        return .success(())
    }

    func flush() -> Result<Void, StreamError> {
        flushes += 1
        return failure.map { .failure($0) } ?? .success(())
    }

    var isReady: Bool { room > 0 || failure != nil }
    func await(_ task: GuestTask) { waiters.add(task) }
    func forget(_ task: GuestTask) { waiters.remove(task) }
}

@Suite("wasi:io/streams input-stream") struct InputStreamTests {
    let guests: Guests
    let source = FedSource()

    init() throws { guests = try Guests() }

    @Test func readGivesWhatIsThereAndNothingMore() {
        let stream = InputStream(source)
        #expect(stream.read(10).value == [])
        source.feed(.success([1, 2, 3]))
        #expect(stream.read(2).value == [1, 2])
        #expect(stream.read(2).value == [3])
        #expect(stream.read(2).value == [])
    }

    @Test func readingNothingTellsWhetherItIsOpen() {
        let stream = InputStream(source)
        #expect(stream.read(0).value == [])
        source.feed(.failure(.closed))
        #expect(stream.read(1).error?.isClosed == true)
        #expect(stream.read(0).error?.isClosed == true)
        #expect(stream.isReady)
    }

    @Test func aFailureIsToldOnceAndClosesTheStream() {
        let stream = InputStream(source)
        source.feed(.failure(.lastOperationFailed(IOError(FilesystemErrorCode.io))))
        source.feed(.success([1]))
        let failure = stream.read(1).error?.failure
        #expect(failure.flatMap { FilesystemErrorCode($0) } == .io)
        #expect(failure?.toDebugString == "io")
        #expect(stream.read(1).error?.isClosed == true)
    }

    @Test func blockingReadWaitsForAByte() throws {
        let source = source
        var read: [UInt8]?
        let task = try guests.task { (system) throws(Trap) in
            read = try InputStream(source).blockingRead(8, on: system.task).value
        }
        task.start()
        guests.turn()
        #expect(read == nil)
        source.feed(.success([7, 8]))
        guests.turn()
        #expect(read == [7, 8])
    }

    @Test func skipCountsWhatItDrops() throws {
        let stream = InputStream(source)
        source.feed(.success([1, 2, 3, 4]))
        #expect(stream.skip(3).value == 3)
        #expect(stream.read(3).value == [4])
        source.feed(.success([5]))
        let skipped = try guests.result { (system) throws(Trap) in
            try stream.blockingSkip(9, on: system.task)
        }
        #expect(skipped.value == 1)
    }

    @Test func aReadIsBounded() {
        let stream = InputStream(MemorySource([UInt8](repeating: 1, count: 2 << 20)))
        #expect(stream.read(.max).value?.count == WASILimits.readBytes)
    }
}

@Suite("wasi:io/streams output-stream") struct OutputStreamTests {
    let guests: Guests
    let sink = NarrowSink()

    init() throws { guests = try Guests() }

    @Test func writingMoreThanWasPermittedTraps() throws {
        let stream = OutputStream(sink)
        let text = bytes("hello")
        #expect(throws: Trap.self) { try unsafe stream.write(text.span.bytes) }
        sink.room = 5
        #expect(stream.checkWrite().value == 5)
        #expect(try unsafe stream.write(text.span.bytes).error == nil)
        #expect(throws: Trap.self) { try stream.writeZeroes(1) }
        #expect(sink.bytes == text)
    }

    @Test func aClosedStreamSaysSo() throws {
        let stream = OutputStream(sink)
        sink.failure = .closed
        #expect(stream.checkWrite().error?.isClosed == true)
        #expect(try unsafe stream.write([1].span.bytes).error?.isClosed == true)
        #expect(stream.flush().error?.isClosed == true)
        #expect(stream.isReady)
    }

    @Test func aFailureIsToldOnce() throws {
        let stream = OutputStream(sink)
        sink.room = 10
        _ = stream.checkWrite()
        sink.failure = .lastOperationFailed(IOError(FilesystemErrorCode.insufficientSpace))
        #expect(try unsafe stream.write([1].span.bytes).error?.failure != nil)
        #expect(stream.checkWrite().error?.isClosed == true)
    }

    @Test func blockingWritesGoOnAsThereIsRoom() throws {
        let sink = sink
        var result: Result<Void, StreamError>?
        let contents = [UInt8](0..<100)
        let task = try guests.task { (system) throws(Trap) in
            result = try OutputStream(sink).blockingWriteAndFlush(contents, on: system.task)
        }
        task.start()
        for _ in 0..<4 {
            sink.room = 25
            guests.turn(milliseconds: 5)
            #expect(result == nil)
        }
        #expect(sink.bytes == contents)
        #expect(sink.flushes == 1)
        sink.room = 1
        guests.turn(milliseconds: 5)
        #expect(result?.error == nil)
        #expect(result != nil)
    }

    @Test func aStreamThatClosesWithTheFlushHasSucceeded() throws {
        let sink = sink
        var result: Result<Void, StreamError>?
        let task = try guests.task { (system) throws(Trap) in
            result = try OutputStream(sink).blockingWriteAndFlush([1, 2], on: system.task)
        }
        sink.room = 2
        task.start()
        #expect(result == nil)
        sink.failure = .closed
        guests.turn()
        #expect(result != nil && result?.error == nil)
    }

    @Test func blockingWritesAreBounded() throws {
        let sink = sink
        let ending = try guests.run { (system) throws(Trap) in
            _ = try OutputStream(sink).blockingWriteAndFlush(
                [UInt8](repeating: 0, count: 4097),
                on: system.task
            )
        }
        #expect(ending.trap?.kind == .host)
        let zeros = try guests.run { (system) throws(Trap) in
            _ = try OutputStream(sink).blockingWriteZeroesAndFlush(4097, on: system.task)
        }
        #expect(zeros.trap?.kind == .host)
    }

    @Test func zerosAreWrittenInPieces() throws {
        let memory = MemorySink()
        let stream = OutputStream(memory)
        _ = stream.checkWrite()
        #expect(try stream.writeZeroes(10_000).error == nil)
        #expect(memory.bytes == [UInt8](repeating: 0, count: 10_000))
    }

    @Test func spliceMovesTheSmallestOfThree() throws {
        let stream = OutputStream(sink)
        let source = InputStream(MemorySource([1, 2, 3, 4, 5]))
        #expect(try stream.splice(source, 9).value == 0, "there is no room")
        sink.room = 3
        #expect(try stream.splice(source, 2).value == 2)
        #expect(try stream.splice(source, 9).value == 1)
        sink.room = 9
        #expect(try stream.splice(source, 9).value == 2)
        #expect(try stream.splice(source, 9).error?.isClosed == true)
        #expect(sink.bytes == [1, 2, 3, 4, 5])
    }

    @Test func blockingSpliceWaitsForBothSides() throws {
        let sink = sink
        let source = FedSource()
        var moved: UInt64?
        let task = try guests.task { (system) throws(Trap) in
            moved = try OutputStream(sink).blockingSplice(InputStream(source), 9, on: system.task)
                .value
        }
        task.start()
        guests.turn(milliseconds: 5)
        sink.room = 4
        guests.turn(milliseconds: 5)
        #expect(moved == nil)
        source.feed(.success([1, 2, 3, 4, 5, 6]))
        guests.turn(milliseconds: 5)
        #expect(moved == 4)
    }
}

@Suite("wasi:cli/stdin and stdout") struct DescriptorStreamTests {
    let guests: Guests
    let pipe: (read: SystemDescriptor, write: SystemDescriptor)

    init() throws {
        guests = try Guests()
        var numbers: [Int32] = [0, 0]
        try #require(unsafe Glibc.pipe(&numbers) == 0)
        pipe = (SystemDescriptor(numbers[0]), SystemDescriptor(numbers[1]))
    }

    @Test func aPipeIsReadAsItIsFilled() throws {
        let stream = InputStream(DescriptorSource(pipe.read, on: guests.loop))
        #expect(stream.read(4).value == [])
        var read: [UInt8]?
        let task = try guests.task { (system) throws(Trap) in
            read = try stream.blockingRead(4, on: system.task).value
        }
        task.start()
        guests.turn()
        #expect(read == nil)
        _ = unsafe write(pipe.write.number, "hello", 5)
        guests.turn()
        #expect(read == bytes("hell"))
        #expect(stream.read(9).value == bytes("o"))
    }

    @Test func aPipeWithoutAWriterIsAtItsEnd() throws {
        let stream: InputStream
        do {
            var numbers: [Int32] = [0, 0]
            try #require(unsafe Glibc.pipe(&numbers) == 0)
            close(numbers[1])
            stream = InputStream(DescriptorSource(SystemDescriptor(numbers[0]), on: guests.loop))
        }
        let result = try guests.result { (system) throws(Trap) in
            try stream.blockingRead(4, on: system.task)
        }
        #expect(result.error?.isClosed == true)
    }

    @Test func aFullPipeIsWaitedFor() throws {
        let stream = OutputStream(DescriptorSink(pipe.write, on: guests.loop))
        let contents = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 / 7) }
        var result: Result<Void, StreamError>?
        let task = try guests.task { (system) throws(Trap) in
            result = try stream.blockingWrite(contents, on: system.task)
        }
        task.start()
        #expect(result == nil)
        var received: [UInt8] = []
        while received.count < contents.count {
            guests.loop.turn(atMost: 1)
            var buffer = [UInt8](repeating: 0, count: 10_000)
            guard pipe.read.isReady(POLLIN) else { continue }
            let count = unsafe read(pipe.read.number, &buffer, buffer.count)
            received += buffer.prefix(count)
        }
        guests.turn(milliseconds: 5)
        #expect(result != nil && result?.error == nil)
        #expect(received == contents)
    }

    @Test func aPipeWithoutAReaderIsClosed() throws {
        // Not `Signals.block`: programs that tests start inherit what is blocked.
        signal(SIGPIPE, SIG_IGN)
        let stream: OutputStream
        do {
            var numbers: [Int32] = [0, 0]
            try #require(unsafe Glibc.pipe(&numbers) == 0)
            close(numbers[0])
            stream = OutputStream(DescriptorSink(SystemDescriptor(numbers[1]), on: guests.loop))
        }
        let result = try guests.result { (system) throws(Trap) in
            try stream.blockingWriteAndFlush([1], on: system.task)
        }
        #expect(result.error?.isClosed == true)
    }
}
