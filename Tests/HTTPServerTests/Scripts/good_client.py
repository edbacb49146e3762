"""Asks for / every few milliseconds until told to stop; prints answers, errors and the 99th percentile in ms."""
import select
import socket
import ssl
import sys
import time

port, tls, fresh = int(sys.argv[1]), sys.argv[2] == "tls", sys.argv[3] == "fresh"
REQUEST = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"


def connect():
    made = socket.create_connection(("127.0.0.1", port), timeout=5)
    made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    if tls:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        made = context.wrap_socket(made)
    return made


def ask(made):
    made.sendall(REQUEST)
    data = b""
    while not data.endswith(b"Hello world\n"):
        piece = made.recv(4096)
        if not piece:
            raise OSError("closed")
        data += piece


made = None if fresh else connect()
if made:
    ask(made)
times, errors = [], 0
print("ready", flush=True)
while not select.select([sys.stdin], [], [], 0.005)[0]:
    began = time.monotonic()
    try:
        if fresh:
            made = connect()
        ask(made)
        if fresh:
            made.close()
        times.append((time.monotonic() - began) * 1000)
    except OSError:
        errors += 1
        if not fresh:
            try:
                made = connect()
            except OSError:
                pass
times.sort()
print(len(times), errors, times[int(len(times) * 0.99)] if times else 99999)
