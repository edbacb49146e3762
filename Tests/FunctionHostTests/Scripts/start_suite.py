"""Starts `virga up` and its relatives in ways that go wrong or are ended early: start_suite.py VIRGA."""
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import traceback
import urllib.error
import urllib.request

BINARY = os.path.abspath(sys.argv[1])
HERE = os.path.dirname(os.path.abspath(__file__))
GUEST = os.path.join(HERE, "..", "..", "WASIHTTPTests", "Guests", "routes.wat")
FOLDER = tempfile.mkdtemp(prefix="virga-start-")
CASES = []

MANIFEST = """spin_manifest_version = 2
[application]
name = "started"
[variables]
text = { default = "hello" }
[[trigger.http]]
route = "/a/..."
component = "a"
[component.a]
source = "guest.wasm"
"""


def case(text):
    def register(body):
        CASES.append((text, body))
        return body
    return register


def app(name, manifest=MANIFEST):
    folder = os.path.join(FOLDER, name)
    os.makedirs(folder)
    shutil.copy(os.path.join(FOLDER, "guest.wasm"), folder)
    with open(os.path.join(folder, "spin.toml"), "w") as file:
        file.write(manifest)
    return folder


def told(*arguments, status=1, **options):
    """What a command says that ends by itself."""
    done = subprocess.run([BINARY, *arguments], capture_output=True, text=True, timeout=60, **options)
    assert done.returncode == status, (done.returncode, done.stdout, done.stderr)
    return done.stdout + done.stderr


def within(text, *parts):
    for part in parts:
        assert part in text, f"{part!r} is not in {text:.3000}"


class Up:
    """A running `virga up`."""

    def __init__(self, folder, *arguments, command="up", **options):
        self.path = os.path.join(FOLDER, f"{time.monotonic_ns()}.log")
        line = [BINARY, command, "-f", folder, "--listen", "127.0.0.1:0", "--loops", "1", *arguments]
        with open(self.path, "wb") as errors:
            self.process = subprocess.Popen(line, stdout=subprocess.PIPE, stderr=errors, **options)
        first = self.process.stdout.readline().decode().strip()
        found = re.fullmatch(r"Serving http://127\.0\.0\.1:(\d+)", first)
        assert found, (first, self.log())
        self.port = int(found[1])

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.process.send_signal(signal.SIGTERM)
        try:
            status = self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise
        self.process.stdout.close()
        assert error[0] or status == 0, (status, self.log())

    def log(self):
        with open(self.path) as file:
            return file.read()

    def get(self, path, headers={}):
        try:
            asked = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", headers=headers)
            with urllib.request.urlopen(asked, timeout=20) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()


def eventually(condition, what, seconds=20):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, f"not within {seconds} s: {what()}"
        time.sleep(0.01)


def ended(line, number, is_ready, **options):
    """Sends a signal to a command that is still starting, which has to end by it."""
    process = subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options)
    try:
        is_ready(process)
        begin = time.monotonic()
        process.send_signal(number)
        assert process.wait(5) == 128 + number, (process.returncode, process.stderr.read())
        assert time.monotonic() - begin < 1, time.monotonic() - begin
    finally:
        process.kill()
        process.communicate()


def opened(path):
    """Waits until a process waits for the other end of a pipe."""
    def wait(process):
        def is_waiting():
            with open(f"/proc/{process.pid}/wchan") as file:
                tasks = [file.read()]
            for task in os.listdir(f"/proc/{process.pid}/task"):
                with open(f"/proc/{process.pid}/task/{task}/wchan") as file:
                    tasks.append(file.read())
            return "wait_for_partner" in tasks or "fifo_open" in tasks
        end = time.monotonic() + 3
        while not is_waiting() and time.monotonic() < end:
            assert process.poll() is None, process.communicate()
            time.sleep(0.05)
    return wait


