"""Answers each request with a greeting and the path that was asked for."""
from componentize_py_types import Ok
from wit_world import exports
from wit_world.imports.types import Fields, OutgoingBody, OutgoingResponse, ResponseOutparam


class IncomingHandler(exports.IncomingHandler):
    def handle(self, request, response_out):
        fields = Fields.from_list([("content-type", b"text/plain")])
        response = OutgoingResponse(fields)
        body = response.body()
        ResponseOutparam.set(response_out, Ok(response))
        with body.write() as stream:
            text = f"Hello from Python, at {request.path_with_query()}\n".encode()
            for start in range(0, len(text), 4096):
                stream.blocking_write_and_flush(text[start:start + 4096])
        OutgoingBody.finish(body, None)
