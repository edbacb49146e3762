import Foundation
import Glibc
import Synchronization
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

    @Test func workThatWaitsForOthersLeavesThreadsToTheRest() throws {
        var limits = LoopLimits()
        limits.queuedLongJobs = 3
        let loop = try EventLoop()
        let pool = try WorkerPool(threads: 2, limits: limits)
        let gate = Answer<Bool>()
        let started = Answer<Bool>()
        #expect(
            pool.submit(from: loop.mailbox, .long) {
                started.give(true)
                _ = gate.wait()
                return { _ in }
            }
        )
        _ = started.wait()
        let done = Atomic<Int>(0)
        for _ in 0..<3 {
            #expect(
                pool.submit(from: loop.mailbox, .long) {
                    done.add(1, ordering: .relaxed)
                    return { _ in }
                }
            )
        }
        #expect(!pool.submit(from: loop.mailbox, .long) { { _ in } })
        // The other thread is there for short work, and takes nothing long meanwhile.
        let answer = Answer<Int>()
        #expect(
            pool.submit(from: loop.mailbox) {
                answer.give(done.load(ordering: .relaxed))
                return { _ in }
            }
        )
        #expect(answer.wait() == 0)
        gate.give(true)
        while done.load(ordering: .relaxed) < 3 { usleep(1_000) }
        pool.shutdown()
    }

    @Test func poolsMayBeLetGoBeforeTheirThreadsBegin() throws {
        let loop = try EventLoop()
        for number in 0..<500 {
            let pool = try WorkerPool(threads: 4)
            if number % 2 == 0 { _ = pool.submit(from: loop.mailbox) { { _ in } } }
        }
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

    @Test func changesSayWhatHasChanged() throws {
        let base = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path()
        let other = base + "/other"
        try FileManager.default.createDirectory(
            atPath: other, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: base) }
        let loop = try EventLoop()
        var seen: [FileChanges.Change] = []
        let changes = try FileChanges(loop, limit: 2) { seen += $0 }
        func wait(_ condition: () -> Bool) {
            for _ in 0..<200 where !condition() { loop.turn(atMost: 20) }
        }
        #expect(changes.watch(only: [base, other]).isEmpty)
        try Data("a".utf8).write(to: URL(filePath: other + "/file"))
        wait { seen.count >= 2 }
        #expect(seen.first?.path == other + "/file")
        #expect(seen.first?.isBeginning == true && seen.last?.isBeginning == false)

        seen = []
        try FileManager.default.createDirectory(atPath: base + "/made", withIntermediateDirectories: false)
        wait { !seen.isEmpty }
        #expect(seen.first?.isFolder == true && seen.first?.name == "made")
        // One more than there may be.
        let failures = changes.watch(only: [base, other, base + "/made"])
        #expect(failures.map(\.error.code) == [ENOSPC])

        // A folder that is gone can be watched again when it is there.
        seen = []
        try FileManager.default.removeItem(atPath: other)
        wait { seen.contains { $0.folder == other && $0.name.isEmpty } }
        #expect(seen.contains { $0.folder == other && $0.name.isEmpty })
        try FileManager.default.createDirectory(atPath: other, withIntermediateDirectories: false)
        #expect(changes.watch(only: [base, other]).isEmpty)
        seen = []
        try Data("b".utf8).write(to: URL(filePath: other + "/again"))
        wait { !seen.isEmpty }
        #expect(seen.contains { $0.name == "again" })
        changes.stop()
    }
}
