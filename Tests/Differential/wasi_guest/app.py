"""A guest that calls every function of WASI 0.2 and says what each gives: one chapter, which the first argument names.

The chapters know what the interfaces' documentation wants; a line with WRONG in it is a difference. The last lines name
the functions that were called, and those that there are.
"""
import contextlib
import io

import calls

calls.count_all()

import files
import network
import requests
import rest
from wit_world import exports
from wit_world.imports import environment

CHAPTERS = {"cli": rest.cli, "clocks": rest.clocks, "random": rest.random, "streams": rest.streams, "exit": rest.exits,
            "exit-code": rest.exits_with_code, "files": files.files, "read-only": files.read_only, "tcp": network.tcp,
            "udp": network.udp_chapter, "names": network.names, "denied": network.denied, "http": requests.http_chapter}


class Run(exports.Run):
    def run(self):
        chapter = environment.get_arguments()[1]
        if chapter.startswith("exit"):
            print("CALLED", f"exit.{'exit' if chapter == 'exit' else 'exit_with_code'}", flush=True)
        CHAPTERS[chapter]()
        calls.tell()


class IncomingHandler(exports.IncomingHandler):
    """The chapter that only a handler can tell; what it says is the body of the answer."""

    def handle(self, request, response_out):
        with contextlib.redirect_stdout(io.StringIO()) as text:
            requests.answer(request, response_out)
            for name in ("ResponseOutparam.set", "OutgoingBody.write", "OutgoingBody.finish"):
                print("CALLED", f"wasi_http_types.{name}")
            calls.tell()
        requests.reply(response_out, text.getvalue().encode())
