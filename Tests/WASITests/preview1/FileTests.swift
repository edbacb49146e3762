import Glibc
import Testing
import Wasm

@testable import WASI

@Suite("wasi_snapshot_preview1: files") struct Preview1FileTests {
    let guests: Guests
    let folder: Folder
    let output = MemorySink()

    init() throws {
        guests = try Guests()
        folder = try Folder()
        folder.write("file", "hello world")
        folder.makeFolder("dir")
        guests.configuration.preopens = [try folder.preopen("/d")]
        guests.stdio = Stdio(
            input: InputStream(MemorySource(bytes("one\ntwo\n"))),
            output: OutputStream(output),
            error: OutputStream()
        )
    }

    @Test func standardStreams() throws {
        try guests.preview1 { [output] (guest) throws in
            let first = try guest.read(0, 3)
            #expect(first.errno == .success && first.text == "one")
            #expect(try guest.read(0, 100).text == "\ntwo\n")
            #expect(try guest.read(0, 100).text == "")
            #expect(try guest.read(1, 1).errno == .badf)
            let written = try guest.write(1, "out")
            #expect(written.errno == .success && written.count == 3)
            #expect(output.bytes == bytes("out"))
            #expect(try guest.write(0, "x").errno == .badf)
            #expect(try guest.write(2, "x").errno == .pipe, "it is closed")
            for number: UInt64 in 0...2 {
                #expect(try guest.call("fd_seek", number, 0, 1, 608) == .spipe)
                #expect(try guest.call("fd_tell", number, 608) == .spipe)
                #expect(try guest.call("fd_filestat_get", number, 608) == .success)
                #expect(try guest.get(608, 64).allSatisfy { $0 == 0 })
                #expect(try guest.call("fd_fdstat_set_flags", number, 0) == .badf)
                #expect(try guest.call("fd_sync", number) == .badf)
                #expect(try guest.call("fd_prestat_get", number, 608) == .badf)
                #expect(try guest.call("fd_pread", number, 600, 0, 0, 608) == .spipe)
                #expect(try guest.call("fd_pwrite", number, 600, 0, 0, 608) == .spipe)
            }
        }
    }

    @Test func manyBuffersAreReadAndWrittenInOrder() throws {
        try guests.preview1 { [folder] (guest) throws in
            let file = try guest.open("file").number
            for (index, part) in [(8_000, 2), (8_100, 0), (8_200, 3), (8_300, 99)].enumerated() {
                try guest.put(UInt32(part.0), 600 + 8 * UInt64(index))
                try guest.put(UInt32(part.1), 604 + 8 * UInt64(index))
            }
            #expect(try guest.call("fd_read", file, 600, 4, 700) == .success)
            #expect(try guest.u32(700) == 11)
            #expect(try guest.get(8_000, 3) == bytes("he\0"))
            #expect(try guest.get(8_200, 4) == bytes("llo\0"))
            #expect(try guest.get(8_300, 7) == bytes(" world\0"))
            try guest.put(UInt32(6), 628)
            let copy = try guest.open("copy", 1, rights: Preview1Guest.write).number
            #expect(try guest.call("fd_write", copy, 600, 4, 700) == .success)
            #expect(try guest.u32(700) == 11)
            #expect(folder.text("copy") == "hello world")
            #expect(try guest.call("fd_read", file, 600, 5_000, 700) == .inval)
        }
    }

