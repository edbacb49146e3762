"""Drives `virga new`, `add`, `build`, `doctor` and `componentize` from outside: tool_suite.py VIRGA."""
import os
import shutil
import subprocess
import sys
import tempfile
import time
import traceback
import urllib.error
import urllib.request

BINARY = os.path.abspath(sys.argv[1])
FOLDER = tempfile.mkdtemp(prefix="virga-tool-")
CASES = []


def case(text):
    def register(body):
        CASES.append((text, body))
        return body
    return register


def virga(*arguments, status=0, folder=FOLDER, path=None):
    environment = dict(os.environ, **({"PATH": path} if path else {}))
    done = subprocess.run([BINARY, *arguments], cwd=folder, capture_output=True, text=True, timeout=300,
                          stdin=subprocess.DEVNULL, env=environment)
    assert done.returncode == status, (arguments, done.returncode, done.stdout, done.stderr)
    return done.stdout + done.stderr


def same(given, wanted):
    assert given == wanted, f"{given!r:.300}, not {wanted!r:.300}"


def read(*path):
    with open(os.path.join(FOLDER, *path), encoding="utf-8") as file:
        return file.read()


def answers(folder, paths):
    """What an app answers to GET of each path, in text."""
    process = subprocess.Popen([BINARY, "up", "-f", folder, "--listen", "127.0.0.1:0", "--loops", "1"],
                               cwd=FOLDER, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        line = process.stdout.readline().strip()
        assert line.startswith("Serving http://"), (line, process.stderr.read() if not line else "")
        base = line.removeprefix("Serving ")
        return [urllib.request.urlopen(base + path, timeout=20).read().decode() for path in paths]
    finally:
        process.kill()
        process.wait()


def missing(template):
    """What the machine lacks for a template, as `virga new` says it."""
    told = virga("new", "-t", template, "tried", "-o", f"tried-{template}")
    return "missing: " in told


@case("an app of each template that the machine can build is made, built and served")
def _():
    for template, greeting in [("c", "C"), ("swift", "Swift"), ("rust", "Rust"), ("python", "Python")]:
        if missing(template):
            # clang is wherever Swift is, and so this one is never skipped.
            assert template != "c"
            print(f"  skipped: the machine lacks what the template {template} needs")
            continue
        folder = f"tried-{template}"
        virga("build", "-f", folder)
        same(answers(folder, ["/x/y?z"]), [f"Hello from {greeting}, at /x/y?z\n"])
        assert "nothing is missing" in virga("doctor", "-f", folder)


@case("files are served by the template static")
def _():
    virga("new", "-t", "static", "pages")
    page, version = answers("pages", ["/", "/version"])
    assert "<title>pages</title>" in page, page
    same(version, "pages 0.1.0\n")


@case("a function is added to an app, whose text stays as it is")
def _():
    virga("new", "-t", "c", "first", "-v", "http-path=/first/...", "-v", 'project-description=says "so"')
    before = read("first", "spin.toml").replace('version = "0.1.0"', 'version = "0.1.0" # mine\n') + "# the end"
    with open(os.path.join(FOLDER, "first", "spin.toml"), "w", encoding="utf-8") as file:
        file.write(before)
    assert 'description = "says \\"so\\""' in before, before
    virga("add", "-t", "c", "second-one", "-f", "first")
    virga("add", "-t", "static", "files", "-f", "first")
    after = read("first", "spin.toml")
    assert after.startswith(before), after
    virga("build", "-f", "first")
    same(answers("first", ["/first/a", "/second-one", "/files/"])[:2],
         ["Hello from C, at /first/a\n", "Hello from C, at /second-one\n"])
    told = virga("add", "-t", "c", "second-one", "-f", "first", status=1)
    assert "second-one already" in told, told
    same(read("first", "spin.toml"), after)


@case("what is there is not overwritten, unless that is asked for")
def _():
    virga("new", "-t", "c", "kept")
    assert "has files already" in virga("new", "-t", "c", "kept", status=1)
    assert "is there already" in virga("new", "-t", "c", "kept", "--init", "-o", "kept", status=1)
    virga("new", "-t", "c", "kept", "--allow-overwrite")
    os.makedirs(os.path.join(FOLDER, "begun"))
    with open(os.path.join(FOLDER, "begun", "notes.txt"), "w", encoding="utf-8"):
        pass
    virga("new", "-t", "c", "begun", "--init", folder=os.path.join(FOLDER, "begun"))
    assert "begun" in read("begun", "spin.toml")


@case("nothing is asked where there is no terminal")
def _():
    assert "no template was chosen" in virga("new", "x", status=1)
    assert "has no name" in virga("new", "-t", "c", status=1)
    assert "there is no template basic" in virga("new", "-t", "basic", "x", status=1)
    for name in ("Upper", "a--b", "1st", "-x", "a/b", "../up", "", "a" * 65):
        assert "cannot be a function's name" in virga("new", "-t", "c", "--", name, status=1), name
    assert "there is no value colour" in virga("new", "-t", "c", "x", "-v", "colour=red", status=1)
    assert "KEY=VALUE" in virga("new", "-t", "c", "x", "-v", "colour", status=1)
    assert "1 error" in virga("new", "-t", "c", "x", "-v", "http-path=/.../x", status=1)
    assert not os.path.exists(os.path.join(FOLDER, "x"))
    same([line.split()[0] for line in virga("new", "--list").splitlines()],
         ["c", "python", "rust", "static", "swift"])


MANIFEST = """spin_manifest_version = 2
[application]
name = "built"
[[trigger.http]]
route = "/a"
component = "a"
[[trigger.http]]
route = "/b"
component = "b"
[component.a]
source = "a.wasm"
build.command = ["echo first of a", "echo second of a; touch a.wasm"]
[component.a.profile.quick]
build.command = "echo quick a"
[component.b]
source = "b.wasm"
build = { command = "pwd && exit 3", workdir = "below" }
"""


def built(name, manifest=MANIFEST):
    folder = os.path.join(FOLDER, name)
    os.makedirs(os.path.join(folder, "below"))
    with open(os.path.join(folder, "spin.toml"), "w", encoding="utf-8") as file:
        file.write(manifest)
    return name


@case("build runs the commands in their directories, and stops at the first that fails")
def _():
    told = virga("build", "-f", built("stops"), status=1)
    for text in ("first of a", "second of a", "/stops/below", "the build of b failed", "status 3"):
        assert text in told, (text, told)
    told = virga("build", "-f", "stops", "-c", "a", "--profile", "quick")
    assert "quick a" in told and "first" not in told, told
    assert "there is no component c" in virga("build", "-f", "stops", "-c", "c", status=1)
    told = virga("build", "-f", built("later", MANIFEST.replace("first of a", "a; kill -9 $$")), status=1)
    assert "signal 9" in told and "second" not in told, told


@case("a build finds virga, though it is not on PATH")
def _():
    built("finds", MANIFEST.replace("pwd && exit 3", "virga --version"))
    virga("build", "-f", "finds", "-c", "b", path="/usr/bin:/bin")


@case("doctor says what is missing, and what mends it")
def _():
    manifest = MANIFEST.replace("pwd && exit 3", "no-such-tool --fast").replace(
        "echo second of a; touch a.wasm",
        "cargo build --target wasm32-none-at-all && clang --target=wasm32 a.c")
    told = virga("doctor", "-f", built("ill", manifest), status=1)
    for text in ("no-such-tool", "a.wasm, the component itself", "virga build -f ill/spin.toml -c a"):
        assert text in told, (text, told)
    assert "cargo" in told or "wasm32-none-at-all" in told, told
    assert "missing: clang" not in told and "there is no file" not in told, told
    told = virga("doctor", "-f", "ill", status=1, path="/nowhere")
    assert "clang is not on PATH" in told and "apt-get install clang lld" in told, told
    old = 'spin_version = "1"\nname = "old"\ntrigger = { type = "http" }\n'
    assert "spin_manifest_version" in virga("doctor", "-f", built("old", old), status=1)
    trigger = MANIFEST[MANIFEST.index("[[trigger"):MANIFEST.index("[component.a]")]
    assert "`trigger` is missing" in virga("doctor", "-f", built("none", MANIFEST.replace(trigger, "")), status=1)


MODULE = """(module {imports}
  (memory (export "memory") 1)
  {realloc}
  (func (export "{handle}") (param i32 i32)))
"""
HANDLE = "wasi:http/incoming-handler@0.2.0#handle"
PATH = '(import "wasi:http/types@0.2.0" "[method]incoming-request.path-with-query" (func (param i32 i32)))'
REALLOC = '(func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32) (i32.const 0))'


@case("a module is made a component, or what it lacks is said")
def _():
    def componentize(status=0, imports="", realloc="", handle=HANDLE, text=MODULE):
        with open(os.path.join(FOLDER, "m.wat"), "w", encoding="utf-8") as file:
            file.write(text.format(imports=imports, realloc=realloc, handle=handle))
        return virga("componentize", "m.wat", "-o", "m.wasm", status=status)
    componentize()
    componentize(imports=PATH, realloc=REALLOC)
    assert "incoming-handler@0.2.0" in virga("inspect", "m.wasm")
    componentize(handle=HANDLE.replace("0.2.0", "0.2.6"))
    assert "incoming-handler@0.2.6" in virga("inspect", "m.wasm")
    assert "exports no" in componentize(1, handle="handle")
    assert "another version" in componentize(1, imports=PATH, handle=HANDLE.replace("0.2.0", "0.2.6"))
    assert "not of a version" in componentize(1, handle=HANDLE.replace("0.2.0", "0.3.0"))
    assert "cabi_realloc" in componentize(1, imports=PATH)
    assert "none of the interfaces" in componentize(1, imports='(import "env" "f" (func))')
    assert 'has no "f"' in componentize(1, imports='(import "wasi:io/poll@0.2.0" "f" (func))')
    assert "no function" in componentize(1, imports='(import "env" "g" (global i32))')
    assert "no valid component" in componentize(1, imports=PATH.replace("i32 i32", "i32"), realloc=REALLOC)
    assert '"memory"' in componentize(1, text=MODULE.replace('(export "memory")', ""))
    everything = " ".join(
        f'(import "{interface}@{version}" "{name}" (func {type}))' for interface, version, name, type in [
            ("wasi:io/error", "0.2.0", "[method]error.to-debug-string", "(param i32 i32)"),
            ("wasi:io/poll", "0.2.0", "poll", "(param i32 i32 i32)"),
            ("wasi:io/streams", "0.2.0", "[resource-drop]input-stream", "(param i32)"),
            ("wasi:clocks/wall-clock", "0.2.0", "now", "(param i32)"),
            ("wasi:clocks/monotonic-clock", "0.2.0", "subscribe-duration", "(param i64) (result i32)"),
            ("wasi:random/random", "0.2.0", "get-random-u64", "(result i64)"),
            ("wasi:random/insecure", "0.2.0", "get-insecure-random-u64", "(result i64)"),
            ("wasi:cli/environment", "0.2.0", "get-environment", "(param i32)"),
            ("wasi:cli/stdin", "0.2.0", "get-stdin", "(result i32)"),
            ("wasi:cli/stdout", "0.2.0", "get-stdout", "(result i32)"),
            ("wasi:cli/stderr", "0.2.0", "get-stderr", "(result i32)"),
            ("wasi:http/outgoing-handler", "0.2.0", "handle", "(param i32 i32 i32 i32)"),
            ("wasi:http/types", "0.2.0", "[method]outgoing-request.set-scheme",
             "(param i32 i32 i32 i32 i32) (result i32)"),
            ("fermyon:spin/variables", "2.0.0", "get", "(param i32 i32 i32)"),
        ])
    componentize(imports=everything, realloc=REALLOC)
    same(len(answers_of_status("m.wasm")), 3)


def answers_of_status(file):
    """The status of a component that answers nothing: 500, by the host."""
    process = subprocess.Popen([BINARY, "up", "-f", file, "--listen", "127.0.0.1:0", "--loops", "1"],
                               cwd=FOLDER, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        base = process.stdout.readline().strip().removeprefix("Serving ")
        try:
            return str(urllib.request.urlopen(base + "/", timeout=20).status)
        except urllib.error.HTTPError as error:
            return str(error.code)
    finally:
        process.kill()
        process.wait()


@case("completions are made for each shell")
def _():
    for shell in ("bash", "zsh", "fish"):
        assert "virga" in virga("--generate-completion-script", shell)


def main():
    failed = 0
    for text, body in CASES:
        start = time.monotonic()
        try:
            body()
            print(f"ok      {text} ({time.monotonic() - start:.1f} s)")
        except Exception:
            failed += 1
            print(f"FAILED  {text}\n{traceback.format_exc()}")
    shutil.rmtree(FOLDER, ignore_errors=True)
    print(f"{len(CASES) - failed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


main()
