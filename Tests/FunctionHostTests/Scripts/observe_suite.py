"""What `virga up` tells of requests: observe_suite.py VIRGA."""
import html.parser
import http.client
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback

BINARY = os.path.abspath(sys.argv[1])
HERE = os.path.dirname(os.path.abspath(__file__))
GUESTS = os.path.join(HERE, "..", "..", "WASIHTTPTests", "Guests")
LINES = os.path.join(HERE, "..", "..", "DWARFTests", "Fixtures", "lines-4.wasm")
FOLDER = tempfile.mkdtemp(prefix="virga-observe-")
CASES = []

MANIFEST = """spin_manifest_version = 2
[application]
name = "observed"
[[trigger.http]]
route = "/..."
component = "guest"
[component.guest]
source = "guest.wasm"
[component.guest.tool.virga.limits]
wall_time = "300ms"
memory = "4MiB"
"""
ID = r"[0-9a-f]{8}-\d+-\d+"


def case(text):
    def register(body):
        CASES.append((text, body))
        return body
    return register


def assemble(text, name):
    source = os.path.join(FOLDER, name + ".wat")
    with open(source, "w") as file:
        file.write(text)
    target = os.path.join(FOLDER, name + ".wasm")
    subprocess.run([BINARY, "assemble", source, "-o", target], check=True)
    return target


def app(name, manifest=MANIFEST, guest="guest"):
    folder = os.path.join(FOLDER, name)
    os.makedirs(folder)
    shutil.copy(os.path.join(FOLDER, guest + ".wasm"), os.path.join(folder, "guest.wasm"))
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

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(30)

    def log(self):
        self.errors.seek(0)
        return self.errors.read().decode()

    def logged(self, pattern):
        """Waits until the log has what is looked for."""
        end = time.monotonic() + 20
        while time.monotonic() < end:
            found = re.search(pattern, self.log())
            if found:
                return found
            time.sleep(0.02)
        raise AssertionError((pattern, self.log()))

    def get(self, path, method="GET", body=None, headers={}, timeout=20):
        made = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        made.request(method, path, body, headers)
        response = made.getresponse()
        data = response.read()
        made.close()
        return response.status, data.decode(), {name.lower(): value for name, value in response.getheaders()}


def same(given, wanted):
    assert given == wanted, f"{given!r:.500}, not {wanted!r:.500}"


class Page(html.parser.HTMLParser):
    """What a page says, and the elements that are open where they should not be."""
    EMPTY = {"meta", "!doctype"}

    def __init__(self, text):
        super().__init__()
        self.open, self.tags, self.words = [], set(), []
        self.feed(text)
        assert not self.open, self.open

    def handle_starttag(self, tag, attributes):
        self.tags.add(tag)
        assert not any(name.startswith("on") for name, _ in attributes), attributes
        if tag not in self.EMPTY:
            self.open.append(tag)

    def handle_endtag(self, tag):
        same(self.open.pop(), tag)

    def handle_data(self, data):
        self.words.append(data)


@case("in production a failure is told by its status and the request's name, which the log has too")
def _():
    with Up(app("plain")) as up:
        for path, status, phrase, reason in (
                ("/trap", 500, "Internal Server Error", "trap: unreachable\n    0: "),
                ("/none", 500, "Internal Server Error", "the guest gave no response"),
                ("/loop", 504, "Gateway Timeout", "the guest was ended after 300 ms")):
            code, body, fields = up.get(path)
            name = fields["x-request-id"]
            assert re.fullmatch(ID, name), name
            same((code, body), (status, f"{phrase}\nrequest {name}\n"))
            same(fields["content-type"], "text/plain")
            up.logged(re.escape(f"guest {name}: {reason}"))
            assert "server-timing" not in fields, fields
        names = {up.get("/trap")[2]["x-request-id"] for _ in range(3)}
        same(len(names), 3)
        assert "x-request-id" not in up.get("/hello")[2]


@case("what a client calls its request is not taken for the request's name")
def _():
    with Up(app("client-ids")) as up:
        name = up.get("/trap", headers={"x-request-id": "mine"})[2]["x-request-id"]
        assert re.fullmatch(ID, name), name


@case("names of requests are not used again by the next run")
def _():
    folder = app("runs")
    names = []
    for _ in range(2):
        with Up(folder) as up:
            names.append(up.get("/trap")[2]["x-request-id"])
    assert names[0] != names[1], names


