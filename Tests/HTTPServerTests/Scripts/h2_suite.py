"""The server against RFC 9113 sections 3 to 8 and RFC 7541, frame by frame.

Usage: h2_suite.py BINARY [PART OF A NAME]. Each case is a function whose name begins with its section.
"""
import socket
import struct
import sys
import traceback

import harness
from frames import *

CASES = []


def case(section, text, begin=True, extra=()):
    def register(body):
        CASES.append((f"{section} {text}", body, begin, extra))
        return body
    return register


def connection_error(section, text, codes, *data, request=None):
    """Sends data, perhaps behind the head of an open request, and expects GOAWAY and the end."""
    @case(section, text)
    def body(c):
        if request:
            c.request(1, end=False, path=request)
        for piece in data:
            c.send(piece(c) if callable(piece) else piece)
        c.wait_connection_error(*codes)


def stream_error(section, text, codes, *data, request=None):
    @case(section, text)
    def body(c):
        if request:
            c.request(1, end=False, path=request)
        for piece in data:
            c.send(piece(c) if callable(piece) else piece)
        c.wait_stream_error(*codes)
        if c.goaway is None:
            c.alive()


def accepted(section, text, *data, request=None, extra=()):
    """Sends data and expects that the connection goes on as if nothing had been."""
    @case(section, text, extra=extra)
    def body(c):
        if request:
            c.request(1, end=False, path=request)
        for piece in data:
            c.send(piece(c) if callable(piece) else piece)
        c.alive()


def malformed(section, text, fields, end=True):
    @case(section, text)
    def body(c):
        c.fields(fields, end=end)
        c.wait_stream_error(PROTOCOL)
        if c.goaway is None:
            c.alive()


BASE = [(":method", "GET"), (":scheme", "http"), (":path", "/"), (":authority", "a")]


def base(*extra, without=None, **changes):
    fields = [(k, changes.get(k[1:], v)) for k, v in BASE if k != without]
    return fields + list(extra)


def head(*extra, **changes):
    """A HEADERS frame for stream 1 with these fields."""
    return lambda c: frame(HEADERS, 5, 1, c.encoder.encode(base(*extra, **changes)))


# ---- 3 Starting HTTP/2

@case("3.4", "the server's preface is a SETTINGS frame and comes first")
def _(c):
    c.read(lambda: c.frames)
    assert c.frames[0][0] == SETTINGS and not c.frames[0][1] & ACK


@case("3.4", "an invalid preface ends the connection", begin=False)
def _(c):
    c.send(b"PRI * HTTP/2.0\r\n\r\nXX\r\n\r\n" + settings())
    c.read(lambda: c.closed)
    assert c.closed


@case("3.4", "a frame other than SETTINGS after the preface is an error", begin=False)
def _(c):
    c.send(PREFACE + frame(PING, 0, 0, b"12345678"))
    c.wait_connection_error(PROTOCOL)


@case("3.4", "requests may follow the preface at once", begin=False)
def _(c):
    c.send(PREFACE + settings() + frame(HEADERS, 5, 1, c.block()))
    assert c.wait_response() == 200


@case("3.4", "a preface in single bytes is understood", begin=False)
def _(c):
    for byte in PREFACE + settings():
        c.send(bytes([byte]))
    c.alive(1)


