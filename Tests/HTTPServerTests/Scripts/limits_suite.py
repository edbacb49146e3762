"""Every limit and timeout, and the answer at it; drain; running out of descriptors.

Usage: limits_suite.py BINARY [PART OF A NAME]
"""
import threading

from harness import *


# ---- Limits of requests


@case("head: a slow head is answered 408")
def _():
    with Server(headTimeout=200) as server:
        made = connect(server.port)
        made.sendall(b"GET / HTTP/1.1\r\nHost")
        assert read_all(made).startswith(b"HTTP/1.1 408 ")


@case("head: a connection that sends nothing is closed")
def _():
    with Server(headTimeout=200) as server:
        assert read_all(connect(server.port)) == b""


@case("head: a connection that sends part of the preface of HTTP/2 is closed")
def _():
    with Server(headTimeout=200) as server:
        assert read_all2(server.port, b"PR") == b""
        read_all2(server.port, b"PRI * HTTP/2.0\r\n")


def read_all2(port, data):
    made = connect(port)
    made.sendall(data)
    return read_all(made)


@case("head: fields in bytes are limited, 431")
def _():
    with Server() as server:
        assert ask(server.port, "GET / HTTP/1.1\r\nHost: a\r\n" + f"x: {'a' * 4000}\r\n" * 10 + "\r\n").startswith(b"HTTP/1.1 431 ")
        assert ask(server.port, "GET / HTTP/1.1\r\nHost: a\r\nx: " + "a" * 40000).startswith(b"HTTP/1.1 431 ")


@case("head: fields in number are limited, 431")
def _():
    with Server() as server:
        assert ask(server.port, "GET / HTTP/1.1\r\nHost: a\r\n" + "a: b\r\n" * 200 + "\r\n").startswith(b"HTTP/1.1 431 ")


@case("head: the target is limited, 414")
def _():
    with Server() as server:
        assert ask(server.port, f"GET /{'a' * 9000} HTTP/1.1\r\nHost: a\r\n\r\n").startswith(b"HTTP/1.1 414 ")
        assert ask(server.port, f"GET /{'a' * 15000}").startswith(b"HTTP/1.1 414 ")


@case("body: a declared length above the limit is answered 413 and closed")
def _():
    with Server() as server:
        answer = ask(server.port, "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 10737418240\r\n\r\n" + "x" * 1000)
        assert answer.startswith(b"HTTP/1.1 413 ") and b"connection: close" in answer


@case("body: chunks above the limit are answered 413")
def _():
    with Server(bodyBytes=10000) as server:
        text = "POST /hold HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" + ("400\r\n" + "x" * 1024 + "\r\n") * 10
        assert ask(server.port, text).startswith(b"HTTP/1.1 413 ")


@case("body: a slow body is answered 408")
def _():
    with Server(bodyTimeout=200) as server:
        answer = ask(server.port, "POST /hold HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc")
        assert answer.startswith(b"HTTP/1.1 408 ")


@case("body: chunk extensions are limited")
def _():
    with Server() as server:
        text = "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" + f"1;{'a' * 5000}\r\nx\r\n"
        assert b"HTTP/1.1 400 " in ask(server.port, text)


@case("body: one that nobody reads is thrown away when small, and ends the connection when large")
def _():
    with Server() as server:
        small = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5000\r\n\r\n" + "x" * 5000
        assert ask(server.port, small.encode() + GET_CLOSE).count(b"HTTP/1.1 200") == 2
        large = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 500000\r\n\r\n" + "x" * 500000
        answer = ask(server.port, large.encode() + GET_CLOSE)
        assert answer.count(b"HTTP/1.1 200") == 1 and b"connection: close" in answer


@case("body: a handler that does not read stops the sender")
def _():
    with Server(bodyTimeout=60000) as server:
        made = connect(server.port)
        made.sendall(b"POST /hold HTTP/1.1\r\nHost: a\r\nContent-Length: 50000000\r\n\r\n")
        made.settimeout(0.5)
        sent = 0
        try:
            while sent < 50_000_000:
                sent += made.send(b"x" * 65536)
        except socket.timeout:
            pass
        assert sent < 12_000_000, sent
        assert server.memory() < 40_000