    @Test func positions() throws {
        try guests.preview1 { (guest) throws in
            let file = try guest.open("file").number
            func seek(_ offset: Int64, _ whence: UInt64) throws -> (Errno?, UInt64) {
                let errno = try guest.call("fd_seek", file, UInt64(bitPattern: offset), whence, 608)
                return (errno, try guest.u64(608))
            }
            #expect(try seek(6, 0) == (.success, 6))
            #expect(try guest.read(file, 3).text == "wor")
            #expect(try guest.call("fd_tell", file, 608) == .success)
            #expect(try guest.u64(608) == 9)
            #expect(try seek(-4, 1) == (.success, 5))
            #expect(try seek(-1, 2) == (.success, 10))
            #expect(try guest.read(file, 9).text == "d")
            #expect(try guest.read(file, 9).text == "")
            #expect(try seek(-12, 1).0 == .inval)
            #expect(try seek(.max, 1).0 == .inval)
            #expect(try seek(0, 3).0 == .inval)
            #expect(try seek(1_000, 0) == (.success, 1_000))
            #expect(try guest.read(file, 9).text == "")
            #expect(try guest.call("fd_seek", 3, 0, 0, 608) == .badf)
            #expect(try guest.call("fd_tell", 3, 608) == .badf)
            #expect(try guest.call("fd_tell", 99, 608) == .badf)
        }
    }

    @Test func readingAndWritingAtAnOffset() throws {
        try guests.preview1 { [folder] (guest) throws in
            let both = Preview1Guest.read | Preview1Guest.write
            let file = try guest.open("file", rights: both).number
            try guest.put(UInt32(8_192), 600)
            try guest.put(UInt32(5), 604)
            #expect(try guest.call("fd_pread", file, 600, 1, 6, 608) == .success)
            #expect(try guest.get(8_192, 5) == bytes("world"))
            #expect(try guest.call("fd_pwrite", file, 600, 1, 0, 608) == .success)
            #expect(folder.text("file") == "world world")
            #expect(try guest.read(file, 3).text == "wor", "the position stays")
            #expect(try guest.call("fd_pread", file, 600, 1, 1 << 63, 608) == .inval)
            #expect(try guest.call("fd_pread", 3, 600, 1, 0, 608) == .badf)
            let reading = try guest.open("file").number
            #expect(try guest.call("fd_pwrite", reading, 600, 1, 0, 608) == .badf)
            #expect(try guest.write(reading, "x").errno == .badf)
            let writing = try guest.open("file", rights: Preview1Guest.write).number
            #expect(try guest.read(writing, 1).errno == .badf)
        }
    }

    @Test func appending() throws {
        try guests.preview1 { [folder] (guest) throws in
            let file = try guest.open("file", rights: Preview1Guest.write, fdflags: 1).number
            #expect(try guest.write(file, "!").count == 1)
            folder.write("file", "short")
            #expect(try guest.write(file, "?").count == 1)
            #expect(folder.text("file") == "short?")
            #expect(try guest.call("fd_tell", file, 608) == .success)
            #expect(try guest.u64(608) == 6)
            #expect(try guest.call("fd_fdstat_set_flags", file, 0) == .success)
            #expect(try guest.call("fd_seek", file, 0, 0, 608) == .success)
            #expect(try guest.write(file, "S").count == 1)
            #expect(folder.text("file") == "Short?")
        }
    }

    @Test func flagsAndRights() throws {
        try guests.preview1 { (guest) throws in
            let file = try guest.open("file").number
            for (flags, errno) in [
                (0, Errno.success), (1, .success), (4, .success), (5, .success), (2, .inval),
                (8, .inval), (16, .inval), (32, .inval), (0x10001, .inval),
            ] as [(UInt64, Errno)] {
                #expect(try guest.call("fd_fdstat_set_flags", file, flags) == errno, "\(flags)")
            }
            #expect(try guest.call("fd_fdstat_get", file, 608) == .success)
            #expect(try guest.get(608, 4) == [4, 0, 5, 0])
            #expect(try guest.u64(616) == 0x3FFF_FFBF)
            #expect(try guest.call("fd_fdstat_get", 3, 608) == .success)
            #expect(try guest.get(608, 4) == [3, 0, 0, 0])
            #expect(try guest.u64(616) == 0x07B7_FE00)
            #expect(try guest.u64(624) == 0x0FF7_FFFF)
            #expect(try guest.call("fd_fdstat_get", 0, 608) == .success)
            #expect(try guest.u64(616) == 2)
            #expect(try guest.call("fd_fdstat_set_rights", file, 0, 0) == .notsup)
            #expect(try guest.call("fd_fdstat_set_rights", 99, 0, 0) == .badf)
            #expect(try guest.call("fd_fdstat_set_flags", 3, 0) == .badf)
        }
    }

