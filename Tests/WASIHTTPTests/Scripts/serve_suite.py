"""Drives `virga serve` from outside: serve_suite.py VIRGA [FIXTURES].

With the folder of fixtures, what their components answer is compared with what a reference host does."""
import ast
import concurrent.futures
import http.client
import os
import re
import shutil
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time
import traceback

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))
from environment import python_with

BINARY = os.path.abspath(sys.argv[1])
FIXTURES = sys.argv[2] if len(sys.argv) > 2 and os.path.isdir(sys.argv[2]) else None
GUEST = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "Guests", "routes.wat")
FOLDER = tempfile.mkdtemp(prefix="virga-serve-")
CASES = []


def case(text):
    def register(body):
        CASES.append((text, body))
        return body
    return register


class Serve:
    """A running `virga serve`."""

    def __init__(self, *arguments, guest=GUEST, loops=1):
        command = [BINARY, "serve", "--listen", "127.0.0.1:0", "--loops", str(loops), *arguments, guest]
        self.errors = open(os.path.join(FOLDER, f"{time.monotonic_ns()}.log"), "w+b")
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=self.errors)
        self.address = self.process.stdout.readline().decode().strip()
        found = re.fullmatch(r"(https?)://127\.0\.0\.1:(\d+)", self.address)
        assert found, (self.address, self.log())
        self.scheme, self.port = found[1], int(found[2])

    def __enter__(self):
        return self

    def __exit__(self, *error):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        self.errors.close()

    def log(self):
        self.errors.seek(0)
        return self.errors.read().decode()

    def get(self, path, method="GET", body=None, headers={}, timeout=20):
        made = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        made.request(method, path, body, headers)
        response = made.getresponse()
        data = response.read()
        made.close()
        return response.status, data, dict(response.getheaders())

    def resident(self):
        """Bytes of the process that are in memory."""
        with open(f"/proc/{self.process.pid}/statm") as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")

    def ticks(self):
        """Hundredths of a second that the process has computed."""
        with open(f"/proc/{self.process.pid}/stat") as file:
            return sum(map(int, file.read().rsplit(")", 1)[1].split()[11:13]))

    def curl(self, *arguments):
        command = ["curl", "-sS", "--max-time", "20", "-k", *arguments]
        done = subprocess.run(command, capture_output=True)
        return done.returncode, done.stdout, done.stderr.decode()


def same(given, wanted):
    assert given == wanted, f"{given!r:.300}, not {wanted!r:.300}"


@case("each route answers as it should")
def _():
    with Serve() as server:
        status, body, headers = server.get("/hello")
        same((status, body), (200, b"hello from text\n"))
        same(headers["content-length"], "16")
        same(server.get("/path?x=%20y")[1], b"/path?x=%20y")
        same(server.get("/none")[0], 500)
        same(server.get("/trap")[0], 500)
        same(server.get("/length")[0], 500)
        same(server.get("/count")[1], b"1")
        same(server.get("/count")[1], b"1")
        same(len(server.get("/big")[1]), 4 << 20)
        body = os.urandom(3_000_000)
        assert server.get("/echo", "POST", body)[1] == body
        same(server.get("/hello", "HEAD")[:2], (200, b""))
        assert "trap: unreachable" in server.log(), server.log()


@case("what breaks after the head is seen to be broken")
def _():
    with Serve() as server:
        for path in ("/xcut", "/drop"):
            try:
                server.get(path)
                raise AssertionError(f"{path} ended as if it were whole")
            except http.client.IncompleteRead:
                pass


@case("a guest that computes does not hold up its neighbours")
def _():
    with Serve("--timeout", "5") as server:
        slow = threading.Thread(target=lambda: server.get("/loop"))
        slow.start()
        time.sleep(0.2)
        started = time.monotonic()
        for _ in range(20):
            same(server.get("/hello")[0], 200)
        took = time.monotonic() - started
        assert took < 2, f"20 requests took {took:.2f} s"
        slow.join()


@case("time, memory and instances are bounded by the options")
def _():
    with Serve("--timeout", "0.2", "--max-memory", str(8 * 65536 + 4096)) as server:
        same(server.get("/loop")[0], 504)
        same(server.get("/grow")[1], b"8")
        same(server.get("/hello")[0], 200)
    with Serve("--pool", "1", "--queue", "1", "--queue-wait", "200", "--timeout", "3") as server:
        with concurrent.futures.ThreadPoolExecutor(6) as pool:
            results = list(pool.map(lambda _: server.get("/loop"), range(4)))
        statuses = sorted(result[0] for result in results)
        assert statuses.count(503) == 3 and 504 in statuses, statuses
        assert any("retry-after" in result[2] for result in results)