@case("linger: what follows a refusal is read for a while, in time and in bytes")
def _():
    head = b"POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 10737418240\r\n\r\n"
    with Server(lingerTimeout=300) as server:
        made = connect(server.port)
        made.sendall(head)
        began = time.monotonic()
        try:
            while time.monotonic() - began < 3:
                made.sendall(b"x" * 100)
                time.sleep(0.02)
        except OSError:
            pass
        assert 0.2 < time.monotonic() - began < 1.5
    with Server(lingerBytes=100000) as server:
        made = connect(server.port)
        made.sendall(head)
        sent = 0
        try:
            while sent < 20_000_000:
                sent += made.send(b"x" * 10000)
        except OSError:
            pass
        assert sent < 15_000_000


@case("idle: a kept connection is closed in time")
def _():
    with Server(idleTimeout=200) as server:
        began = time.monotonic()
        made = connect(server.port)
        made.sendall(GET)
        assert response(made)[0] == 200
        assert read_all(made) == b"" and time.monotonic() - began < 2


@case("idle: requests of one connection are limited")
def _():
    with Server(requestsPerConnection=3) as server:
        answer = ask(server.port, GET * 5)
        assert answer.count(b"HTTP/1.1 200") == 3 and answer.count(b"connection: close") == 1


@case("write: a client that does not read is cut off")
def _():
    with Server(writeTimeout=300) as server:
        made = connect(server.port)
        made.sendall(b"GET /stream?50000000 HTTP/1.1\r\nHost: a\r\n\r\n")
        time.sleep(1.2)
        assert len(read_all(made)) < 50_000_000


@case("half-closed: a whole request is answered")
def _():
    with Server() as server:
        made = connect(server.port)
        made.sendall(b"GET /sleep?200 HTTP/1.1\r\nHost: a\r\n\r\n")
        made.shutdown(socket.SHUT_WR)
        assert read_all(made).startswith(b"HTTP/1.1 200")


@case("half-closed: the answer is not waited for without end")
def _():
    with Server(halfClosedTimeout=200) as server:
        made = connect(server.port)
        made.sendall(b"GET /hold HTTP/1.1\r\nHost: a\r\n\r\n")
        made.shutdown(socket.SHUT_WR)
        assert read_all(made) == b""


@case("in flight: requests are limited, 503 with Retry-After")
def _():
    with Server(requestsInFlight=3) as server:
        held = [connect(server.port) for _ in range(3)]
        for made in held:
            made.sendall(b"GET /hold HTTP/1.1\r\nHost: a\r\n\r\n")
        time.sleep(0.2)
        made = connect(server.port)
        made.sendall(GET)
        status, fields, _ = response(made)
        assert status == 503 and fields["retry-after"] == "1"
        held[0].close()
        held[1].setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        held[1].close()
        time.sleep(0.2)
        made.sendall(GET)
        assert response(made)[0] == 200


# ---- Limits of connections


@case("connections: beyond the limit an idle one gives way")
def _():
    with Server(connections=10) as server:
        held = []
        for _ in range(10):
            made = connect(server.port)
            made.sendall(GET)
            assert response(made)[0] == 200
            held.append(made)
            time.sleep(0.01)
        assert ask(server.port, GET_CLOSE).startswith(b"HTTP/1.1 200")


@case("connections: beyond the limit, with none idle, 503")
def _():
    with Server(connections=3) as server:
        held = [connect(server.port) for _ in range(3)]
        for made in held:
            made.sendall(b"GET /hold HTTP/1.1\r\nHost: a\r\n\r\n")
        time.sleep(0.2)
        answer = ask(server.port, GET_CLOSE)
        assert answer.startswith(b"HTTP/1.1 503 ") and b"retry-after: 1" in answer


@case("connections: those of one address are limited")
def _():
    with Server(connectionsPerAddress=3) as server:
        held = [connect(server.port) for _ in range(3)]
        time.sleep(0.1)
        assert ask(server.port, b"").startswith(b"HTTP/1.1 503 ")
        other = connect(server.port, source="127.0.0.2")
        other.sendall(GET_CLOSE)
        assert read_all(other).startswith(b"HTTP/1.1 200")
        held[0].close()
        time.sleep(0.1)
        assert ask(server.port, GET_CLOSE).startswith(b"HTTP/1.1 200")


