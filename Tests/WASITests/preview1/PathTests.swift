import Glibc
import Testing
import Wasm

@testable import WASI

@Suite("wasi_snapshot_preview1: paths") struct Preview1PathTests {
    let guests: Guests
    let folder: Folder
    let readOnly: Folder

    init() throws {
        guests = try Guests()
        folder = try Folder()
        readOnly = try Folder()
        folder.write("file", "hello")
        folder.makeFolder("dir")
        folder.write("dir/inner", "inner")
        folder.link("link", to: "file")
        readOnly.write("r", "ro")
        guests.configuration.preopens = [
            try folder.preopen("/"), try readOnly.preopen("/ro", isReadOnly: true),
        ]
    }

    @Test func opening() throws {
        let read = Preview1Guest.read
        let write = Preview1Guest.write
        let cases: [(String, UInt64, UInt64, Bool, Errno)] = [
            ("file", 0, read, true, .success), ("file", 0, 0, true, .success),
            ("file", 0, read | write, true, .success), ("dir/inner", 0, read, true, .success),
            ("dir/../file", 0, read, true, .success), ("./file", 0, read, true, .success),
            ("dir", 0, read, true, .success), ("dir/", 2, read, true, .success),
            (".", 2, read, true, .success), ("dir", 0, write, true, .isdir),
            ("file", 2, read, true, .notdir), ("file/", 0, read, true, .notdir),
            ("missing", 0, read, true, .noent), ("dir/missing/x", 0, read, true, .noent),
            ("new", 1, write, true, .success), ("file", 5, write, true, .exist),
            ("new2", 3, read, true, .inval), ("file", 8, write, true, .success),
            ("link", 0, read, true, .success), ("link", 0, read, false, .loop),
            ("", 0, read, true, .noent), ("/", 0, read, true, .perm),
            ("/etc/passwd", 0, read, true, .perm), ("..", 0, read, true, .perm),
            ("dir/../../x", 0, read, true, .perm), ("fi\0le", 0, read, true, .inval),
            (String(repeating: "x", count: 300), 0, read, true, .nametoolong),
            (String(repeating: "x/", count: 2_500), 0, read, true, .nametoolong),
            ("file", 16, read, true, .inval),
        ]
        try guests.preview1 { (guest) throws in
            for (path, flags, rights, follow, errno) in cases {
                let opened = try guest.open(path, follow: follow, flags, rights: rights)
                #expect(opened.errno == errno, "\(path) \(flags) \(rights)")
            }
            let count = try guest.path("file")
            #expect(try guest.call("path_open", 3, 2, 1_000, count, 0, 2, 0, 0, 500) == .inval)
            #expect(try guest.call("path_open", 3, 1, 1_000, count, 0, 2, 0, 32, 500) == .inval)
            #expect(try guest.call("path_open", 77, 1, 1_000, count, 0, 2, 0, 0, 500) == .badf)
            #expect(try guest.call("path_open", 0, 1, 1_000, count, 0, 2, 0, 0, 500) == .badf)
            let file = try guest.open("file").number
            #expect(try guest.open("x", in: file).errno == .notdir)
            try guest.put([0xFF, 0xFE], 1_000)
            #expect(try guest.call("path_open", 3, 1, 1_000, 2, 0, 2, 0, 0, 500) == .ilseq)
            let directory = try guest.open("dir").number
            #expect(try guest.open("inner", in: directory).errno == .success)
            #expect(try guest.open("../file", in: directory).errno == .perm)
        }
    }

    @Test func makingAndRemoving() throws {
        try guests.preview1 { [folder] (guest) throws in
            func on(_ name: String, _ path: String, in directory: UInt64 = 3) throws -> Errno? {
                try guest.call(name, directory, 1_000, try guest.path(path))
            }
            #expect(try on("path_create_directory", "a") == .success)
            #expect(try on("path_create_directory", "a/b/") == .success)
            #expect(try on("path_create_directory", "a") == .exist)
            #expect(try on("path_create_directory", "link") == .exist)
            #expect(try on("path_create_directory", ".") == .exist)
            #expect(try on("path_create_directory", "..") == .perm)
            #expect(try on("path_create_directory", "../x") == .perm)
            #expect(try on("path_create_directory", "/x") == .perm)
            #expect(try on("path_create_directory", "missing/x") == .noent)
            #expect(try on("path_create_directory", "file/x") == .notdir)
            #expect(try on("path_create_directory", "") == .noent)
            #expect(try on("path_remove_directory", "a") == .notempty)
            #expect(try on("path_remove_directory", "a/b/") == .success)
            #expect(try on("path_remove_directory", "file") == .notdir)
            #expect(try on("path_remove_directory", "link") == .notdir)
            #expect(try on("path_remove_directory", "missing") == .noent)
            #expect(try on("path_remove_directory", "a/.") == .inval)
            #expect(try on("path_remove_directory", "a") == .success)
            #expect(try on("path_unlink_file", "dir") == .isdir)
            #expect(try on("path_unlink_file", "dir/") == .isdir)
            #expect(try on("path_unlink_file", "file/") == .notdir)
            #expect(try on("path_unlink_file", "missing") == .noent)
            #expect(try on("path_unlink_file", "dir/..") == .isdir)
            #expect(try on("path_unlink_file", "link") == .success)
            #expect(folder.text("file") == "hello", "a link is removed, and not what it leads to")
            #expect(try on("path_unlink_file", "file") == .success)
            #expect(try on("path_unlink_file", "x", in: 0) == .badf)
            #expect(folder.names == ["dir"])
        }
    }

