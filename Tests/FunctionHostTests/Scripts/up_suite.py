"""Drives `virga up` and `virga routes` from outside: up_suite.py VIRGA [FIXTURES]."""
import concurrent.futures
import http.client
import os
import random
import re
import shutil
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time
import traceback

BINARY = os.path.abspath(sys.argv[1])
FIXTURES = sys.argv[2] if len(sys.argv) > 2 and os.path.isdir(sys.argv[2]) else None
HERE = os.path.dirname(os.path.abspath(__file__))
GUEST = os.path.join(HERE, "..", "..", "WASIHTTPTests", "Guests", "routes.wat")
SAMPLE = os.path.join(HERE, "..", "..", "..", "spin-manifests", "hello")
SECONDS = 300 if os.environ.get("VIRGA_SOAK") else 10
FOLDER = tempfile.mkdtemp(prefix="virga-up-")
CASES = []

MANIFEST = """spin_manifest_version = 2
[application]
name = "tried"
version = "1.2.3"
[variables]
greeting = { default = "hello" }
[[trigger.http]]
route = "/:who/a/..."
component = "a"
[[trigger.http]]
route = "/hello/..."
component = "b"
[[trigger.http]]
route = "/written"
static_response = { status_code = 203, headers = { x-made = "by hand" }, body = "so" }
[component.a]
source = "guest.wasm"
[component.b]
source = "guest.wasm"
"""


def case(text):
    def register(body):
        CASES.append((text, body))
        return body
    return register


def app(name, manifest):
    folder = os.path.join(FOLDER, name)
    os.makedirs(folder)
    shutil.copy(os.path.join(FOLDER, "guest.wasm"), folder)
    with open(os.path.join(folder, "spin.toml"), "w") as file:
        file.write(manifest)
    return folder


class Up:
    """A running `virga up`."""

    def __init__(self, folder, *arguments, loops=1):
        command = [BINARY, "up", "-f", folder, "--listen", "127.0.0.1:0", "--loops", str(loops), *arguments]
        self.errors = open(os.path.join(FOLDER, f"{time.monotonic_ns()}.log"), "w+b")
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=self.errors)
        line = self.process.stdout.readline().decode().strip()
        found = re.fullmatch(r"Serving http://127\.0\.0\.1:(\d+)", line)
        assert found, (line, self.log())
        self.port = int(found[1])

    def __enter__(self):
        return self

    def __exit__(self, *error):
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

    def state(self):
        """Bytes in memory, descriptors and mappings of the process."""
        process = self.process.pid
        with open(f"/proc/{process}/status") as file:
            resident = int(re.search(r"VmRSS:\s+(\d+)", file.read())[1]) * 1024
        with open(f"/proc/{process}/maps") as file:
            mappings = sum(1 for _ in file)
        return resident, len(os.listdir(f"/proc/{process}/fd")), mappings


def same(given, wanted):
    assert given == wanted, f"{given!r:.300}, not {wanted!r:.300}"


def percentile(values, part):
    values = sorted(values)
    return values[min(len(values) - 1, int(len(values) * part))]


