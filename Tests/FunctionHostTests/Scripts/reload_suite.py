"""Changes an app while it is served and asked: reload_suite.py VIRGA [FIXTURES]."""
import http.client
import os
import re
import shutil
import signal
import ssl
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
SOAK = bool(os.environ.get("VIRGA_SOAK"))
FOLDER = tempfile.mkdtemp(prefix="virga-reload-")
CONSTANT = b"hello from text"
CASES = []

MANIFEST = """spin_manifest_version = 2
[application]
name = "changed"
[[trigger.http]]
route = "/hello"
component = "a"
[[trigger.http]]
route = "/generation"
static_response = { body = "%s" }
[component.a]
source = "guest.wasm"
"""


def case(text):
    def register(body):
        CASES.append((text, body))
        return body
    return register


def constant(number):
    return b"hello from %04d" % number


def replace(path, content):
    """As editors do it: a new file in the place of the old one."""
    with open(path + ".new", "wb") as file:
        file.write(content)
    os.rename(path + ".new", path)


def app(name, manifest=None):
    folder = os.path.join(FOLDER, name)
    os.makedirs(folder)
    replace(os.path.join(folder, "guest.wasm"), GUEST_BYTES.replace(CONSTANT, constant(0)))
    with open(os.path.join(folder, "spin.toml"), "w") as file:
        file.write(manifest or MANIFEST % "0000")
    return folder


def eventually(condition, what, seconds=20):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, f"not within {seconds} s: {what}"
        time.sleep(0.002)


class Up:
    """A running `virga up`."""

    def __init__(self, folder, *arguments, command="up", scheme="http", watch=True):
        line = [BINARY, command, "-f", folder, "--listen", "127.0.0.1:0", "--loops", "2", *arguments]
        if command == "up" and watch:
            line.append("--watch")
        self.path = os.path.join(FOLDER, f"{time.monotonic_ns()}.log")
        self.errors = open(self.path, "wb")
        self.process = subprocess.Popen(line, stdout=subprocess.PIPE, stderr=self.errors)
        first = self.process.stdout.readline().decode().strip()
        found = re.fullmatch(scheme + r"://127\.0\.0\.1:(\d+)", first.removeprefix("Serving "))
        assert found, (first, self.log())
        self.port = int(found[1])
        self.connection = None

    def __enter__(self):
        return self

    def __exit__(self, *error):
        if self.connection:
            self.connection.close()
        self.process.send_signal(signal.SIGTERM)
        try:
            status = self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise
        self.process.stdout.close()
        self.errors.close()
        if error[0]:
            print(self.log()[-3000:])
        else:
            assert status == 0, (status, self.log()[-3000:])

    def log(self):
        with open(self.path, errors="replace") as file:
            return file.read()

    def get(self, path="/hello"):
        if self.connection is None:
            self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        self.connection.request("GET", path)
        response = self.connection.getresponse()
        return response.status, response.read().strip()

    def resources(self):
        base = f"/proc/{self.process.pid}"
        with open(f"{base}/status") as file:
            memory = int(re.search(r"VmRSS:\s+(\d+)", file.read())[1])
        with open(f"{base}/maps") as file:
            mappings = sum(1 for _ in file)
        return memory, len(os.listdir(f"{base}/fd")), mappings


def load(port, seconds, http1, scheme="http", rate=0):
    """Asks `rate` times a second on four connections, or as often as it can."""
    command = ["h2load", f"{scheme}://127.0.0.1:{port}/hello", "-c4", "-t1", f"--duration={seconds}"]
    command += [f"--rps={rate // 4}"] if rate else ["-m8"]
    return subprocess.Popen(command + (["--h1"] if http1 else []), stdout=subprocess.PIPE,
                            stderr=subprocess.STDOUT, text=True)