@case("handshake: one that does not end is cut off")
def _():
    with Server(tls=True, handshakeTimeout=300) as server:
        made = connect(server.tls)
        made.sendall(b"\x16\x03\x01\x02\x00\x01")
        assert read_all(made) == b""


# ---- HTTP/2 in time


@case("http2: a body that stalls is answered 408 or reset")
def _():
    from frames import Connection, frame
    with Server(bodyTimeout=300) as server:
        c = Connection(server.port)
        c.request(1, end=False, path="/hold", method="POST")
        c.read(lambda: 1 in c.ended or 1 in c.resets)
        assert c.status() == 408 or 1 in c.resets
        c.alive()


@case("http2: a stream whose content nobody takes is reset")
def _():
    from frames import Connection, frame
    with Server(writeTimeout=300) as server:
        c = Connection(server.port, extra=((4, 0),))
        c.request(1)
        c.read(lambda: 1 in c.resets)
        assert 1 in c.resets


@case("http2: an idle connection gets GOAWAY")
def _():
    from frames import Connection
    with Server(idleTimeout=200) as server:
        c = Connection(server.port)
        c.read(lambda: c.closed)
        assert c.goaway == 0 and c.closed


@case("http2: a header block that stalls ends the connection")
def _():
    from frames import Connection, frame
    with Server(headTimeout=300) as server:
        c = Connection(server.port)
        c.send(frame(1, 1, 1, c.block()))
        c.read(lambda: c.closed)
        assert c.closed


# ---- Descriptors


@case("descriptors: with 64 of them and 1,000 clients the server lives, and serves when they leave")
def _():
    with Server(wrap=("sh", "-c", 'ulimit -n 64; exec "$0" "$@"')) as server:
        flood = []
        for _ in range(1000):
            try:
                made = socket.socket()
                made.setblocking(False)
                made.connect_ex(("127.0.0.1", server.port))
                flood.append(made)
            except OSError:
                break
        time.sleep(0.5)
        for made in flood:
            try:
                made.send(b"GET /hold HTTP/1.1\r\nHost: a\r\n\r\n")
            except OSError:
                pass
        time.sleep(0.5)
        assert server.process.poll() is None
        for made in flood:
            made.close()
        time.sleep(0.3)
        for _ in range(20):
            assert ask(server.port, GET_CLOSE).startswith(b"HTTP/1.1 200")
        told = server.stderr()
        assert 1 <= told.count("accept4") <= 2, told


# ---- Drain


@case("drain: an idle server ends at once")
def _():
    with Server() as server:
        server.signal()
        server.wait(2)


@case("drain: a request in flight is answered, with Connection: close")
def _():
    with Server() as server:
        made = connect(server.port)
        made.sendall(b"GET /sleep?500 HTTP/1.1\r\nHost: a\r\n\r\n")
        time.sleep(0.2)
        server.signal()
        status, fields, _ = response(made)
        assert status == 200 and fields["connection"] == "close"
        server.wait(2)


@case("drain: nothing new is accepted")
def _():
    with Server() as server:
        made = connect(server.port)
        made.sendall(b"GET /sleep?1000 HTTP/1.1\r\nHost: a\r\n\r\n")
        time.sleep(0.1)
        server.signal()
        time.sleep(0.2)
        try:
            connect(server.port)
            raise AssertionError("accepted")
        except ConnectionRefusedError:
            pass


@case("drain: HTTP/2 gets GOAWAY twice and finishes what it has")
def _():
    from frames import Connection, GOAWAY
    with Server() as server:
        c = Connection(server.port)
        c.request(1, path="/sleep?800")
        time.sleep(0.2)
        server.signal()
        c.read(lambda: c.goaway is not None)
        c.request(3)
        c.read(lambda: {1, 3} <= c.ended)
        assert c.status(3) == 200
        assert c.status(1) == 200
        c.read(lambda: c.closed)
        last = [int.from_bytes(f[3][:4], "big") for f in c.frames if f[0] == GOAWAY]
        assert last == [0x7FFFFFFF, 3], last
        server.wait(2)


@case("drain: a second signal ends at once")
def _():
    with Server() as server:
        made = connect(server.port)
        made.sendall(b"GET /hold HTTP/1.1\r\nHost: a\r\n\r\n")
        time.sleep(0.1)
        server.signal()
        time.sleep(0.3)
        assert server.process.poll() is None
        server.signal(signal.SIGINT)
        server.wait(1)


