"""Drives the files that `virga up` serves itself, from outside: files_suite.py VIRGA."""
import concurrent.futures
import gzip
import hashlib
import http.client
import os
import re
import resource
import shutil
import socket
import struct
import subprocess
import sys
import tempfile
import time
import traceback

BINARY = os.path.abspath(sys.argv[1])
HERE = os.path.dirname(os.path.abspath(__file__))
FOLDER = tempfile.mkdtemp(prefix="virga-files-suite-")
SITE = os.path.join(FOLDER, "site")
PUBLIC = os.path.join(SITE, "public")
LARGE = 200 << 20
CASES = []

MANIFEST = """spin_manifest_version = 2
[application]
name = "site"
[[trigger.http]]
route = "/written"
static_response = { body = "so" }
[application.tool.virga]
static = [
    { path = "public", route = "/...", index = "index.html" },
    { path = "public", route = "/assets/...", cache = "1h" },
    { path = "public/robots.txt", route = "/one/file", cache = "immutable" },
]
"""


def case(text):
    def register(body):
        CASES.append((text, body))
        return body
    return register


def same(given, wanted):
    assert given == wanted, f"{given!r:.300}, not {wanted!r:.300}"


def write(path, content, age=60):
    path = os.path.join(PUBLIC, path)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as file:
        file.write(content)
    stamp = time.time() - age
    os.utime(path, (stamp, stamp))


def make_site():
    os.makedirs(PUBLIC)
    with open(os.path.join(SITE, "spin.toml"), "w") as file:
        file.write(MANIFEST)
    with open(os.path.join(SITE, "secret.txt"), "w") as file:
        file.write("secret")
    write("index.html", b"<h1>home</h1>")
    write("robots.txt", b"User-agent: *\n")
    write("docs/index.html", b"<h1>docs</h1>")
    write("plain/a.txt", bytes(range(48, 58)) * 2)
    write("a b/\u00fc.txt", b"spaces")
    write("empty.txt", b"")
    write(".hidden", b"hidden")
    write(".git/config", b"hidden")
    write(".well-known/security.txt", b"known")
    write("app.js", b"let a = 1;\n" * 500)
    write("app.js.gz", gzip.compress(b"let a = 1;\n" * 500))
    write("app.js.br", b"not really brotli")
    write("old.js", b"new")
    write("old.js.gz", gzip.compress(b"old"), age=6000)
    write("middle.bin", os.urandom(3 << 20))
    os.symlink("../secret.txt", os.path.join(PUBLIC, "out.txt"))
    os.symlink("/etc", os.path.join(PUBLIC, "etc"))
    os.symlink("robots.txt", os.path.join(PUBLIC, "inner.txt"))
    os.mkfifo(os.path.join(PUBLIC, "pipe"))
    with open(os.path.join(PUBLIC, "large.bin"), "wb") as file:
        block = os.urandom(1 << 20)
        for _ in range(LARGE >> 20):
            file.write(block)
    time.sleep(1.1)


class Up:
    """A running `virga up`."""

    def __init__(self, folder=SITE, *arguments):
        command = [BINARY, "up", "-f", folder, "--listen", "127.0.0.1:0", "--loops", "1", *arguments]
        self.errors = open(os.path.join(FOLDER, f"{time.monotonic_ns()}.log"), "w+b")
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=self.errors)
        line = self.process.stdout.readline().decode().strip()
        found = re.fullmatch(r"Serving (https?)://127\.0\.0\.1:(\d+)", line)
        assert found, (line, self.log())
        self.scheme, self.port = found[1], int(found[2])

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.process.kill()
        self.process.wait()
        self.errors.close()

    def log(self):
        self.errors.seek(0)
        return self.errors.read().decode()

    def raw(self, path, method="GET", headers={}):
        """A request whose target is sent as it is."""
        made = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        made.putrequest(method, path, skip_accept_encoding=True)
        for name, value in headers.items():
            made.putheader(name, value)
        made.endheaders()
        response = made.getresponse()
        body = response.read()
        made.close()
        return response.status, body, {name.lower(): value for name, value in response.getheaders()}

    def descriptors(self):
        return len(os.listdir(f"/proc/{self.process.pid}/fd"))

    def idle_descriptors(self):
        """Those that are open when connections that were closed are gone."""
        time.sleep(0.5)
        return self.descriptors()

    def resident(self):
        with open(f"/proc/{self.process.pid}/status") as file:
            return int(re.search(r"VmRSS:\s+(\d+)", file.read())[1]) * 1024


