"""Attacks, bounded in time, each with a good client beside it and a bound on memory.

Usage: attack_suite.py BINARY [PART OF A NAME]. Memory is checked against BASE + what the limits allow.
"""
import selectors

from frames import *
from harness import *

SECONDS = float(os.environ.get("ATTACK_SECONDS", "1.5"))
MEGABYTE = 1024


def dripping(port, count, first, drop, seconds, interval=0.1):
    """Opens connections, sends `first`, then `drop` again and again on each; returns what came back."""
    held = []
    for _ in range(count):
        made = connect(port)
        made.sendall(first)
        made.setblocking(False)
        held.append(made)
    answers = [b""] * count
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        for index, made in enumerate(held):
            try:
                made.send(drop)
            except OSError:
                pass
            try:
                answers[index] += made.recv(65536)
            except OSError:
                pass
        time.sleep(interval)
    for made in held:
        made.close()
    return answers


@case("slowloris on heads")
def _():
    with Server(headTimeout=700) as server,_good(server):
        answers = dripping(server.port, 400, b"GET / HTTP/1.1\r\nHost: a\r\nX: ", b"y", SECONDS)
        assert all(answer.startswith(b"HTTP/1.1 408") for answer in answers)
        assert server.memory() < 45 * MEGABYTE, server.memory()


@case("slowloris on bodies")
def _():
    with Server(bodyTimeout=700) as server, _good(server):
        first = b"POST /hold HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n"
        answers = dripping(server.port, 400, first, b"y", SECONDS)
        assert all(answer.startswith(b"HTTP/1.1 408") for answer in answers)
        assert server.memory() < 45 * MEGABYTE, server.memory()


@case("slow readers")
def _():
    with Server(writeTimeout=700) as server, _good(server):
        held = []
        for _ in range(200):
            made = socket.socket()
            made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            made.connect(("127.0.0.1", server.port))
            made.sendall(b"GET /stream?100000000 HTTP/1.1\r\nHost: a\r\n\r\n")
            held.append(made)
        highest = 0
        end = time.monotonic() + SECONDS
        while time.monotonic() < end:
            highest = max(highest, server.memory())
            time.sleep(0.05)
        # 200 times the 64 KiB of a response's buffer and what rounds it up.
        assert highest < 65 * MEGABYTE, highest


@case("slow readers over HTTP/2, many streams each")
def _():
    with Server(writeTimeout=700) as server, _good(server):
        held = []
        for _ in range(10):
            c = Connection(server.port, extra=((4, 0),))
            for index in range(100):
                c.request(1 + 2 * index, path="/stream?100000000")
            held.append(c)
        highest = 0
        end = time.monotonic() + SECONDS
        while time.monotonic() < end:
            highest = max(highest, server.memory())
            time.sleep(0.05)
        # 1,000 streams of 64 KiB each.
        assert highest < 150 * MEGABYTE, highest


@case("a flood of connections to the limit")
def _():
    with Server(connections=500) as server, _good(server):
        held = []
        for _ in range(1500):
            held.append(connect(server.port))
        assert ask(server.port, GET_CLOSE).startswith(b"HTTP/1.1 200")
        assert server.memory() < 45 * MEGABYTE, server.memory()


def flood(server, data, request=None, repeat=1, extra=()):
    """Sends data over and over on an HTTP/2 connection until the server ends it; the error of its GOAWAY."""
    c = Connection(server.port, extra=extra)
    if request:
        c.request(1, end=False, **request)
    c.socket.settimeout(SECONDS * 2)
    end = time.monotonic() + SECONDS * 2
    sent = 0
    try:
        while time.monotonic() < end:
            piece = data(c) if callable(data) else data
            c.socket.sendall(piece)
            sent += 1
            c.socket.setblocking(False)
            try:
                got = c.socket.recv(1 << 20)
                if not got:
                    break
                c.buffer += got
            except BlockingIOError:
                pass
            c.socket.settimeout(SECONDS)
    except OSError:
        pass
    c.socket.settimeout(0.5)
    while c.parse():
        pass
    c.read(lambda: c.closed, 1)
    assert c.closed, f"still open after {sent} pieces"
    return c.goaway


def http2_flood(text, data, allowed=(CALM, INTERNAL, PROTOCOL, None), **kw):
    @case("http2: " + text)
    def body():
        with Server() as server, _good(server):
            for _ in range(3):
                code = flood(server, data, **kw)
                assert code in allowed, code
            assert server.memory() < 45 * MEGABYTE, server.memory()


def rapid(c):
    c.next = getattr(c, "next", 1)
    data = b""
    for _ in range(50):
        data += frame(HEADERS, 5, c.next, b"\x82\x86\x84\x01\x01a") + frame(RST, 0, c.next, b"\0\0\0\x08")
        c.next += 2
    return data


def provoked(c):
    """Resets that the server is made to send: a window that overflows on each stream."""
    c.next = getattr(c, "next", 1)
    data = b""
    for _ in range(50):
        data += frame(HEADERS, 4, c.next, b"\x82\x86\x04\x05/hold\x01\x01a") + window(c.next, (1 << 31) - 1)
        c.next += 2
    return data