def ended(process):
    """The requests of a load, of which none has failed."""
    output = process.communicate(timeout=120)[0]
    found = re.search(r"requests: (\d+) total, \d+ started, (\d+) done, (\d+) succeeded, (\d+) failed, "
                      r"(\d+) errored, (\d+) timeout", output)
    assert found, output
    total, done, succeeded, failed, errored, timeout = map(int, found.groups())
    assert done > 0 and done == succeeded and not failed and not errored and not timeout, output
    codes = re.search(r"status codes: (\d+) 2xx, 0 3xx, 0 4xx, 0 5xx", output)
    assert codes, output
    return done


def third_of_capacity(port, scheme="http"):
    """Requests a second that make a third of what is answered at most, for each of two loads of both protocols."""
    loads = [load(port, 1, http1, scheme) for http1 in (True, False)]
    return sum(ended(one) for one in loads) // 3 // len(loads)


def percentile(times, share):
    return sorted(times)[min(len(times) - 1, int(len(times) * share))] if times else 0.0


class Asker(threading.Thread):
    """Asks all the time; every answer has to be one of those that may be."""

    def __init__(self, port, allowed):
        super().__init__(daemon=True)
        self.port, self.allowed = port, allowed
        self.seen, self.wrong, self.stopped = 0, [], False

    def run(self):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        while not self.stopped:
            try:
                allowed = set(self.allowed)
                connection.request("GET", "/hello")
                response = connection.getresponse()
                answer = response.status, response.read().strip()
                if answer[0] != 200 or answer[1] not in allowed | set(self.allowed):
                    self.wrong.append((answer, allowed))
            except Exception as error:
                self.wrong.append(repr(error))
                connection.close()
            self.seen += 1
        connection.close()


def changed_under_load(up, seconds, change, is_full=False):
    """Runs `change` while both protocols are spoken, at a third of what can be answered; no request may fail."""
    rate = 0 if is_full else third_of_capacity(up.port)
    loads = [load(up.port, seconds, http1, rate=rate) for http1 in (True, False)]
    try:
        change(time.monotonic() + seconds - 1)
    finally:
        counts = [ended(one) for one in loads]
    return counts


@case("a component is replaced under load, and no request fails")
def components_are_replaced():
    count = 100 if SOAK else 15
    folder = app("component")
    path = os.path.join(folder, "guest.wasm")
    with Up(folder) as up:
        times = []
        allowed = [constant(0)]
        asker = Asker(up.port, allowed)
        asker.start()

        def replace_all(numbers):
            for number in numbers:
                allowed.append(constant(number))
                begin = time.monotonic()
                replace(path, GUEST_BYTES.replace(CONSTANT, constant(number)))
                eventually(lambda: up.get() == (200, constant(number)), f"generation {number}")
                times.append(time.monotonic() - begin)
                time.sleep(0.05)
                del allowed[:-1]

        # The first ones make what stays.
        replace_all(range(1, 6))
        time.sleep(1)
        before = up.resources()
        times.clear()
        counts = changed_under_load(up, 30 if SOAK else 5, lambda _: replace_all(range(6, 6 + count)))
        asker.stopped = True
        asker.join()
        assert not asker.wrong, asker.wrong[:5]
        time.sleep(1)
        after = up.resources()
        print(f"  {counts} requests by load, {asker.seen} by one client; from save to answer p50 "
              f"{percentile(times, 0.5) * 1000:.0f} ms, most {max(times) * 1000:.0f} ms")
        print(f"  memory {before[0]} to {after[0]} KiB, descriptors {before[1]} to {after[1]}, "
              f"mappings {before[2]} to {after[2]}")
        assert after[1] <= before[1] + 8, (before, after)
        assert after[2] <= before[2] + 60, (before, after)
        assert after[0] <= before[0] + 6_000, (before, after)


