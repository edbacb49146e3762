import Glibc
import Reactor
import Synchronization
import Testing
import Wasm

@testable import WASI

@Suite("wasi:filesystem/types") struct DescriptorTests {
    let guests: Guests
    let folder: Folder

    init() throws {
        guests = try Guests()
        folder = try Folder()
        folder.write("file", "hello world")
        folder.makeFolder("dir")
        guests.configuration.preopens = [try folder.preopen()]
    }

    /// Runs a body with the descriptor of the folder.
    func with<Value>(_ body: @escaping (Descriptor) throws(Trap) -> Value) throws -> Value {
        try guests.result { (system) throws(Trap) in
            try body(Descriptor(system.configuration.preopens[0], system))
        }
    }

    @Test func aFileIsReadAsAStream() throws {
        let text = [UInt8]((0..<200_000).map { UInt8(truncatingIfNeeded: $0 / 3) })
        folder.write("big", String(repeating: "abcdefghij", count: 20_000))
        let read = try with { (root) throws(Trap) in
            let file = try root.openAt([], "big", [], .read).value
            guard let stream = file?.readViaStream(5).value else { return 0 }
            var count = 0
            while case .success(let bytes) = try stream.blockingRead(7_000, on: root.system.task) {
                count += bytes.count
            }
            return count
        }
        #expect(read == text.count - 5)
    }

    @Test func openFilesAreLimited() throws {
        let found = try with { (root) throws(Trap) -> (Int, FilesystemErrorCode?, Bool) in
            var open: [InputStream] = []
            var error: FilesystemErrorCode?
            while error == nil {
                switch try root.openAt([], "file", [], .read) {
                // The stream holds the file when its descriptor is gone.
                case .success(let file): if let stream = file.readViaStream(0).value { open.append(stream) }
                case .failure(let code): error = code
                }
            }
            let count = open.count
            open = []
            return (count, error, try root.openAt([], "file", [], .read).value != nil)
        }
        #expect(found.0 == WASILimits.openFiles)
        #expect(found.1 == .insufficientMemory)
        #expect(found.2)
    }

    @Test func aStreamThatIsReadWithoutWaitingBecomesReady() throws {
        let parts = try with { (root) throws(Trap) in
            let file = try root.openAt([], "file", [], .read).value
            guard let stream = file?.readViaStream(0).value else { return [[UInt8]]() }
            let early = stream.read(5).value ?? [0]
            try root.system.task.block(on: stream.subscribe())
            return [early, stream.read(5).value ?? [], stream.read(50).value ?? []]
        }
        #expect(parts == [[], bytes("hello"), bytes(" world")])
    }

    @Test func streamsWrite() throws {
        let contents = [UInt8](repeating: 65, count: 100_000)
        _ = try with { (root) throws(Trap) in
            let task = root.system.task
            guard let file = try root.openAt([], "out", .create, .write).value,
                let stream = file.writeViaStream(3).value,
                let second = file.appendViaStream().value
            else { return }
            _ = try stream.blockingWrite(contents, on: task)
            _ = try stream.blockingFlush(on: task)
            _ = try second.blockingWriteAndFlush(bytes("end"), on: task)
        }
        #expect(folder.text("out") == "\0\0\0" + String(repeating: "A", count: 100_000) + "end")
    }