http2_flood("rapid reset", rapid)
http2_flood("resets provoked from the server", provoked)
http2_flood("a flood of CONTINUATION", frame(HEADERS, 1, 1, b"\x82") + frame(CONTINUATION, 0, 1, b"\x00\x01a\x01b" * 100) * 100)
http2_flood("a flood of PING", frame(PING, 0, 0, b"12345678") * 1000)
http2_flood("a flood of SETTINGS", settings((4, 1000)) * 1000)
http2_flood("a flood of PRIORITY", frame(PRIORITY, 0, 1, b"\0\0\0\0\x10") * 1000)
http2_flood("a flood of WINDOW_UPDATE", window(0, 1) * 1000)
http2_flood("a flood of unknown frames", frame(0x42, 0, 0, b"") * 1000)
http2_flood("a flood of empty DATA", frame(DATA, 0, 1, b"") * 1000, request={"path": "/hold", "method": "POST"})
http2_flood("DATA in single bytes", frame(DATA, 0, 1, b"x") * 1000, request={"path": "/echo", "method": "POST"},
            allowed=(CALM, INTERNAL, PROTOCOL, FLOW, None))
http2_flood("a flood of empty HEADERS without end", lambda c: frame(HEADERS, 0, 1, b"") + frame(CONTINUATION, 0, 1, b"") * 100)


@case("http2: fields that unpack to megabytes")
def _():
    with Server() as server, _good(server):
        c = Connection(server.port)
        # One entry of 4,000 bytes in the table, then a thousand references to it.
        name = b"\x40\x01x\x7f" + bytes([0xA1, 0x1E]) + b"v" * 4000
        c.send(frame(HEADERS, 5, 1, b"\x82\x86\x84\x01\x01a" + name + b"\xbe" * 10000))
        assert c.wait_response() == 431
        c.alive()
        assert server.memory() < 45 * MEGABYTE


@case("a megabyte of fields")
def _():
    with Server() as server, _good(server):
        for _ in range(20):
            made = connect(server.port)
            try:
                made.sendall(b"GET / HTTP/1.1\r\nHost: a\r\n" + b"x-field: " + b"y" * 1000 + b"\r\n")
                made.sendall((b"x-field: " + b"y" * 1000 + b"\r\n") * 1000)
            except OSError:
                pass
            assert read_all(made).startswith(b"HTTP/1.1 431")
        assert server.memory() < 45 * MEGABYTE


@case("a body declared as ten gigabytes")
def _():
    with Server() as server, _good(server):
        for _ in range(20):
            made = connect(server.port)
            made.settimeout(5)
            try:
                made.sendall(b"POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 10737418240\r\n\r\n")
                for _ in range(100):
                    made.sendall(b"x" * 65536)
            except OSError:
                pass
            assert read_all(made).startswith((b"HTTP/1.1 413", b""))
        assert server.memory() < 45 * MEGABYTE


@case("a body of endless chunks")
def _():
    with Server(bodyBytes=1000000) as server, _good(server):
        made = connect(server.port)
        made.setblocking(False)
        made.send(b"POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n")
        received = b""
        end = time.monotonic() + SECONDS
        open_ = True
        while open_ and time.monotonic() < end:
            try:
                made.send(b"1000\r\n" + b"x" * 4096 + b"\r\n")
            except BlockingIOError:
                pass
            except OSError:
                open_ = False
            try:
                piece = made.recv(1 << 20)
                open_ = open_ and bool(piece)
            except BlockingIOError:
                pass
            except OSError:
                open_ = False
        assert not open_
        assert server.memory() < 45 * MEGABYTE


@case("half-closed sockets")
def _():
    with Server(headTimeout=700, halfClosedTimeout=300) as server, _good(server):
        held = []
        for index in range(300):
            made = connect(server.port)
            made.sendall([b"GET / HT", b"GET /hold HTTP/1.1\r\nHost: a\r\n\r\n",
                          b"POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nab"][index % 3])
            made.shutdown(socket.SHUT_WR)
            held.append(made)
        time.sleep(SECONDS)
        for made in held:
            read_all(made, 1)
        assert ask(server.port, GET_CLOSE).startswith(b"HTTP/1.1 200")
        assert server.memory() < 45 * MEGABYTE


@case("a thousand stalled TLS handshakes")
def _():
    with Server(plain=False, tls=True, handshakeTimeout=1200) as server:
        hello = client_hello()
        held = []
        for index in range(1000):
            made = connect(server.tls)
            made.sendall([b"", b"\x16\x03\x01", hello[:100], hello][index % 4])
            held.append(made)
        with _good(server, tls=True, fresh=True):
            time.sleep(SECONDS)
        for made in held:
            made.settimeout(3)
            read_all(made, 3)
        assert server.memory() < 120 * MEGABYTE, server.memory()


def client_hello():
    """The first message of a handshake."""
    incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
    session = client_context().wrap_bio(incoming, outgoing)
    try:
        session.do_handshake()
    except ssl.SSLWantReadError:
        pass
    return outgoing.read()


class _good:
    """A good client for the time of a with statement; checks the server's life too."""

    def __init__(self, server, tls=False, fresh=False):
        self.server, self.tls, self.fresh = server, tls, fresh

    def __enter__(self):
        self.client = Good(self.server.tls if self.tls else self.server.port, self.tls, self.fresh)
        self.began = time.monotonic()

    def __exit__(self, kind, error, trace):
        if kind is None:
            # Enough requests for a percentile.
            time.sleep(max(0, 0.3 - (time.monotonic() - self.began)))
            self.client.check()
            assert self.server.process.poll() is None, "the server has ended"
        else:
            self.client.kill()


if __name__ == "__main__":
    main()