@case("requests go where their routes say, and components learn of it")
def _():
    with Up(app("routes", MANIFEST)) as up:
        same(up.get("/hello/")[0], 200)
        same(up.get("/written")[:2], (203, b"so"))
        same(up.get("/written")[2]["x-made"], "by hand")
        same(up.get("/elsewhere")[:2], (404, b""))
        same(up.get("/.well-known/spin/health")[:2], (200, b"OK"))
        assert b'"version": "1.2.3"' in up.get("/.well-known/spin/info")[1]
        status, body, _ = up.get("/fields/a/x?y=1", headers={"Spin-Path-Info": "forged", "X-Own": "kept"})
        fields = [line.split("=", 1) for line in body.decode().splitlines()]
        assert ["x-own", "kept"] in fields, fields
        same([value for name, value in fields if name == "spin-path-info"], ["/x"])
        same([value for name, value in fields if name == "spin-path-match-who"], ["fields"])
        same([value for name, value in fields if name == "spin-raw-component-route"], ["/:who/a/..."])
        same([value for name, value in fields if name == "spin-full-url"],
             [f"http://127.0.0.1:{up.port}/fields/a/x?y=1"])
        client = [value for name, value in fields if name == "spin-client-addr"]
        assert len(client) == 1 and client[0].startswith("127.0.0.1:"), client
        # Host comes after lines that are taken away.
        made = http.client.HTTPConnection("127.0.0.1", up.port, timeout=20)
        made.putrequest("GET", "/fields/a/x", skip_host=True)
        for number in range(40):
            made.putheader(f"Spin-Forged-{number}", "1")
        made.putheader("Host", "named.test")
        made.endheaders()
        body = made.getresponse().read()
        made.close()
        assert b"spin-full-url=http://named.test/fields/a/x" in body, body
        assert b"forged" not in body, body


@case("all that is wrong with an app is told at once, and it is not served")
def _():
    wrong = MANIFEST.replace('source = "guest.wasm"\n[component.b]', 'source = "absent.wasm"\n[component.b]')
    wrong = wrong.replace("greeting = { default", "greeting = { defualt")
    done = subprocess.run([BINARY, "up", "-f", app("wrong", wrong)], capture_output=True, text=True, timeout=30)
    same(done.returncode, 1)
    for text in ("spin.toml:6:", "defualt", "absent.wasm", "3 errors"):
        assert text in done.stderr, (text, done.stderr)


@case("a required variable has to have a value")
def _():
    folder = app("variables", MANIFEST.replace('{ default = "hello" }', "{ required = true }"))
    done = subprocess.run([BINARY, "up", "-f", folder], capture_output=True, text=True, timeout=30)
    assert done.returncode == 1 and "greeting" in done.stderr, done.stderr
    with Up(folder, "--variable", "greeting=hi") as up:
        same(up.get("/written")[0], 203)


@case("what a manifest asks for and is not there yet is refused by name")
def _():
    folder = app("later", MANIFEST + 'key_value_stores = ["default"]\n')
    done = subprocess.run([BINARY, "up", "-f", folder], capture_output=True, text=True, timeout=30)
    assert done.returncode == 1 and "key_value_stores" in done.stderr, done.stderr


@case("each limit of a component is met as the manifest says")
def _():
    limits = 'cpu_time = "50ms"\nrequest_body = "1kB"\nresponse_body = "100kB"\nmemory = "1MiB"\n'
    with Up(app("limited", MANIFEST + "[component.a.tool.virga.limits]\n" + limits)) as up:
        same(up.get("/echo/a/", "POST", b"x" * 1000)[:2], (200, b"x" * 1000))
        same(up.get("/echo/a/", "POST", b"x" * 1001)[0], 413)
        same(up.get("/loop/a/")[0], 504)
        try:
            status, body, _ = up.get("/big/a/")
            assert False, (status, len(body))
        except http.client.IncompleteRead as error:
            assert len(error.partial) <= 100_000, len(error.partial)
        # A page is left for tables and what the host keeps.
        same(up.get("/grow/a/")[:2], (200, b"15"))
        log = up.log()
        for text in ("after 50000 us of processor time", "the response's body is over 100000 bytes"):
            assert text in log, (text, log)
        # Another component of the same file has no such limits.
        same(up.get("/hello/", "POST", b"x" * 2000)[0], 200)


@case("a component's limit of bodies counts, whatever the others' is")
def _():
    limits = '[component.a.tool.virga.limits]\nrequest_body = "100MiB"\n'
    large = b"x" * (70 << 20)
    with Up(app("bodies", MANIFEST + limits)) as up:
        done = subprocess.run(["curl", "-sf", "--data-binary", "@-", f"http://127.0.0.1:{up.port}/echo/a/"],
                              input=large, capture_output=True, timeout=60)
        assert done.returncode == 0 and done.stdout == large, (done.returncode, len(done.stdout))
        # The length is refused before anything is sent.
        same(up.get("/hello/", "POST", headers={"Content-Length": str(len(large))})[0], 413)


