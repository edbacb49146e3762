"""Drives what the host is told: runtime configuration, variables, logs, fetched components. runtime_suite.py VIRGA."""
import hashlib
import http.server
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import traceback
import urllib.request

BINARY = os.path.abspath(sys.argv[1])
HERE = os.path.dirname(os.path.abspath(__file__))
GUEST = os.path.join(HERE, "..", "..", "Apps", "guests", "tells.wat")
FOLDER = tempfile.mkdtemp(prefix="virga-runtime-")
WASM = os.path.join(FOLDER, "tells.wasm")
CASES = []

MANIFEST = """spin_manifest_version = 2
[application]
name = "configured"
[variables]
one = { default = "default" }
two = { default = "default" }
[[trigger.http]]
route = "/..."
component = "tells"
[[trigger.http]]
route = "/other/..."
component = "other"
[component.tells]
source = SOURCE
variables = { one = "{{ one }}", two = "{{ two }}" }
[component.other]
source = "tells.wasm"
"""


def case(text):
    def register(body):
        CASES.append((text, body))
        return body
    return register


def same(given, wanted):
    assert given == wanted, f"{given!r:.400}, not {wanted!r:.400}"


def app(name, source='"tells.wasm"'):
    folder = os.path.join(FOLDER, name)
    os.makedirs(folder)
    shutil.copy(WASM, folder)
    write(folder, "spin.toml", MANIFEST.replace("SOURCE", source))
    return folder


def write(folder, name, text):
    path = os.path.join(folder, name)
    with open(path, "w") as file:
        file.write(text)
    return path


def environment(**more):
    plain = {name: value for name, value in os.environ.items()
             if not name.startswith(("SPIN_", "XDG_")) and not name.lower().endswith("_proxy")}
    return plain | more


class Up:
    """A running `virga up`, in the app's folder."""

    def __init__(self, folder, *arguments, listen=("--listen", "127.0.0.1:0"), env={}):
        command = [BINARY, "up", *listen, "--loops", "1", *arguments]
        self.errors = open(os.path.join(FOLDER, f"{time.monotonic_ns()}.log"), "w+b")
        self.process = subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=self.errors,
                                        env=environment(**env))
        line = self.process.stdout.readline().decode().strip()
        found = re.fullmatch(r"Serving http://127\.0\.0\.1:(\d+)", line)
        assert found, (line, self.log())
        self.port = int(found[1])

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()
        self.errors.close()

    def stop(self):
        """Ends it in order, so that all it has logged is written."""
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=30)

    def log(self):
        self.errors.seek(0)
        return self.errors.read().decode()

    def get(self, path):
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=20) as response:
            return response.read().decode().strip()

    def values(self):
        return self.get("/var/one"), self.get("/var/two")


def refused(folder, *arguments, env={}):
    done = subprocess.run([BINARY, "up", "--listen", "127.0.0.1:0", *arguments], cwd=folder, capture_output=True,
                          text=True, timeout=60, env=environment(**env))
    assert done.returncode != 0, done.stdout
    return done.stderr


@case("values come from the command line, the providers in their order, the environment, `.env`, the default")
def _():
    folder = app("precedence")
    with Up(folder) as up:
        same(up.values(), ("default", "default"))
    write(folder, ".env", "SPIN_VARIABLE_ONE=dotenv\nSPIN_VARIABLE_TWO='dotenv two'\n")
    with Up(folder) as up:
        same(up.values(), ("dotenv", "dotenv two"))
    with Up(folder, env={"SPIN_VARIABLE_ONE": "environment"}) as up:
        same(up.values(), ("environment", "dotenv two"))
    write(folder, "own.env", "MY_ONE=own\n")
    runtime = write(folder, "runtime.toml", """
[[variables_provider]]
type = "env"
prefix = "MY"
dotenv_path = "own.env"
[[variables_provider]]
type = "static"
values = { one = "static", two = "static" }
""")
    arguments = ("--runtime-config-file", runtime)
    with Up(folder, *arguments, env={"SPIN_VARIABLE_ONE": "environment"}) as up:
        same(up.values(), ("own", "static"))
    with Up(folder, *arguments, env={"MY_ONE": "mine"}) as up:
        same(up.values(), ("mine", "static"))
    with Up(folder, *arguments, "--variable", "two=given") as up:
        same(up.values(), ("own", "given"))


@case("values come from files")
def _():
    folder = app("values")
    write(folder, "text", "from a file\n")
    write(folder, "values.json", json.dumps({"one": "j\u00e9", "two": "json"}))
    write(folder, "values.toml", 'one = "toml"\n')
    with Up(folder, "--variable", "one=@text") as up:
        same(up.values(), ("from a file", "default"))
    with Up(folder, "--variable", "@values.json") as up:
        same(up.values(), ("j\u00e9", "json"))
    with Up(folder, "--variable", "@values.json", "--variable", "@values.toml", "--variable", "two=x") as up:
        same(up.values(), ("toml", "x"))
    write(folder, "wrong.json", '{"one": 1}')
    for argument, text in [("@absent.json", "absent.json"), ("@wrong.json", "byte 8"), ("@text", ".json or .toml"),
                           ("one=@absent", "absent"), ("nonsense=1", "no variable of the app")]:
        told = refused(folder, "--variable", argument)
        assert text in told, (argument, told)