@case("drain: what does not end is cut in time")
def _():
    with Server(drainTimeout=500) as server:
        made = connect(server.port)
        made.sendall(b"GET /hold HTTP/1.1\r\nHost: a\r\n\r\n")
        time.sleep(0.1)
        server.signal()
        server.wait(2)


@case("drain: under load from wrk no accepted request is lost")
def _():
    with Server(loops=2) as server:
        load = subprocess.Popen(["wrk", "-t1", "-c32", "-d3s", f"http://127.0.0.1:{server.port}/"],
                                stdout=subprocess.PIPE)
        time.sleep(1)
        server.signal()
        server.wait(5)
        out = load.communicate()[0].decode()
        errors = re.search(r"connect (\d+), read (\d+), write (\d+), timeout (\d+)", out)
        # wrk counts as "write" what it could not connect any more.
        assert not errors or [int(errors[n]) for n in (2, 4)] == [0, 0], out
        assert "Non-2xx" not in out


@case("drain: under load from many careful clients no accepted request is lost")
def _():
    with Server(loops=2) as server:
        lost, answered = [], [0]

        def client():
            while True:
                try:
                    made = connect(server.port)
                except OSError:
                    return
                while True:
                    try:
                        made.sendall(GET)
                        status, fields, _ = response(made)
                    except OSError as error:
                        lost.append(error)
                        return
                    if status != 200:
                        lost.append(status)
                        return
                    answered[0] += 1
                    if fields.get("connection") == "close":
                        break
                made.close()

        threads = [threading.Thread(target=client) for _ in range(16)]
        for thread in threads:
            thread.start()
        time.sleep(1)
        server.signal()
        server.wait(5)
        for thread in threads:
            thread.join()
        assert not lost and answered[0] > 100, (lost, answered)


@case("drain: under load from h2load no accepted request is lost")
def _():
    with Server(loops=2) as server:
        load = subprocess.Popen(["h2load", "-t1", "-c8", "-m8", "-n10000000", f"http://127.0.0.1:{server.port}/"],
                                stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        time.sleep(1.5)
        server.signal()
        server.wait(5)
        out = load.communicate()[0].decode()
        codes = re.search(r"status codes: (\d+) 2xx, (\d+) 3xx, (\d+) 4xx, (\d+) 5xx", out)
        assert int(codes[1]) > 1000 and [codes[2], codes[3], codes[4]] == ["0", "0", "0"], out


@case("drain: every stream up to the last one of the GOAWAY is answered")
def _():
    from frames import Connection, GOAWAY
    with Server(loops=2) as server:
        lost, answered = [], [0]

        def client():
            c = Connection(server.port)
            stream = 1
            while not c.closed:
                batch = [stream + 2 * index for index in range(8)]
                stream += 16
                for one in batch:
                    c.request(one)
                c.read(lambda: set(batch) <= c.ended or c.closed)
            last = min(int.from_bytes(f[3][:4], "big") for f in c.frames if f[0] == GOAWAY)
            lost.extend(one for one in range(1, min(last, stream), 2) if one not in c.ended)
            answered[0] += len(c.ended)

        threads = [threading.Thread(target=client) for _ in range(6)]
        for thread in threads:
            thread.start()
        time.sleep(0.7)
        server.signal()
        server.wait(5)
        for thread in threads:
            thread.join()
        assert not lost and answered[0] > 100, (lost[:10], answered)


# ---- Memory


@case("memory: 10,000 idle connections cost at most 8 KiB each, and the base 25 MB")
def _():
    import resource
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(20000, resource.getrlimit(resource.RLIMIT_NOFILE)[1]),) * 2)
    with Server(connectionsPerAddress=20000) as server:
        ask(server.port, GET_CLOSE)
        base = server.memory()
        count = 10000
        held = []
        for index in range(count):
            made = connect(server.port)
            made.sendall(GET)
            held.append(made)
        for made in held:
            assert response(made)[0] == 200
        each = (server.memory() - base) / count
        print(f"base {base} KiB, {each:.2f} KiB for each of {count}")
        assert base < 25_000 and each <= 8


if __name__ == "__main__":
    main()
