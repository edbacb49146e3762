"""Drives `virga deploy` and the admin socket from outside: deploy_suite.py VIRGA."""
import hashlib
import http.client
import os
import random
import re
import shutil
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import threading
import time
import traceback

BINARY = os.path.abspath(sys.argv[1])
HERE = os.path.dirname(os.path.abspath(__file__))
GUEST = os.path.join(HERE, "..", "..", "WASIHTTPTests", "Guests", "routes.wat")
MOMENTS = 50 if os.environ.get("VIRGA_SOAK") else 12
FOLDER = tempfile.mkdtemp(prefix="virga-deploy-")
CASES = []


def case(text):
    def register(body):
        CASES.append((text, body))
        return body
    return register


def same(given, wanted):
    assert given == wanted, f"{given!r:.600}, not {wanted!r:.600}"


def within(text, *parts):
    for part in parts:
        assert part in text, f"{part!r} is not in {text:.1500}"


def folder(name):
    path = os.path.join(FOLDER, name)
    os.makedirs(path, exist_ok=True)
    return path


def app(name, version, more="", component="", files={}):
    """An app whose parts all tell the same version: a response, a component's environment, a file."""
    path = folder(name)
    shutil.copy(os.path.join(FOLDER, "guest.wasm"), path)
    for file, text in files.items():
        os.makedirs(os.path.dirname(os.path.join(path, file)), exist_ok=True)
        with open(os.path.join(path, file), "w") as opened:
            opened.write(text)
    with open(os.path.join(path, "spin.toml"), "w") as file:
        file.write(f"""spin_manifest_version = 2
[application]
name = "tried"
version = "{version}"
[[trigger.http]]
route = "/version"
static_response = {{ body = "{version}" }}
[[trigger.http]]
route = "/hello/..."
component = "a"
{more}
[component.a]
source = "guest.wasm"
{component}
""")
    return path


class Host:
    """A running `virga up --admin`."""

    def __init__(self, name, *arguments, fresh=True, cwd=None):
        self.state = os.path.join(FOLDER, name, "state")
        self.admin = os.path.join(FOLDER, name, "admin.sock")
        if fresh:
            shutil.rmtree(os.path.join(FOLDER, name), ignore_errors=True)
        empty = folder(os.path.join(name, "empty"))
        self.errors = open(os.path.join(FOLDER, f"{time.monotonic_ns()}.log"), "w+b")
        self.process = subprocess.Popen(
            [BINARY, "up", "--admin", self.admin, "--state-dir", self.state, "--listen", "127.0.0.1:0",
             "--loops", "2", *arguments],
            stdout=subprocess.PIPE, stderr=self.errors, cwd=cwd or empty)
        line = self.process.stdout.readline().decode().strip()
        found = re.fullmatch(r"Serving http://127\.0\.0\.1:(\d+)", line)
        assert found, (line, self.log())
        self.port = int(found[1])

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.kill()

    def kill(self):
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()
        self.errors.close()

    def log(self):
        self.errors.seek(0)
        return self.errors.read().decode()

    def get(self, path):
        made = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            made.request("GET", path)
            response = made.getresponse()
            return response.status, response.read()
        finally:
            made.close()

    def run(self, *words):
        done = subprocess.run([BINARY, words[0], "--to", self.admin, *words[1:]], capture_output=True, text=True,
                              timeout=60)
        return done.returncode, done.stdout + done.stderr

    def deploy(self, path, *words):
        return self.run("deploy", "-f", path, *words)

    def ask(self, method, path, body=None, headers={}):
        """One request over the socket; gives status and text."""
        made = http.client.HTTPConnection("virga")
        made.sock = socket.socket(socket.AF_UNIX)
        made.sock.settimeout(20)
        made.sock.connect(self.admin)
        try:
            made.request(method, path, body, headers)
            response = made.getresponse()
            return response.status, response.read().decode()
        finally:
            made.close()

    def kept(self):
        """What the state directory holds, but for the app that is laid out."""
        found = {}
        for base, _, names in os.walk(os.path.join(self.state, "deployments")):
            for name in names:
                path = os.path.join(base, name)
                if "/apps/" not in path:
                    with open(path, "rb") as file:
                        found[os.path.relpath(path, self.state)] = file.read()
        return found


