"""Writes seeds for the fuzzers into a folder for each: seeds.py FOLDER."""
import os
import struct
import sys

folder = sys.argv[1]


def write(kind, name, data):
    os.makedirs(os.path.join(folder, kind), exist_ok=True)
    for style in range(0, 256, 37):
        with open(os.path.join(folder, kind, f"{name}-{style}"), "wb") as file:
            file.write(bytes([style, 255 - style]) + data)


ONE = [
    b"GET / HTTP/1.1\r\nHost: a\r\n\r\n" * 3,
    b"POST /x?y HTTP/1.1\r\nHost: a.b:80\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\nhelloGET / HTTP/1.0\r\n\r\n",
    b"POST http://a/ HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5;a=\"b\"\r\nhello\r\n0\r\nX: y\r\n\r\n",
    b"OPTIONS * HTTP/1.1\r\nHost: [::1]\r\nConnection: close, x\r\n\r\n",
    b"CONNECT a:1 HTTP/1.1\r\nHost: a:1\r\n\r\n",
    b"PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 2000\r\n\r\n" + b"z" * 2000,
]


def frame(kind, flags, stream, payload=b""):
    return struct.pack(">I", len(payload))[1:] + bytes([kind, flags]) + struct.pack(">I", stream) + payload


GET = b"\x82\x86\x84\x01\x01a"
POST = b"\x83\x86\x84\x01\x01a"
TWO = [
    frame(1, 5, 1, GET) + frame(1, 5, 3, GET + b"\x40\x01x\x01y") + frame(1, 5, 5, GET + b"\xbe"),
    frame(1, 4, 1, POST) + frame(0, 0, 1, b"hello") + frame(0, 9, 1, b"\x02ab\0\0"),
    frame(1, 4, 1, POST) + frame(0, 0, 1, b"hello") + frame(1, 5, 1, b"\x00\x01x\x01y"),
    frame(1, 1, 1, GET[:3]) + frame(9, 4, 1, GET[3:]) + frame(3, 0, 1, b"\0\0\0\x08"),
    frame(8, 0, 0, b"\0\0\x10\0") + frame(4, 0, 0, b"\0\4\0\0\0\0") + frame(1, 5, 1, GET) + frame(8, 0, 1, b"\0\0\x10\0"),
    frame(6, 0, 0, b"12345678") + frame(2, 0, 1, b"\0\0\0\0\x10") + frame(7, 0, 0, b"\0" * 8) + frame(0x42, 1, 1, b"abc"),
    frame(1, 4, 1, POST + b"\x0f\x0d\x04" + b"2000") + frame(0, 1, 1, b"z" * 2000),
]
for index, data in enumerate(ONE):
    write("http1", f"seed{index}", data)
for index, data in enumerate(TWO):
    write("http2", f"seed{index}", data)