@case("instances are new, reset or used again as the option says")
def _():
    for policy, wanted in (("fresh", b"1"), ("reset", b"1"), ("reuse", b"3")):
        with Serve("--instances", policy) as server:
            for _ in range(3):
                last = server.get("/count")[1]
            same(last, wanted)


@case("a client that vanishes ends its guest")
def _():
    with Serve("--pool", "1", "--timeout", "30", "--limit", "halfClosedTimeout=500") as server:
        made = socket.create_connection(("127.0.0.1", server.port))
        made.sendall(b"GET /loop HTTP/1.1\r\nhost: a\r\n\r\n")
        time.sleep(0.2)
        made.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        made.close()
        same(server.get("/hello", timeout=3)[0], 200)
        # One that only shuts its sending side is answered for a while.
        made = socket.create_connection(("127.0.0.1", server.port))
        made.sendall(b"GET /loop HTTP/1.1\r\nhost: a\r\n\r\n")
        made.shutdown(socket.SHUT_WR)
        same(server.get("/hello", timeout=15)[0], 200)


@case("a client that stops reading stops its guest")
def _():
    with Serve("--pool", "1", "--queue-wait", "500", "--timeout", "30") as server:
        memory = server.resident()
        made = socket.socket()
        made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        made.connect(("127.0.0.1", server.port))
        made.sendall(b"GET /big HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n")
        time.sleep(0.5)
        # It has the only instance, and neither computes nor has its answer laid up.
        spent = server.ticks()
        same(server.get("/hello")[0], 503)
        assert server.ticks() - spent <= 5, server.ticks() - spent
        assert server.resident() - memory < 1 << 20, server.resident() - memory
        answer = b""
        while piece := made.recv(65_536):
            answer += piece
        made.close()
        body = re.split(b"\r\n\r\n", answer, maxsplit=1)[1]
        # With the framing of its chunks.
        assert len(body) > 4 << 20 and body[:40].count(b"/big") == 1 and body.endswith(b"\r\n0\r\n\r\n"), len(body)
        same(server.get("/hello")[0], 200)


def certificate():
    """The files of a certificate and its key, which are made once."""
    pem, key = os.path.join(FOLDER, "a.pem"), os.path.join(FOLDER, "a.key")
    if not os.path.exists(pem):
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                        "-keyout", key, "-out", pem, "-days", "30", "-subj", "/CN=localhost"],
                       check=True, capture_output=True)
    return pem, key


@case("several loops share the work of one HTTP/2 connection, and TLS is spoken")
def _():
    pem, key = certificate()
    with Serve("--tls-cert", pem, "--tls-key", key, loops=2) as server:
        same(server.scheme, "https")
        code, body, errors = server.curl("--http2", "-w", " %{http_version}", f"{server.address}/hello")
        same((code, body), (0, b"hello from text\n 2"))
        paths = [f"{server.address}/query" for _ in range(8)]
        started = time.monotonic()
        code, body, errors = server.curl("--http2", "--parallel", *paths)
        same((code, body), (0, b"hello from text\n" * 8))
    with Serve() as server:
        code, body, errors = server.curl("--http2-prior-knowledge", "--data-binary", f"@{GUEST}", f"{server.address}/echo")
        same((code, body), (0, open(GUEST, "rb").read()))


@case("a drain lets what is in flight finish")
def _():
    with Serve("--timeout", "5") as server:
        results = []
        made = socket.create_connection(("127.0.0.1", server.port))
        made.sendall(b"POST /echo HTTP/1.1\r\nhost: a\r\ncontent-length: 6\r\n\r\nabc")
        time.sleep(0.3)
        server.process.send_signal(signal.SIGTERM)
        time.sleep(0.2)
        made.sendall(b"def")
        data = b""
        while piece := made.recv(65536):
            data += piece
        assert b"abc" in data and b"def" in data and data.endswith(b"0\r\n\r\n"), data
        same(server.process.wait(5), 0)
        try:
            server.get("/hello")
            raise AssertionError("it still listens")
        except ConnectionError:
            pass