    @Test func errorsOfStreamsAreErrorsOfTheFileSystem() throws {
        let codes = try with { (root) throws(Trap) in
            let task = root.system.task
            guard let reading = try root.openAt([], "file", [], .read).value,
                let writing = try root.openAt([], "file", [], .write).value
            else { return [FilesystemErrorCode?]() }
            guard let stream = writing.writeViaStream(1 << 62).value else { return [] }
            let far = try stream.blockingWriteAndFlush([1], on: task).error?.failure
            return [
                reading.writeViaStream(0).error, writing.readViaStream(0).error,
                reading.appendViaStream().error, root.readViaStream(0).error,
                writing.writeViaStream(1 << 63).error, far.flatMap { FilesystemErrorCode($0) },
            ]
        }
        #expect(
            codes == [
                .badDescriptor, .badDescriptor, .badDescriptor, .badDescriptor, .invalid,
                .fileTooLarge,
            ]
        )
    }

    @Test func readTellsTheEnd() throws {
        let reads = try with { (root) throws(Trap) in
            guard let file = try root.openAt([], "file", [], .read).value else { return [Bool]() }
            let first = try file.read(100, at: 0).value
            let second = try file.read(100, at: 11).value
            let none = try file.read(0, at: 0).value
            return [
                first?.bytes == bytes("hello world"), first?.isEnd == false,
                second?.bytes == [], second?.isEnd == true, none?.isEnd == false,
            ]
        }
        #expect(reads == [true, true, true, true, true])
    }

    @Test func whatARightMeansIsKept() throws {
        let flags = try with { (root) throws(Trap) in
            let file = try root.openAt([], "file", [], [.read, .write]).value
            let directory = try root.openAt([], "dir", .directory, .read).value
            return [root.flags, file?.flags, directory?.flags]
        }
        #expect(
            flags == [[.read, .mutateDirectory], [.read, .write], [.read, .mutateDirectory]]
        )
        guests.configuration.preopens = [try folder.preopen(isReadOnly: true)]
        let answers = try with { (root) throws(Trap) in
            [
                try root.openAt([], "dir", .directory, [.read, .mutateDirectory]).error,
                try root.openAt([], "file", [], .write).error,
                try root.openAt([], "file", .truncate, .read).error,
                try root.createDirectoryAt("x").error,
                try root.setTimes(access: .now, modification: .now).error,
            ]
        }
        #expect(answers == Array(repeating: .readOnly, count: 5))
    }

    @Test func entriesLeaveOutTheDots() throws {
        folder.write("dir/a")
        folder.makeFolder("dir/b")
        let entries = try with { (root) throws(Trap) in
            guard let directory = try root.openAt([], "dir", .directory, .read).value,
                let stream = try directory.readDirectory().value
            else { return [String]() }
            var names: [String] = []
            while let entry = try stream.readDirectoryEntry().value ?? nil {
                names.append(String(decoding: entry.name, as: UTF8.self) + " \(entry.type)")
            }
            return names.sorted()
        }
        #expect(entries == ["a regularFile", "b directory"])
    }

    @Test func objectsAreTheSameOrNot() throws {
        unsafe Glibc.link(folder.path + "/file", folder.path + "/other")
        folder.write("third", "hello world")
        let answers = try with { (root) throws(Trap) in
            guard let file = try root.openAt([], "file", [], .read).value,
                let other = try root.openAt([], "other", [], .read).value,
                let third = try root.openAt([], "third", [], .read).value,
                let hash = try file.metadataHash().value
            else { return [Bool]() }
            return [
                try file.isSameObject(other), try file.isSameObject(third),
                try other.metadataHash().value == hash, try third.metadataHash().value == hash,
                try root.metadataHashAt([], "file").value == hash,
            ]
        }
        #expect(answers == [true, false, true, false, true])
    }

    @Test func timesThatTheKernelCannotHold() throws {
        let errors = try with { (root) throws(Trap) in
            let far = NewTimestamp.timestamp(Datetime(seconds: .max, nanoseconds: 0))
            let odd = NewTimestamp.timestamp(Datetime(seconds: 0, nanoseconds: 1_000_000_000))
            return [
                try root.setTimesAt([], "file", access: far, modification: .now).error,
                try root.setTimesAt([], "file", access: .now, modification: odd).error,
            ]
        }
        #expect(errors == [.overflow, .invalid])
    }

    @Test func pipesAreNotWaitedFor() throws {
        unsafe mkfifo(folder.path + "/pipe", 0o600)
        // One that was never opened: a program that is started elsewhere may hold the other for a moment.
        unsafe mkfifo(folder.path + "/alone", 0o600)
        let answers = try with { (root) throws(Trap) in
            let reading = try root.openAt([], "pipe", [], .read).value
            return (
                try reading?.read(1, at: 0).error, try root.openAt([], "nobody", [], .write).error
            )
        }
        #expect(answers.0 == .invalidSeek)
        #expect(answers.1 == .noEntry)
        let alone = try with { (root) throws(Trap) in
            try root.openAt([], "alone", [], .write).error
        }
        #expect(alone == .noSuchDevice)
    }

    @Test(arguments: FilesystemErrorCode.allCases) func everyCodeHasAnErrno(
        _ code: FilesystemErrorCode
    ) {
        #expect(Errno(code) != .success)
    }

    @Test func unknownErrnosAreIO() {
        #expect(FilesystemErrorCode(errno: ENOENT) == .noEntry)
        #expect(FilesystemErrorCode(errno: 9_999) == .io)
    }
}

@Suite("wasi:filesystem/preopens") struct PreopenTests {
    @Test func howTheyAreWritten() throws {
        let folder = try Folder()
        let path = folder.path
        let cases: [(String, String, Bool)] = [
            ("\(path)::/data", "/data", false), ("\(path)::/data:ro", "/data", true),
            (path, path, false), ("\(path):ro", path, true), ("\(path)::a::b", "a::b", false),
        ]
        for (text, guest, isReadOnly) in cases {
            let preopen = try Preopen(text)
            #expect(preopen.host == path)
            #expect(preopen.guest == guest)
            #expect(preopen.isReadOnly == isReadOnly)
        }
        for text in ["", "::/x", "\(path)::", ":ro"] {
            let error = #expect(throws: Preopen.Failure.self) { try Preopen(text) }
            #expect("\(error.map(String.init(describing:)) ?? "")".contains("HOST::GUEST"))
        }
        let error = #expect(throws: Preopen.Failure.self) { try Preopen("/nowhere::/x") }
        #expect(error?.description == "the directory /nowhere cannot be opened: noEntry")
        folder.write("file")
        #expect(throws: Preopen.Failure.self) { try Preopen("\(path)/file::/x") }
    }
}

@Suite("wasi:filesystem: nothing leads out") struct ConfinementTests {
    let guests: Guests
    let outside: Folder
    let folder: Folder