@case("in development a failure is a page for a browser, and text for curl")
def _():
    with Up(app("page"), "--development") as up:
        secret = {"authorization": "Bearer abc123", "Cookie": "session=abc123", "x-api-key": "abc123"}
        evil = {"x-evil": "<script>alert('1')</script>&\"", **secret}
        browser = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8", **evil}
        status, body, fields = up.get("/trap?a=<b>&c='d'", headers=browser)
        same((status, fields["content-type"]), (500, "text/html; charset=utf-8"))
        page = Page(body)
        words = " ".join(page.words)
        assert "script" not in page.tags and "abc123" not in body, body
        for wanted in ("trap: unreachable", "<script>alert('1')</script>&\"", "/trap?a=<b>&c='d'",
                       "wasi:http/types", "[method]incoming-request.path-with-query", fields["x-request-id"],
                       "Memory", "KiB", "(hidden)"):
            assert wanted in words, (wanted, words)
        status, body, fields = up.get("/trap", headers={"Accept": "*/*", **evil})
        same((status, fields["content-type"]), (500, "text/plain; charset=utf-8"))
        assert "<script>alert('1')</script>&\"" in body and "abc123" not in body, body
        assert re.search(r"Backtrace, innermost first:\n    0: \S+", body), body
        assert re.search(r"incoming-request\.path-with-query\(#\d+\) → ", body), body
        same(up.get("/trap", headers={"Accept": "text/html;q=0.1, text/plain"})[2]["content-type"],
             "text/plain; charset=utf-8")
        assert "gave no response" in up.get("/none")[1]
        assert "ended after 300 ms" in up.get("/loop")[1]
        same(up.get("/trap", method="HEAD")[0], 500)


@case("a page shows lines of sources, and so does the log")
def _():
    manifest = MANIFEST.replace("[component.guest.tool", "[component.guest.tool")
    with Up(app("lines", manifest, guest="lines"), "--development") as up:
        status, body, fields = up.get("/")
        same(status, 500)
        assert "/sources/lines.c:4:9" in body and "/sources/lines.c:14:18" in body, body
        up.logged(r"0: \S*twice at 0x[0-9a-f]+ \(/sources/lines\.c:4:9\)")
        browser = up.get("/", headers={"Accept": "text/html"})[1]
        assert "/sources/lines.c:4:9" in browser


@case("in development responses say what the time went to")
def _():
    with Up(app("timing"), "--development") as up:
        timing = up.get("/hello")[2]["server-timing"]
        found = re.fullmatch(
            r"queue;dur=(\S+), instantiate;dur=(\S+), guest;dur=(\S+), wait;dur=(\S+)", timing)
        assert found, timing
        same([float(found[1]), float(found[4])], [0, 0])
        assert float(found[2]) > 0 and float(found[3]) > 0, timing


@case("the access log has the phases of each request")
def _():
    path = os.path.join(FOLDER, "timed.log")
    with Up(app("timed"), "--access-log", path, "--access-log-format", "timed") as up:
        up.get("/hello")
        name = up.get("/trap")[2]["x-request-id"]
        up.get("/.well-known/spin/health")
        up.stop()
    with open(path) as file:
        lines = file.read().splitlines()
    number = r"\d+\.\d{3}"
    form = (rf'127\.0\.0\.1 - - \[.*\] "GET (\S+) HTTP/1\.1" \d+ \d+ "-" "-" request=(\S+) component=(\S+) '
            rf"ms=\d+ queue={number} instantiate={number} guest=({number}) wait={number} write={number}")
    found = [re.fullmatch(form, line) for line in lines]
    assert all(found), lines
    same([(one[1], one[3]) for one in found],
         [("/hello", "guest"), ("/trap", "guest"), ("/.well-known/spin/health", "-")])
    same(found[1][2], name)
    assert float(found[0][4]) > 0, lines


@case("an access log that cannot be written is told of once")
def _():
    with Up(app("full"), "--access-log", "/dev/full") as up:
        for _ in range(3):
            same(up.get("/hello")[0], 200)
            time.sleep(0.4)
        up.logged("the access log cannot be written: No space left on device; lines are lost\n")
        same(up.log().count("cannot be written"), 1)


@case("the access log as JSON has them too")
def _():
    path = os.path.join(FOLDER, "json.log")
    with Up(app("json"), "--access-log", path, "--access-log-format", "json") as up:
        up.get("/hello")
        up.get("/.well-known/spin/health")
        up.stop()
    with open(path) as file:
        records = [json.loads(line) for line in file]
    assert re.fullmatch(ID, records[0]["request"]), records
    same(records[0]["component"], "guest")
    same(sorted(records[0]["phases"]), ["guest", "instantiate", "queue", "wait", "write"])
    assert "request" not in records[1], records