def digest(data):
    return hashlib.sha256(data).hexdigest()


MANIFEST = b"""spin_manifest_version = 2
[application]
name = "by hand"
[[trigger.http]]
route = "/version"
static_response = { body = "by hand" }
"""


def upload(lines=(), blobs=(MANIFEST,), path="spin.toml", heading="virga-deployment 1", manifest=MANIFEST, named="spin.toml"):
    """An upload of a manifest, with whatever lines and bytes."""
    text = [heading, "name spin.toml", f"manifest {named}", f"file {digest(manifest)} {len(manifest)} {path}"]
    text += list(lines)
    text += [f"blob {digest(manifest)}"] if blobs else []
    return ("\n".join(text) + "\n\n").encode() + b"".join(blobs)


@case("an app is deployed to a host that serves none, and is served at once")
def _():
    with Host("first") as host:
        same(host.get("/version")[0], 503)
        same(stat.S_IMODE(os.stat(host.admin).st_mode), 0o600)
        within(host.run("deployments")[1], "nothing has been deployed")
        code, text = host.deploy(app("first-app", "1"))
        same(code, 0)
        within(text, "deployment 1 is active", "+ route /version", "+ component a")
        same(host.get("/version"), (200, b"1"))
        same(host.get("/hello/")[0], 200)
        listed = host.run("deployments")[1]
        within(listed, "* 1", "tried 1", f"uid {os.getuid()}", "2 files")
        same(host.deploy(app("first-app", "1"))[0], 0)
        within(host.deploy(app("first-app", "1"))[1], "deployment 1 is the same")
        within(host.ask("GET", "/metrics")[1], 'virga_reloads_total{outcome="ok"} 1')


@case("only what the host does not have is sent")
def _():
    with Host("sent") as host:
        host.deploy(app("sent-app", "1"))
        text = host.deploy(app("sent-app", "2"))[1]
        sent = int(re.search(r"of which (\d+) bytes", text)[1])
        size = os.path.getsize(os.path.join(FOLDER, "sent-app", "spin.toml"))
        same(sent, size)


@case("a manifest is served until something is deployed, and what is deployed from then on")
def _():
    path = app("given", "0")
    with Host("given-host", "-f", path) as host:
        same(host.get("/version"), (200, b"0"))
        same(host.deploy(app("given-new", "1"))[0], 0)
        same(host.get("/version"), (200, b"1"))
        host.kill()
        with Host("given-host", "-f", path, fresh=False) as again:
            same(again.get("/version"), (200, b"1"))
            within(again.log(), "deployment 1 of tried 1 is active")
            again.process.send_signal(signal.SIGHUP)
            time.sleep(0.3)
            same(again.get("/version"), (200, b"1"))


@case("all that is wrong with an app is told, and nothing changes")
def _():
    with Host("wrong") as host:
        host.deploy(app("wrong-app", "1"))
        before = host.kept()
        path = app("wrong-app", "2", component='environmant = { A = "1" }\nfiles = ["nowhere.txt"]')
        code, text = host.deploy(path)
        same(code, 1)
        within(text, "spin.toml:", "environmant", "nowhere.txt", "errors")
        path = app("wrong-app", "2")
        with open(os.path.join(path, "guest.wasm"), "wb") as file:
            file.write(b"\0asm\x0d\0\1\0broken")
        code, text = host.deploy(path)
        same(code, 1)
        within(text, "spin.toml:", "component.a.source", "1 error")
        path = app("wrong-app", "2", more='[variables]\nsecret = { required = true }\n')
        code, text = host.deploy(path)
        same(code, 1)
        within(text, "secret", "no value", "start the host with `--variable secret=VALUE`", "provider")
        same(host.kept(), before)
        same(host.get("/version"), (200, b"1"))