def settles(measure, wanted, seconds=10):
    end = time.monotonic() + seconds
    while measure() > wanted and time.monotonic() < end:
        time.sleep(0.05)
    return measure()


@case("files have their types, validators and caching")
def _():
    with Up() as up:
        status, body, fields = up.raw("/robots.txt")
        same((status, body), (200, b"User-agent: *\n"))
        same(fields["content-type"], "text/plain; charset=utf-8")
        same(fields["cache-control"], "no-cache")
        same(fields["accept-ranges"], "bytes")
        same(fields["vary"], "accept-encoding")
        assert re.fullmatch(r'"[-0-9a-z]+"', fields["etag"]), fields
        assert "last-modified" in fields, fields
        same(up.raw("/assets/robots.txt")[2]["cache-control"], "max-age=3600")
        same(up.raw("/one/file")[:2], (200, b"User-agent: *\n"))
        assert "immutable" in up.raw("/one/file")[2]["cache-control"]
        same(up.raw("/one/file/more")[0], 404)
        same(up.raw("/written")[1], b"so")
        same(up.raw("/middle.bin")[2]["content-type"], "application/octet-stream")
        same(up.raw("/empty.txt")[:2], (200, b""))
        same(up.raw("/empty.txt", headers={"Range": "bytes=0-1"})[0], 416)
        same(up.raw("/a%20b/%C3%BC.txt")[1], b"spaces")
        same(up.raw("/inner.txt")[1], b"User-agent: *\n")
        same(up.raw("/.well-known/security.txt")[1], b"known")


@case("HEAD says what GET would, other methods are refused")
def _():
    with Up() as up:
        for path in ("/robots.txt", "/middle.bin", "/large.bin", "/app.js", "/empty.txt"):
            get = up.raw(path) if path != "/large.bin" else (200, b"", {"content-length": str(LARGE)})
            status, body, fields = up.raw(path, "HEAD")
            same((status, body), (200, b""))
            same(fields["content-length"], get[2]["content-length"])
        for method in ("POST", "PUT", "DELETE", "OPTIONS", "BREW"):
            status, _, fields = up.raw("/robots.txt", method)
            same((status, fields["allow"]), (405, "GET, HEAD"))


@case("directories have an index and an address that ends in a slash")
def _():
    with Up() as up:
        same(up.raw("/")[1], b"<h1>home</h1>")
        same(up.raw("/docs/")[1], b"<h1>docs</h1>")
        status, _, fields = up.raw("/docs?x=1&y=%20")
        same((status, fields["location"]), (301, "/docs/?x=1&y=%20"))
        status, _, fields = up.raw("//docs")
        same((status, fields["location"]), (301, "/docs/"))
        same(up.raw("/plain/")[0], 404)
        same(up.raw("/plain")[0], 404)
        same(up.raw("/robots.txt/")[0], 404)
        same(up.raw("/assets/")[0], 404)


@case("nothing outside, hidden or special is served")
def _():
    with Up() as up:
        before = up.idle_descriptors()
        for path in ("/../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt", "/docs/../../secret.txt",
                     "/docs/%2E%2E/%2E%2E/secret.txt", "/%2e/robots.txt", "/robots.txt%00.html", "/docs%2Findex.html",
                     "/%", "/%2", "/%zz", "/a%/b"):
            same((path, up.raw(path)[:2]), (path, (400, b"")))
        for path in ("/out.txt", "/etc/passwd", "/etc", "/.hidden", "/.git/config", "/%2ehidden", "/docs/.well-known/x",
                     "/docs//index.html", "/pipe", "/%252e%252e/secret.txt", "/..%5csecret.txt", "/%ff", "/absent",
                     "/" + "x" * 300, "/" + "x/" * 3000):
            same((path[:40], up.raw(path)[:2]), (path[:40], (404, b"")))
        same(settles(up.descriptors, before), before)