    init() throws {
        guests = try Guests()
        outside = try Folder()
        outside.write("secret", "secret")
        outside.makeFolder("inside")
        folder = try Folder()
        folder.write("file", "mine")
        folder.makeFolder("dir")
        folder.link("out", to: outside.path)
        folder.link("up", to: "..")
        folder.link("secret", to: outside.path + "/secret")
        folder.link("far", to: "../../../../../../../../etc/passwd")
        folder.link("loop", to: "loop")
        folder.link("dir/up", to: "../..")
        folder.link("proc", to: "/proc/self/root/etc/passwd")
        guests.configuration.preopens = [try folder.preopen()]
    }

    /// Paths that a guest may try, none of which leads to something of its own.
    static let paths = [
        "..", "../", "../x", "./..", "dir/../..", "dir/../../x", "dir/./../../x", "/", "//", "/etc",
        "/etc/passwd", "//etc/passwd", "out", "out/", "out/secret", "up", "up/", "up/x", "secret",
        "secret/", "far", "dir/up", "dir/up/x", "dir/up/../x", "dir/../out/secret", "loop",
        "loop/x",
        "proc", "out/../out/secret", "out/inside", "out/inside/..", "out/new", "up/new",
        "dir/up/new",
    ]

    @Test(arguments: paths) func everyOperationIsKeptInside(_ path: String) throws {
        let before = (outside.names, outside.text("secret"), folder.text("file"))
        try guests.result { (system) throws(Trap) in
            let root = Descriptor(system.configuration.preopens[0], system)
            for follow in [PathFlags.symlinkFollow, []] {
                for flags in [OpenFlags(), .create, .directory, .truncate, [.create, .exclusive]] {
                    for mode in [DescriptorFlags.read, .write, [.read, .write]] {
                        let opened = try root.openAt(follow, path, flags, mode)
                        #expect(opened.value == nil, "\(path) \(flags) \(mode)")
                    }
                }
            }
            let now = NewTimestamp.timestamp(Datetime(seconds: 1, nanoseconds: 0))
            let times = try root.setTimesAt(.symlinkFollow, path, access: now, modification: now)
            #expect(times.error != nil)
            #expect(try root.statAt(.symlinkFollow, path).error != nil)
            #expect(try root.createDirectoryAt(path).error != nil)
            #expect(try root.removeDirectoryAt(path).error != nil)
            #expect(try root.symlinkAt("x", path).error != nil)
            #expect(try root.linkAt([], "file", root, path).error != nil)
            #expect(try root.renameAt("dir", root, path + "/x").error != nil)
            #expect(try root.unlinkFileAt(path + "/secret").error != nil)
            #expect(try root.readlinkAt(path + "/x").error != nil)
        }
        #expect(before == (outside.names, outside.text("secret"), folder.text("file")))
        #expect(Set(["dir", "file", "out"]).isSubset(of: Set(folder.names)))
    }

    /// A thread swaps a directory for a link that leads out, as fast as it can, while a guest uses paths
    /// through it.
    @Test func racesStayInside() throws {
        folder.makeFolder("race")
        folder.write("race/secret", "mine")
        folder.link("bad", to: outside.path)
        let path = folder.path
        try withRenamer(path) {
            let end = Instant.now.after(milliseconds: 1_500)
            var opened = 0
            var refused = 0
            try guests.result { (system) throws(Trap) in
                let root = Descriptor(system.configuration.preopens[0], system)
                while Instant.now < end {
                    if let file = try root.openAt(.symlinkFollow, "race/secret", [], .read).value {
                        opened += 1
                        let text = try file.read(10, at: 0).value?.bytes
                        #expect(text == bytes("mine"))
                    } else {
                        refused += 1
                    }
                    _ = try root.openAt(.symlinkFollow, "race/new", .create, .write)
                    _ = try root.createDirectoryAt("race/made")
                    _ = try root.unlinkFileAt("race/new")
                    _ = try root.removeDirectoryAt("race/made")
                    _ = try root.renameAt("file", root, "race/file")
                    _ = try root.renameAt("race/file", root, "file")
                    _ = try root.symlinkAt("x", "race/link")
                    _ = try root.unlinkFileAt("race/link")
                }
            }
            #expect(opened > 0 && refused > 0, "\(opened) opened, \(refused) refused")
        }
        #expect(outside.names == ["inside", "secret"])
        #expect(outside.text("secret") == "secret")
    }

    private func withRenamer(
        _ path: String,
        _ body: () throws -> Void
    ) throws {
        let flag = StopFlag()
        let thread = try LoopThread(name: "renamer", core: nil) {
            while !flag.isSet {
                unsafe rename(path + "/race", path + "/good")
                unsafe rename(path + "/bad", path + "/race")
                unsafe rename(path + "/race", path + "/bad")
                unsafe rename(path + "/good", path + "/race")
            }
        }
        defer {
            flag.set()
            thread.join()
        }
        try body()
    }
}

/// Tells a thread to stop.
final class StopFlag: Sendable {
    private let flag = Atomic(false)
    var isSet: Bool { flag.load(ordering: .relaxed) }
    func set() { flag.store(true, ordering: .relaxed) }
}