@case("values given to a host count for the apps that have variables for them")
def _():
    plain = app("plain-app", "1")
    asking = app("asking-app", "2", more='[variables]\nsecret = { required = true }\n')
    with Host("valued", "--variable", "secret=s", "--variable", "other=o") as host:
        for path, version in ((plain, b"1"), (asking, b"2"), (plain, b"1")):
            code, text = host.deploy(path)
            same(code, 0)
            same(host.get("/version"), (200, version))
        assert "no variable" not in host.log(), host.log()
    with Host("valued", "--variable", "secret=s", "--variable", "other=o", fresh=False) as host:
        same(host.get("/version"), (200, b"1"))
        same(sorted(re.findall("tried has no variable `(.*)`, which", host.log())), ["other", "secret"])
    with Host("valued-file", "--variable", "other=o", "-f", asking, "--variable", "secret=s") as host:
        same(host.get("/version"), (200, b"2"))
        same(re.findall("tried has no variable `(.*)`, which", host.log()), ["other"])


@case("rights that widen are shown, and want --accept")
def _():
    with Host("rights") as host:
        host.deploy(app("rights-app", "1", component='allowed_outbound_hosts = ["https://*.example.com"]'))
        narrower = 'allowed_outbound_hosts = ["https://api.example.com"]'
        same(host.deploy(app("rights-app", "2", component=narrower))[0], 0)
        before = host.kept()
        wider = app("rights-app", "3", files={"data/x.txt": "x"}, component="""
allowed_outbound_hosts = ["https://api.example.com", "http://other.example:8080"]
files = ["data/*"]
[component.a.tool.virga]
instances = "reuse"
limits = { memory = "1GiB" }
""")
        code, text = host.deploy(wider)
        same(code, 1)
        within(text, "+ a: connects to http://other.example:8080", "+ a: files data/*", "--accept",
               "+ a: instances are used again", "+ a: memory 536870912 B -> 1073741824 B")
        assert "api.example.com" not in text, text
        same(host.kept(), before)
        same(host.get("/version"), (200, b"2"))
        code, text = host.deploy(wider, "--dry-run")
        same(code, 0)
        within(text, "rights widen", "nothing was changed", "+ file data/x.txt, 1 bytes", "+ file spin.toml", "- file spin.toml")
        same(host.kept(), before)
        same(host.deploy(wider, "--accept")[0], 0)
        same(host.get("/version"), (200, b"3"))
        code, text = host.deploy(app("rights-app", "4", component=narrower))
        same(code, 0)
        within(text, "- a: connects to http://other.example:8080", "- a: files data/*")


@case("a host goes back to a deployment, and forward again")
def _():
    with Host("back") as host:
        for version in "123":
            same(host.deploy(app("back-app", version))[0], 0)
        code, text = host.run("rollback")
        same(code, 0)
        within(text, "deployment 2 is active again")
        same(host.get("/version"), (200, b"2"))
        within(host.run("deployments")[1], "* 2", "  3")
        host.deploy(app("back-app", "4"))
        same(host.run("rollback")[0], 0)
        same(host.get("/version"), (200, b"2"))
        same(host.run("rollback", "3")[0], 0)
        same(host.get("/version"), (200, b"3"))
        within(host.run("rollback", "3")[1], "active already")
        code, text = host.run("rollback", "99")
        same(code, 1)
        within(text, "there is no deployment 99")
        host.kill()
        with Host("back", fresh=False) as again:
            same(again.get("/version"), (200, b"3"))
            same(again.run("rollback")[0], 0)
            same(again.get("/version"), (200, b"2"))
            same(again.run("rollback")[0], 0)
            code, text = again.run("rollback")
            same(code, 1)
            within(text, "no deployment was active before")


@case("deployments beyond the limit are let go, with the files that nothing else has")
def _():
    with Host("many") as host:
        path = app("many-app", "0", component='files = ["kept.txt"]', files={"kept.txt": "kept"})
        for version in range(13):
            with open(os.path.join(path, "kept.txt"), "w") as file:
                file.write(f"{version}")
            code, text = host.deploy(path)
            same(code, 0)
        same(len(host.run("deployments")[1].splitlines()), 11)
        names = [name for name in host.kept() if "/blobs/" in name]
        # Ten texts, one component, one manifest.
        same(len(names), 12)
        same(host.run("rollback", "1")[0], 1)