@case("conditions are met, or answered 304 and 412")
def _():
    with Up() as up:
        _, _, fields = up.raw("/robots.txt")
        tag, date = fields["etag"], fields["last-modified"]
        for headers, wanted in [
            ({"If-None-Match": tag}, 304), ({"If-None-Match": f'"x", W/{tag}'}, 304), ({"If-None-Match": "*"}, 304),
            ({"If-None-Match": '"x"'}, 200), ({"If-None-Match": '"x"', "If-Modified-Since": date}, 200),
            ({"If-Modified-Since": date}, 304), ({"If-Modified-Since": "Sun, 06 Nov 1994 08:49:37 GMT"}, 200),
            ({"If-Modified-Since": "yesterday"}, 200),
            ({"If-Match": tag}, 200), ({"If-Match": "W/" + tag}, 412), ({"If-Match": '"x"'}, 412),
            ({"If-Match": "*"}, 200), ({"If-Match": tag, "If-None-Match": tag}, 304),
            ({"If-Unmodified-Since": date}, 200),
            ({"If-Unmodified-Since": "Sunday, 06-Nov-94 08:49:37 GMT"}, 412),
            ({"If-Unmodified-Since": "Sun Nov  6 08:49:37 1994"}, 412),
        ]:
            status, body, answer = up.raw("/robots.txt", headers=headers)
            same((headers, status), (headers, wanted))
            if wanted == 304:
                same(body, b"")
                same((answer["etag"], answer["cache-control"]), (tag, "no-cache"))
                assert "content-type" not in answer, answer


@case("parts are sent, and what is not there is 416")
def _():
    with Up() as up:
        whole = bytes(range(48, 58)) * 2
        _, _, fields = up.raw("/plain/a.txt")
        tag, date = fields["etag"], fields["last-modified"]
        for value, start, end in [("bytes=0-0", 0, 1), ("bytes=5-", 5, 20), ("bytes=-3", 17, 20), ("bytes=-99", 0, 20),
                                  ("bytes=18-99999999999999999999999", 18, 20), ("Bytes=1-2", 1, 3),
                                  ("bytes=0-4,5-6", 0, 7), ("bytes=3-9, 0-4", 0, 10), ("bytes=0-1,90-", 0, 2)]:
            status, body, fields = up.raw("/plain/a.txt", headers={"Range": value})
            same((value, status, body), (value, 206, whole[start:end]))
            same(fields["content-range"], f"bytes {start}-{end - 1}/20")
        for value in ("bytes=20-", "bytes=99-100", "bytes=-0"):
            status, body, fields = up.raw("/plain/a.txt", headers={"Range": value})
            same((value, status, fields["content-range"]), (value, 416, "bytes */20"))
        for value in ("bytes=0-1,5-6", "lines=1-2", "bytes=5-1", "bytes=x", "bytes=", "bytes=1-2-3", "bytes=+1-2"):
            status, body, _ = up.raw("/plain/a.txt", headers={"Range": value})
            same((value, status, body), (value, 200, whole))
        for condition, wanted in [(tag, 206), ('"x"', 200), ("W/" + tag, 200), (date, 206),
                                  ("Sun, 06 Nov 1994 08:49:37 GMT", 200)]:
            headers = {"Range": "bytes=1-2", "If-Range": condition}
            same((condition, up.raw("/plain/a.txt", headers=headers)[0]), (condition, wanted))
        same(up.raw("/plain/a.txt", "HEAD", {"Range": "bytes=1-2"})[0], 200)


@case("compressed files beside others are sent to those who take them")
def _():
    with Up() as up:
        plain = b"let a = 1;\n" * 500
        tags = set()
        for value, coding in [(None, None), ("gzip", "gzip"), ("gzip, deflate, br", "br"), ("br;q=0.5, gzip", "gzip"),
                              ("*", "br"), ("br;q=0, *", "gzip"), ("identity", None), ("gzip;q=0", None),
                              ("GZIP", "gzip"), ("identity, gzip;q=0.5", None), ("deflate", None)]:
            headers = {"Accept-Encoding": value} if value else {}
            status, body, fields = up.raw("/app.js", headers=headers)
            same((value, status, fields.get("content-encoding")), (value, 200, coding))
            same((fields["vary"], fields["content-type"]), ("accept-encoding", "text/javascript; charset=utf-8"))
            same(body, {None: plain, "gzip": gzip.compress(plain), "br": b"not really brotli"}[coding]
                 if coding != "gzip" else body)
            if coding == "gzip":
                same(gzip.decompress(body), plain)
            tags.add((coding, fields["etag"]))
        same(len(tags), 3)
        same(len({tag for _, tag in tags}), 3)
        same(up.raw("/old.js", headers={"Accept-Encoding": "gzip"})[1], b"new")
        status, _, fields = up.raw("/app.js.gz")
        same((fields["content-type"], "content-encoding" in fields), ("application/gzip", False))