    @Test func renaming() throws {
        folder.makeFolder("full")
        folder.write("full/x")
        try guests.preview1 { [folder] (guest) throws in
            func rename(_ old: String, _ new: String, to directory: UInt64 = 3) throws -> Errno? {
                let newCount = try guest.path(new, 3_000)
                return try guest.call(
                    "path_rename",
                    3,
                    1_000,
                    try guest.path(old),
                    directory,
                    3_000,
                    newCount
                )
            }
            #expect(try rename("file", "dir/moved") == .success)
            #expect(folder.text("dir/moved") == "hello")
            #expect(try rename("dir/moved", "file") == .success)
            #expect(try rename("link", "link2") == .success, "links are renamed themselves")
            #expect(folder.names.contains("link2"))
            #expect(try rename("missing", "x") == .noent)
            #expect(try rename("dir", "full") == .notempty)
            #expect(try rename("dir", "file") == .notdir)
            #expect(try rename("file", "dir") == .isdir)
            #expect(try rename("file/", "x") == .notdir)
            #expect(try rename("file", "x/") == .notdir)
            #expect(try rename("dir/", "dir2/") == .success)
            #expect(try rename("dir2", "dir2/sub") == .inval)
            #expect(try rename("dir2/.", "y") == .busy)
            #expect(try rename("file", "../x") == .perm)
            #expect(try rename("../x", "file") == .perm)
            #expect(try rename("file", "x", to: 4) == .rofs)
            let directory = try guest.open("dir2").number
            #expect(try rename("file", "inside", to: directory) == .success)
            #expect(folder.text("dir2/inside") == "hello")
        }
    }

