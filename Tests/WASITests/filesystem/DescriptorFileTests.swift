import Glibc
import Testing
import Wasm

@testable import WASI

/// Functions of a descriptor that is a file: their effects, and the errors that the interface documents.
@Suite("wasi:filesystem/types: files") struct DescriptorFileTests {
    let guests: Guests
    let folder: Folder

    init() throws {
        guests = try Guests()
        folder = try Folder()
        folder.write("file", "hello world")
        folder.makeFolder("dir")
        guests.configuration.preopens = [try folder.preopen()]
    }

    /// What a body gives that has the folder, and a file of it that is open in this way.
    func with<Value>(
        _ flags: DescriptorFlags,
        _ body: @escaping (Descriptor, Descriptor) throws(Trap) -> Value
    ) throws -> Value {
        try guests.result { (system) throws(Trap) in
            let root = Descriptor(system.configuration.preopens[0], system)
            guard let file = try root.openAt([], "file", [], flags).value else {
                throw .host("the file cannot be opened")
            }
            return try body(root, file)
        }
    }

    @Test func flagsAndTypesAreTold() throws {
        let told = try with(.read) { (root, file) throws(Trap) in
            [file.flags == .read, file.type == .regularFile, root.type == .directory]
        }
        #expect(told == [true, true, true])
    }

    @Test func sizesAreSet() throws {
        let sizes = try with([.read, .write]) { (_, file) throws(Trap) in
            var sizes: [UInt64] = []
            for size: UInt64 in [5, 100_000, 0] {
                _ = try file.setSize(size)
                sizes.append(try file.stat().value?.size ?? .max)
            }
            return sizes
        }
        #expect(sizes == [5, 100_000, 0])
    }

    @Test func aSizeIsSetOfWhatCanBeWrittenOnly() throws {
        let errors = try with(.read) { (root, file) throws(Trap) in
            [try file.setSize(1).error, try root.setSize(1).error]
        }
        #expect(errors == [.badDescriptor, .badDescriptor])
        let tooLarge = try with([.read, .write]) { (_, file) throws(Trap) in
            [try file.setSize(.max).error, try file.setSize(UInt64(Int64.max)).error]
        }
        #expect(tooLarge[0] == .invalid)
        #expect(tooLarge[1] == .fileTooLarge || tooLarge[1] == .invalid)
    }

    @Test func roomIsMade() throws {
        let results = try with([.read, .write]) { (root, file) throws(Trap) in
            let made = try file.allocate(0, 50_000).error
            let size = try file.stat().value?.size
            return ([made, try file.allocate(0, .max).error, try root.allocate(0, 1).error], size)
        }
        #expect(results.0 == [nil, .invalid, .badDescriptor])
        #expect(results.1 == 50_000)
    }

    @Test(arguments: [Advice.normal, .sequential, .random, .willNeed, .dontNeed, .noReuse])
    func advicesAreTaken(_ advice: Advice) throws {
        let errors = try with(.read) { (root, file) throws(Trap) in
            [
                try file.advise(0, 5, advice).error, try file.advise(.max, 5, advice).error,
                try root.advise(0, 5, advice).error,
            ]
        }
        #expect(errors == [nil, .invalid, .badDescriptor])
    }

    @Test func whatIsWrittenIsSynced() throws {
        let errors = try with([.read, .write]) { (root, file) throws(Trap) in
            [try file.sync().error, try file.syncData().error, try root.sync().error, try root.syncData().error]
        }
        #expect(errors == [nil, nil, nil, nil])
        // It has nothing to be synced.
        let read = try with(.read) { (_, file) throws(Trap) in [try file.sync().error, try file.syncData().error] }
        #expect(read == [nil, nil])
    }

    @Test func anErrorOfAStreamSaysWhatWentWrong() {
        let error = IOError(FilesystemErrorCode.noEntry)
        #expect(!error.toDebugString.isEmpty)
        #expect(error.cause as? FilesystemErrorCode == .noEntry)
    }
}
