"""Serves an app of many components, each with bytes of its own: many_suite.py VIRGA [FIXTURES].

A hundred components in a test run, 500 under VIRGA_SOAK=1; a fifth of them are the fixtures' component in
Rust, where these are there.
"""
import http.client
import os
import re
import signal
import shutil
import socket
import subprocess
import sys
import tempfile
import time

BINARY = os.path.abspath(sys.argv[1])
FIXTURES = sys.argv[2] if len(sys.argv) > 2 and os.path.isdir(sys.argv[2]) else None
HERE = os.path.dirname(os.path.abspath(__file__))
GUEST = os.path.join(HERE, "..", "..", "WASIHTTPTests", "Guests", "routes.wat")
COUNT = 500 if os.environ.get("VIRGA_SOAK") else 100
FOLDER = tempfile.mkdtemp(prefix="virga-many-")


def make():
    made = os.path.join(FOLDER, "guest.wasm")
    subprocess.run([BINARY, "assemble", GUEST, "-o", made], check=True)
    small = open(made, "rb").read(), b"hello from text"
    large = small
    if FIXTURES:
        large = open(os.path.join(FIXTURES, "rust", "rust-http.wasm"), "rb").read(), b"hello from rust"
    else:
        print("  without the component in Rust: no fixtures")
    manifest = ['spin_manifest_version = 2', '[application]', 'name = "many"']
    for number in range(COUNT):
        code, constant = large if number % 5 == 4 else small
        assert code.count(constant) == 1, constant
        with open(os.path.join(FOLDER, f"{number}.wasm"), "wb") as file:
            file.write(code.replace(constant, b"hello from %04d" % number))
        # The fixture looks at the whole path, so that hosts tell the components apart.
        manifest += ['[[trigger.http]]', f'id = "t{number}"', 'route = "/hello"', f'component = "c{number}"',
                     f'[application.tool.virga.routes.t{number}]', f'hosts = ["h{number}.test"]',
                     f'[component.c{number}]', f'source = "{number}.wasm"']
    manifest += ['[[trigger.http]]', 'route = "/loop"', 'component = "c0"']
    with open(os.path.join(FOLDER, "spin.toml"), "w") as file:
        file.write("\n".join(manifest) + "\n")


def memory(process):
    """Resident KiB: all, and what is the process's own (not of files, the image's memory among them)."""
    text = open(f"/proc/{process}/status").read()
    return tuple(int(re.search(name + r":\s+(\d+)", text)[1]) for name in ("VmRSS", "RssAnon", "RssShmem"))


def beside_loops(port, connection):
    """The 99th percentile, in milliseconds, of what the other components take while guests on each loop never end."""
    looping = []
    for _ in range(8):
        made = socket.create_connection(("127.0.0.1", port))
        made.sendall(b"GET /loop HTTP/1.1\r\nhost: any\r\n\r\n")
        looping.append(made)
    time.sleep(0.3)
    times = []
    for number in range(1, COUNT):
        begin = time.monotonic()
        connection.request("GET", "/hello", headers={"host": f"h{number}.test"})
        assert connection.getresponse().read().strip() == b"hello from %04d" % number
        times.append(time.monotonic() - begin)
    for made in looping:
        made.close()
    return sorted(times)[int(len(times) * 0.99)] * 1000


def main():
    make()
    begin = time.monotonic()
    errors = open(os.path.join(FOLDER, "log"), "w+")
    process = subprocess.Popen([BINARY, "up", "-f", FOLDER, "--listen", "127.0.0.1:0", "--loops", "2", "-q"],
                               stdout=subprocess.PIPE, stderr=errors)
    try:
        line = process.stdout.readline().decode()
        took = time.monotonic() - begin
        found = re.search(r"127\.0\.0\.1:(\d+)", line)
        if not found:
            errors.seek(0)
            sys.exit(f"{line} {errors.read()[:2000]}")
        time.sleep(2)
        idle = memory(process.pid)
        connection = http.client.HTTPConnection("127.0.0.1", int(found[1]), timeout=10)
        begin = time.monotonic()
        for number in range(COUNT):
            connection.request("GET", "/hello", headers={"host": f"h{number}.test"})
            response = connection.getresponse()
            answer = response.status, response.read().strip()
            wanted = 200, b"hello from %04d" % number
            assert answer == wanted, (number, answer)
        asked = time.monotonic() - begin
        after = memory(process.pid)
        print(f"{COUNT} components: listening after {took:.2f} s; idle {idle[0] // 1024} MiB resident "
              f"({idle[1] // 1024} anonymous, {idle[2] // 1024} shared); all asked in {asked:.2f} s, then "
              f"{after[0] // 1024} MiB")
        beside = beside_loops(int(found[1]), connection)
        print(f"  beside guests that never end: p99 {beside:.1f} ms")
        if os.environ.get("VIRGA_SOAK"):
            assert beside < 20, beside
        assert idle[0] < 150 * 1024, idle
        assert after[0] < 400 * 1024, after
        if os.environ.get("VIRGA_SOAK"):
            # Longer than HostLimits.idleMilliseconds, and two looks.
            time.sleep(55)
            later = memory(process.pid)
            print(f"  a minute later {later[0] // 1024} MiB ({later[1] // 1024} anonymous)")
            assert later[0] < 150 * 1024, later
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0
    finally:
        process.kill()
        shutil.rmtree(FOLDER, ignore_errors=True)


main()
