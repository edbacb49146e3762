"""wasi:cli, wasi:clocks, wasi:random, wasi:io."""
import sys

from calls import check, expect
from componentize_py_types import Err
from wit_world.imports import (environment, exit, insecure, insecure_seed, monotonic_clock, poll, preopens, random as
                               secure, stderr, stdin, stdout, terminal_stderr, terminal_stdin, terminal_stdout, wall_clock,
                               wasi_filesystem_types as fs, wasi_http_types)


def cli():
    expect("arguments but the program's", ["cli", "two words", "\u00e9"], lambda: environment.get_arguments()[1:])
    expect("environment", [("NAME", "a value"), ("OTHER", "")], lambda: sorted(environment.get_environment()))
    expect("initial directory", None, environment.initial_cwd)
    for name, terminal in (("stdin", terminal_stdin.get_terminal_stdin), ("stdout", terminal_stdout.get_terminal_stdout),
                           ("stderr", terminal_stderr.get_terminal_stderr)):
        expect(f"a pipe as {name} is no terminal", None, terminal)
    expect("standard input", b"given", stdin.get_stdin().blocking_read, 100)
    expect("its end", "error StreamError_Closed()", stdin.get_stdin().blocking_read, 100)
    output = stdout.get_stdout()
    expect("a line to standard output", None, output.blocking_write_and_flush, b"a line\n")
    expect("a line to standard error", None, stderr.get_stderr().blocking_write_and_flush, b"an error\n")


def exits():
    sys.stdout.flush()
    exit.exit(Err(None))


def exits_with_code():
    sys.stdout.flush()
    exit.exit_with_code(77)


def clocks():
    begin = monotonic_clock.now()
    check("the monotonic clock does not go back", monotonic_clock.now() >= begin)
    check("it has a resolution", 0 < monotonic_clock.resolution() < 1_000_000_000)
    monotonic_clock.subscribe_duration(5_000_000).block()
    monotonic_clock.subscribe_instant(begin + 10_000_000).block()
    check("time passes", monotonic_clock.now() - begin >= 10_000_000)
    expect("a time that has been is ready", True, monotonic_clock.subscribe_instant(0).ready)
    expect("one to come is not", False, monotonic_clock.subscribe_duration(10**15).ready)
    now = wall_clock.now()
    check("the time is one of this century", 1_700_000_000 < now.seconds < 4_200_000_000 and now.nanoseconds < 10**9)
    resolution = wall_clock.resolution()
    check("the wall clock has a resolution", (resolution.seconds, resolution.nanoseconds) > (0, 0))


def random():
    for name, source in (("secure", secure.get_random_bytes), ("insecure", insecure.get_insecure_random_bytes)):
        check(f"{name} bytes are as many as asked for, and others each time",
              len(source(1000)) == 1000 and source(16) != source(16) and source(0) == b"")
    check("secure numbers differ", secure.get_random_u64() != secure.get_random_u64())
    check("insecure numbers differ", insecure.get_insecure_random_u64() != insecure.get_insecure_random_u64())
    check("the seed is two numbers", all(0 <= half < 2**64 for half in insecure_seed.insecure_seed()))


def streams():
    """With a folder, in whose files streams begin and end."""
    root = preopens.get_directories()[0][0]
    file = root.open_at(fs.PathFlags(0), "streamed", fs.OpenFlags.CREATE, fs.DescriptorFlags.READ | fs.DescriptorFlags.WRITE)
    output = file.write_via_stream(0)
    output.subscribe().block()
    check("there is room", output.check_write() > 0)
    expect("bytes are written", None, output.write, b"one two three ")
    expect("flushed", None, output.flush)
    output.subscribe().block()
    expect("and that is waited for", None, output.blocking_flush)
    expect("4,096 bytes at most at once", None, output.blocking_write_and_flush, b"x" * 4096)
    output.subscribe().block()
    output.check_write()
    expect("zeroes are written", None, output.write_zeroes, 10)
    expect("and waited for", None, output.blocking_write_zeroes_and_flush, 10)
    expect("the file is as long as what was written", 14 + 4096 + 20, lambda: file.stat().size)

    source = file.read_via_stream(0)
    source.subscribe().block()
    expect("some are read", b"one", source.blocking_read, 3)
    source.subscribe().block()
    check("some at once", source.read(1) in (b" ", b""))
    source = file.read_via_stream(4)
    expect("some are skipped", 4, source.blocking_skip, 4)
    source.subscribe().block()
    check("some skipped at once", source.skip(1) in (0, 1))
    source = file.read_via_stream(8)
    other = root.open_at(fs.PathFlags(0), "spliced", fs.OpenFlags.CREATE | fs.OpenFlags.TRUNCATE,
                         fs.DescriptorFlags.READ | fs.DescriptorFlags.WRITE)
    into = other.write_via_stream(0)
    into.subscribe().block()
    source.subscribe().block()
    at_once = into.splice(source, 3)
    into.blocking_flush()
    rest = 0
    while at_once + rest < 5:
        rest += into.blocking_splice(source, 5 - at_once - rest)
    into.blocking_flush()
    expect("spliced", (b"three", False), other.read, 5, 0)
    end = file.read_via_stream(14 + 4096 + 20)
    expect("at the end there is no more", "error StreamError_Closed()", end.blocking_read, 1)
    expect("nor anything to skip", "error StreamError_Closed()", end.blocking_skip, 1)

    # No file is that large.
    with file.write_via_stream(2**63 - 3) as beyond:
        try:
            beyond.blocking_write_and_flush(b"hello")
            check("it is refused", False)
        except Err as caught:
            with caught.value.value as told:
                check("an error says what it is", len(told.to_debug_string()) > 0)
                check("it is one of files", fs.filesystem_error_code(told) is not None)
                expect("and none of HTTP", None, wasi_http_types.http_error_code, told)

    now, never = monotonic_clock.subscribe_duration(0), monotonic_clock.subscribe_duration(10**15)
    expect("of several that one which is ready is told", [1], poll.poll, [never, now])
    expect("of several that are ready all are", [0, 2], poll.poll, [now, never, monotonic_clock.subscribe_instant(0)])