@case("a start that waits for a pipe, a server or a build is ended by SIGINT and SIGTERM at once")
def _():
    folder = app("stalled")
    pipe = os.path.join(FOLDER, "pipe.toml")
    os.mkfifo(pipe)
    up = [BINARY, "up", "-f", folder, "--listen", "127.0.0.1:0"]
    for options in (["--variable", f"text=@{pipe}"], ["--variable", f"@{pipe}"], ["--runtime-config-file", pipe],
                    ["--tls-cert", pipe, "--tls-key", pipe], ["--access-log", pipe]):
        ended(up + options, signal.SIGINT, opened(pipe))
        ended(up + options, signal.SIGTERM, opened(pipe))
    serve = [BINARY, "serve", os.path.join(folder, "guest.wasm"), "--listen", "127.0.0.1:0", "--access-log", pipe]
    ended(serve, signal.SIGTERM, opened(pipe))
    with socket.create_server(("127.0.0.1", 0)) as server:
        source = f'source = {{ url = "http://127.0.0.1:{server.getsockname()[1]}/", digest = "sha256:{"0" * 64}" }}'
        fetched = app("fetched", MANIFEST.replace('source = "guest.wasm"', source))
        made = []
        for number in (signal.SIGINT, signal.SIGTERM):
            line = [BINARY, "up", "-f", fetched, "--cache-dir", os.path.join(FOLDER, "cache")]
            ended(line, number, lambda _: made.append(server.accept()))
        # What was gathered for a component that is loaded already goes.
        with open(os.path.join(fetched, "spin.toml"), "a") as file:
            file.write('[[trigger.http]]\nroute = "/b"\ncomponent = "b"\n[component.b]\nsource = "guest.wasm"\n'
                       'files = ["spin.toml"]\n')
        temporary = os.path.join(FOLDER, "temporary")
        os.mkdir(temporary)

        def is_gathered(_):
            made.append(server.accept())
            eventually(lambda: os.listdir(temporary), lambda: "the component's files")
            time.sleep(0.1)
        ended(line, signal.SIGINT, is_gathered, env={**os.environ, "TMPDIR": temporary})
        assert not os.listdir(temporary), os.listdir(temporary)
        for connection, _ in made:
            connection.close()
    mark = os.path.join(FOLDER, "building")
    built = app("built", MANIFEST + f'[component.a.build]\ncommand = "echo $$ > {mark}; exec sleep 60"\n')

    def is_building(_):
        eventually(lambda: os.path.exists(mark) and open(mark).read().strip(), lambda: "the build")
    ended([BINARY, "up", "--build", "-f", built], signal.SIGINT, is_building)
    build = int(open(mark).read())
    eventually(lambda: not os.path.exists(f"/proc/{build}"), lambda: "the end of the build")


@case("a signal after the start ends the server as it should")
def _():
    for number in (signal.SIGINT, signal.SIGTERM):
        with Up(folder := app(f"ended-{number}")) as up:
            assert up.get("/a/hello")[0] in (200, 404), folder
            up.process.send_signal(number)
            assert up.process.wait(10) == 0


VARIABLE = MANIFEST.replace('source = "guest.wasm"', 'source = "guest.wasm"\nallowed_outbound_hosts = ["http://{{ text }}.test"]')


@case("a value is read to the end of its file, a pipe only once, and not without an end")
def _():
    # What is no host names the value that it was given.
    folder = app("values", VARIABLE)
    line = [BINARY, "up", "-f", folder, "--listen", "127.0.0.1:0", "--variable"]
    process = subprocess.run(["bash", "-c", 'exec "$@" text=@<(echo /piped)', "-", *line], capture_output=True,
                             text=True, timeout=30)
    assert process.returncode == 1, process
    within(process.stderr, "piped")
    within(told(*line[1:], "text=@/dev/zero"), "/dev/zero has more than 1048576 bytes")
    within(told(*line[1:], "@/dev/zero"), "/dev/zero has more than 262144 bytes")
    # Beyond what a pipe takes at once.
    within(told(*line[1:], "text=@/proc/self/status"), "Name:")
    # After the first load the pipe has nothing more.
    read, write = os.pipe()
    os.write(write, b"one\n")
    os.close(write)
    with Up(folder, "--variable", f"text=@/dev/fd/{read}", pass_fds=[read]) as up:
        time.sleep(0.3)
        with open(os.path.join(folder, "spin.toml"), "a") as file:
            file.write('description = "{{ text }}"\n')
        up.process.send_signal(signal.SIGHUP)
        eventually(lambda: "reloaded" in up.log() or "not" in up.log(), up.log)
        assert "virga: reloaded" in up.log(), up.log()
    os.close(read)


SEVERAL = MANIFEST + """[[trigger.http]]
route = "/module/..."
component = "module"
[[trigger.http]]
route = "/half/..."
component = "half"
[[trigger.http]]
route = "/absent/..."
component = "absent"
[component.module]
source = "module.wasm"
[component.half]
source = "half.wasm"
[component.absent]
source = "absent.wasm"
"""


def several(name, manifest=SEVERAL):
    folder = app(name, manifest)
    with open(os.path.join(folder, "module.wasm"), "wb") as file:
        file.write(b"\0asm\1\0\0\0")
    with open(os.path.join(folder, "guest.wasm"), "rb") as whole, open(os.path.join(folder, "half.wasm"), "wb") as file:
        file.write(whole.read()[:1000])
    return folder