@case("limits on connections and requests are given by name")
def _():
    with Up(SAMPLE, "--limit", "targetBytes=100", "--limit", "bodyBytes=10") as up:
        same(up.get("/hello/" + "x" * 200)[0], 414)
        same(up.get("/hello/world", "POST", b"x" * 11)[0], 413)
        same(up.get("/hello/world", "POST", b"x" * 10)[0], 200)
    for given in ("none=1", "headTimeout", "headTimeout=x", "headTimeout=-1"):
        done = subprocess.run([BINARY, "up", "-f", SAMPLE, "--limit", given], capture_output=True, text=True)
        assert done.returncode == 64 and given in done.stderr and "targetBytes" in done.stderr, done.stderr


@case("a proxy that may tells whom it speaks for")
def _():
    head = b"PROXY TCP4 192.0.2.7 192.0.2.1 5555 80\r\n"
    request = b"GET /fields/a/x HTTP/1.1\r\nhost: h\r\nconnection: close\r\n\r\n"
    folder = app("proxied", MANIFEST)

    def ask(up, bytes):
        with socket.create_connection(("127.0.0.1", up.port), timeout=20) as made:
            made.sendall(bytes)
            answer = b""
            while part := made.recv(65536):
                answer += part
        return answer
    with Up(folder, "--proxy-from", "127.0.0.0/8") as up:
        answer = ask(up, head + request)
        assert b"spin-client-addr=192.0.2.7:5555" in answer, answer
    with Up(folder, "--proxy-from", "10.0.0.0/8") as up:
        assert b"spin-client-addr=127.0.0.1:" in ask(up, request)
        assert ask(up, head + request).startswith(b"HTTP/1.1 400 ")


@case("as many guests run at once as a component may have, on all loops together")
def _():
    sample = os.path.join(SAMPLE, "..", "limits", "limits.wasm")
    manifest = """spin_manifest_version = 2
[application]
name = "slow"
[[trigger.http]]
route = "/..."
component = "slow"
[component.slow]
source = "slow.wasm"
[component.slow.tool.virga.limits]
concurrency = 2
"""
    folder = app("slow", manifest)
    shutil.copy(sample, os.path.join(folder, "slow.wasm"))

    def times(up, count):
        begun = time.monotonic()
        with concurrent.futures.ThreadPoolExecutor(count) as pool:
            answers = list(pool.map(lambda _: up.get("/wall-time?ms=100")[0], range(count)))
        return answers, time.monotonic() - begun
    with Up(folder, loops=4) as up:
        answers, took = times(up, 12)
        same(answers, [200] * 12)
        assert took > 0.58, took
    with open(os.path.join(folder, "spin.toml"), "a") as file:
        file.write("queue_length = 0\n")
    with Up(folder, loops=4) as up:
        for _ in range(5):
            same(times(up, 2)[0], [200] * 2)
        same(sorted(times(up, 6)[0]), [200] * 2 + [503] * 4)


@case("standard streams that are closed become /dev/null")
def _():
    command = f'exec "{BINARY}" up -f "{SAMPLE}" --listen 127.0.0.1:0 <&- >&- 2>&-'
    process = subprocess.Popen(["sh", "-c", command])
    try:
        end = time.monotonic() + 20
        while not os.path.exists(f"/proc/{process.pid}/fd/9"):
            assert time.monotonic() < end
            time.sleep(0.02)
        same({os.readlink(f"/proc/{process.pid}/fd/{number}") for number in range(3)}, {"/dev/null"})
    finally:
        process.kill()
        process.wait()


@case("the sample app answers as the README says")
def _():
    with Up(SAMPLE) as up:
        same(up.get("/hello/world")[:2], (200, b"Hello from Virga, at /hello/world\n"))