@case("a changed file is there at the next request")
def _():
    with Up() as up:
        write("live.txt", b"one")
        time.sleep(1.1)
        first = up.raw("/live.txt")
        same(first[1], b"one")
        write("live.txt", b"two", age=0)
        second = up.raw("/live.txt")
        same(second[1], b"two")
        assert second[2]["etag"].startswith('W/"'), second
        assert first[2]["etag"] not in second[2]["etag"]
        os.remove(os.path.join(PUBLIC, "live.txt"))
        same(up.raw("/live.txt")[0], 404)
        os.rename(PUBLIC, PUBLIC + ".away")
        same(up.raw("/robots.txt")[0], 404)
        os.rename(PUBLIC + ".away", PUBLIC)
        same(up.raw("/robots.txt")[0], 200)


def digest(path):
    with open(os.path.join(PUBLIC, path), "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest() if hasattr(hashlib, "file_digest") \
            else hashlib.sha256(file.read()).hexdigest()


def curl(up, path, *arguments):
    command = f"curl -sk --max-time 120 {' '.join(arguments)} {up.scheme}://127.0.0.1:{up.port}{path} | sha256sum"
    return subprocess.run(command, shell=True, capture_output=True, text=True).stdout.split()[0]


@case("200 MB come whole, in little memory, by HTTP/1.1, HTTP/2 and TLS")
def _():
    key, certificate = os.path.join(FOLDER, "key.pem"), os.path.join(FOLDER, "certificate.pem")
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", certificate,
                    "-days", "2", "-subj", "/CN=localhost"], check=True, capture_output=True)
    wanted = digest("large.bin")
    middle = digest("middle.bin")
    for arguments, options in [((), ["--http1.1"]), ((), ["--http2-prior-knowledge"]),
                               (("--tls-cert", certificate, "--tls-key", key), ["--http1.1"]),
                               (("--tls-cert", certificate, "--tls-key", key), ["--http2"])]:
        with Up(SITE, *arguments) as up:
            same(curl(up, "/middle.bin", *options), middle)
            before, open_before = up.resident(), up.descriptors()
            start = time.monotonic()
            same(curl(up, "/large.bin", *options), wanted)
            took = time.monotonic() - start
            grown = up.resident() - before
            print(f"  {up.scheme} {options[0]}: 200 MB in {took:.2f} s, memory grew by {grown >> 10} KiB")
            assert grown < 16 << 20, grown
            assert settles(up.descriptors, open_before) <= open_before
            part = subprocess.run(["curl", "-sk", *options, "-r", "1000000-3000000",
                                   f"{up.scheme}://127.0.0.1:{up.port}/large.bin"], capture_output=True).stdout
            with open(os.path.join(PUBLIC, "large.bin"), "rb") as file:
                file.seek(1000000)
                same(hashlib.sha256(part).digest(), hashlib.sha256(file.read(2000001)).digest())


@case("requests one after the other on a connection are answered in their order")
def _():
    with Up() as up:
        names = ["/middle.bin", "/robots.txt", "/middle.bin", "/absent", "/app.js"]
        with socket.create_connection(("127.0.0.1", up.port), timeout=30) as made:
            made.sendall("".join(f"GET {name} HTTP/1.1\r\nhost: h\r\n\r\n" for name in names).encode())
            stream = made.makefile("rb")
            for name in names:
                status = int(stream.readline().split()[1])
                length = 0
                while (line := stream.readline().strip()):
                    if line.lower().startswith(b"content-length:"):
                        length = int(line.split(b":")[1])
                body = stream.read(length)
                if name == "/absent":
                    same((status, body), (404, b""))
                else:
                    with open(PUBLIC + name, "rb") as file:
                        same((status, hashlib.sha256(body).digest()), (200, hashlib.sha256(file.read()).digest()))