@case("at full load too no request fails")
def at_full_load():
    folder = app("full")
    path = os.path.join(folder, "guest.wasm")
    with Up(folder) as up:
        def change(end):
            number = 0
            while time.monotonic() < end - 1:
                number += 1
                replace(path, GUEST_BYTES.replace(CONSTANT, constant(number)))
                eventually(lambda: up.get() == (200, constant(number)), f"generation {number}")
        counts = changed_under_load(up, 15 if SOAK else 3, change, is_full=True)
        print(f"  {counts} requests")


@case("a manifest is replaced under load, and no request fails")
def manifests_are_replaced():
    count = 20 if SOAK else 4
    folder = app("manifest")
    with Up(folder) as up:
        def change(_):
            for number in range(1, count + 1):
                text = MANIFEST % f"{number:04}"
                replace(os.path.join(folder, "spin.toml"), text.encode())
                eventually(lambda: up.get("/generation") == (200, b"%04d" % number), f"manifest {number}")
                assert up.get() == (200, constant(0))
        print(f"  {changed_under_load(up, 10 if SOAK else 3, change)} requests")


def certificate(folder, name):
    key, chain = os.path.join(folder, "key.pem"), os.path.join(folder, "chain.pem")
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
                    "-nodes", "-days", "2", "-subj", f"/CN={name}", "-addext",
                    "subjectAltName=IP:127.0.0.1", "-keyout", key + ".new", "-out", chain + ".new"],
                   check=True, capture_output=True)
    os.rename(key + ".new", key)
    os.rename(chain + ".new", chain)
    return chain, key


@case("a certificate is replaced under load, and no request fails")
def certificates_are_replaced():
    count = 5 if SOAK else 2
    folder = app("certificate")
    chain, key = certificate(folder, "first")
    with Up(folder, "--tls-cert", chain, "--tls-key", key, scheme="https") as up:
        rate = third_of_capacity(up.port, "https")
        loads = [load(up.port, 10 if SOAK else 3, http1, "https", rate) for http1 in (True, False)]
        for number in range(count):
            certificate(folder, f"next-{number}")
            wanted = ssl.PEM_cert_to_DER_cert(open(chain).read())
            eventually(lambda: ssl.PEM_cert_to_DER_cert(
                ssl.get_server_certificate(("127.0.0.1", up.port))) == wanted, f"certificate {number}")
        print(f"  {[ended(one) for one in loads]} requests")


