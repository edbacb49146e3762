"""Listeners, TLS, logs, and other people's clients.

Usage: listener_suite.py BINARY [PART OF A NAME]
"""
import json
import shutil
import struct
import warnings

from harness import *


def curl(*arguments):
    return run("curl", "-sk", "--max-time", "10", *arguments).stdout.decode()


# ---- Listeners


@case("listener: IPv6")
def _():
    with Server("--listen", "[::1]:0") as server:
        address = server.addresses[1]
        assert "client: ::1\n" in curl("-g", f"http://{address}/info")


@case("listener: a Unix socket, whose file goes with the server and may be left behind by another")
def _():
    path = os.path.join(FOLDER, "front.sock")
    stale = socket.socket(socket.AF_UNIX)
    stale.bind(path)
    stale.close()
    with Server("--listen", f"unix:{path}", plain=False, loops=2) as server:
        for _ in range(10):
            assert "client: unix\n" in curl("--unix-socket", path, "http://a/info")
        server.signal()
        server.wait(3)
    assert not os.path.exists(path)


@case("listener: a Unix socket that is in use is not taken")
def _():
    path = os.path.join(FOLDER, "used.sock")
    with Server("--listen", f"unix:{path}", plain=False):
        second = run(BINARY, "bench-server", "--listen", f"unix:{path}")
        assert second.returncode != 0 and b"in use" in second.stderr


@case("listener: a port that is in use by another program is told of")
def _():
    made = socket.socket()
    made.bind(("127.0.0.1", 0))
    made.listen()
    second = run(BINARY, "bench-server", "--listen", f"127.0.0.1:{made.getsockname()[1]}")
    assert second.returncode != 0 and b": Address already in use" in second.stderr, second.stderr


@case("listener: sockets passed in by systemd")
def _():
    made = socket.socket()
    made.bind(("127.0.0.1", 0))
    made.listen()
    port = made.getsockname()[1]
    script = f'LISTEN_PID=$$ LISTEN_FDS=1 exec "$0" "$@" 3<&{made.fileno()}'
    process = subprocess.Popen(["bash", "-c", script, BINARY, "bench-server", "--loops", "2"],
                               pass_fds=[made.fileno()], stdout=subprocess.PIPE)
    process.stdout.readline()
    made.close()
    try:
        for _ in range(10):
            assert curl(f"http://127.0.0.1:{port}/") == "Hello world\n"
    finally:
        process.kill()
        process.wait()


def proxied(port, header, path="/info"):
    made = connect(port)
    made.sendall(header + f"GET {path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".encode())
    return read_all(made).decode()


def version2(command=0x21, family=0x11, payload=None):
    if payload is None:
        payload = bytes([192, 0, 2, 7, 127, 0, 0, 1]) + struct.pack(">HH", 1234, 80)
    return b"\r\n\r\n\0\r\nQUIT\n" + bytes([command, family]) + struct.pack(">H", len(payload)) + payload


PROXY_CASES = [
    ("version 1, TCP4", b"PROXY TCP4 192.0.2.7 127.0.0.1 1234 80\r\n", "192.0.2.7"),
    ("version 1, TCP6", b"PROXY TCP6 2001:db8::7 ::1 1234 80\r\n", "2001:db8::7"),
    ("version 1, UNKNOWN", b"PROXY UNKNOWN\r\n", "127.0.0.1"),
    ("version 1, UNKNOWN with the rest", b"PROXY UNKNOWN ff:: ff:: 1 2\r\n", "127.0.0.1"),
    ("version 2, TCP4", version2(), "192.0.2.7"),
    ("version 2, TCP6", version2(family=0x21, payload=bytes.fromhex("20010db8" + "0" * 23 + "7") + b"\0" * 15 + b"\1" + b"\4\xd2\0P"), "2001:db8::7"),
    ("version 2, LOCAL", version2(command=0x20, family=0, payload=b""), "127.0.0.1"),
    ("version 2, with additions", version2(payload=bytes([192, 0, 2, 7, 127, 0, 0, 1, 4, 210, 0, 80]) + b"\x04\0\x02ab"), "192.0.2.7"),
    ("version 1, malformed", b"PROXY TCP4 192.0.2.700 127.0.0.1 1234 80\r\n", None),
    ("version 1, an IPv6 address as TCP4", b"PROXY TCP4 ::1 ::1 1234 80\r\n", None),
    ("version 1, too long", b"PROXY UNKNOWN " + b"x" * 100 + b"\r\n", None),
    ("version 2, too short", version2(payload=b"\1\2\3\4"), None),
    ("version 2, an unknown command", version2(command=0x22), None),
    ("none", b"", None),
]