@case("a slow client holds nobody up, one that vanishes leaves nothing behind")
def _():
    with Up() as up:
        up.raw("/robots.txt")
        before, memory = up.idle_descriptors(), up.resident()
        slow = []
        for _ in range(50):
            made = socket.create_connection(("127.0.0.1", up.port))
            made.sendall(b"GET /large.bin HTTP/1.1\r\nhost: h\r\n\r\n")
            made.recv(1000)
            slow.append(made)
        same(up.raw("/robots.txt")[0], 200)
        opened = settles(lambda: -up.descriptors(), -before - 100)
        assert -opened >= before + 100, f"each has its socket and its file: {-opened - before}"
        print(f"  50 slow clients: memory grew by {(up.resident() - memory) >> 10} KiB")
        assert up.resident() - memory < 16 << 20
        for made in slow[:25]:
            made.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            made.close()
        assert settles(up.descriptors, before + 50) <= before + 50, up.descriptors()
        for made in slow[25:]:
            made.close()
        assert settles(up.descriptors, before) <= before, up.descriptors()


@case("a file that becomes shorter while it is sent ends the response short")
def _():
    with Up() as up:
        write("shrinking.bin", bytes(30 << 20))
        with socket.create_connection(("127.0.0.1", up.port), timeout=30) as made:
            made.sendall(b"GET /shrinking.bin HTTP/1.1\r\nhost: h\r\n\r\n")
            received = len(made.recv(1000))
            os.truncate(os.path.join(PUBLIC, "shrinking.bin"), 1000)
            while (piece := made.recv(1 << 20)):
                received += len(piece)
        assert received < 30 << 20, received
        same(up.raw("/robots.txt")[0], 200)


@case("without descriptors a file is not there for now")
def _():
    with Up() as up:
        made = http.client.HTTPConnection("127.0.0.1", up.port, timeout=30)

        def status():
            made.request("GET", "/robots.txt")
            response = made.getresponse()
            response.read()
            return response.status
        same(status(), 200)
        limits = resource.prlimit(up.process.pid, resource.RLIMIT_NOFILE)
        resource.prlimit(up.process.pid, resource.RLIMIT_NOFILE, (3, limits[1]))
        same(status(), 503)
        resource.prlimit(up.process.pid, resource.RLIMIT_NOFILE, limits)
        same(status(), 200)
        made.close()


@case("many clients at once get the right bytes")
def _():
    with Up() as up:
        wanted = {}
        for name in ("/middle.bin", "/app.js", "/robots.txt"):
            with open(PUBLIC + name, "rb") as file:
                wanted[name] = hashlib.sha256(file.read()).digest()
        before = up.idle_descriptors()

        def one(number):
            name = list(wanted)[number % 3]
            return hashlib.sha256(up.raw(name)[1]).digest() == wanted[name]
        with concurrent.futures.ThreadPoolExecutor(16) as pool:
            assert all(pool.map(one, range(150)))
        assert settles(up.descriptors, before) <= before, up.descriptors()


@case("what the manifest says of files is checked")
def _():
    folder = os.path.join(FOLDER, "wrong")
    os.makedirs(folder)
    with open(os.path.join(folder, "spin.toml"), "w") as file:
        file.write(MANIFEST)
    done = subprocess.run([BINARY, "up", "-f", folder], capture_output=True, text=True, timeout=30)
    same(done.returncode, 1)
    assert 'there is no directory or file "public"' in done.stderr, done.stderr
    os.symlink("/etc", os.path.join(folder, "public"))
    with open(os.path.join(folder, "spin.toml"), "w") as file:
        file.write(MANIFEST.replace("public/robots.txt", "spin.toml"))
    done = subprocess.run([BINARY, "up", "-f", folder], capture_output=True, text=True, timeout=30)
    same(done.returncode, 1)
    assert "`public` cannot be opened, or leads out of the app's directory" in done.stderr, done.stderr


@case("the app's own directory can be served, without what is hidden in it")
def _():
    folder = os.path.join(FOLDER, "whole")
    os.makedirs(folder)
    with open(os.path.join(folder, "spin.toml"), "w") as file:
        file.write(MANIFEST.split("static = [")[0] + 'static = [{ path = ".", route = "/files/..." }]\n')
    with Up(folder) as up:
        same(up.raw("/files/spin.toml")[0], 200)
        same(up.raw("/files/absent")[0], 404)


def main():
    make_site()
    failed = 0
    for text, body in CASES:
        try:
            body()
            print(f"ok      {text}")
        except Exception:
            failed += 1
            print(f"FAILED  {text}\n{traceback.format_exc()}")
    shutil.rmtree(FOLDER, ignore_errors=True)
    print(f"{len(CASES) - failed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


main()