@case("what is wrong with a runtime configuration is told with its place")
def _():
    folder = app("wrong")
    runtime = write(folder, "runtime.toml", 'state_dirr = "x"\n[key_value_store.default]\ntype = "redis"\n')
    told = refused(folder, "--runtime-config-file", runtime)
    for text in ("runtime.toml:1:1", "state_dir", "runtime.toml:2:", "key_value_store", "2 errors"):
        assert text in told, (text, told)
    assert "absent.toml" in refused(folder, "--runtime-config-file", "absent.toml")
    write(folder, ".env", "no assignment\n")
    assert ".env:1" in refused(folder)


@case("memory of instances is bounded by the host")
def _():
    folder = app("memory")
    runtime = write(folder, "runtime.toml", "max_instance_memory = 131072\n")
    # The guest begins with three pages.
    assert "memor" in refused(folder, "--runtime-config-file", runtime)
    with Up(folder, "--runtime-config-file", runtime, "--max-instance-memory", "1000000") as up:
        same(up.values(), ("default", "default"))


@case("the address may come from the environment")
def _():
    folder = app("address")
    with Up(folder, listen=(), env={"SPIN_HTTP_LISTEN_ADDR": "127.0.0.1:0"}) as up:
        same(up.get("/count"), "1")


def wait_for(holds):
    end = time.monotonic() + 20
    while not holds():
        assert time.monotonic() < end, "what is waited for does not come"
        time.sleep(0.02)


def read(*path):
    with open(os.path.join(*path)) as file:
        return file.read()


@case("what guests write is kept in files and printed")
def _():
    folder = app("logs")
    with Up(folder, "--log-dir", "logs/deep") as up:
        up.get("/say/one")
        up.get("/say/two")
        up.stop()
        assert "tells" in up.log() and "stdout: one" in up.log() and "stderr: two" in up.log(), up.log()
    same(read(folder, "logs/deep/tells_stdout.txt"), "one\ntwo\n")
    same(read(folder, "logs/deep/tells_stderr.txt"), "one\ntwo\n")
    with Up(folder, "--log-dir", "logs/deep", "--quiet") as up:
        up.get("/say/three")
        up.stop()
        assert "three" not in up.log(), up.log()
    same(read(folder, "logs/deep/tells_stdout.txt"), "one\ntwo\nthree\n")
    with Up(folder, "--truncate-logs", env={"SPIN_LOG_DIR": os.path.join(folder, "logs/deep")}) as up:
        up.get("/say/four")
        up.stop()
    same(read(folder, "logs/deep/tells_stdout.txt"), "four\n")
    runtime = write(folder, "runtime.toml", 'log_dir = "configured"\n')
    with Up(folder, "--runtime-config-file", runtime) as up:
        up.get("/say/five")
        up.stop()
    same(read(folder, "configured/tells_stderr.txt"), "five\n")
    write(folder, "occupied", "")
    assert "occupied" in refused(folder, "--log-dir", "occupied/logs")


@case("logs that are moved away are begun anew")
def _():
    folder = app("rotated")
    with Up(folder, "--log-dir", "logs", "--access-log", "access.log") as up:
        up.get("/say/one")
        wait_for(lambda: "/say/one" in read(folder, "access.log"))
        for name in ("access.log", "logs/tells_stdout.txt", "logs/tells_stderr.txt"):
            os.rename(os.path.join(folder, name), os.path.join(folder, name + ".1"))
        up.get("/say/two")
        wait_for(lambda: "/say/two" in read(folder, "access.log.1"))
        up.process.send_signal(signal.SIGUSR1)
        wait_for(lambda: os.path.exists(os.path.join(folder, "logs/tells_stdout.txt")))
        up.get("/say/three")
        # What cannot be opened goes on where it is.
        os.rename(os.path.join(folder, "access.log"), os.path.join(folder, "access.log.2"))
        os.mkdir(os.path.join(folder, "access.log"))
        up.process.send_signal(signal.SIGUSR1)
        wait_for(lambda: "the access log goes on" in up.log())
        up.get("/say/four")
        up.stop()
    same(read(folder, "logs/tells_stdout.txt.1"), "one\ntwo\n")
    same(read(folder, "logs/tells_stdout.txt"), "three\nfour\n")
    paths = lambda name: re.findall(r"GET (\S+) HTTP", read(folder, name))
    same(paths("access.log.1"), ["/say/one", "/say/two"])
    same(paths("access.log.2"), ["/say/three", "/say/four"])