    @Test func sizesAndTimes() throws {
        try guests.preview1 { [folder] (guest) throws in
            let file = try guest.open("file", rights: Preview1Guest.write).number
            #expect(try guest.call("fd_filestat_set_size", file, 4) == .success)
            #expect(folder.text("file") == "hell")
            #expect(try guest.call("fd_filestat_set_size", file, 1 << 63) == .inval)
            #expect(try guest.call("fd_allocate", file, 0, 10) == .success)
            #expect(try guest.call("fd_allocate", file, 0, 0) == .inval)
            #expect(try guest.call("fd_filestat_set_times", file, 1_500_000_000, 7, 1) == .success)
            #expect(try guest.call("fd_filestat_set_times", file, 0, 2_000_000_001, 4) == .success)
            #expect(try guest.call("fd_filestat_get", file, 608) == .success)
            #expect(try guest.get(624, 1) == [4])
            #expect(try guest.u64(632) == 1)
            #expect(try guest.u64(640) == 10)
            #expect(try guest.u64(648) == 1_500_000_000)
            #expect(try guest.u64(656) == 2_000_000_001)
            #expect(try guest.call("fd_filestat_set_times", file, 0, 0, 10) == .success)
            #expect(try guest.call("fd_filestat_get", file, 608) == .success)
            #expect(abs(Int(try guest.u64(656)) / 1_000_000_000 - time(nil)) <= 2)
            for flags: UInt64 in [3, 12, 16] {
                #expect(try guest.call("fd_filestat_set_times", file, 0, 0, flags) == .inval)
            }
            let reading = try guest.open("file").number
            #expect(try guest.call("fd_filestat_set_size", reading, 4) == .badf)
            #expect(try guest.call("fd_filestat_set_size", 3, 4) == .badf)
            #expect(try guest.call("fd_allocate", reading, 0, 4) == .badf)
            #expect(try guest.call("fd_filestat_set_times", reading, 0, 0, 1) == .badf)
            #expect(try guest.call("fd_filestat_get", 99, 608) == .badf)
        }
    }

    @Test func advice() throws {
        try guests.preview1 { (guest) throws in
            let file = try guest.open("file").number
            for advice: UInt64 in 0...5 {
                #expect(try guest.call("fd_advise", file, 0, 10, advice) == .success)
            }
            #expect(try guest.call("fd_advise", file, 0, 10, 6) == .inval)
            #expect(try guest.call("fd_advise", file, 1 << 63, 1, 0) == .inval)
            #expect(try guest.call("fd_advise", 3, 0, 0, 0) == .badf)
            #expect(try guest.call("fd_advise", 0, 0, 0, 0) == .spipe)
        }
    }

    @Test func syncing() throws {
        try guests.preview1 { (guest) throws in
            let file = try guest.open("file", rights: Preview1Guest.write).number
            #expect(try guest.call("fd_sync", file) == .success)
            #expect(try guest.call("fd_datasync", file) == .success)
            let reading = try guest.open("file").number
            #expect(try guest.call("fd_sync", reading) == .success)
            #expect(try guest.call("fd_datasync", 3) == .success)
            #expect(try guest.call("fd_sync", 99) == .badf)
        }
    }