@case("files around the manifest are laid out as it has them, components above it too")
def _():
    root = folder("around")
    shutil.copy(os.path.join(FOLDER, "guest.wasm"), os.path.join(root, "above.wasm"))
    path = app("around/deep/app", "1", component="", files={"assets/a.txt": "in a file", "assets/deep/b.txt": "b"})
    text = open(os.path.join(path, "spin.toml")).read()
    text = text.replace('source = "guest.wasm"', 'source = "../../above.wasm"\nfiles = [{ source = "assets", destination = "/" }]\n[component.a.build]\ncommand = "true"\nworkdir = "assets"')
    with open(os.path.join(path, "spin.toml"), "w") as file:
        file.write(text)
    with Host("around-host") as host:
        code, text = host.deploy(path)
        same(code, 0)
        within(text, "+ file above.wasm", "+ file _/_/assets/deep/b.txt")
        same(host.get("/hello/")[0], 200)
        absolute = open(os.path.join(path, "spin.toml")).read().replace("../../above.wasm", f"{root}/above.wasm")
        with open(os.path.join(path, "spin.toml"), "w") as file:
            file.write(absolute)
        code, text = host.deploy(path)
        same(code, 1)
        within(text, "absolute path", "spin.toml:")


@case("uploads that are not what they should be are refused, and leave nothing behind")
def _():
    with Host("hostile") as host:
        host.deploy(app("hostile-app", "1"))
        before = host.kept()
        other = digest(b"other")
        long = "x" * 300
        wrong = [
            (upload(heading="virga-deployment 9"), 400, "no deployment of a version"),
            (upload(path="../spin.toml", named="../spin.toml"), 400, "leads elsewhere"),
            (upload(path="/spin.toml", named="/spin.toml"), 400, "leads elsewhere"),
            (upload(path="a/../../spin.toml", named="a/../../spin.toml"), 400, "leads elsewhere"),
            (upload(path="..//\u0301x", named="..//\u0301x"), 400, "leads elsewhere"),
            (upload(path="../\u0301x", named="../\u0301x"), 400, "leads elsewhere"),
            (upload(path="a\x01b", named="a\x01b"), 400, "can be no file's"),
            (upload(path=long, named=long), 400, "can be no file's"),
            (upload(path="x/" * 600 + "y", named="x/" * 600 + "y"), 413, "more than 1024 bytes"),
            (upload(named="else.toml"), 400, "the manifest is not among the files"),
            (upload([f"file {other} 5 spin.toml"]), 400, "there twice"),
            (upload([f"file {other} 5 spin.toml/x"]), 400, "a file and a directory"),
            (upload(["directory spin.toml"]), 400, "of a file and of a directory"),
            (upload(["directory ../out"]), 400, "leads elsewhere"),
            (upload([f"file {other} 99999999999 big"]), 413, "more than 1073741824 bytes"),
            (upload([f"file {other} -5 big"]), 400, "without digest, size or path"),
            (upload([f"file {other} 18446744073709551616 big"]), 400, "without digest, size or path"),
            (upload(["file abc 5 x"]), 400, "without digest, size or path"),
            (upload(["strange line"]), 400, "unknown kind"),
            (upload(["line"]), 400, "a line that is none"),
            (upload([f"blob {other}"]), 400, "not in its list"),
            (upload([f"file {other} 5 x"]), 409, "has not, and was not sent"),
            (upload(blobs=(MANIFEST[:-1] + b"!",)), 400, "has not the digest"),
            (upload(blobs=(MANIFEST[:-1],)), 400, "ends before its last file"),
            (upload(blobs=(MANIFEST, b"more")), 400, "goes on after its last file"),
            (b"virga-deployment 1\nname x\n", 400, "ends within its list"),
            (b"\xff\xfe\n\n", 400, "not UTF-8"),
            (b"", 400, "ends within its list"),
            (b"x" * (9 << 20), 413, "list of files has more than"),
        ]
        for body, status, text in wrong:
            given = host.ask("POST", "/deployments", body)
            assert given[0] == status and text in given[1], (body[:300], given, status, text)
        same(host.kept(), before)
        # What is sent in pieces, each byte alone, is taken; what is cut off at any point is not.
        whole = upload()
        for cut in (1, 20, len(whole) - len(MANIFEST), len(whole) - 1):
            made = socket.socket(socket.AF_UNIX)
            made.connect(host.admin)
            made.sendall(f"POST /deployments HTTP/1.1\r\nhost: h\r\ncontent-length: {len(whole)}\r\n\r\n".encode())
            made.sendall(whole[:cut])
            made.close()
        # What was cut off may yet be begun, and is then taken away.
        for _ in range(100):
            if host.kept() == before:
                break
            time.sleep(0.05)
        same(host.kept(), before)
        same(host.get("/version"), (200, b"1"))
        made = socket.socket(socket.AF_UNIX)
        made.connect(host.admin)
        made.sendall(f"POST /deployments?accept HTTP/1.1\r\nhost: h\r\ncontent-length: {len(whole)}\r\n\r\n".encode())
        for byte in whole:
            made.sendall(bytes([byte]))
        within(made.recv(65536).decode(), "200 OK")
        made.close()
        same(host.get("/version"), (200, b"by hand"))


