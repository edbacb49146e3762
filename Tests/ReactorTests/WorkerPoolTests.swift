import Foundation
import Glibc
import Testing

@testable import Reactor

/// Work that blocks, signals and files.
@Suite struct WorkerPoolTests {
    @Test func answersComeToTheLoopThatAsked() throws {
        let loop = try EventLoop()
        let pool = try WorkerPool(threads: 2)
        let caller = pthread_self()
        final class Log: @unchecked Sendable {
            var answers: [Int] = []
            var isElsewhere = false
            var isHere = true
        }
        let log = Log()
        for number in 0..<20 {
            let queued = pool.submit(from: loop.mailbox) {
                let isElsewhere = pthread_equal(caller, pthread_self()) == 0
                return { _ in
                    log.answers.append(number)
                    log.isElsewhere = isElsewhere
                    log.isHere = log.isHere && pthread_equal(caller, pthread_self()) != 0
                }
            }
            #expect(queued)
        }
        while log.answers.count < 20 { loop.turn(atMost: 1000) }
        #expect(log.answers.sorted() == Array(0..<20) && log.isElsewhere && log.isHere)
        pool.shutdown()
        #expect(!pool.submit(from: loop.mailbox) { { _ in } })
    }

    @Test func waitingJobsAreLimited() throws {
        var limits = LoopLimits()
        limits.queuedJobs = 2
        let loop = try EventLoop()
        let pool = try WorkerPool(threads: 1, limits: limits)
        let gate = Answer<Bool>()
        let started = Answer<Bool>()
        #expect(
            pool.submit(from: loop.mailbox) {
                started.give(true)
                _ = gate.wait()
                return { _ in }
            }
        )
        _ = started.wait()
        #expect(pool.submit(from: loop.mailbox) { { _ in } })
        #expect(pool.submit(from: loop.mailbox) { { _ in } })
        #expect(!pool.submit(from: loop.mailbox) { { _ in } })
        gate.give(true)
        pool.shutdown()
    }

    @Test func changesOfFilesAreGathered() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let loop = try EventLoop()
        var count = 0
        let changes = try FileChanges(loop, folders: [folder.path()], settle: 50) { count += 1 }
        for number in 0..<10 {
            try Data("\(number)".utf8).write(to: folder.appending(path: "file"), options: .atomic)
        }
        for _ in 0..<100 where count == 0 { loop.turn(atMost: 20) }
        for _ in 0..<5 { loop.turn(atMost: 20) }
        #expect(count == 1)
        changes.stop()
        #expect(throws: SystemError.self) {
            _ = try FileChanges(loop, folders: ["/nowhere"]) {}
        }
    }
}