@case("what is deployed is kept where the runtime configuration says")
def _():
    folder = app("state")
    runtime = write(folder, "runtime.toml", 'state_dir = "configured"\n')
    with Up(folder, "--runtime-config-file", runtime, "--admin", "admin.sock") as up:
        same(up.get("/count"), "1")
        assert os.path.isdir(os.path.join(folder, "configured")), os.listdir(folder)
        assert not os.path.exists(os.path.join(folder, ".spin"))
    with Up(folder, "--runtime-config-file", runtime, "--admin", "admin.sock", "--state-dir", "given") as up:
        same(up.get("/count"), "1")
        assert os.path.isdir(os.path.join(folder, "given")), os.listdir(folder)


@case("one component is followed")
def _():
    folder = app("follow")
    with Up(folder, "--follow", "tells", "--log-dir", "logs") as up:
        up.get("/say/mine")
        up.get("/other/say/yours")
        up.stop()
        assert "mine" in up.log(), up.log()
        assert "other" not in up.log(), up.log()


class Files(http.server.BaseHTTPRequestHandler):
    """Gives the component, or something else, and counts."""
    asked = []

    def log_message(self, *arguments):
        pass

    def do_GET(self):
        Files.asked.append(self.path)
        if self.path.startswith("/loop"):
            self.redirect("/loop")
        elif self.path == "/moved":
            self.redirect("/tells.wasm")
        elif self.path == "/file":
            self.redirect("file:///etc/passwd")
        elif self.path == "/large":
            self.send_response(200)
            self.send_header("content-length", str(1 << 40))
            self.end_headers()
        elif self.path == "/endless":
            self.send_response(200)
            self.end_headers()
            try:
                while True:
                    self.wfile.write(bytes(1 << 20))
            except OSError:
                pass
        elif self.path == "/short":
            self.send_response(200)
            self.send_header("content-length", "100")
            self.end_headers()
            self.wfile.write(b"short")
        elif self.path in ("/tells.wasm", "/changed"):
            with open(WASM, "rb") as file:
                content = file.read()
            self.send_response(200)
            self.end_headers()
            self.wfile.write(content if self.path == "/tells.wasm" else content + b"\0")
        else:
            self.send_error(404)

    def redirect(self, place):
        self.send_response(302)
        self.send_header("location", place)
        self.end_headers()


@case("components are fetched, checked and kept")
def _():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Files)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    base = f"http://127.0.0.1:{server.server_port}"
    with open(WASM, "rb") as file:
        content = file.read()
    digest = hashlib.sha256(content).hexdigest()

    def source(path, digest=digest):
        return f'{{ url = "{base}{path}", digest = "sha256:{digest}" }}'
    folder = app("fetched", source("/tells.wasm"))
    cache = os.path.join(FOLDER, "cache")
    env = {"XDG_CACHE_HOME": cache}
    with Up(folder, env=env) as up:
        same(up.values(), ("default", "default"))
    same(Files.asked, ["/tells.wasm"])
    kept = os.path.join(cache, "virga", "components")
    same(os.listdir(kept), [f"{digest}.wasm"])
    with Up(folder, env=env) as up:
        same(up.get("/count"), "1")
    same(Files.asked, ["/tells.wasm"])
    # What is kept is checked, too.
    with open(os.path.join(kept, f"{digest}.wasm"), "ab") as file:
        file.write(b"\0")
    with Up(folder, env=env) as up:
        same(up.get("/count"), "1")
    same(Files.asked, ["/tells.wasm"] * 2)
    moved = app("moved", source("/moved"))
    with Up(moved, "--cache-dir", os.path.join(FOLDER, "other")) as up:
        same(up.get("/count"), "1")
    for name, path, text in [("absent", "/absent", "answers 404"), ("loop", "/loop", "redirect"),
                             ("changed", "/changed", "has the digest sha256:"), ("large", "/large", "more than"),
                             ("endless", "/endless", "more than"), ("short", "/short", "cannot be fetched"),
                             ("file", "/file", "cannot be fetched")]:
        told = refused(app(f"fetch-{name}", source(path)), "--cache-dir", os.path.join(FOLDER, f"none-{name}"))
        assert f"{base}{path}" in told and text in told and "spin.toml:14:" in told, told
        assert not os.path.exists(os.path.join(FOLDER, f"none-{name}", "components")), name
    server.shutdown()
    server.server_close()
    # Without a network, what is kept goes on.
    with Up(folder, env=env) as up:
        same(up.get("/count"), "1")
    told = refused(folder, "--cache-dir", os.path.join(FOLDER, "empty"))
    assert "cannot be fetched" in told and base in told, told
    told = refused(app("nowhere", source("/tells.wasm")), env={"XDG_CACHE_HOME": "", "HOME": ""})
    assert "--cache-dir" in told, told


def main():
    subprocess.run([BINARY, "assemble", GUEST, "-o", WASM], check=True)
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