@case("the admin socket answers what it knows, and refuses the rest")
def _():
    with Host("asked") as host:
        for method, path, status in [
            ("GET", "/", 404), ("GET", "/x", 404), ("DELETE", "/deployments", 405), ("GET", "/rollback", 405),
            ("POST", "/metrics", 405), ("GET", "/deployments/missing", 405), ("POST", "/rollback?x", 400),
            ("POST", "/deployments?force", 400), ("POST", "/rollback", 404), ("GET", "/deployments", 200),
        ]:
            same((method, path, host.ask(method, path)[0]), (method, path, status))
        same(host.ask("POST", "/deployments/missing", b"x\n")[0], 400)
        same(host.ask("POST", "/deployments/missing", f"{digest(b'')} 0\n".encode()), (200, digest(b"") + "\n"))
        same(host.ask("POST", "/rollback", b"x")[0], 413)
        # A third upload at once is asked to come again.
        held = []
        for _ in range(2):
            made = socket.socket(socket.AF_UNIX)
            made.connect(host.admin)
            made.sendall(b"POST /deployments HTTP/1.1\r\nhost: h\r\ncontent-length: 99\r\n\r\nvirga")
            held.append(made)
        time.sleep(0.3)
        same(host.ask("POST", "/deployments", upload())[0], 503)
        for made in held:
            made.close()
        time.sleep(0.3)
        same(host.ask("POST", "/deployments", upload())[0], 200)


@case("a state directory and a socket have one host at a time")
def _():
    with Host("alone") as host:
        for words, text in [
            (["--admin", host.admin + "2", "--state-dir", host.state], "used by another host"),
            (["--admin", host.admin, "--state-dir", host.state + "2"], "in use"),
        ]:
            done = subprocess.run([BINARY, "up", "--listen", "127.0.0.1:0", *words], capture_output=True, text=True,
                                  timeout=30, cwd=folder("alone/empty"))
            same(done.returncode, 1)
            within(done.stderr, text)
        same(host.run("deployments")[0], 0)
    # What a killed host has left is replaced, and what is no socket is not.
    with Host("alone", fresh=False) as host:
        same(host.run("deployments")[0], 0)
        host.process.terminate()
        same(host.process.wait(20), 0)
        assert not os.path.exists(host.admin)
    other = os.path.join(FOLDER, "alone", "file")
    with open(other, "w") as file:
        file.write("mine")
    done = subprocess.run([BINARY, "up", "--listen", "127.0.0.1:0", "--admin", other, "--state-dir",
                           os.path.join(FOLDER, "alone", "state3")], capture_output=True, text=True, timeout=30,
                          cwd=folder("alone/empty"))
    same(done.returncode, 1)
    same(open(other).read(), "mine")
    done = subprocess.run([BINARY, "deployments", "--to", other + "x"], capture_output=True, text=True)
    same(done.returncode, 1)
    within(done.stderr, "no host answers")


@case("what is damaged is told, and not served")
def _():
    with Host("damaged") as host:
        host.deploy(app("damaged-app", "1"))
    blobs = os.path.join(host.state, "deployments", "blobs")
    for name in os.listdir(blobs):
        path = os.path.join(blobs, name)
        data = open(path, "rb").read()
        os.unlink(path)
        with open(path, "wb") as file:
            file.write(data[:-1] + b"?")
        done = subprocess.run([BINARY, "up", "--admin", host.admin, "--state-dir", host.state, "--listen", "127.0.0.1:0"],
                              capture_output=True, text=True, timeout=30, cwd=folder("damaged/empty"))
        same(done.returncode, 1)
        within(done.stderr, "damaged", name)
        os.unlink(path)
        with open(path, "wb") as file:
            file.write(data)
    with Host("damaged", fresh=False) as host:
        same(host.get("/version"), (200, b"1"))