@case("what is wrong with components is told beside what is wrong with the manifest")
def _():
    text = told("up", "-f", several("mistakes", SEVERAL + "unheard_of = 1\n"))
    within(text, "unheard_of", "component.module.source", "component.half.source", "component.absent.source", "4 errors")
    same = told("up", "-f", several("chosen-mistakes", SEVERAL + "unheard_of = 1\n"), "-c", "half")
    within(same, "unheard_of", "component.half.source", "2 errors")
    # Of what could not be read nothing is asked.
    text = told("up", "-f", several("unread", SEVERAL.replace('"module.wasm"', "1")))
    within(text, "component.module.source", "component.half.source", "component.absent.source", "3 errors")


@case("files of components that are not chosen need not be there")
def _():
    folder = several("chosen", SEVERAL + 'files = ["nowhere.txt"]\n[component.absent.build]\ncommand = "make"\n'
                     'workdir = "nowhere"\n')
    with Up(folder, "-c", "a") as up:
        assert up.get("/a/hello")[0] in (200, 404)
        assert up.get("/absent/x")[0] == 404
    within(told("up", "-f", folder, "-c", "absent"), "absent.wasm", "nowhere.txt", "3 errors")


ROUTES = MANIFEST + """[[trigger.http]]
id = "kept"
route = { private = true }
component = "a"
[[trigger.http]]
id = "here"
route = "/a/..."
component = "a"
[application.tool.virga]
static = [{ path = "files", route = "/files/..." }]
[application.tool.virga.routes.here]
methods = ["GET"]
hosts = ["*.example.com"]
"""


@case("routes are printed with all that they ask for, and explained with a reason")
def _():
    folder = app("routes", ROUTES)
    os.makedirs(os.path.join(folder, "files"))
    lines = [line.split() for line in told("routes", "-f", folder, status=0).splitlines()]
    assert ["/a/...", "here", "GET,HEAD", "at", "*.example.com"] in lines, lines
    assert lines[-1] == ["(private)", "kept"], lines
    for request in ("GET http://x.example.com/a/b", "GET x.example.com/a/b", "GET HTTPS://x.example.com:80/a/b?c"):
        within(told("routes", "-f", folder, "--explain", request, status=0), "here: answers",
               "matches too, but is asked later: here is for *.example.com, and this for every host")
    within(told("routes", "-f", folder, "--explain", "GET http://x.example.com", status=0), "404: no route matches")
    text = told("routes", "-f", folder, "--explain", "PUT /files/x", status=0)
    within(text, "> /files/...", "405: files are only read, by GET, HEAD")
    assert "405" not in told("routes", "-f", folder, "--explain", "GET /files/x", status=0)
    within(told("routes", "-f", folder, "--explain", "GET x", status=64), "write a method and a path")


@case("options that cannot be meant are refused with a sentence")
def _():
    folder = app("options")
    up = ["up", "-f", folder]
    line = [BINARY, *up, "--listen", "localhost:0"]
    process = subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    within(process.stdout.readline(), "Serving http://127.0.0.1:")
    process.terminate()
    assert process.wait(20) == 0
    process.stdout.close()
    for address, text in (("unix:", "no path is named after unix:"), ("nowhere.test:4700", "an IP address is wanted"),
                          ("1.2.3:80", "an IP address is wanted"), ("127.0.0.1", "not an address and port")):
        within(told(*up, "--listen", address, status=64), text)
    within(told(*up, "--state-dir", "x", status=64), "--admin")
    within(told(*up, "--truncate-logs", status=64), "--log-dir")
    within(told(*up, "--follow", "b"), "--follow b: no component that is served has this id; there are a")
    for id, text in (('""', "the trigger's id is empty"), ('"a\\u0007b"', "has a control character")):
        folder = app(f"id-{len(text)}", MANIFEST.replace('route = ', f'id = {id}\nroute = '))
        within(told("up", "-f", folder), text, "1 error")


def main():
    subprocess.run([BINARY, "assemble", GUEST, "-o", os.path.join(FOLDER, "guest.wasm")], check=True)
    failed = 0
    wanted = os.environ.get("CASE", "")
    chosen = [(text, body) for text, body in CASES if wanted in text]
    for text, body in chosen:
        try:
            body()
            print(f"ok      {text}", flush=True)
        except Exception:
            failed += 1
            print(f"FAILED  {text}\n{traceback.format_exc()}", flush=True)
    shutil.rmtree(FOLDER, ignore_errors=True)
    print(f"{len(chosen) - failed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


main()
