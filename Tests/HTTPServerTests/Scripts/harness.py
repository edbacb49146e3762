"""Starting servers, being a client, and running cases: shared by the end-to-end suites."""
import atexit
import os
import re
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import time
import traceback

CASES = []
BINARY = os.path.abspath(sys.argv[1])
FOLDER = tempfile.mkdtemp(prefix="virga-front-")


def case(text):
    def register(body):
        CASES.append((text, body))
        return body
    return register


class Server:
    """A running bench-server, with the ports that it was given."""

    def __init__(self, *arguments, plain=True, tls=False, wrap=(), fds=None, loops=1, **limits):
        command = [*wrap, BINARY, "bench-server", "--loops", str(loops), "--unpinned"]
        if plain:
            command += ["--listen", "127.0.0.1:0"]
        if tls:
            command += ["--listen-tls", "127.0.0.1:0"]
            if "--certificate" not in arguments:
                command += ["--certificate", ",".join(certificate("localhost"))]
        command += arguments
        for name, value in limits.items():
            command += ["--limit", f"{name}={value}"]
        self.errors = tempfile.TemporaryFile()
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=self.errors, pass_fds=fds or ())
        self.addresses = []
        for _ in range(plain + tls + command.count("--listen") - plain + command.count("--listen-tls") - tls):
            line = self.process.stdout.readline().decode().strip()
            self.addresses.append(line.removeprefix("listening on "))
        ports = [int(a.rsplit(":", 1)[1]) for a in self.addresses if a.startswith("127.0.0.1:")]
        self.port = ports[0] if ports else None
        self.tls = ports[-1] if tls else None

    def __enter__(self):
        return self

    def __exit__(self, *error):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()

    def memory(self, field="VmRSS"):
        """Kilobytes."""
        with open(f"/proc/{self.process.pid}/status") as status:
            return int(re.search(field + r":\s+(\d+)", status.read())[1])

    def signal(self, number=signal.SIGTERM):
        self.process.send_signal(number)

    def wait(self, seconds):
        self.process.wait(seconds)

    def stderr(self):
        self.errors.seek(0)
        return self.errors.read().decode()


def certificate(name, *names, days=30, subject=None):
    """Paths of a certificate of its own for a name, and of its key."""
    base = os.path.join(FOLDER, name.replace("*", "star"))
    pem, key = base + ".pem", base + ".key"
    if not os.path.exists(pem):
        make_certificate(pem, key, name, *names, days=days)
    return pem, key


def make_certificate(pem, key, name, *names, days=30):
    alternatives = ",".join(f"DNS:{n}" for n in (name, *names)) + ",IP:127.0.0.1"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                    "-keyout", key + ".new", "-out", pem + ".new", "-days", str(days), "-subj", f"/CN={name}",
                    "-addext", f"subjectAltName={alternatives}"], check=True, capture_output=True)
    os.rename(key + ".new", key)
    os.rename(pem + ".new", pem)


def connect(port, host="127.0.0.1", source=None, timeout=5):
    made = socket.create_connection((host, port), timeout=timeout, source_address=(source, 0) if source else None)
    made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return made


def read_all(made, seconds=5):
    made.settimeout(seconds)
    data = b""
    try:
        while piece := made.recv(65536):
            data += piece
    except ConnectionResetError:
        pass
    return data


def ask(port, text, seconds=5):
    """What comes back, until the end, for bytes that are sent at once."""
    made = connect(port)
    made.sendall(text if isinstance(text, bytes) else text.encode())
    data = read_all(made, seconds)
    made.close()
    return data


GET = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"
GET_CLOSE = b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"


def response(made):
    """Reads one response with Content-Length from a socket: its status, its fields in lower case, its body."""
    data = b""
    while b"\r\n\r\n" not in data:
        piece = made.recv(65536)
        if not piece:
            return (0, {}, data)
        data += piece
    head, body = data.split(b"\r\n\r\n", 1)
    lines = head.decode().split("\r\n")
    fields = dict(line.lower().split(": ", 1) for line in lines[1:])
    length = int(fields.get("content-length", 0))
    while len(body) < length:
        piece = made.recv(65536)
        if not piece:
            break
        body += piece
    return int(lines[0].split()[1]), fields, body


def run(*command, **kw):
    return subprocess.run(command, capture_output=True, timeout=60, **kw)


def client_context(verify=False, alpn=("http/1.1",), **kw):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    if alpn:
        context.set_alpn_protocols(list(alpn))
    return context


class Good:
    """A well-behaved client in a process of its own, which times its requests while others misbehave.

    Beside it runs its twin with a server that has nothing else to do: what the twin waits for is the machine's
    doing, not the attack's.
    """

    control = None

    def __init__(self, port, tls=False, fresh=False):
        if not Good.control:
            Good.control = Server(tls=True)
            atexit.register(Good.control.process.kill)
        self.clients = [self.start(port, tls, fresh),
                        self.start(Good.control.tls if tls else Good.control.port, tls, fresh)]

    def start(self, port, tls, fresh):
        client = subprocess.Popen(
            [sys.executable, os.path.join(os.path.dirname(__file__), "good_client.py"), str(port),
             "tls" if tls else "plain", "fresh" if fresh else "kept"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        assert client.stdout.readline() == b"ready\n"
        return client

    def check(self, limit=100.0):
        """Stops them; fails unless all requests were answered, the 99th percentile (ms) below the limit."""
        results = [client.communicate(b"stop\n", timeout=30)[0].decode().split() for client in self.clients]
        (count, errors, p99), (_, _, idle) = results
        assert int(errors) == 0 and int(count) > 5, f"{count} answers, {errors} errors"
        if os.environ.get("TIMES"):
            print(f"        99th percentile {float(p99):.1f} ms of {count}; beside an idle server {float(idle):.1f} ms")
        assert float(p99) < limit + 2 * float(idle), f"99th percentile {p99} ms of {count}, idle {idle} ms"

    def kill(self):
        for client in self.clients:
            client.kill()


def main():
    wanted = sys.argv[2] if len(sys.argv) > 2 else ""
    failed = count = 0
    for text, body in CASES:
        if wanted not in text:
            continue
        count += 1
        began = time.monotonic()
        # Time limits may be missed on a machine that is busy with something else, but not twice.
        for attempt in (1, 2):
            try:
                body()
                break
            except Exception as error:
                failed += attempt == 2
                line = traceback.extract_tb(error.__traceback__)[-1]
                word = "FAILED" if attempt == 2 else "once"
                print(f"{word} {text}: {type(error).__name__} {error or ''} ({line.name} {line.lineno}: {line.line})")
        if os.environ.get("TIMES"):
            print(f"{time.monotonic() - began:6.2f} s  {text}", flush=True)
    print(f"{count} cases, {failed} failed")
    sys.exit(1 if failed else 0)