@case("3.1", "an HTTP/1.1 request is answered on the same port", begin=False)
def _(c):
    c.send(b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
    assert c.socket.recv(100).startswith(b"HTTP/1.1 200")


@case("3.1", "an upgrade to h2c is not made", begin=False)
def _(c):
    c.send(b"GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n"
           b"HTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n")
    assert c.socket.recv(100).startswith(b"HTTP/1.1 200")


# ---- 4 Frames

accepted("4.1", "a frame of unknown type is ignored", frame(0x42, 0, 0, b"whatever"))
accepted("4.1", "a frame of unknown type on a stream is ignored", frame(0x42, 0xFF, 1, b"x" * 100))
accepted("4.1", "undefined flags are ignored", frame(PING, 0xFE, 0, b"12345678"))
accepted("4.1", "the reserved bit is ignored", frame(PING, 0, 0x80000000, b"12345678"))
connection_error("4.2", "DATA above the frame size", [SIZE], frame(DATA, 0, 1, b"x" * 16385), request="/echo")
connection_error("4.2", "HEADERS above the frame size", [SIZE], lambda c: frame(HEADERS, 5, 1, c.block() + b"\0" * 16385))
connection_error("4.2", "CONTINUATION above the frame size", [SIZE, PROTOCOL],
                 lambda c: frame(HEADERS, 1, 1, c.block()), frame(CONTINUATION, 4, 1, b"\x00\x01a\x01b" * 3300))
connection_error("4.2", "PING of the wrong size", [SIZE], frame(PING, 0, 0, b"123456"))
connection_error("4.2", "SETTINGS above the frame size", [SIZE], frame(SETTINGS, 0, 0, b"\0\0\0\0\0\0" * 2731))


@case("4.2", "DATA of exactly the frame size is taken")
def _(c):
    c.request(1, end=False, path="/echo", method="POST")
    c.send(frame(DATA, END_STREAM, 1, b"x" * 16384))
    assert c.wait_response() == 200 and len(c.body[1]) == 16384


@case("4.2", "frames sent keep to SETTINGS_MAX_FRAME_SIZE")
def _(c):
    c.send(window(0, 1 << 20))
    c.request(1, path="/stream?60000")
    c.wait_response()
    assert len(c.body[1]) == 60000
    assert all(len(f[3]) <= 16384 for f in c.frames)


connection_error("4.3", "a block that cannot be decompressed", [COMPRESSION], frame(HEADERS, 5, 1, b"\xff\xff\xff\xff\xff\xff"))
connection_error("4.3", "a block that ends within a field", [COMPRESSION], frame(HEADERS, 5, 1, b"\x82\x40\x05ab"))
connection_error("4.3", "another stream's HEADERS within a block", [PROTOCOL],
                 lambda c: frame(HEADERS, 1, 1, c.block()), lambda c: frame(HEADERS, 5, 3, c.block()))
connection_error("4.3", "PRIORITY within a block", [PROTOCOL],
                 lambda c: frame(HEADERS, 1, 1, c.block()), frame(PRIORITY, 0, 1, b"\0\0\0\0\x10"))
connection_error("4.3", "DATA within a block", [PROTOCOL],
                 lambda c: frame(HEADERS, 0, 1, c.block()), frame(DATA, 1, 1, b"x"))
connection_error("4.3", "PING within a block", [PROTOCOL],
                 lambda c: frame(HEADERS, 1, 1, c.block()), frame(PING, 0, 0, b"12345678"))

# ---- 5 Streams

connection_error("5.1", "idle: DATA", [PROTOCOL], frame(DATA, 1, 1, b"x"))
connection_error("5.1", "idle: RST_STREAM", [PROTOCOL], frame(RST, 0, 1, b"\0\0\0\x08"))
connection_error("5.1", "idle: WINDOW_UPDATE", [PROTOCOL], window(1, 100))
connection_error("5.1", "idle: CONTINUATION", [PROTOCOL], lambda c: frame(CONTINUATION, 4, 1, c.block()))
accepted("5.1", "idle: PRIORITY", frame(PRIORITY, 0, 1, b"\0\0\0\0\x10"))


def half_closed(text, codes, data):
    @case("5.1", f"half-closed (remote): {text}")
    def body(c):
        c.request(1, path="/sleep?150")
        c.send(data(c))
        c.wait_stream_error(*codes)


half_closed("DATA", [CLOSED], lambda c: frame(DATA, 1, 1, b"x"))
half_closed("HEADERS", [CLOSED], lambda c: frame(HEADERS, 5, 1, c.block()))
half_closed("CONTINUATION", [PROTOCOL], lambda c: frame(CONTINUATION, 4, 1, c.block()))


def half_closed_accepts(text, data):
    @case("5.1", f"half-closed (remote): {text} is taken")
    def body(c):
        c.request(1, path="/sleep?50")
        c.send(data)
        assert c.wait_response() == 200


half_closed_accepts("WINDOW_UPDATE", window(1, 100))
half_closed_accepts("PRIORITY", frame(PRIORITY, 0, 1, b"\0\0\0\0\x10"))


@case("5.1", "half-closed (remote): RST_STREAM ends the stream alone")
def _(c):
    c.request(1, path="/sleep?5000")
    c.send(frame(RST, 0, 1, b"\0\0\0\x08"))
    c.alive()
    assert 1 not in c.headers


def closed(text, codes, data, by):
    @case("5.1", f"closed by {by}: {text}")
    def body(c):
        if by == "END_STREAM":
            c.request(1)
            assert c.wait_response() == 200
        else:
            c.request(1, end=False, path="/echo")
            c.send(frame(RST, 0, 1, b"\0\0\0\x08"))
        c.send(data(c))
        if codes:
            c.read(lambda: 1 in c.resets or c.goaway is not None, 0.5)
            got = c.resets.get(1, c.goaway)
            assert got in codes, f"{c.resets} {c.goaway}"
        else:
            c.alive()


# Section 6.1 asks for STREAM_CLOSED; nghttp2 minimally processes and discards DATA of closed streams.
closed("DATA is discarded", [], lambda c: frame(DATA, 1, 1, b"x"), "END_STREAM")
closed("HEADERS", [CLOSED, PROTOCOL], lambda c: frame(HEADERS, 5, 1, c.block()), "END_STREAM")
closed("WINDOW_UPDATE is ignored", [], lambda c: window(1, 10), "END_STREAM")
closed("PRIORITY is ignored", [], lambda c: frame(PRIORITY, 0, 1, b"\0\0\0\0\x10"), "END_STREAM")
closed("RST_STREAM is ignored", [], lambda c: frame(RST, 0, 1, b"\0\0\0\x08"), "END_STREAM")
closed("HEADERS", [CLOSED, PROTOCOL], lambda c: frame(HEADERS, 5, 1, c.block()), "RST_STREAM")


@case("5.1", "closed by RST_STREAM: DATA is ignored or an error, and no other stream suffers")
def _(c):
    c.request(1, end=False, path="/echo")
    c.send(frame(RST, 0, 1, b"\0\0\0\x08") + frame(DATA, 1, 1, b"x"))
    c.read(lambda: c.goaway is not None, 0.2)
    if c.goaway is None:
        c.alive()
    else:
        assert c.goaway == CLOSED


connection_error("5.1.1", "an even identifier", [PROTOCOL], lambda c: frame(HEADERS, 5, 2, c.block()))


@case("5.1.1", "an identifier below an earlier one")
def _(c):
    c.request(5)
    assert c.wait_response(5) == 200
    c.request(3)
    c.wait_connection_error(PROTOCOL, CLOSED)


@case("5.1.1", "skipped identifiers are closed")
def _(c):
    c.request(7)
    assert c.wait_response(7) == 200
    c.send(frame(HEADERS, 5, 5, c.block()))
    c.wait_connection_error(CLOSED, PROTOCOL)


@case("5.1.2", "streams above the limit are refused")
def _(c):
    c.read(lambda: c.frames)
    c.send(frame(SETTINGS, ACK, 0))
    for index in range(129):
        c.request(1 + 2 * index, path="/hold")
    c.read(lambda: 257 in c.resets or c.goaway is not None)
    assert c.resets.get(257) in (REFUSED, PROTOCOL) or c.goaway == PROTOCOL
    assert not [s for s in c.resets if s < 257]


@case("5.1.2", "a stream that ended makes room for another")
def _(c):
    for index in range(300):
        c.request(1 + 2 * index)
        assert c.wait_response(1 + 2 * index) == 200


accepted("5.3", "PRIORITY on any stream is ignored", frame(PRIORITY, 0, 9, b"\0\0\0\x03\x10"))
accepted("5.3", "priority in HEADERS is ignored", lambda c: frame(HEADERS, 37, 1, b"\0\0\0\0\x10" + c.block()))


@case("5.4.1", "after a connection error GOAWAY names the last stream, then the end comes")
def _(c):
    c.request(1)
    c.wait_response()
    c.send(frame(PING, 0, 0, b"x"))
    c.read(lambda: c.closed)
    goaway = [f for f in c.frames if f[0] == GOAWAY][-1]
    assert int.from_bytes(goaway[3][:4], "big") == 1 and c.closed


@case("5.4.2", "a stream error leaves other streams alone")
def _(c):
    c.request(1, end=False, path="/echo")
    c.request(3, path="/sleep?100")
    c.send(window(1, (1 << 31) - 1) * 2)
    c.wait_response(3)
    assert c.status(3) == 200 and c.resets.get(1) == FLOW


@case("5.4.3", "no frame but one RST_STREAM answers a stream error")
def _(c):
    c.request(1, end=False, path="/echo")
    c.send(window(1, (1 << 31) - 1) * 2)
    c.alive()
    assert len([f for f in c.frames if f[0] == RST]) == 1


connection_error("5.5", "an unknown frame within a header block", [PROTOCOL],
                 lambda c: frame(HEADERS, 1, 1, c.block()), frame(0x42, 0, 1, b""))

# ---- 6.1 DATA

connection_error("6.1", "DATA on stream 0", [PROTOCOL], frame(DATA, 1, 0, b"x"))
connection_error("6.1", "padding as long as the payload", [PROTOCOL], frame(DATA, 9, 1, b"\x05abcd"), request="/echo")
connection_error("6.1", "PADDED without payload", [PROTOCOL, SIZE], frame(DATA, 9, 1, b""), request="/echo")


@case("6.1", "padding is taken off")
def _(c):
    c.request(1, end=False, path="/echo", method="POST")
    c.send(frame(DATA, PADDED | END_STREAM, 1, b"\x0ahello" + b"\0" * 10))
    assert c.wait_response() == 200 and c.body[1] == b"hello"


@case("6.1", "padding counts for flow control and is given back")
def _(c):
    c.request(1, end=False, path="/echo", method="POST")
    c.send(window(0, 1 << 20))
    for _ in range(600):
        c.send(frame(DATA, PADDED, 1, b"\xff" + b"x" + b"\0" * 255))
    c.send(frame(DATA, END_STREAM, 1, b""))
    assert c.wait_response() == 200 and c.body[1] == b"x" * 600


@case("6.1", "an empty DATA frame ends a stream")
def _(c):
    c.request(1, end=False, path="/echo", method="POST")
    c.send(frame(DATA, END_STREAM, 1, b""))
    assert c.wait_response() == 200


# ---- 6.2 HEADERS

connection_error("6.2", "HEADERS on stream 0", [PROTOCOL], lambda c: frame(HEADERS, 5, 0, c.block()))
connection_error("6.2", "padding longer than the payload", [PROTOCOL], lambda c: frame(HEADERS, 13, 1, b"\xff" + c.block()))
connection_error("6.2", "PADDED without payload", [PROTOCOL, SIZE], frame(HEADERS, 13, 1, b""))
connection_error("6.2", "PRIORITY without its fields", [PROTOCOL, SIZE], frame(HEADERS, 37, 1, b"\0\0"))
accepted("6.2", "padded HEADERS", lambda c: frame(HEADERS, 13, 1, b"\x03" + c.block() + b"\0\0\0"))
accepted("6.2", "HEADERS with padding and priority",
         lambda c: frame(HEADERS, 45, 1, b"\x02\0\0\0\0\x10" + c.block() + b"\0\0"))

# ---- 6.3 PRIORITY

connection_error("6.3", "PRIORITY on stream 0", [PROTOCOL], frame(PRIORITY, 0, 0, b"\0\0\0\0\x10"))


@case("6.3", "PRIORITY of the wrong length")
def _(c):
    c.request(1, end=False, path="/echo")
    c.send(frame(PRIORITY, 0, 1, b"\0\0\0\0"))
    c.read(lambda: c.goaway is not None or 1 in c.resets)
    assert SIZE in (c.goaway, c.resets.get(1))


# ---- 6.4 RST_STREAM

connection_error("6.4", "RST_STREAM on stream 0", [PROTOCOL], frame(RST, 0, 0, b"\0\0\0\x08"))
connection_error("6.4", "RST_STREAM of the wrong length", [SIZE], frame(RST, 0, 1, b"\0\0\0"), request="/echo")
accepted("6.4", "RST_STREAM of an open stream", frame(RST, 0, 1, b"\0\0\0\x08"), request="/echo")

# ---- 6.5 SETTINGS

connection_error("6.5", "an acknowledgement with payload", [SIZE], frame(SETTINGS, ACK, 0, b"\0\x03\0\0\0\x64"))
connection_error("6.5", "SETTINGS on a stream", [PROTOCOL], frame(SETTINGS, 0, 1, b""))
connection_error("6.5", "SETTINGS not a multiple of six", [SIZE], frame(SETTINGS, 0, 0, b"\0\x03\0\0\0"))
connection_error("6.5.2", "ENABLE_PUSH neither 0 nor 1", [PROTOCOL], settings((2, 2)))
connection_error("6.5.2", "INITIAL_WINDOW_SIZE above 2^31-1", [FLOW], settings((4, 1 << 31)))
connection_error("6.5.2", "MAX_FRAME_SIZE below 16384", [PROTOCOL], settings((5, 16383)))
connection_error("6.5.2", "MAX_FRAME_SIZE above 2^24-1", [PROTOCOL], settings((5, 1 << 24)))
accepted("6.5.2", "ENABLE_PUSH 0", settings((2, 0)))
accepted("6.5.2", "ENABLE_PUSH 1", settings((2, 1)))
accepted("6.5.2", "MAX_FRAME_SIZE 2^24-1", settings((5, (1 << 24) - 1)))
accepted("6.5.2", "INITIAL_WINDOW_SIZE 2^31-1", settings((4, (1 << 31) - 1)))
accepted("6.5.2", "MAX_CONCURRENT_STREAMS 0 concerns pushes only", settings((3, 0)))
accepted("6.5.2", "an unknown setting is ignored", settings((0xABCD, 7)))
accepted("6.5.2", "the last of repeated settings counts", settings((4, 0), (4, 65535)))
accepted("6.5", "an empty SETTINGS frame", settings())


@case("6.5.3", "SETTINGS is acknowledged")
def _(c):
    c.read(lambda: any(f[0] == SETTINGS and f[1] & ACK for f in c.frames))
    assert any(f[0] == SETTINGS and f[1] & ACK and not f[3] for f in c.frames)


@case("6.5.3", "each SETTINGS frame is acknowledged once")
def _(c):
    c.send(settings((4, 70000)) * 5)
    c.alive()
    assert len([f for f in c.frames if f[0] == SETTINGS and f[1] & ACK]) == 6


@case("6.5.2", "HEADER_TABLE_SIZE 0 is obeyed", extra=((1, 0),))
def _(c):
    for stream in (1, 3, 5):
        c.request(stream)
        assert c.wait_response(stream) == 200
    assert not c.decoder.header_table.dynamic_entries


# ---- 6.6 PUSH_PROMISE

connection_error("6.6", "PUSH_PROMISE of a client", [PROTOCOL],
                 lambda c: frame(PUSH, 4, 1, b"\0\0\0\x02" + c.block()), request="/echo")

# ---- 6.7 PING


@case("6.7", "PING is answered with its payload")
def _(c):
    c.send(frame(PING, 0, 0, b"abcdefgh"))
    c.read(lambda: any(f[0] == PING for f in c.frames))
    assert [f for f in c.frames if f[0] == PING] == [(PING, ACK, 0, b"abcdefgh")]


@case("6.7", "an acknowledgement of PING is not answered")
def _(c):
    c.send(frame(PING, ACK, 0, b"abcdefgh"))
    c.alive()
    assert not [f for f in c.frames if f[0] == PING]


@case("6.7", "PING is answered while a request waits")
def _(c):
    c.request(1, path="/sleep?300")
    c.send(frame(PING, 0, 0, b"abcdefgh"))
    c.read(lambda: any(f[0] == PING for f in c.frames))
    assert 1 not in c.headers


connection_error("6.7", "PING on a stream", [PROTOCOL], frame(PING, 0, 1, b"12345678"))
connection_error("6.7", "PING that is too long", [SIZE], frame(PING, 0, 0, b"123456789"))

# ---- 6.8 GOAWAY

connection_error("6.8", "GOAWAY on a stream", [PROTOCOL], frame(GOAWAY, 0, 1, b"\0" * 8))
connection_error("6.8", "GOAWAY that is too short", [SIZE], frame(GOAWAY, 0, 0, b"\0" * 7))


@case("6.8", "requests in flight finish after the client's GOAWAY, then the end comes")
def _(c):
    c.request(1, path="/sleep?100")
    c.send(frame(GOAWAY, 0, 0, b"\0" * 8))
    assert c.wait_response() == 200
    c.read(lambda: c.closed)
    assert c.closed


@case("6.8", "GOAWAY with debug data and an unknown code")
def _(c):
    c.request(1, path="/sleep?50")
    c.send(frame(GOAWAY, 0, 0, b"\0\0\0\0\0\0\xab\xcd" + b"why"))
    assert c.wait_response() == 200


# ---- 6.9 WINDOW_UPDATE

connection_error("6.9", "an increment of 0 for the connection", [PROTOCOL], window(0, 0))
stream_error("6.9", "an increment of 0 for a stream", [PROTOCOL], window(1, 0), request="/echo")
connection_error("6.9", "WINDOW_UPDATE of the wrong length", [SIZE], frame(WINDOW, 0, 0, b"\0\0\x01"))
connection_error("6.9.1", "the connection's window above 2^31-1", [FLOW], window(0, (1 << 31) - 1) * 2)
stream_error("6.9.1", "a stream's window above 2^31-1", [FLOW], window(1, (1 << 31) - 1) * 2, request="/echo")
accepted("6.9", "the reserved bit of an increment is ignored", window(0, 0x80000001))


@case("6.9.1", "a stream's window is kept to", extra=((4, 100),))
def _(c):
    c.request(1, path="/stream?1000")
    c.read(lambda: len(c.body.get(1, b"")) >= 100)
    c.read(lambda: len(c.body[1]) > 100, 0.1)
    assert len(c.body[1]) == 100
    c.send(window(1, 900))
    c.wait_response()
    assert len(c.body[1]) == 1000


@case("6.9.1", "the connection's window is kept to")
def _(c):
    c.send(window(1, 0) if False else settings((4, 1 << 20)))
    c.request(1, path="/stream?70000")
    c.read(lambda: len(c.body.get(1, b"")) >= 65535)
    c.read(lambda: len(c.body[1]) > 65535, 0.1)
    assert len(c.body[1]) == 65535
    c.send(window(0, 10000))
    c.wait_response()
    assert len(c.body[1]) == 70000


@case("6.9.1", "a window of 0 holds content and not heads", extra=((4, 0),))
def _(c):
    c.request(1)
    c.read(lambda: 1 in c.headers)
    c.read(lambda: 1 in c.body, 0.1)
    assert c.status() == 200 and not c.body.get(1)
    c.send(window(1, 12))
    c.wait_response()
    assert c.body[1] == b"Hello world\n"


@case("6.9.2", "SETTINGS changes the windows of open streams", extra=((4, 0),))
def _(c):
    c.request(1)
    c.read(lambda: 1 in c.headers)
    c.send(settings((4, 5)))
    c.read(lambda: len(c.body.get(1, b"")) >= 5)
    assert c.body[1] == b"Hello"
    c.send(settings((4, 100)))
    c.wait_response()
    assert c.body[1] == b"Hello world\n"


@case("6.9.2", "a window may become negative", extra=((4, 8),))
def _(c):
    c.request(1)
    c.read(lambda: len(c.body.get(1, b"")) >= 8)
    c.send(settings((4, 3)) + window(1, 5))
    c.read(lambda: len(c.body[1]) > 8, 0.1)
    assert len(c.body[1]) == 8
    c.send(window(1, 4))
    c.wait_response()
    assert c.body[1] == b"Hello world\n"


@case("6.9.2", "SETTINGS that overflows an open stream's window")
def _(c):
    # nghttp2 resets the stream where section 6.9.2 would end the connection; nothing is sent on either.
    c.request(1, end=False, path="/echo")
    c.send(window(1, (1 << 31) - 1 - 65535) + settings((4, 65536)))
    c.read(lambda: c.goaway is not None or 1 in c.resets)
    assert FLOW in (c.goaway, c.resets.get(1))


@case("6.9.1", "a client that exceeds a stream's window is an error")
def _(c):
    c.request(1, end=False, path="/hold", method="POST")
    c.read(lambda: any(f[0] == SETTINGS and f[1] & ACK for f in c.frames))
    for _ in range(5):
        c.send(frame(DATA, 0, 1, b"x" * 16384))
    c.read(lambda: c.goaway is not None or 1 in c.resets)
    assert FLOW in (c.goaway, c.resets.get(1))


@case("6.9", "a handler that does not read is given no window")
def _(c):
    c.request(1, end=False, path="/hold", method="POST")
    c.send(frame(DATA, 0, 1, b"x" * 16384) * 3)
    c.send(frame(PING, 0, 0, b"12345678"))
    c.read(lambda: any(f[0] == PING for f in c.frames))
    assert not [f for f in c.frames if f[0] == WINDOW and f[2] == 1]


@case("6.9", "a handler that reads gives window back")
def _(c):
    c.request(1, end=False, path="/echo", method="POST")
    c.send(frame(DATA, 0, 1, b"x" * 16384) * 3)
    c.read(lambda: any(f[0] == WINDOW and f[2] == 1 for f in c.frames))
    assert [f for f in c.frames if f[0] == WINDOW and f[2] == 1]


# ---- 6.10 CONTINUATION

@case("6.10", "a block in several frames")
def _(c):
    block = c.block(extra=[("x-a", "b" * 40)])
    c.send(frame(HEADERS, 1, 1, block[:5]) + frame(CONTINUATION, 0, 1, block[5:9]) + frame(CONTINUATION, 4, 1, block[9:]))
    assert c.wait_response() == 200


@case("6.10", "an empty HEADERS frame before CONTINUATION")
def _(c):
    c.send(frame(HEADERS, 1, 1, b"") + frame(CONTINUATION, 4, 1, c.block()))
    assert c.wait_response() == 200


connection_error("6.10", "CONTINUATION on stream 0", [PROTOCOL],
                 lambda c: frame(HEADERS, 1, 1, c.block()), frame(CONTINUATION, 4, 0, b""))
connection_error("6.10", "CONTINUATION of another stream", [PROTOCOL],
                 lambda c: frame(HEADERS, 1, 1, c.block()), frame(CONTINUATION, 4, 3, b""))
connection_error("6.10", "CONTINUATION after the end of the block", [PROTOCOL],
                 lambda c: frame(HEADERS, 4, 1, c.block()), frame(CONTINUATION, 4, 1, b""))
connection_error("6.10", "CONTINUATION after DATA", [PROTOCOL],
                 frame(DATA, 0, 1, b"x"), frame(CONTINUATION, 4, 1, b""), request="/echo")
connection_error("6.10", "CONTINUATION without end", [PROTOCOL, CALM, INTERNAL],
                 lambda c: frame(HEADERS, 1, 1, c.block()), frame(CONTINUATION, 0, 1, b"") * 100)

# ---- 7 Error codes

accepted("7", "an unknown code in RST_STREAM", frame(RST, 0, 1, b"\0\0\xab\xcd"), request="/echo")

# ---- 8.1 Framing of messages


@case("8.1", "a request without content ends with its HEADERS")
def _(c):
    c.request(1)
    assert c.wait_response() == 200 and c.body[1] == b"Hello world\n"


@case("8.1", "content and trailers")
def _(c):
    c.request(1, end=False, path="/echo", method="POST")
    c.send(frame(DATA, 0, 1, b"abc"))
    c.fields([("x-sum", "3")], 1)
    assert c.wait_response() == 200 and c.body[1] == b"abc"
    assert ("x-sum", "3") in c.trailers[1]


@case("8.1", "trailers without END_STREAM")
def _(c):
    c.request(1, end=False, path="/echo", method="POST")
    c.send(frame(DATA, 0, 1, b"abc"))
    c.fields([("x-sum", "3")], 1, end=False)
    c.wait_stream_error(PROTOCOL)


@case("8.1", "a pseudo-field in trailers")
def _(c):
    c.request(1, end=False, path="/echo", method="POST")
    c.fields([(":method", "GET")], 1)
    c.read(lambda: 1 in c.resets or c.goaway is not None)
    assert PROTOCOL in (c.resets.get(1), c.goaway)


@case("8.1", "DATA after trailers")
def _(c):
    c.request(1, end=False, path="/hold", method="POST")
    c.fields([("x-sum", "3")], 1)
    c.send(frame(DATA, 1, 1, b"x"))
    c.wait_stream_error(CLOSED)


@case("8.1", "an answer before the request is complete asks the client to stop")
def _(c):
    c.request(1, end=False, method="POST")
    c.read(lambda: 1 in c.resets)
    assert c.status() == 200 and c.resets[1] == NO_ERROR
    c.alive()


@case("8.1", "trailers of a response")
def _(c):
    c.request(1, path="/trailers")
    assert c.wait_response() == 200 and c.body[1] == b"Hello world\n"
    assert c.trailers[1] == [("x-sum", "12")]


@case("8.1", "an informational response comes before the final one")
def _(c):
    c.request(1, path="/hints")
    assert c.wait_response() == 200
    assert dict(c.informational[1])[":status"] == "103"


@case("8.1", "100 (Continue) is sent when the handler reads")
def _(c):
    c.request(1, end=False, path="/echo", method="POST", extra=[("expect", "100-continue")])
    c.read(lambda: 1 in c.informational)
    assert dict(c.informational[1])[":status"] == "100"


@case("8.1", "HEAD is answered without content")
def _(c):
    c.request(1, method="HEAD")
    assert c.wait_response() == 200 and not c.body.get(1)
    assert dict(c.headers[1])["content-length"] == "12"


@case("8.1", "204 has neither content nor Content-Length")
def _(c):
    c.request(1, path="/empty")
    assert c.wait_response() == 204 and "content-length" not in dict(c.headers[1])


@case("8.1", "a response broken off is reset")
def _(c):
    c.request(1, path="/abort")
    c.read(lambda: 1 in c.resets)
    assert c.resets[1] == INTERNAL and 1 not in c.ended


@case("8.1", "fields of responses are in lower case and date and server are there")
def _(c):
    c.request(1)
    c.wait_response()
    names = [name for name, _ in c.headers[1]]
    assert names == [name.lower() for name in names]
    assert {"date", "server", "content-length"} <= set(names)


# ---- 8.1.1 Malformed messages

def length(text, value, *pieces, end=False):
    @case("8.1.1", text)
    def body(c):
        c.fields(base(("content-length", value), path="/echo", method="POST"), end=end)
        for piece in pieces:
            c.send(piece)
        c.wait_stream_error(PROTOCOL)


length("less content than Content-Length", "5", frame(DATA, 1, 1, b"abc"))
length("more content than Content-Length", "2", frame(DATA, 1, 1, b"abc"))
length("more content than Content-Length in several frames", "4", frame(DATA, 0, 1, b"abc"), frame(DATA, 1, 1, b"abc"))
length("Content-Length without content", "5", end=True)
length("a Content-Length that is no number", "abc", frame(DATA, 1, 1, b"abc"))
length("a negative Content-Length", "-1", frame(DATA, 1, 1, b"abc"))
malformed("8.1.1", "two Content-Length fields", base(("content-length", "3"), ("content-length", "3")), end=False)


@case("8.1.1", "a right Content-Length")
def _(c):
    c.fields(base(("content-length", "3"), path="/echo", method="POST"), end=False)
    c.send(frame(DATA, 1, 1, b"abc"))
    assert c.wait_response() == 200 and c.body[1] == b"abc"


# ---- 8.2 Fields

malformed("8.2.1", "an upper-case name", base(("X-Upper", "a")))
malformed("8.2.1", "a name with a space", base(("a b", "c")))
malformed("8.2.1", "a name with a colon inside", base(("a:b", "c")))
malformed("8.2.1", "a name with a control character", base(("a\x01b", "c")))
malformed("8.2.1", "a name with a byte above 0x7e", base((b"a\xffb", b"c")))
malformed("8.2.1", "an empty name", base(("", "c")))
malformed("8.2.1", "a value with NUL", base(("x-a", "b\0c")))
malformed("8.2.1", "a value with CR", base(("x-a", "b\rc")))
malformed("8.2.1", "a value with LF", base(("x-a", "b\nc")))
for name, value in [("connection", "close"), ("keep-alive", "timeout=5"), ("proxy-connection", "keep-alive"),
                    ("transfer-encoding", "chunked"), ("upgrade", "h2c")]:
    malformed("8.2.2", f"the connection-specific field {name}", base((name, value)))
malformed("8.2.2", "TE other than trailers", base(("te", "gzip")))
accepted("8.2.2", "TE: trailers", head(("te", "trailers")))


@case("8.2.3", "cookie crumbs reach the handler as one field")
def _(c):
    c.fields(base(("cookie", "a=b"), ("x-z", "1"), ("cookie", "c=d"), path="/info"))
    c.wait_response()
    assert b"cookie=a=b; c=d\n" in c.body[1]


# ---- 8.3 Control data

malformed("8.3", "a pseudo-field after a regular one", [("x-a", "b")] + BASE)
malformed("8.3", "an unknown pseudo-field", base() [:4] + [(":unknown", "a")])
malformed("8.3", "a pseudo-field of responses", BASE + [(":status", "200")])
for key, value in BASE:
    malformed("8.3.1", f"{key} twice", BASE + [(key, value)])
malformed("8.3.1", "no :method", base(without=":method"))
malformed("8.3.1", "no :scheme", base(without=":scheme"))
malformed("8.3.1", "no :path", base(without=":path"))
malformed("8.3.1", "an empty :path", base(path=""))
malformed("8.3.1", "a :path without slash", base(path="index"))
malformed("8.3.1", "a :path with a space", base(path="/a b"))
malformed("8.3.1", "a :path with a fragment", base(path="/a#b"))
malformed("8.3.1", "the path * of another method than OPTIONS", base(path="*"))
malformed("8.3.1", "an :authority with user information", base(authority="me@a"))
malformed("8.3.1", "an :authority with a slash", base(authority="a/b"))
malformed("8.3.1", "Host that differs from :authority", base(("host", "b")))
malformed("8.3.1", "a :method that is no token", base(method="GE T"))
accepted("8.3.1", "Host that is :authority", head(("host", "a")))


@case("8.3.1", "OPTIONS *")
def _(c):
    c.fields(base(method="OPTIONS", path="*"))
    assert c.wait_response() == 200


@case("8.3.1", "Host stands in for :authority")
def _(c):
    c.fields([(":method", "GET"), (":scheme", "http"), (":path", "/info"), ("host", "b.example")])
    c.wait_response()
    assert b"authority: b.example\n" in c.body[1]


@case("8.5", "CONNECT is answered 501")
def _(c):
    c.fields([(":method", "CONNECT"), (":authority", "a:443")], end=False)
    c.read(lambda: 1 in c.headers)
    assert c.status() == 501


malformed("8.5", "CONNECT with :scheme and :path", [(":method", "CONNECT"), (":scheme", "http"), (":path", "/"), (":authority", "a:443")])
malformed("8.5", "CONNECT without :authority", [(":method", "CONNECT")])

# ---- RFC 7541

connection_error("HPACK 2.3.3", "an index beyond both tables", [COMPRESSION], lambda c: frame(HEADERS, 5, 1, c.block() + b"\xff\x80\x01"))
connection_error("HPACK 6.1", "index 0", [COMPRESSION], lambda c: frame(HEADERS, 5, 1, c.block() + b"\x80"))
connection_error("HPACK 5.1", "an integer that is too large", [COMPRESSION],
                 lambda c: frame(HEADERS, 5, 1, c.block() + b"\xff\xff\xff\xff\xff\xff\xff\xff\xff\x0f"))
connection_error("HPACK 5.2", "a string longer than the block", [COMPRESSION], lambda c: frame(HEADERS, 5, 1, c.block() + b"\x00\x7f\x80\x01abc"))
connection_error("HPACK 5.2", "Huffman padding of more than seven bits", [COMPRESSION],
                 lambda c: frame(HEADERS, 5, 1, c.block() + b"\x00\x85\xf2\xb2\x4a\x84\xff\x84\x49\x50\x9f\xff"))
connection_error("HPACK 5.2", "Huffman padding that is not ones", [COMPRESSION],
                 lambda c: frame(HEADERS, 5, 1, c.block() + b"\x00\x85\xf2\xb2\x4a\x84\xff\x83\x49\x50\x90"))
connection_error("HPACK 5.2", "Huffman coded end of string", [COMPRESSION],
                 lambda c: frame(HEADERS, 5, 1, c.block() + b"\x00\x85\xf2\xb2\x4a\x87\xff\x85\xff\xff\xff\xff\xff"))
connection_error("HPACK 6.3", "a table size above the setting", [COMPRESSION], lambda c: frame(HEADERS, 5, 1, b"\x3f\xe1\xff\x03" + c.block()))
connection_error("HPACK 4.2", "a table size update behind a field", [COMPRESSION], lambda c: frame(HEADERS, 5, 1, c.block() + b"\x20"))
accepted("HPACK 4.2", "a table size update before the fields", lambda c: frame(HEADERS, 5, 1, b"\x20" + hpack.Encoder().encode([])
         + b"\x82\x86\x84\x01\x01a"))
accepted("HPACK 6.2.2", "a literal without indexing", lambda c: frame(HEADERS, 5, 1, c.block() + b"\x00\x03x-a\x01b"))
accepted("HPACK 6.2.3", "a literal never indexed", lambda c: frame(HEADERS, 5, 1, c.block() + b"\x10\x03x-a\x01b"))


@case("HPACK 6.2.1", "a literal with indexing, and the index it gets")
def _(c):
    fixed = b"\x82\x86\x04\x05/info\x01\x01a"
    c.send(frame(HEADERS, 5, 1, fixed + b"\x40\x03x-a\x01b"))
    assert c.wait_response() == 200
    c.send(frame(HEADERS, 5, 3, fixed + b"\xbe"))
    assert c.wait_response(3) == 200 and b"x-a=b\n" in c.body[3]




@case("HPACK 2.3.2", "the dynamic table lasts over requests and evicts its oldest entries")
def _(c):
    for index in range(200):
        stream = 1 + 2 * index
        c.request(stream, path="/info", extra=[(f"x-name-{index}", "v" * 50), ("x-same", "w")])
        assert c.wait_response(stream) == 200
        assert f"x-name-{index}={'v' * 50}\n".encode() in c.body[stream]
        assert b"x-same=w\n" in c.body[stream]


@case("HPACK 4.4", "an entry larger than the table empties it")
def _(c):
    c.request(1, extra=[("x-big", "v" * 5000)])
    assert c.wait_response(1) == 200
    c.request(3, extra=[("x-a", "b")])
    assert c.wait_response(3) == 200


# ---- Limits, each answered as HTTP has it


@case("10.5.1", "a header list above the limit is answered 431")
def _(c):
    block = c.encoder.encode(base(*[(f"x-{i}", "v" * 1000) for i in range(40)]))
    c.send(frame(HEADERS, 1, 1, block[:16000]))
    rest = block[16000:]
    c.send(frame(CONTINUATION, 0, 1, rest[:16000]) + frame(CONTINUATION, 4, 1, rest[16000:]))
    assert c.wait_response() == 431
    c.alive()


@case("10.5", "too many fields are answered 431")
def _(c):
    c.request(1, extra=[(f"x-{i}", "v") for i in range(200)])
    assert c.wait_response() == 431
    c.alive()


@case("10.5", "a target above the limit is answered 414")
def _(c):
    c.request(1, path="/" + "a" * 9000)
    assert c.wait_response() == 414
    c.alive()


@case("10.5", "a declared length above the limit is answered 413")
def _(c):
    c.request(1, end=False, method="POST", path="/echo", extra=[("content-length", str(10 << 30))])
    c.read(lambda: 1 in c.headers)
    assert c.status() == 413
    c.alive()


@case("10.5", "bodies that nobody reads are held up to the connection's window and no further")
def _(c):
    c.read(lambda: any(f[0] == SETTINGS and f[1] & ACK for f in c.frames))
    c.send(frame(SETTINGS, ACK, 0))
    for index in range(17):
        c.request(1 + 2 * index, end=False, path="/hold", method="POST")
        for size in (16384, 16384, 16384, 16383):
            c.send(frame(DATA, 0, 1 + 2 * index, b"x" * size))
    c.wait_connection_error(FLOW)


@case("10.5", "a SETTINGS frame of many entries ends the connection")
def _(c):
    c.send(settings(*[(4, 1000 + index) for index in range(40)]))
    c.read(lambda: c.closed)
    assert c.closed and c.goaway in (CALM, None)


@case("10.5", "SETTINGS without end end the connection")
def _(c):
    for _ in range(200):
        c.send(settings() * 100)
    c.read(lambda: c.closed)
    assert c.goaway in (CALM, INTERNAL, None)


def main():
    with harness.Server() as server:
        return run(server.port)


def run(port):
    wanted = sys.argv[2] if len(sys.argv) > 2 else ""
    failed = 0
    count = 0
    for name, body, begin, extra in CASES:
        if wanted not in name:
            continue
        count += 1
        connection = Connection(port, begin, extra)
        try:
            body(connection)
        except Exception as error:
            failed += 1
            line = traceback.extract_tb(error.__traceback__)[-1]
            print(f"FAILED {name}: {error or line.line}")
        connection.close()
    print(f"{count} cases, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
