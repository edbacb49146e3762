"""Raw HTTP/2 frames over a socket: what the cases of h2_suite.py are written with."""
import socket
import struct
import time

import hpack

DATA, HEADERS, PRIORITY, RST, SETTINGS, PUSH, PING, GOAWAY, WINDOW, CONTINUATION = range(10)
NO_ERROR, PROTOCOL, INTERNAL, FLOW, TIMEOUT, CLOSED, SIZE, REFUSED, CANCEL, COMPRESSION = range(10)
CALM = 11
END_STREAM, ACK, END_HEADERS, PADDED, PRIO = 1, 1, 4, 8, 32
PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"


def frame(kind, flags, stream, payload=b"", length=None):
    size = len(payload) if length is None else length
    return struct.pack(">I", size)[1:] + bytes([kind, flags]) + struct.pack(">I", stream) + payload


def settings(*pairs):
    return frame(SETTINGS, 0, 0, b"".join(struct.pack(">HI", key, value) for key, value in pairs))


def window(stream, increment):
    return frame(WINDOW, 0, stream, struct.pack(">I", increment))


class Connection:
    """A client that sends what it is told and keeps what it gets."""

    def __init__(self, port, begin=True, extra=()):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=5)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.buffer = b""
        self.frames = []
        self.closed = False
        self.encoder = hpack.Encoder()
        self.decoder = hpack.Decoder()
        self.headers = {}
        self.trailers = {}
        self.body = {}
        self.ended = set()
        self.resets = {}
        self.goaway = None
        self.informational = {}
        if begin:
            self.send(PREFACE + settings(*extra))

    def send(self, data):
        try:
            self.socket.sendall(data)
        except OSError:
            pass

    def block(self, path="/", method="GET", scheme="http", authority="a", extra=()):
        fields = [(":method", method), (":scheme", scheme), (":path", path), (":authority", authority)]
        return self.encoder.encode(fields + list(extra))

    def request(self, stream=1, end=True, **kw):
        flags = END_HEADERS | (END_STREAM if end else 0)
        self.send(frame(HEADERS, flags, stream, self.block(**kw)))

    def fields(self, fields, stream=1, end=True):
        flags = END_HEADERS | (END_STREAM if end else 0)
        self.send(frame(HEADERS, flags, stream, self.encoder.encode(fields)))

    def read(self, until, seconds=2.0):
        """Reads frames until the condition holds, the peer closes, or time is up."""
        deadline = time.monotonic() + seconds
        while not until():
            if not self.parse():
                left = deadline - time.monotonic()
                if left <= 0 or self.closed:
                    return until()
                self.socket.settimeout(left)
                try:
                    data = self.socket.recv(65536)
                except socket.timeout:
                    return until()
                except OSError:
                    data = b""
                if not data:
                    self.closed = True
                self.buffer += data
        return True

    def parse(self):
        if len(self.buffer) < 9:
            return False
        length = int.from_bytes(self.buffer[:3], "big")
        if len(self.buffer) < 9 + length:
            return False
        kind, flags = self.buffer[3], self.buffer[4]
        stream = int.from_bytes(self.buffer[5:9], "big")
        payload = self.buffer[9:9 + length]
        self.buffer = self.buffer[9 + length:]
        self.frames.append((kind, flags, stream, payload))
        self.note(kind, flags, stream, payload)
        return True

    def note(self, kind, flags, stream, payload):
        if kind == HEADERS:
            assert flags & END_HEADERS, "the suite takes whole header blocks only"
            fields = self.decoder.decode(payload)
            status = dict(fields).get(":status")
            if status and status.startswith("1"):
                self.informational[stream] = fields
            elif stream in self.headers:
                self.trailers[stream] = fields
            else:
                self.headers[stream] = fields
        if kind == DATA:
            self.body[stream] = self.body.get(stream, b"") + payload
        if kind in (DATA, HEADERS) and flags & END_STREAM:
            self.ended.add(stream)
        if kind == RST:
            self.resets[stream] = int.from_bytes(payload, "big")
        if kind == GOAWAY:
            self.goaway = int.from_bytes(payload[4:8], "big")

    # What came of it.

    def status(self, stream=1):
        return int(dict(self.headers[stream])[":status"]) if stream in self.headers else None

    def wait_response(self, stream=1, seconds=2.0):
        self.read(lambda: stream in self.ended or stream in self.resets or self.goaway is not None, seconds)
        return self.status(stream)

    def wait_connection_error(self, *codes):
        self.read(lambda: self.closed)
        assert self.goaway is not None or self.closed, "neither GOAWAY nor the end came"
        assert self.goaway in codes, f"GOAWAY {self.goaway}, not {codes}"
        assert self.closed, "the connection stayed open"

    def wait_stream_error(self, *codes, stream=1):
        """A reset, or for a malformed request the answer 400 (RFC 9113 section 8.1.1)."""
        self.read(lambda: stream in self.resets or stream in self.ended or self.goaway is not None)
        if self.status(stream) == 400 and PROTOCOL in codes:
            return
        got = self.resets.get(stream, self.goaway)
        assert got in codes, f"reset {self.resets}, GOAWAY {self.goaway}, status {self.status(stream)}"

    def alive(self, stream=101):
        """The connection still answers a request."""
        self.request(stream)
        assert self.wait_response(stream) == 200, f"GOAWAY {self.goaway}, resets {self.resets}, closed {self.closed}"

    def close(self):
        self.socket.close()