@case("requests that wait, and those that are refused, are told apart")
def _():
    manifest = MANIFEST.replace('wall_time = "300ms"', 'wall_time = "300ms"\nconcurrency = 1\nqueue_length = 1')
    path = os.path.join(FOLDER, "queue.log")
    with Up(app("queue", manifest), "--access-log", path, "--access-log-format", "json") as up:
        held = []
        for _ in range(3):
            made = http.client.HTTPConnection("127.0.0.1", up.port, timeout=20)
            made.request("GET", "/loop")
            held.append(made)
            time.sleep(0.02)
        answers = [(made.getresponse(), made) for made in held]
        bodies = [(response.status, response.getheader("x-request-id"), response.read()) for response, _ in answers]
        same([status for status, _, _ in bodies], [504, 504, 503])
        assert all(re.fullmatch(ID, name) and name.encode() in body for _, name, body in bodies), bodies
        up.stop()
    with open(path) as file:
        records = {record["request"]: record for record in map(json.loads, file)}
    waited = records[bodies[1][1]]["phases"]
    assert waited["queue"] > 100, waited
    same(records[bodies[2][1]]["status"], 503)


@case("whoever watches an app sees why the newest is not served")
def _():
    folder = app("watched")
    manifest = os.path.join(folder, "spin.toml")
    with Up(folder, "--watch") as up:
        assert "not served" not in up.get("/trap")[1]
        with open(manifest, "a") as file:
            file.write('defualt = "<b>"\n')
        up.logged("defualt")
        end = time.monotonic() + 20
        while "The newest app is not served" not in up.get("/trap")[1]:
            assert time.monotonic() < end, up.log()
        page = up.get("/trap", headers={"Accept": "text/html"})[1]
        assert "defualt" in " ".join(Page(page).words), page
        with open(manifest, "w") as file:
            file.write(MANIFEST)
        end = time.monotonic() + 20
        while "The newest app is not served" in up.get("/trap")[1]:
            assert time.monotonic() < end, up.log()


COMPONENT = """(component $C
  (import "wasi:http/types@0.2.0" (instance $types
    (export "incoming-request" (type (sub resource))) (export "response-outparam" (type (sub resource)))))
  (alias export $types "incoming-request" (type $request))
  (alias export $types "response-outparam" (type $outparam))
  (core module $lines (func (export "run") (param i32) (result i32) unreachable))
  (core instance $lines (instantiate $lines))
  (core module $main (import "lines" "run" (func $run (param i32) (result i32)))
    (func $answer (export "handle") (param i32 i32) (drop (call $run (i32.const 7)))))
  (core instance $main (instantiate $main (with "lines" (instance $lines))))
  (func $handle (param "request" (own $request)) (param "response-out" (own $outparam))
    (canon lift (core func $main "handle")))
  (component $Handler
    (import "request-type" (type $request (sub resource)))
    (import "outparam-type" (type $outparam (sub resource)))
    (import "handle-function"
      (func $handle (param "request" (own $request)) (param "response-out" (own $outparam))))
    (export $exported-request "incoming-request" (type $request))
    (export $exported-outparam "response-outparam" (type $outparam))
    (export "handle" (func $handle)
      (func (param "request" (own $exported-request)) (param "response-out" (own $exported-outparam)))))
  (instance $handler (instantiate $Handler
    (with "request-type" (type $request)) (with "outparam-type" (type $outparam))
    (with "handle-function" (func $handle))))
  (export "wasi:http/incoming-handler@0.2.0" (instance $handler)))
"""


def leb(number):
    parts = bytearray()
    while True:
        number, low = number >> 7, number & 0x7F
        parts.append(low | (0x80 if number else 0))
        if not number:
            return bytes(parts)


def with_lines():
    """The component, with the module that a compiler made in the place of its first."""
    with open(assemble(COMPONENT, "lines"), "rb") as file:
        component = file.read()
    with open(LINES, "rb") as file:
        module = file.read()
    made, place, is_done = bytearray(component[:8]), 8, False
    while place < len(component):
        kind, start = component[place], place
        place += 1
        size = shift = 0
        while True:
            byte = component[place]
            place += 1
            size |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                break
        place += size
        if kind == 1 and not is_done:
            made += b"\1" + leb(len(module)) + module
            is_done = True
        else:
            made += component[start:place]
    with open(os.path.join(FOLDER, "lines.wasm"), "wb") as file:
        file.write(made)


def main():
    with open(os.path.join(GUESTS, "routes.wat")) as file:
        assemble(file.read(), "guest")
    with_lines()
    failed = []
    for text, body in CASES:
        begun = time.monotonic()
        try:
            body()
            print(f"ok   {text} ({time.monotonic() - begun:.1f} s)", flush=True)
        except Exception:
            failed.append(text)
            print(f"FAIL {text}\n{traceback.format_exc()}", flush=True)
    shutil.rmtree(FOLDER, ignore_errors=True)
    sys.exit(1 if failed else 0)


main()