@case("proxy: headers of trusted sources")
def _():
    with Server("--proxy-from", "127.0.0.0/8") as server:
        for text, header, client in PROXY_CASES:
            answer = proxied(server.port, header)
            if client:
                assert f"client: {client}\n" in answer, (text, answer)
            else:
                assert answer == "", (text, answer)


@case("proxy: a header in single bytes, and one that never ends")
def _():
    with Server("--proxy-from", "127.0.0.1", handshakeTimeout=300) as server:
        for header in (PROXY_CASES[0][1], PROXY_CASES[4][1]):
            made = connect(server.port)
            for byte in header + b"GET /info HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n":
                made.sendall(bytes([byte]))
            assert b"client: 192.0.2.7\n" in read_all(made)
        made = connect(server.port)
        made.sendall(b"PROXY TCP4 192")
        assert read_all(made) == b""


@case("proxy: other sources are not believed")
def _():
    with Server("--proxy-from", "192.0.2.0/24") as server:
        assert proxied(server.port, PROXY_CASES[0][1]).startswith("HTTP/1.1 400 ")
        assert "client: 127.0.0.1\n" in proxied(server.port, b"")


@case("proxy: before TLS")
def _():
    with Server("--proxy-from", "127.0.0.1", tls=True) as server:
        raw = connect(server.tls)
        raw.sendall(PROXY_CASES[0][1])
        made = client_context().wrap_socket(raw)
        made.sendall(b"GET /info HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        assert b"client: 192.0.2.7\n" in read_all(made)


# ---- TLS


def peer_names(port, name=None, **kw):
    """The names in the certificate that the server shows."""
    with client_context().wrap_socket(connect(port), server_hostname=name) as made:
        der = made.getpeercert(binary_form=True)
    text = run("openssl", "x509", "-inform", "der", "-noout", "-ext", "subjectAltName,", input=der).stdout
    if not text:
        text = run("openssl", "x509", "-inform", "der", "-noout", "-text", input=der).stdout
    return re.findall(r"DNS:([^\s,]+)", text.decode())


@case("tls: 1.2 and 1.3, and nothing older")
def _():
    with Server(tls=True) as server:
        for version, works in [(ssl.TLSVersion.TLSv1_3, True), (ssl.TLSVersion.TLSv1_2, True), (ssl.TLSVersion.TLSv1_1, False)]:
            context = client_context()
            context.set_ciphers("ALL:@SECLEVEL=0")
            warnings.simplefilter("ignore")
            context.minimum_version = context.maximum_version = version
            try:
                made = context.wrap_socket(connect(server.tls))
                made.sendall(GET)
                assert response(made)[0] == 200 and works
            except ssl.SSLError:
                assert not works, version


@case("tls: the protocol is agreed by ALPN, HTTP/1.1 without it, none is refused")
def _():
    with Server(tls=True) as server:
        for offered, chosen in [(("h2", "http/1.1"), "h2"), (("http/1.1", "h2"), "h2"), (("http/1.1",), "http/1.1"), ((), None)]:
            made = client_context(alpn=offered).wrap_socket(connect(server.tls))
            assert made.selected_alpn_protocol() == chosen
        try:
            client_context(alpn=("spdy/3",)).wrap_socket(connect(server.tls))
            raise AssertionError("agreed")
        except ssl.SSLError:
            pass


@case("tls: certificates by server name")
def _():
    files = [certificate("localhost"), certificate("a.example", "b.example"), certificate("*.c.example")]
    arguments = [x for f in files for x in ("--certificate", ",".join(f))]
    with Server(*arguments, tls=True) as server:
        assert peer_names(server.tls) == ["localhost"]
        for name, expected in [("a.example", "a.example"), ("B.EXAMPLE", "a.example"), ("x.c.example", "*.c.example"),
                               ("c.example", "localhost"), ("x.y.c.example", "localhost"), ("other", "localhost")]:
            assert peer_names(server.tls, name)[0] == expected, name


@case("tls: sessions are resumed, on another loop too")
def _():
    with Server(tls=True, loops=2) as server:
        for version in (ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3):
            context = client_context()
            context.maximum_version = version
            made = context.wrap_socket(connect(server.tls))
            made.sendall(GET)
            response(made)
            session = made.session
            made.close()
            for _ in range(6):
                again = context.wrap_socket(connect(server.tls), session=session)
                assert again.session_reused
                again.close()


@case("tls: client certificates, optional")
def _():
    pem, key = certificate("client.example")
    with Server("--client-authorities", pem, tls=True) as server:
        url = f"https://127.0.0.1:{server.tls}/info"
        assert "subject: -\n" in curl(url)
        assert "subject: CN=client.example\n" in curl("--cert", pem, "--key", key, url)
        other = certificate("stranger.example")
        assert curl("--cert", other[0], "--key", other[1], url) == ""


@case("tls: client certificates, required")
def _():
    pem, key = certificate("client.example")
    with Server("--client-authorities", pem, "--require-client-certificate", tls=True) as server:
        url = f"https://127.0.0.1:{server.tls}/info"
        assert curl(url) == ""
        assert "subject: CN=client.example\n" in curl("--cert", pem, "--key", key, url)
        context = client_context()
        context.load_cert_chain(pem, key)
        made = context.wrap_socket(connect(server.tls))
        made.sendall(GET)
        response(made)
        again = context.wrap_socket(connect(server.tls), session=made.session)
        again.sendall(b"GET /info HTTP/1.1\r\nHost: a\r\n\r\n")
        assert b"subject: cn=client.example" in response(again)[2].lower()


@case("tls: certificates are reloaded when the files change, and no connection is lost")
def _():
    pem, key = os.path.join(FOLDER, "changing.pem"), os.path.join(FOLDER, "changing.key")
    make_certificate(pem, key, "before.example")
    with Server("--certificate", f"{pem},{key}", tls=True, loops=2) as server:
        kept = client_context().wrap_socket(connect(server.tls))
        kept.sendall(GET)
        assert response(kept)[0] == 200
        assert peer_names(server.tls) == ["before.example"]
        make_certificate(pem, key, "after.example")
        deadline = time.monotonic() + 3
        while peer_names(server.tls) != ["after.example"]:
            assert time.monotonic() < deadline
            time.sleep(0.05)
        kept.sendall(GET)
        assert response(kept)[0] == 200
        with open(pem, "w") as broken:
            broken.write("nonsense")
        time.sleep(0.4)
        assert peer_names(server.tls) == ["after.example"]
        assert "certificates not reloaded" in server.stderr()


@case("tls: bad certificates are told of at the start")
def _():
    pem, key = certificate("localhost")
    other = certificate("a.example", "b.example")
    for files, words in [((pem, other[1]), b"does not belong"), ((pem, "/nowhere"), b"/nowhere"), (("/nowhere", key), b"/nowhere")]:
        answer = run(BINARY, "bench-server", "--listen-tls", "127.0.0.1:0", "--certificate", ",".join(files))
        assert answer.returncode != 0 and words in answer.stderr, answer.stderr


@case("tls: plain HTTP on a TLS listener, and TLS on a plain one, end the connection alone")
def _():
    with Server(tls=True) as server:
        ask(server.tls, GET)
        try:
            client_context().wrap_socket(connect(server.port))
        except (ssl.SSLError, OSError):
            pass
        assert curl(f"https://127.0.0.1:{server.tls}/") == "Hello world\n"


# ---- Bodies and cancellation over all protocols

VARIANTS = [("http1", ["--http1.1"], "http", "port"), ("h2c", ["--http2-prior-knowledge"], "http", "port"),
            ("tls http1", ["--http1.1"], "https", "tls"), ("tls h2", ["--http2"], "https", "tls")]


@case("bodies: 20 MB sent, echoed and received, over each protocol")
def _():
    path = os.path.join(FOLDER, "body")
    with open(path, "wb") as file:
        file.write(os.urandom(20_000_000))
    with Server(tls=True) as server:
        for name, options, scheme, port in VARIANTS:
            out = os.path.join(FOLDER, "echo")
            curl(*options, "-T", path, "-o", out, f"{scheme}://127.0.0.1:{getattr(server, port)}/echo")
            assert run("cmp", path, out).returncode == 0, name
            curl(*options, "-X", "POST", "-H", "Expect:", "-H", "Transfer-Encoding: chunked" if "http1" in name else "x: y",
                 "-T", path, "-o", out, f"{scheme}://127.0.0.1:{getattr(server, port)}/echo")
            assert run("cmp", path, out).returncode == 0, name
        # The base, and some buffers: far below what went through.
        assert server.memory("VmHWM") < 45_000, server.memory("VmHWM")


@case("bodies: one that nobody reads for a while comes whole, over each protocol")
def _():
    path = os.path.join(FOLDER, "late")
    with open(path, "wb") as file:
        file.write(os.urandom(3_000_000))
    with Server(tls=True) as server:
        for name, options, scheme, port in VARIANTS:
            out = os.path.join(FOLDER, "late-echo")
            curl(*options, "-H", "Expect:", "-T", path, "-o", out, f"{scheme}://127.0.0.1:{getattr(server, port)}/late?300")
            assert run("cmp", path, out).returncode == 0, name


@case("bodies: a client that reads slowly gets all, over each protocol")
def _():
    with Server(tls=True) as server:
        for name, options, scheme, port in VARIANTS:
            answer = run("curl", "-sk", *options, "--limit-rate", "3M", f"{scheme}://127.0.0.1:{getattr(server, port)}/stream?3000000")
            assert answer.stdout == b"x" * 3_000_000, name


@case("bodies: a response broken off is seen as such, over each protocol")
def _():
    with Server(tls=True) as server:
        for name, options, scheme, port in VARIANTS:
            answer = run("curl", "-sk", *options, f"{scheme}://127.0.0.1:{getattr(server, port)}/abort")
            assert answer.returncode in (18, 56, 92), (name, answer)


# ---- Other people's clients


@case("clients: nghttp, h2load and wrk")
def _():
    with Server(tls=True) as server:
        answer = run("nghttp", "-v", f"http://127.0.0.1:{server.port}/").stdout.decode()
        assert "Hello world" in answer and ":status: 200" in answer
        answer = run("nghttp", "-y", f"https://127.0.0.1:{server.tls}/").stdout.decode()
        assert "Hello world" in answer
        for url in (f"http://127.0.0.1:{server.port}/", f"https://127.0.0.1:{server.tls}/"):
            answer = run("h2load", "-n2000", "-c10", "-m10", url).stdout.decode()
            assert "2000 succeeded, 0 failed, 0 errored" in answer, answer
            answer = run("wrk", "-t1", "-c10", "-d1s", url).stdout.decode()
            assert "Socket errors" not in answer and "Non-2xx" not in answer, answer


@case("clients: httpx")
def _():
    import httpx
    with Server(tls=True) as server:
        with httpx.Client(http2=True, verify=False) as client:
            for _ in range(20):
                answer = client.get(f"https://127.0.0.1:{server.tls}/")
                assert answer.http_version == "HTTP/2" and answer.text == "Hello world\n"
            big = os.urandom(300_000)
            assert client.post(f"https://127.0.0.1:{server.tls}/echo", content=big).content == big
        with httpx.Client(http1=True) as client:
            assert client.get(f"http://127.0.0.1:{server.port}/").text == "Hello world\n"


@case("clients: headless Chromium, where it is installed")
def _():
    browser = shutil.which("chromium")
    if not browser:
        return print("skipped: chromium is not installed")
    with Server(tls=True) as server:
        for url in (f"http://127.0.0.1:{server.port}/info", f"https://127.0.0.1:{server.tls}/info"):
            answer = run(browser, "--headless", "--no-sandbox", "--disable-gpu", "--ignore-certificate-errors",
                         f"--user-data-dir={FOLDER}/browser", "--dump-dom", url).stdout.decode()
            assert "method: GET" in answer, answer
            assert ("version: http2" in answer) == url.startswith("https"), answer


# ---- The access log


@case("log: combined lines, whose fields cannot be forged")
def _():
    path = os.path.join(FOLDER, "access.log")
    with Server("--access-log", path) as server:
        curl("-A", 'x" \\ y', "-e", "http://from", f"http://127.0.0.1:{server.port}/stream?100")
        curl("--http2-prior-knowledge", "-A", "two", f"http://127.0.0.1:{server.port}/missing")
        ask(server.port, "BAD\r\n\r\n")
        server.signal()
        server.wait(3)
    lines = open(path).read().splitlines()
    assert re.fullmatch(r'127\.0\.0\.1 - - \[\d\d/\w{3}/\d{4}:\d\d:\d\d:\d\d \+0000\] "GET /stream\?100 HTTP/1\.1" 200 100 '
                        r'"http://from" "x\\u0022 \\u005c y"', lines[0]), lines[0]
    assert '"GET /missing HTTP/2.0" 404 0 "-" "two"' in lines[1]
    assert " 400 " in lines[2]


@case("log: JSON lines")
def _():
    path = os.path.join(FOLDER, "access.json")
    with Server("--access-log", path, "--json") as server:
        curl("-A", 'x"y\\', f"http://127.0.0.1:{server.port}/sleep?100")
        time.sleep(1.3)
        line = json.loads(open(path).read())
    assert line["method"] == "GET" and line["target"] == "/sleep?100" and line["status"] == 200
    assert line["agent"] == 'x"y\\' and line["bytes"] == 12 and 90 <= line["milliseconds"] < 1000


if __name__ == "__main__":
    main()
