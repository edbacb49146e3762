"""wasi:filesystem."""
from calls import check, expect
from wit_world.imports import preopens, wall_clock, wasi_filesystem_types as fs

NONE, FOLLOW = fs.PathFlags(0), fs.PathFlags.SYMLINK_FOLLOW
READ, WRITE, MUTATE = fs.DescriptorFlags.READ, fs.DescriptorFlags.WRITE, fs.DescriptorFlags.MUTATE_DIRECTORY
CREATE, FOLDER, EXCLUSIVE, TRUNCATE = (fs.OpenFlags.CREATE, fs.OpenFlags.DIRECTORY, fs.OpenFlags.EXCLUSIVE,
                                       fs.OpenFlags.TRUNCATE)
PLAIN = fs.OpenFlags(0)


def files():
    (root, name), = preopens.get_directories()
    expect("the folder's name", "/data", lambda: name)
    opening(root)
    content(root)
    folders(root)
    links(root)
    names(root)
    times(root)
    outside(root)


def opening(root):
    expect("created", "Descriptor", root.open_at, NONE, "file", CREATE, READ | WRITE)
    expect("created once", "error exist", root.open_at, NONE, "file", CREATE | EXCLUSIVE, READ | WRITE)
    expect("what is not there", "error no-entry", root.open_at, NONE, "nothing", PLAIN, READ)
    expect("a file as a folder", "error not-directory", root.open_at, NONE, "file", FOLDER, READ)
    expect("beneath a file", "error not-directory", root.open_at, NONE, "file/x", PLAIN, READ)
    expect("a folder for writing", "error is-directory", root.open_at, NONE, ".", PLAIN, READ | WRITE)
    expect("a folder cut short", "error is-directory", root.open_at, NONE, ".", TRUNCATE, READ | WRITE)
    expect("an empty path", "error no-entry", root.open_at, NONE, "", PLAIN, READ)
    expect("a long name", "error name-too-long", root.open_at, NONE, "n" * 300, PLAIN, READ)


def content(root):
    file = root.open_at(NONE, "file", TRUNCATE, READ | WRITE)
    expect("flags", True, lambda: file.get_flags() & (READ | WRITE) == READ | WRITE)
    expect("the type of a file", "regular-file", file.get_type)
    expect("of a folder", "directory", root.get_type)
    expect("written", 11, file.write, b"hello world", 0)
    expect("read", (b"world", False), file.read, 5, 6)
    expect("read past the end", (b"", True), file.read, 5, 11)
    expect("nothing is read", (b"", False), file.read, 0, 0)
    expect("written behind the end", 1, file.write, b"!", 20)
    expect("size", 21, lambda: file.stat().size)
    expect("cut", None, file.set_size, 5)
    expect("grown", None, file.set_size, 8)
    expect("with zeroes", (b"hello\0\0\0", True), lambda: (file.read(100, 0)[0], file.read(100, 8)[1]))
    for advice in fs.Advice:
        expect(f"advice {advice.name.lower()}", None, file.advise, 0, 100, advice)
    expect("synced", None, file.sync)
    expect("its data", None, file.sync_data)
    end = file.append_via_stream()
    expect("appended", None, end.blocking_write_and_flush, b"end")
    expect("at the end", (b"end", False), file.read, 3, 8)
    reader = root.open_at(NONE, "file", PLAIN, READ)
    expect("what is read only is not written", "error bad-descriptor", reader.write, b"x", 0)
    expect("nor cut", "error bad-descriptor", reader.set_size, 0)
    expect("nor streamed to", "error bad-descriptor", reader.write_via_stream, 0)
    expect("nor appended to", "error bad-descriptor", reader.append_via_stream)
    writer = root.open_at(NONE, "file", PLAIN, WRITE)
    expect("what is written only is not read", "error bad-descriptor", writer.read, 1, 0)
    expect("nor streamed from", "error bad-descriptor", writer.read_via_stream, 0)
    expect("a folder is not written", "error bad-descriptor", root.write, b"x", 0)
    stat = file.stat()
    check("a file's status", stat.type == fs.DescriptorType.REGULAR_FILE and stat.link_count == 1 and stat.size == 11)


def folders(root):
    expect("a folder is made", None, root.create_directory_at, "folder")
    expect("once", "error exist", root.create_directory_at, "folder")
    expect("not where nothing is", "error no-entry", root.create_directory_at, "nowhere/folder")
    inner = root.open_at(NONE, "folder", FOLDER, READ | MUTATE)
    for name in ("a", "b", "c"):
        inner.open_at(NONE, name, CREATE, WRITE)
    inner.create_directory_at("d")
    entries, seen = inner.read_directory(), []
    while (entry := entries.read_directory_entry()) is not None:
        seen.append((entry.name, entry.type.name))
    expect("entries", [("a", "REGULAR_FILE"), ("b", "REGULAR_FILE"), ("c", "REGULAR_FILE"), ("d", "DIRECTORY")],
           lambda: sorted(seen))
    file = root.open_at(NONE, "file", PLAIN, READ)
    expect("a file has none", "error not-directory", file.read_directory)
    expect("a folder that is not empty stays", "error not-empty", root.remove_directory_at, "folder")
    expect("a file is no folder", "error not-directory", root.remove_directory_at, "file")
    expect("a folder is no file", "error is-directory", root.unlink_file_at, "folder")
    for name in ("a", "b", "c"):
        inner.unlink_file_at(name)
    expect("an empty one goes", None, inner.remove_directory_at, "d")
    expect("it is gone", "error no-entry", inner.remove_directory_at, "d")
    expect("so is a file", "error no-entry", inner.unlink_file_at, "a")