@case("routes are printed, and explained")
def _():
    folder = app("explained", MANIFEST)
    listed = subprocess.run([BINARY, "routes", "-f", folder], capture_output=True, text=True).stdout
    same([line.split()[0] for line in listed.splitlines()], ["/written", "/hello/...", "/:who/a/..."])
    told = subprocess.run([BINARY, "routes", "-f", folder, "--explain", "GET /hello/a/c"], capture_output=True, text=True)
    assert "> /hello/..." in told.stdout, told.stdout


class Client(threading.Thread):
    """Asks for one path every few milliseconds on one connection, of a server with one loop. What it measures is how much
    of the loop's processor time goes by until an answer is there: a machine with other work changes that little."""

    def __init__(self, up, path, wanted):
        super().__init__(daemon=True)
        self.up, self.path, self.wanted = up, path, wanted
        self.times, self.failure, self.over = [], None, threading.Event()
        tasks = f"/proc/{up.process.pid}/task"
        for task in os.listdir(tasks):
            with open(f"{tasks}/{task}/comm") as file:
                if file.read().strip() == "virga-loop-0":
                    self.clock = f"{tasks}/{task}/schedstat"
        self.start()

    def now(self):
        with open(self.clock) as file:
            return int(file.read().split()[0]) / 1e6, time.monotonic() * 1000

    def run(self):
        made = http.client.HTTPConnection("127.0.0.1", self.up.port, timeout=20)
        try:
            while not self.over.is_set():
                start = self.now()
                made.request("GET", self.path)
                same(made.getresponse().read(), self.wanted)
                self.times.append([b - a for a, b in zip(start, self.now())])
                time.sleep(0.003)
        except Exception as error:
            self.failure = error

    def told(self):
        """Ends it; in words what it measured, which has to be under 20 ms at the 99th percentile."""
        self.over.set()
        self.join()
        if self.failure:
            raise self.failure
        cpu, wall = [percentile([each[index] for each in self.times], 0.99) for index in (0, 1)]
        text = f"p99 {cpu:.1f} ms of the loop's time, {wall:.1f} ms by the clock, of {len(self.times)}"
        assert cpu < 20, text
        return text


@case("guests that misbehave end with their errors, and do not hold up another component on their loop")
def _():
    with Up(app("hostile", MANIFEST)) as up:
        up.get("/hello/")
        stop = threading.Event()

        def harm(path):
            while not stop.is_set():
                try:
                    up.get(path, timeout=1)
                except OSError:
                    pass
        paths = ("loop", "grow", "many", "trap", "recurse", "stdout")
        threads = [threading.Thread(target=harm, args=(f"/{path}/a/",)) for path in paths]
        for thread in threads:
            thread.start()
        try:
            measured = Client(up, "/hello/", b"hello from text\n")
            time.sleep(4)
            print(f"  beside misbehaving guests: {measured.told()}")
        finally:
            stop.set()
            for thread in threads:
                thread.join()
        for path in ("many", "trap", "recurse"):
            same(up.get(f"/{path}/a/")[0], 500)
        same(up.get("/grow/a/")[:2], (200, b"8191"))
        log = up.log()
        for text in ("there are more than 65536 resources", "call stack exhausted", "unreachable",
                     "more was written than one request may"):
            assert text in log, (text, log[-2000:])


@case("no state crosses requests")
def _():
    for policy, wanted in (("reset", b"0"), ("fresh", b"0"), ("reuse", b"111")):
        manifest = MANIFEST + f'[application.tool.virga]\ninstances = "{policy}"\n'
        with Up(app(f"state-{policy}", manifest)) as up:
            same(up.get("/was/a/")[:2], (200, b"0"))
            for _ in range(20):
                same(up.get("/was/a/")[:2], (200, wanted))
            # What a trap has left is not handed on either.
            same(up.get("/trap/a/")[0], 500)
            same(up.get("/was/a/")[:2], (200, b"0"))