@case("what cannot be served is said in a sentence")
def _():
    for name, text, wanted in (
        ("core.wat", "(module)", "core module"),
        ("none.wat", "(component)", "wasi:http/incoming-handler"),
        ("import.wat", '(component (import "a:b/c" (func)))', "`a:b/c` is not defined"),
    ):
        path = os.path.join(FOLDER, name)
        open(path, "w").write(text)
        done = subprocess.run([BINARY, "serve", path], capture_output=True, timeout=20)
        assert done.returncode != 0 and wanted in done.stderr.decode(), (done.returncode, done.stderr)
    with Serve() as server:
        done = subprocess.run([BINARY, "serve", "--listen", f"127.0.0.1:{server.port}", GUEST], capture_output=True,
                              timeout=20)
        address = b"listening at 127.0.0.1:%d: Address already in use" % server.port
        assert done.returncode == 1 and address in done.stderr, (done.returncode, done.stderr)


def reference(python, component, method, target, body=None):
    """What the reference host gives: status, body and the guest's fields, or None where the guest gave an error."""
    command = [python, os.path.join(FIXTURES, "tools", "minihost.py"), component, method, target]
    done = subprocess.run(command + ([body] if body else []), capture_output=True, timeout=300)
    found = re.search(rb"^(\d{3}) (\[.*\]) finished\n(\d+) bytes, sha256 ([0-9a-f]{16})", done.stdout, re.M)
    if not found:
        return None
    fields = [(name, value.decode()) for name, value in ast.literal_eval(found[2].decode())]
    return (int(found[1]), int(found[3]), found[4].decode()), fields


def digest(data):
    return __import__("hashlib").sha256(data).hexdigest()[:16]


ROUTES = {
    "c-http/c-http.wasm": [("GET", "/hello", None), ("POST", "/echo", "some text"), ("GET", "/cpu?n=1000", None),
                           ("GET", "/other", None)],
    "wat/hello.wasm": [("GET", "/", None)],
    "wat/composed.wasm": [("GET", "/", None), ("GET", "/a%20path?and=more", None)],
    "swift-http/swift-http.wasm": [("GET", "/hello", None), ("POST", "/echo", "some text"),
                                   ("GET", "/words?one=two", None), ("GET", "/other", None)],
    "rust/rust-http.wasm": [("GET", "/hello", None), ("POST", "/echo", "some text"),
                            ("POST", "/words", "a b a"), ("GET", "/panic", None), ("GET", "/other", None)],
    "python-http/python-http.wasm": [("GET", "/hello", None), ("POST", "/echo", "some text"),
                                     ("GET", "/cpu?n=1000", None), ("GET", "/stdio?msg=m", None),
                                     ("GET", "/fail", None), ("GET", "/other", None)],
}


@case("the fixtures answer as under the reference host")
def _():
    python = python_with("wasmtime")
    if python is None:
        return print("skipped: the reference host wants wasmtime from PyPI, which cannot be had")
    pem, key = certificate()
    for name, routes in ROUTES.items():
        component = os.path.join(FIXTURES, name)
        with Serve(guest=component) as server, Serve("--tls-cert", pem, "--tls-key", key, guest=component) as secure:
            for method, target, body in routes:
                wanted = reference(python, component, method, target, body)
                for host, version in ((server, "--http1.1"), (server, "--http2-prior-knowledge"), (secure, "--http2"),
                                      (secure, "--http1.1")):
                    what = name, target, host.scheme, version
                    status, fields, data = curl_answer(host, version, method, target, body)
                    if wanted is None:
                        assert status == 500, (what, status)
                        continue
                    given = status, len(data), digest(data)
                    assert given == wanted[0], (what, given, wanted, data[:200])
                    for field in wanted[1]:
                        assert field in fields, (what, field, fields)


def curl_answer(server, version, method, target, body):
    """Status, fields and body of an answer over this version of HTTP."""
    head = os.path.join(FOLDER, "head")
    more = ["--data-binary", body] if body else []
    code, data, errors = server.curl(version, "-D", head, "-X", method, "-H", "content-type: text/plain", *more,
                                     server.address + target)
    assert code == 0, (target, version, errors)
    with open(head, newline="") as file:
        lines = file.read().split("\r\n")
    fields = [tuple(part.strip() for part in line.split(":", 1)) for line in lines[1:] if line]
    return int(lines[0].split()[1]), [(name.lower(), value) for name, value in fields], data


def main():
    failed = 0
    for text, body in CASES:
        if text.startswith("the fixtures") and not FIXTURES:
            print(f"skipped: {text}: the fixtures are not there")
            continue
        try:
            body()
            print(f"ok: {text}")
        except Exception:
            failed += 1
            print(f"FAILED: {text}\n{traceback.format_exc()}")
    shutil.rmtree(FOLDER, ignore_errors=True)
    sys.exit(1 if failed else 0)


main()