    @Test func closingAndRenumbering() throws {
        try guests.preview1 { (guest) throws in
            let first = try guest.open("file").number
            let second = try guest.open("file").number
            #expect((first, second) == (4, 5))
            #expect(try guest.read(second, 5).text == "hello")
            #expect(try guest.call("fd_renumber", second, first) == .success)
            #expect(try guest.call("fd_tell", second, 608) == .badf)
            #expect(try guest.read(first, 6).text == " world")
            #expect(try guest.call("fd_renumber", first, 77) == .badf)
            #expect(try guest.call("fd_renumber", 77, first) == .badf)
            #expect(try guest.call("fd_renumber", first, first) == .success)
            #expect(try guest.call("fd_close", first) == .success)
            #expect(try guest.call("fd_close", first) == .badf)
            #expect(try guest.open("file").number == 4, "the least number is used again")
        }
    }

    @Test func thereIsALimitOfOpenFiles() throws {
        try guests.preview1 { (guest) throws in
            var opened = 0
            while try guest.open("dir").errno == .success { opened += 1 }
            #expect(opened == WASILimits.openFiles - 4)
            #expect(try guest.open("dir").errno == .mfile)
            #expect(try guest.call("fd_close", 10) == .success)
            #expect(try guest.open("dir").number == 10)
        }
    }

    @Test func directoriesFromTheStart() throws {
        try guests.preview1 { (guest) throws in
            try guest.put([9, 9, 9, 9, 9, 9, 9, 9, 9], 600)
            #expect(try guest.call("fd_prestat_get", 3, 600) == .success)
            #expect(try guest.get(600, 9) == [0, 0, 0, 0, 2, 0, 0, 0, 9])
            #expect(try guest.call("fd_prestat_dir_name", 3, 600, 1) == .nametoolong)
            #expect(try guest.call("fd_prestat_dir_name", 3, 600, 5) == .success)
            #expect(try guest.get(600, 3) == bytes("/d\0"))
            #expect(try guest.call("fd_prestat_get", 4, 600) == .badf)
            let directory = try guest.open("dir").number
            #expect(try guest.call("fd_prestat_get", directory, 600) == .badf)
            #expect(try guest.call("fd_prestat_dir_name", directory, 600, 5) == .notdir)
        }
    }

    @Test func entriesOfADirectory() throws {
        for index in 0..<300 { folder.write("dir/entry-\(index)") }
        folder.link("dir/link", to: "x")
        folder.makeFolder("dir/folder")
        let expected = Set(folder.names(in: "dir") + [".", ".."])
        try guests.preview1 { (guest) throws in
            let directory = try guest.open("dir").number
            for room: UInt64 in [64, 300, 4_096, 60_000] {
                var found: [String: UInt8] = [:]
                var cookie: UInt64 = 0
                while true {
                    #expect(
                        try guest.call("fd_readdir", directory, 8_192, room, cookie, 608)
                            == .success
                    )
                    let used = UInt64(try guest.u32(608))
                    var offset: UInt64 = 0
                    while offset + 24 <= used {
                        let length = UInt64(try guest.u32(8_192 + (offset + 16) & ~3))
                        _ = length
                        let record = try guest.get(8_192 + offset, 24)
                        let count = Int(record[16]) | Int(record[17]) << 8
                        guard offset + 24 + UInt64(count) <= used else { break }
                        let name = String(
                            decoding: try guest.get(8_192 + offset + 24, count),
                            as: UTF8.self
                        )
                        found[name] = record[20]
                        cookie = record[..<8].reversed().reduce(0) { $0 << 8 | UInt64($1) }
                        offset += 24 + UInt64(count)
                    }
                    if used < room { break }
                }
                #expect(Set(found.keys) == expected, "with \(room) bytes")
                #expect(found["link"] == 7)
                #expect(found["folder"] == 3)
                #expect(found["entry-7"] == 4)
            }
            let file = try guest.open("file").number
            #expect(try guest.call("fd_readdir", file, 0, 100, 0, 608) == .notdir)
            #expect(try guest.call("fd_readdir", 0, 0, 100, 0, 608) == .badf)
            #expect(try guest.call("fd_readdir", directory, 0, 100, 1 << 63, 608) == .inval)
        }
    }
}

extension Folder {
    func names(in name: String) -> [String] { Folder.names(path + "/" + name) }
}