    @Test func links() throws {
        try guests.preview1 { [folder] (guest) throws in
            func symlink(_ target: String, _ path: String) throws -> Errno? {
                let count = try guest.path(path, 6_000)
                return try guest.call(
                    "path_symlink",
                    1_000,
                    try guest.path(target),
                    3,
                    6_000,
                    count
                )
            }
            func readlink(_ path: String, room: UInt64 = 100) throws -> (Errno?, String) {
                let count = try guest.path(path)
                let errno = try guest.call("path_readlink", 3, 1_000, count, 3_000, room, 600)
                guard errno == .success else { return (errno, "") }
                let bytes = try guest.get(3_000, Int(try guest.u32(600)))
                return (errno, String(decoding: bytes, as: UTF8.self))
            }
            func link(_ old: String, _ new: String, follow: UInt64 = 0) throws -> Errno? {
                let count = try guest.path(new, 3_000)
                return try guest.call(
                    "path_link",
                    3,
                    follow,
                    1_000,
                    try guest.path(old),
                    3,
                    3_000,
                    count
                )
            }
            #expect(try symlink("dir/inner", "s") == .success)
            #expect(try readlink("s") == (.success, "dir/inner"))
            #expect(try readlink("s", room: 3) == (.success, "dir"))
            #expect(try guest.read(try guest.open("s").number, 9).text == "inner")
            #expect(try symlink("x", "s") == .exist)
            #expect(try symlink("x", "s/") == .exist)
            #expect(try symlink("x", "t/") == .noent)
            #expect(try symlink("/etc", "t") == .perm)
            #expect(try symlink("", "t") == .noent)
            #expect(
                try symlink("../..", "up") == .success,
                "what it leads to is looked at when used"
            )
            #expect(try guest.open("up").errno == .perm)
            #expect(try symlink("x", "../t") == .perm)
            folder.link("absolute", to: "/etc/passwd")
            #expect(try readlink("absolute").0 == .perm)
            #expect(try guest.open("absolute").errno == .perm)
            #expect(try readlink("file").0 == .inval)
            #expect(try readlink("dir").0 == .inval)
            #expect(try readlink("missing").0 == .noent)
            #expect(try readlink("../x").0 == .perm)
            #expect(try link("file", "hard") == .success)
            #expect(folder.text("hard") == "hello")
            #expect(try link("file", "hard") == .exist)
            #expect(try link("missing", "h") == .noent)
            #expect(try link("dir", "h") == .perm)
            #expect(try link("file", "h/") == .noent)
            #expect(try link("file/", "h") == .notdir)
            #expect(try link("file", "h", follow: 1) == .inval)
            #expect(try link("file", "h", follow: 2) == .inval)
            #expect(try link("../x", "h") == .perm)
            #expect(try link("file", "../h") == .perm)
            #expect(try link("absolute", "h") == .success, "the link itself")
            #expect(try readlink("h").0 == .perm)
        }
    }

    @Test func attributes() throws {
        try guests.preview1 { (guest) throws in
            func stat(_ path: String, follow: UInt64 = 1) throws -> (Errno?, UInt8, UInt64) {
                let count = try guest.path(path)
                let errno = try guest.call("path_filestat_get", 3, follow, 1_000, count, 600)
                return (errno, try guest.get(616, 1)[0], try guest.u64(632))
            }
            func setTimes(_ path: String, _ flags: UInt64, follow: UInt64 = 1) throws -> Errno? {
                let count = try guest.path(path)
                return try guest.call(
                    "path_filestat_set_times",
                    3,
                    follow,
                    1_000,
                    count,
                    5_000_000_000,
                    6_000_000_000,
                    flags
                )
            }
            #expect(try stat("file") == (.success, 4, 5))
            #expect(try stat("link") == (.success, 4, 5))
            #expect(try stat("link", follow: 0) == (.success, 7, 4))
            #expect(try stat("dir").1 == 3)
            #expect(try stat("dir/").1 == 3)
            #expect(try stat("file/").0 == .notdir)
            #expect(try stat(".").1 == 3)
            #expect(try stat("missing").0 == .noent)
            #expect(try stat("..").0 == .perm)
            #expect(try stat("file", follow: 4).0 == .inval)
            #expect(try setTimes("link", 5) == .success)
            #expect(try stat("file").0 == .success)
            #expect(try guest.u64(640) == 5_000_000_000)
            #expect(try guest.u64(648) == 6_000_000_000)
            #expect(try stat("link", follow: 0).0 == .success)
            #expect(try guest.u64(648) != 6_000_000_000)
            #expect(try setTimes("link", 4, follow: 0) == .success)
            #expect(try stat("link", follow: 0).0 == .success)
            #expect(try guest.u64(648) == 6_000_000_000)
            #expect(try setTimes("file", 3) == .inval)
            #expect(try setTimes("missing", 1) == .noent)
            #expect(try setTimes("../x", 1) == .perm)
        }
    }

    @Test func nothingChangesWhereOnlyReadingIsAllowed() throws {
        let before = readOnly.names
        try guests.preview1 { (guest) throws in
            let write = Preview1Guest.write
            #expect(try guest.open("r", in: 4).errno == .success)
            #expect(try guest.open("r", in: 4, rights: write).errno == .rofs)
            #expect(try guest.open("n", in: 4, 1).errno == .rofs)
            #expect(try guest.open("r", in: 4, 8).errno == .rofs)
            let count = try guest.path("r")
            let other = try guest.path("q", 3_000)
            #expect(try guest.call("path_create_directory", 4, 3_000, other) == .rofs)
            #expect(try guest.call("path_remove_directory", 4, 1_000, count) == .rofs)
            #expect(try guest.call("path_unlink_file", 4, 1_000, count) == .rofs)
            #expect(try guest.call("path_rename", 4, 1_000, count, 3, 3_000, other) == .rofs)
            #expect(try guest.call("path_link", 4, 0, 1_000, count, 3, 3_000, other) == .rofs)
            #expect(try guest.call("path_symlink", 1_000, count, 4, 3_000, other) == .rofs)
            #expect(
                try guest.call("path_filestat_set_times", 4, 1, 1_000, count, 0, 0, 5) == .rofs
            )
            #expect(try guest.call("fd_filestat_set_times", 4, 0, 0, 5) == .rofs)
            let file = try guest.open("r", in: 4).number
            #expect(try guest.call("fd_filestat_set_size", file, 0) == .badf)
            #expect(try guest.call("fd_filestat_set_times", file, 0, 0, 5) == .badf)
            #expect(try guest.write(file, "x").errno == .badf)
            let here = try guest.open(".", in: 4).number
            #expect(try guest.open("r", in: here, rights: write).errno == .rofs)
        }
        #expect(readOnly.names == before)
        #expect(readOnly.text("r") == "ro")
    }
}