@case("a deployment loses no request")
def _():
    with Host("load") as host:
        host.deploy(app("load-app", "0"))
        stop, failures, count = threading.Event(), [], [0]

        def ask():
            made = http.client.HTTPConnection("127.0.0.1", host.port, timeout=20)
            while not stop.is_set():
                for path in ("/version", "/hello/"):
                    try:
                        made.request("GET", path)
                        response = made.getresponse()
                        data = response.read()
                        count[0] += 1
                        if response.status != 200:
                            failures.append((response.status, data))
                    except (OSError, http.client.HTTPException) as error:
                        failures.append(error)
                        made.close()
        threads = [threading.Thread(target=ask) for _ in range(4)]
        for thread in threads:
            thread.start()
        for version in range(1, 9):
            same(host.deploy(app("load-app", str(version)))[0], 0)
            same(host.get("/version"), (200, str(version).encode()))
        stop.set()
        for thread in threads:
            thread.join()
        same(failures, [])
        print(f"  {count[0]} requests beside 8 deployments")
        assert count[0] > 50, count


@case(f"a host that is killed at {MOMENTS} moments around a deployment comes up with the old app or the new, whole")
def _():
    generator = random.Random(11)
    apps = {}

    def version(number):
        name = f"v{number}"
        more = f'[[trigger.http]]\nroute = "/again"\nstatic_response = {{ body = "{name}" }}\n'
        path = app("killed-app", name, more=more, component='files = ["text.txt"]',
                   files={"text.txt": name * 20_000})
        apps[name] = digest((name * 20_000).encode())
        return name, path
    name, path = version(0)
    with Host("killed") as host:
        start = time.monotonic()
        same(host.deploy(path)[0], 0)
        usual = time.monotonic() - start
    active, came = name, {"old": 0, "new": 0}
    for moment in range(MOMENTS):
        with Host("killed", fresh=False) as host:
            name, path = version(moment + 1)
            deploying = subprocess.Popen([BINARY, "deploy", "-f", path, "--to", host.admin], stdout=subprocess.PIPE,
                                         stderr=subprocess.STDOUT)
            time.sleep(generator.uniform(0, usual * 1.2))
            host.process.kill()
            host.process.wait()
            deploying.communicate(timeout=30)
        with Host("killed", fresh=False) as host:
            got = host.get("/version")[1].decode()
            assert got in (active, name), (got, active, name)
            same(host.get("/again")[1].decode(), got)
            same(host.get("/hello/")[0], 200)
            trees = os.path.join(host.state, "deployments", "apps")
            same(len(os.listdir(trees)), 1)
            with open(os.path.join(trees, os.listdir(trees)[0], "text.txt"), "rb") as file:
                same(digest(file.read()), apps[got])
            if deploying.returncode == 0:
                same(got, name)
            listed = host.run("deployments")[1]
            within(listed, f"tried {got}")
            same(len([line for line in listed.splitlines() if line.startswith("*")]), 1)
            same(os.listdir(os.path.join(host.state, "deployments", "incoming")), [])
            came["new" if got == name else "old"] += 1
            active = got
    print(f"  came up with the old app {came['old']} times, with the new one {came['new']} times")


def main():
    subprocess.run([BINARY, "assemble", GUEST, "-o", os.path.join(FOLDER, "guest.wasm")], check=True)
    failed = 0
    wanted = os.environ.get("CASE", "")
    chosen = [(text, body) for text, body in CASES if wanted in text]
    for text, body in chosen:
        if len(sys.argv) > 2 and sys.argv[2] not in text:
            continue
        try:
            start = time.monotonic()
            body()
            print(f"ok      {text} ({time.monotonic() - start:.1f} s)")
        except Exception:
            failed += 1
            print(f"FAILED  {text}\n{traceback.format_exc()}")
    shutil.rmtree(FOLDER, ignore_errors=True)
    print(f"{len(chosen) - failed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


main()