@case("nothing is left of requests, whole or broken off")
def _():
    with Up(app("left", MANIFEST), "--quiet", loops=2) as up:
        generator = random.Random(7)

        def one(_):
            path = generator.choice(["/hello/", "/count/a/", "/big/a/", "/trap/a/", "/xcut/a/", "/path/a/x"])
            try:
                if generator.random() < 0.2:
                    with socket.create_connection(("127.0.0.1", up.port)) as made:
                        made.sendall(f"GET {path} HTTP/1.1\r\nhost: h\r\n\r\n".encode())
                        made.recv(generator.choice([1, 4096]))
                        made.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                    return 0
                status, body, _ = up.get(path)
                if path == "/count/a/":
                    same(body, b"1")
                return status
            except (http.client.HTTPException, OSError):
                return 0

        def phase(seconds):
            count, end = 0, time.monotonic() + seconds
            with concurrent.futures.ThreadPoolExecutor(16) as pool:
                while time.monotonic() < end:
                    count += len([status for status in pool.map(one, range(200)) if status == 200])
            time.sleep(1)
            return count
        phase(SECONDS / 4)
        before = up.state()
        served = phase(SECONDS)
        after = up.state()
        print(f"  {served} answers: memory {before[0] >> 10} to {after[0] >> 10} KiB, descriptors {before[1]} to "
              f"{after[1]}, mappings {before[2]} to {after[2]}")
        assert served > 100, served
        assert after[1] <= before[1] + 2, "descriptors"
        assert after[0] <= before[0] + (8 << 20), "memory"
        assert after[2] <= before[2] + 64, "mappings"


@case("a component of Spin's SDK for Python imports what is not there, and is served as long as it does not call it")
def _():
    if not FIXTURES:
        return print("  skipped: the fixtures are not there")
    manifest = f"""spin_manifest_version = 2
[application]
name = "sdk"
[variables]
greeting = {{ default = "hi" }}
[[trigger.http]]
route = "/..."
component = "python"
[component.python]
source = "{FIXTURES}/python-spin-p2/python-spin-p2.wasm"
variables = {{ greeting = "{{{{ greeting }}}} there" }}
"""
    with Up(app("sdk", manifest)) as up:
        same(up.get("/hello")[:2], (200, b"hello from spin python\n"))
        same(up.get("/var/greeting")[:2], (200, b"hi there"))
        same(up.get("/echo", "POST", b"abc")[:2], (200, b"abc"))
        same(up.get("/kv/a")[0], 500)
        # The backtrace's lines are looked up first.
        end = time.monotonic() + 60
        while "the import `fermyon:spin/key-value@2.0.0`" not in up.log():
            assert time.monotonic() < end, up.log()
            time.sleep(0.05)
        same(up.get("/hello")[0], 200)


@case("two hundred sleeping guests and one that answers share a loop")
def _():
    if not FIXTURES:
        return print("  skipped: the fixtures are not there")
    manifest = f"""spin_manifest_version = 2
[application]
name = "sleepers"
[[trigger.http]]
route = "/sleep"
component = "python"
[[trigger.http]]
route = "/hello"
component = "c"
[component.python]
source = "{FIXTURES}/python-http/python-http.wasm"
[component.c]
source = "{FIXTURES}/c-http/c-http.wasm"
"""
    with Up(app("sleepers", manifest)) as up:
        up.get("/hello")
        up.get("/sleep?ms=1")
        measured = Client(up, "/hello", b"hello from c\n")
        start = time.monotonic()
        with concurrent.futures.ThreadPoolExecutor(200) as pool:
            answers = list(pool.map(lambda _: up.get("/sleep?ms=1000", timeout=60)[0], range(200)))
        took = time.monotonic() - start
        same(set(answers), {200})
        print(f"  200 sleeps of 1 s: {took:.1f} s; meanwhile /hello {measured.told()}")
        assert took < 20, took


def main():
    subprocess.run([BINARY, "assemble", GUEST, "-o", os.path.join(FOLDER, "guest.wasm")], check=True)
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