def links(root):
    expect("a link is made", None, root.symlink_at, "file", "link")
    expect("once", "error exist", root.symlink_at, "file", "link")
    expect("where it leads", "file", root.readlink_at, "link")
    expect("a file leads nowhere", "error invalid", root.readlink_at, "file")
    expect("its own type", "symbolic-link", lambda: root.stat_at(NONE, "link").type)
    expect("that of where it leads", "regular-file", lambda: root.stat_at(FOLLOW, "link").type)
    expect("it is not followed", "error loop", root.open_at, NONE, "link", PLAIN, READ)
    expect("or it is", "Descriptor", root.open_at, FOLLOW, "link", PLAIN, READ)
    expect("a second name", None, root.link_at, NONE, "file", root, "second")
    expect("which is there", 2, lambda: root.stat_at(NONE, "second").link_count)
    expect("once", "error exist", root.link_at, NONE, "file", root, "second")
    expect("of what is there", "error no-entry", root.link_at, NONE, "nothing", root, "third")
    file, second = (root.open_at(NONE, name, PLAIN, READ) for name in ("file", "second"))
    other = root.open_at(NONE, "other", CREATE, READ | WRITE)
    expect("two names of one object", True, file.is_same_object, second)
    expect("two objects", False, file.is_same_object, other)
    one, same, different = file.metadata_hash(), root.metadata_hash_at(NONE, "second"), other.metadata_hash()
    check("hashes tell what is the same", (one.lower, one.upper) == (same.lower, same.upper))
    check("and what is not", (one.lower, one.upper) != (different.lower, different.upper))
    expect("no hash of nothing", "error no-entry", root.metadata_hash_at, NONE, "nothing")
    expect("no status of nothing", "error no-entry", root.stat_at, NONE, "nothing")


def names(root):
    expect("renamed", None, root.rename_at, "second", root, "renamed")
    expect("the old name is gone", "error no-entry", root.rename_at, "second", root, "again")
    expect("into a folder", None, root.rename_at, "renamed", root.open_at(NONE, "folder", FOLDER, READ | MUTATE), "moved")
    expect("over a folder", "error is-directory", root.rename_at, "file", root, "folder")
    expect("a folder over a file", "error not-directory", root.rename_at, "folder", root, "file")
    expect("unlinked", None, root.unlink_file_at, "folder/moved")


def times(root):
    at = wall_clock.Datetime(1_600_000_000, 5_000)
    new, no, now = fs.NewTimestamp_Timestamp(at), fs.NewTimestamp_NoChange(), fs.NewTimestamp_Now()
    file = root.open_at(NONE, "file", PLAIN, READ | WRITE)
    expect("times are set", None, file.set_times, new, new)
    expect("and told", at, lambda: file.stat().data_modification_timestamp)
    expect("by path", None, root.set_times_at, NONE, "file", no, now)
    check("one is now, one is left", (lambda stat: stat.data_modification_timestamp.seconds > at.seconds
                                      and stat.data_access_timestamp == at)(file.stat()))
    expect("of nothing", "error no-entry", root.set_times_at, NONE, "nothing", now, now)
    late = fs.NewTimestamp_Timestamp(wall_clock.Datetime(2**64 - 1, 0))
    check("a time that no file can have is refused",
          expect_error(file.set_times, late, late) in ("invalid", "overflow"))


def expect_error(function, *arguments):
    try:
        function(*arguments)
        return "no error"
    except Exception as error:
        return error.value.name.lower().replace("_", "-")


def outside(root):
    for path in ("..", "../x", "folder/../../x", "/", "/etc/passwd"):
        expect(f"outside: {path}", "error not-permitted", root.open_at, NONE, path, PLAIN, READ)
    expect("a folder outside", "error not-permitted", root.create_directory_at, "../made")
    expect("a file outside goes not", "error not-permitted", root.unlink_file_at, "../x")
    expect("nor comes one in", "error not-permitted", root.rename_at, "../x", root, "x")
    expect("nor goes one out", "error not-permitted", root.rename_at, "file", root, "../x")
    expect("a link outside", "error not-permitted", root.symlink_at, "/etc/passwd", "out")
    root.symlink_at("../x", "up")
    expect("a link that leads out is not followed", "error not-permitted", root.open_at, FOLLOW, "up", PLAIN, READ)
    expect("nor for its status", "error not-permitted", root.stat_at, FOLLOW, "up")
    expect("a path with a null", "error invalid", root.stat_at, NONE, "a\0b")


def read_only():
    (root, _), = preopens.get_directories()
    expect("read", (b"hello", False), root.open_at(NONE, "file", PLAIN, READ).read, 5, 0)
    expect("not opened for writing", "error read-only", root.open_at, NONE, "file", PLAIN, READ | WRITE)
    expect("nor created", "error read-only", root.open_at, NONE, "new", CREATE, READ | WRITE)
    expect("no folder", "error read-only", root.create_directory_at, "new")
    expect("no link", "error read-only", root.symlink_at, "file", "new")
    expect("no second name", "error read-only", root.link_at, NONE, "file", root, "new")
    expect("no other name", "error read-only", root.rename_at, "file", root, "new")
    expect("no removal", "error read-only", root.unlink_file_at, "file")
    expect("of folders either", "error read-only", root.remove_directory_at, "folder")
    expect("no times", "error read-only", root.set_times_at, NONE, "file", fs.NewTimestamp_Now(), fs.NewTimestamp_Now())