@case("what is no good is not served, and what was served goes on")
def what_is_no_good():
    folder = app("wrong")
    path, manifest = os.path.join(folder, "guest.wasm"), os.path.join(folder, "spin.toml")
    good = GUEST_BYTES.replace(CONSTANT, constant(1))
    with Up(folder) as up:
        allowed = [constant(0)]
        asker = Asker(up.port, allowed)
        asker.start()

        def told(what, action):
            length = len(up.log())
            action()
            eventually(lambda: what in up.log()[length:], what)
            eventually(lambda: "goes on" in up.log()[length:], what)

        told("this is no WebAssembly", lambda: replace(path, b"no component"))
        told("guest.wasm", lambda: os.unlink(path))
        with open(path, "wb") as file:
            file.write(good[: len(good) // 2])
            file.flush()
            time.sleep(0.5)
            assert up.get() == (200, constant(0))
            allowed.append(constant(1))
            length = len(up.log())
            file.write(good[len(good) // 2:])
        # It is told once all loops have it.
        eventually(lambda: "reloaded (a)" in up.log()[length:], "the whole component")
        del allowed[:-1]
        told("is no key of a component", lambda: replace(manifest, (MANIFEST % "0001" + "unheard_of = 1\n").encode()))
        told("spin.toml", lambda: os.unlink(manifest))
        replace(manifest, (MANIFEST % "0002").encode())
        eventually(lambda: up.get("/generation") == (200, b"0002"), "the mended manifest")
        # A component that imports what is not there.
        told("guest.wasm", lambda: replace(path, good.replace(b"wasi:http/types@0.2", b"wasi:http/typos@0.2")))
        length = len(up.log())
        replace(path, good)
        eventually(lambda: "reloaded (a)" in up.log()[length:], "the mended component")
        asker.stopped = True
        asker.join()
        assert not asker.wrong, asker.wrong[:5]


@case("files of a component are seen anew, new ones too")
def files_are_seen():
    folder = app("files", MANIFEST % "0000" + 'files = ["assets/**/*.txt"]\n')
    os.makedirs(os.path.join(folder, "assets"))
    with open(os.path.join(folder, "assets", "a.txt"), "w") as file:
        file.write("one")
    with Up(folder) as up:
        length = len(up.log())
        os.makedirs(os.path.join(folder, "assets", "deep", "er"))
        with open(os.path.join(folder, "assets", "deep", "er", "b.txt"), "w") as file:
            file.write("two")
        eventually(lambda: "reloaded (a)" in up.log()[length:], "a new file in a new folder")
        length = len(up.log())
        with open(os.path.join(folder, "assets", "deep", "er", "b.txt"), "w") as file:
            file.write("three")
        eventually(lambda: "reloaded (a)" in up.log()[length:], "a change of it")


BUILD = """
[component.a.build]
command = "sh make.sh"
watch = ["src/**/*.txt"]
"""


@case("a component whose sources change is built and taken up; a build that fails is told")
def builds():
    folder = app("build", MANIFEST % "0000" + BUILD)
    os.makedirs(os.path.join(folder, "src"))
    os.unlink(os.path.join(folder, "guest.wasm"))
    with open(os.path.join(folder, "original"), "wb") as file:
        file.write(GUEST_BYTES)
    with open(os.path.join(folder, "make.sh"), "w") as file:
        file.write('grep -q "^0" src/constant.txt || { echo "no constant"; exit 3; }\n'
                   'sed "s/hello from text/hello from $(cat src/constant.txt)/" original > guest.wasm\n')

    def write(text):
        with open(os.path.join(folder, "src", "constant.txt"), "w") as file:
            file.write(text)

    write("0001")
    with Up(folder, command="watch") as up:
        assert up.get() == (200, constant(1))
        write("0002")
        eventually(lambda: up.get() == (200, constant(2)), "what was built anew")
        write("none")
        eventually(lambda: "exited with status 3" in up.log(), "the failed build")
        assert up.get() == (200, constant(2))
        os.makedirs(os.path.join(folder, "src", "more"))
        length = len(up.log())
        write("0003")
        eventually(lambda: up.get() == (200, constant(3)), "what was mended")
        with open(os.path.join(folder, "src", "more", "x.txt"), "w") as file:
            file.write("x")
        eventually(lambda: up.log()[length:].count("building a") >= 2, "a new file in a new folder")


MAKE = """spin_manifest_version = 2
[application]
name = "made"
[[trigger.http]]
route = "/hello"
component = "a"
[component.a]
source = "made.wasm"
[component.a.build]
command = "%s"
"""
ORIGINAL = "sed 's/hello from text/hello from %s/' ../original > made.wasm"


def ask_why(up, wanted):
    """What a browser is shown while nothing is served."""
    status, body = up.get()
    assert status == 503 and wanted in body, (status, body)


@case("what is not built yet, or by another command, is built when the manifest says so")
def built_by_manifest():
    folder = app("made", "spin_manifest_version = 2\n")
    manifest = os.path.join(folder, "spin.toml")
    with Up(folder, command="watch") as up:
        replace(manifest, (MAKE % (ORIGINAL % "0001")).encode())
        eventually(lambda: up.get() == (200, constant(1)), "the mended manifest")
        replace(manifest, (MAKE % (ORIGINAL % "0002")).encode())
        eventually(lambda: up.get() == (200, constant(2)), "another command")
        os.makedirs(os.path.join(folder, "below"))
        command = (ORIGINAL % "0003").replace("../original", "../../original").replace("made.wasm", "../made.wasm")
        replace(manifest, (MAKE % command + 'workdir = "below"\n').encode())
        eventually(lambda: up.get() == (200, constant(3)), "another folder")
        second = """[[trigger.http]]
route = "/second"
component = "b"
[component.b]
source = "second.wasm"
[component.b.build]
command = "sleep 0.6; cp made.wasm second.wasm"
"""
        length = len(up.log())
        replace(manifest, (MAKE % command + 'workdir = "below"\n' + second).encode())
        eventually(lambda: up.get("/second")[0] in (200, 500), "a new component")
        log = up.log()[length:]
        assert "building b" in log and "building a" not in log and "error" not in log, log


@case("a build that fails at the start does not end it, and its output is shown once")
def failed_builds():
    folder = app("failing", MAKE % "sh make.sh")
    with open(os.path.join(folder, "make.sh"), "w") as file:
        file.write("for i in $(seq 2000); do echo line $i; done; echo the end of it >&2; exit 4")
    manifest = os.path.join(folder, "spin.toml")
    with Up(folder, command="watch") as up:
        time.sleep(0.6)
        log = up.log()
        for text in ("line 1\n", "the end of it", "exited with status 4", "there is no file", "nothing is served until"):
            assert log.count(text) == 1, (text, log[-2000:])
        assert "goes on" not in log, log
        ask_why(up, b"the end of it")
        ask_why(up, b"exited with status 4")
        assert b"line 1\n" not in up.get()[1] and b"line 1990\n" in up.get()[1], up.get()
        replace(manifest, (MAKE % (ORIGINAL % "0004")).encode())
        eventually(lambda: up.get() == (200, constant(4)), "the mended build")
        length = len(up.log())
        replace(manifest, (MAKE % "echo worse; exit 5").encode())
        eventually(lambda: "exited with status 5" in up.log()[length:], "the other failure")
        time.sleep(0.6)
        log = up.log()[length:]
        assert log.count("exited with status 5") == 1 and log.count("goes on") == 1, log
        assert up.get() == (200, constant(4))
    # What is there is served, although it is older than what does not build.
    folder = app("older", (MANIFEST % "0000") + '[component.a.build]\ncommand = "exit 6"\n')
    with Up(folder, command="watch") as up:
        assert up.get() == (200, constant(0))
        time.sleep(0.6)
        assert up.log().count("exited with status 6") == 1, up.log()
    with Up(app("unbuilt", MAKE % (ORIGINAL % "0005"))) as up:
        eventually(lambda: up.get() == (200, constant(5)), "what was not built yet")


@case("what is wrong is told once, and briefly where it is wrong again")
def told_once():
    folder = app("twice", (MANIFEST % "0000") + "unheard_of = 1\n")
    manifest = os.path.join(folder, "spin.toml")
    with Up(folder) as up:
        time.sleep(0.6)
        assert up.log().count("unheard_of") == 3 and up.log().count("nothing is served") == 1, up.log()
        length = len(up.log())
        replace(manifest, open(manifest, "rb").read())
        eventually(lambda: "the same is wrong as before" in up.log()[length:], "the other attempt")
        assert "unheard_of" not in up.log()[length:] and "goes on" not in up.log(), up.log()


@case("an app that is no good when it is first watched is served once it is mended")
def mended_later():
    folder = app("later", "spin_manifest_version = 2\n")
    with Up(folder, command="watch") as up:
        assert up.get()[0] == 503
        replace(os.path.join(folder, "spin.toml"), (MANIFEST % "0000").encode())
        eventually(lambda: up.get() == (200, constant(0)), "the mended app")


@case("SIGHUP reads everything again")
def hangup():
    folder = app("hangup")
    with Up(folder, watch=False) as up:
        replace(os.path.join(folder, "guest.wasm"), GUEST_BYTES.replace(CONSTANT, constant(1)))
        time.sleep(0.3)
        assert up.get() == (200, constant(0))
        up.process.send_signal(signal.SIGHUP)
        eventually(lambda: up.get() == (200, constant(1)), "the new component")
        replace(os.path.join(folder, "guest.wasm"), b"nothing")
        up.process.send_signal(signal.SIGHUP)
        eventually(lambda: "goes on" in up.log(), "the reason")
        assert up.get() == (200, constant(1))


@case("requests under way end in the app that they came to")
def under_way():
    folder = app("under-way", (MANIFEST % "0000").replace('"/hello"', '"/..."'))
    with Up(folder) as up:
        slow = http.client.HTTPConnection("127.0.0.1", up.port, timeout=30)
        slow.putrequest("POST", "/echo")
        slow.putheader("content-length", "4")
        slow.endheaders()
        slow.send(b"ab")
        time.sleep(0.3)
        replace(os.path.join(folder, "guest.wasm"), GUEST_BYTES.replace(CONSTANT, constant(1)))
        eventually(lambda: up.get() == (200, constant(1)), "the new component")
        slow.send(b"cd")
        response = slow.getresponse()
        assert (response.status, response.read()) == (200, b"abcd")
        slow.close()


@case("only the components that are named are served, on the next free port where that is asked for")
def options():
    more = '[[trigger.http]]\nroute = "/b/..."\ncomponent = "b"\n[component.b]\nsource = "guest.wasm"\n'
    folder = app("options", MANIFEST % "0000" + more)
    with Up(folder, "-c", "a", watch=False) as up:
        assert up.get() == (200, constant(0))
        assert up.get("/generation") == (200, b"0000")
        assert up.get("/b/hello")[0] == 404
        line = [BINARY, "up", "-f", folder, "--listen", f"127.0.0.1:{up.port}"]
        taken = subprocess.run(line, capture_output=True, text=True, timeout=20)
        assert taken.returncode == 1 and "in use" in taken.stderr, taken
        other = subprocess.Popen(line + ["--find-free-port"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        first = other.stdout.readline().decode()
        other.terminate()
        assert other.wait(20) == 0
        port = int(first.strip().rsplit(":", 1)[1])
        assert up.port < port < up.port + 10, first
    wrong = subprocess.run([BINARY, "up", "-f", folder, "-c", "nobody"], capture_output=True, text=True, timeout=20)
    assert wrong.returncode == 1 and "there is no component `nobody`" in wrong.stderr, wrong


@case("the component with Python is taken up again")
def python():
    if not FIXTURES:
        return print("  skipped: no fixtures")
    folder = app("python")
    source = os.path.join(FIXTURES, "python-http", "python-http.wasm")
    path = os.path.join(folder, "guest.wasm")
    replace(path, open(source, "rb").read())
    with Up(folder) as up:
        times = []
        for _ in range(3):
            length = len(up.log())
            begin = time.monotonic()
            replace(path, open(source, "rb").read())
            eventually(lambda: "reloaded (a)" in up.log()[length:], "python")
            up.get()
            times.append(time.monotonic() - begin)
        print(f"  from save to answer {', '.join(f'{took * 1000:.0f}' for took in times)} ms")


def main():
    global GUEST_BYTES
    made = os.path.join(FOLDER, "guest.wasm")
    subprocess.run([BINARY, "assemble", GUEST, "-o", made], check=True)
    GUEST_BYTES = open(made, "rb").read()
    assert CONSTANT in GUEST_BYTES
    shutil.copy(made, os.path.join(FOLDER, "original"))
    passed = failed = 0
    wanted = os.environ.get("CASE", "")
    for text, body in CASES:
        if wanted not in text:
            continue
        try:
            body()
            passed += 1
            print(f"ok      {text}", flush=True)
        except Exception:
            failed += 1
            print(f"FAILED  {text}\n{traceback.format_exc()}", flush=True)
    shutil.rmtree(FOLDER, ignore_errors=True)
    print(f"{passed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


main()
