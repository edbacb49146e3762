"""Serves the fixtures and asks for so many answers, whole and broken off, and says what is left of them afterwards.

    request_soak.py VIRGA FIXTURES [REQUESTS [SEED]]

wrk asks on connections that stay; clients here break theirs off at a random moment: before the answer, within it, within
a body that they send. Memory, descriptors and mappings of the process are compared after a tenth of the requests more than
asked for (a half, of less than 100,000) and after all of them, when the pools have been drained, and printed between. A guest that looks for
what an earlier one has left must find nothing at the end.
"""
import multiprocessing
import os
import random
import re
import shutil
import socket
import struct
import subprocess
import sys
import tempfile
import time

BINARY, FIXTURES = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
REQUESTS = int(sys.argv[3]) if len(sys.argv) > 3 else 1_000_000
SEED = int(sys.argv[4]) if len(sys.argv) > 4 else 1
HERE = os.path.dirname(os.path.abspath(__file__))
ROUTES = os.path.join(HERE, "..", "..", "WASIHTTPTests", "Guests", "routes.wat")
SOURCES = {"c": "c-http/c-http.wasm", "rust": "rust/rust-http.wasm", "swift": "swift-http/swift-http.wasm",
           "python": "python-http/python-http.wasm", "composed": "wat/composed.wasm"}
FOLDER = tempfile.mkdtemp(prefix="virga-soak-")
# A short run is for seeing that nothing has broken; the growth of a long one is seen tenth by tenth.
PHASES = 10 if REQUESTS >= 100_000 else 2
CLIENTS = 8
# Component and path of what is answered whole, and how often it is asked for; of what is broken off.
WHOLE = {"/c/hello": 30, "/rust/hello": 20, "/swift/hello": 20, "/text/hello": 30, "/python/hello": 1, "/c/cpu?n=1000": 3,
         "/text/trap": 1, "/text/big": 1, "/text/count": 5}
BROKEN = ["/c/echo", "/rust/echo", "/swift/echo", "/text/big", "/text/echo", "/text/after", "/text/xcut", "/text/post",
          "/text/loop", "/c/sleep?ms=20", "/python/echo", "/python/sleep?ms=20"]


def manifest():
    text = 'spin_manifest_version = 2\n[application]\nname = "soak"\n'
    # Few instances, so that all of them have been used when memory is first looked at.
    text += '[application.tool.virga]\npool_size = 8\n'
    files = {name: os.path.join(FIXTURES, file) for name, file in SOURCES.items()}
    files["text"] = os.path.join(FOLDER, "routes.wasm")
    for name, file in files.items():
        if not os.path.exists(file):
            print(f"  left out, since it is not there: {file}")
            for path in [path for path in [*WHOLE, *BROKEN] if path.startswith(f"/{name}/")]:
                WHOLE.pop(path, None)
                BROKEN[:] = [other for other in BROKEN if other != path]
            continue
        text += f'[[trigger.http]]\nid = "{name}"\nroute = "/..."\ncomponent = "{name}"\n'
        text += f'[application.tool.virga.routes.{name}]\nhosts = ["{name}.test"]\n'
        text += f'[component.{name}]\nsource = "{file}"\n'
        text += f'[component.{name}.tool.virga.limits]\nwall_time = "1s"\n'
    with open(os.path.join(FOLDER, "spin.toml"), "w") as file:
        file.write(text)


def place(path):
    """Host and path of a component's path."""
    name, _, rest = path[1:].partition("/")
    return f"{name}.test", f"/{rest}"


def script(seed):
    """What wrk asks for: the component's paths by their weight, in an order that the seed gives."""
    paths = [place(path) for path, weight in WHOLE.items() for _ in range(weight)]
    random.Random(seed).shuffle(paths)
    listed = ",".join(f'{{"{host}","{path}"}}' for host, path in paths)
    name = os.path.join(FOLDER, "paths.lua")
    with open(name, "w") as file:
        file.write(f"local paths = {{{listed}}}\nlocal at = 0\n"
                   "request = function() at = at % #paths + 1; "
                   "return wrk.format('GET', paths[at][2], {Host = paths[at][1]}) end\n")
    return name


def whole(port, count, seed):
    """Asks until there were `count` answers; how many."""
    answers, lua = 0, script(seed)
    while answers < count:
        text = subprocess.run(["wrk", "-t1", "-c32", "-d5s", "--timeout", "20s", "-s", lua, f"http://127.0.0.1:{port}"],
                              capture_output=True, text=True, check=True).stdout
        answers += int(re.search(r"(\d+) requests in", text)[1])
    return answers


def broken(port, count, seed, done):
    generator = random.Random(seed)
    for _ in range(count):
        host, path = place(generator.choice(BROKEN))
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=5) as made:
                declared = generator.choice([0, 10, 100_000])
                made.sendall(f"POST {path} HTTP/1.1\r\nhost: {host}\r\ncontent-length: {declared}\r\n\r\n".encode())
                made.sendall(b"x" * generator.randrange(declared + 1))
                if generator.random() < 0.6:
                    made.settimeout(0.05)
                    made.recv(generator.choice([1, 100, 65_536]))
                if generator.random() < 0.5:
                    made.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        except OSError:
            pass
        with done.get_lock():
            done.value += 1


def get(port, path):
    host, path = place(path)
    with socket.create_connection(("127.0.0.1", port), timeout=20) as made:
        made.sendall(f"GET {path} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n".encode())
        data = b""
        while piece := made.recv(65_536):
            data += piece
    return data


def state(process):
    """Bytes in memory, descriptors and mappings."""
    with open(f"/proc/{process}/status") as file:
        resident = int(re.search(r"VmRSS:\s+(\d+)", file.read())[1]) * 1024
    with open(f"/proc/{process}/maps") as file:
        mappings = sum(1 for _ in file)
    return resident, len(os.listdir(f"/proc/{process}/fd")), mappings


def drained(process):
    """The state when pools have let go what was not asked for again: after 30 s, looked at each 10 s."""
    time.sleep(42)
    return state(process)


def told(measured):
    return f"memory {measured[0] >> 10} KiB, descriptors {measured[1]}, mappings {measured[2]}"


def phase(port, count, seed):
    """A tenth of the requests is broken off, by some clients beside the others."""
    done = multiprocessing.Value("i", 0)
    clients = [multiprocessing.Process(target=broken, args=(port, count // 10 // CLIENTS, seed * 1000 + index, done))
               for index in range(CLIENTS)]
    for client in clients:
        client.start()
    answers = whole(port, count - count // 10, seed)
    for client in clients:
        client.join()
    # Guests that nobody waits for end at their deadline, of a second.
    time.sleep(3)
    return answers, done.value


def main():
    subprocess.run([BINARY, "assemble", ROUTES, "-o", os.path.join(FOLDER, "routes.wasm")], check=True)
    manifest()
    with open(os.path.join(FOLDER, "log"), "wb") as log:
        server = subprocess.Popen([BINARY, "up", "-f", FOLDER, "--listen", "127.0.0.1:0", "--loops", "2", "--quiet"],
                                  stdout=subprocess.PIPE, stderr=log)
    try:
        port = int(re.search(r":(\d+)$", server.stdout.readline().decode().strip())[1])
        for path, wanted in (("/c/hello", b"hello from c\n"), ("/text/hello", b"hello from text\n")):
            assert path not in WHOLE or get(port, path).endswith(wanted), get(port, path)
        phase(port, REQUESTS // PHASES, SEED * 100)
        before, start = drained(server.pid), time.monotonic()
        print(f"drained at first: {told(before)}", flush=True)
        answers = aborts = 0
        for index in range(PHASES):
            more = phase(port, REQUESTS // PHASES, SEED * 100 + 1 + index)
            answers, aborts = answers + more[0], aborts + more[1]
            print(f"seed {SEED}, {time.monotonic() - start:.0f} s: {answers} answers and {aborts} broken off; "
                  f"{told(state(server.pid))}", flush=True)
        after = drained(server.pid)
        print(f"drained at last: {told(after)}", flush=True)
        for _ in range(50):
            answer = get(port, "/text/was")
            assert answer.endswith(b"\r\n\r\n0"), answer
        assert after[0] <= before[0] + (8 << 20), "memory"
        assert after[1] <= before[1] + 2, "descriptors"
        assert after[2] <= before[2] + 128, "mappings"
        server.terminate()
        assert server.wait(20) == 0, "the server did not end as it should"
    finally:
        server.kill()
        server.wait()
        shutil.rmtree(FOLDER, ignore_errors=True)


main()
