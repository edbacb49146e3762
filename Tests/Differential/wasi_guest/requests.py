"""wasi:http: what a command can call, and what only a handler can.

A child of a resource is dropped before it: garbage is not collected in that order, so that `with` does it.
"""
from calls import expect, outcome
from componentize_py_types import Err, Ok
from wit_world.imports import outgoing_handler, wasi_http_types as http


def fields():
    made = http.Fields()
    expect("nothing", [], made.get, "a")
    expect("appended", None, made.append, "A", b"1")
    expect("twice", None, made.append, "a", b"2")
    expect("got by any case", [b"1", b"2"], made.get, "a")
    expect("there", True, made.has, "a")
    expect("set", None, made.set, "b", [b"3"])
    expect("all", [("a", b"1"), ("a", b"2"), ("b", b"3")], lambda: sorted((k.lower(), v) for k, v in made.entries()))
    expect("deleted", None, made.delete, "a")
    expect("gone", False, made.has, "a")
    other = made.clone()
    made.delete("b")
    expect("a copy is its own", [b"3"], other.get, "b")
    for name in ("", "a b", "a\n", "\u00e9"):
        expect(f"no name: {name!r}", "error HeaderError_InvalidSyntax()", made.append, name, b"x")
        expect(f"nor to set: {name!r}", "error HeaderError_InvalidSyntax()", made.set, name, [b"x"])
        expect(f"nor to delete: {name!r}", "error HeaderError_InvalidSyntax()", made.delete, name)
        expect(f"nor in a list: {name!r}", "error HeaderError_InvalidSyntax()", http.Fields.from_list, [(name, b"x")])
    for value in (b"a\r\nb: c", b"\0"):
        expect(f"no value: {value!r}", "error HeaderError_InvalidSyntax()", made.append, "a", value)
    for name in ("connection", "Keep-Alive", "transfer-encoding", "upgrade", "host"):
        expect(f"forbidden: {name}", "error HeaderError_Forbidden()", made.append, name, b"x")
        expect(f"in a list: {name}", "error HeaderError_Forbidden()", http.Fields.from_list, [(name, b"x")])
    expect("of a list", [("x", b"1")], lambda: http.Fields.from_list([("x", b"1")]).entries())


def immutable(message):
    with message.headers() as headers:
        expect("headers", [("x", b"1")], headers.entries)
        expect("they stay", "error HeaderError_Immutable()", headers.append, "y", b"2")
        expect("nor is one set", "error HeaderError_Immutable()", headers.set, "y", [b"2"])
        expect("nor deleted", "error HeaderError_Immutable()", headers.delete, "x")


def outgoing():
    request = http.OutgoingRequest(http.Fields.from_list([("x", b"1")]))
    for what, get, put, before, after, wrong in (
            ("method", request.method, request.set_method, http.Method_Get(), http.Method_Put(), http.Method_Other("a b")),
            ("path", request.path_with_query, request.set_path_with_query, None, "/a?b", "/a b"),
            ("scheme", request.scheme, request.set_scheme, None, http.Scheme_Https(), http.Scheme_Other("1 2")),
            ("authority", request.authority, request.set_authority, None, "a.test:80", "a b")):
        expect(f"{what} at first", before, get)
        expect(f"{what} set", None, put, after)
        expect(f"{what}", after, get)
        expect(f"{what}: wrong", "error None", put, wrong)
        expect(f"{what} as it was", after, get)
    expect("method of another name", None, request.set_method, http.Method_Other("PURGE"))
    immutable(request)
    body = request.body()
    expect("one body", "error None", request.body)
    with body.write():
        expect("one stream", "error None", body.write)
    options = http.RequestOptions()
    for name in ("connect_timeout", "first_byte_timeout", "between_bytes_timeout"):
        expect(f"no {name}", None, getattr(options, name))
        expect(f"{name} set", None, getattr(options, "set_" + name), 5_000_000)
        expect(f"{name}", 5_000_000, getattr(options, name))
    return request, options


def response():
    made = http.OutgoingResponse(http.Fields.from_list([("x", b"1")]))
    expect("status at first", 200, made.status_code)
    expect("status set", None, made.set_status_code, 404)
    expect("status", 404, made.status_code)
    expect("no status", "error None", made.set_status_code, 1000)
    immutable(made)
    body = made.body()
    expect("one body", "error None", made.body)
    with body.write():
        expect("one stream", "error None", body.write)
    expect("finished", None, http.OutgoingBody.finish, body, None)
    long = http.OutgoingResponse(http.Fields.from_list([("content-length", b"5")])).body()
    expect("shorter than it says", True, lambda: outcome(http.OutgoingBody.finish, long, None).startswith("error ErrorCode_"))


def http_chapter():
    fields()
    response()
    outgoing()


def refused():
    """Where no host may be asked, in a handler."""
    request, options = outgoing()
    future = None
    try:
        future = outgoing_handler.handle(request, options)
    except Err as denied:
        code = denied.value
        expect("an outgoing request", "ErrorCode_HttpRequestDenied()", lambda: code)
    if future is not None:
        with future.subscribe() as ready:
            ready.block()
        expect("an outgoing request", True, lambda: "HttpRequestDenied" in repr(future.get()))
        expect("told once", True, lambda: "Err" in repr(future.get()))


def answer(request, out):
    """All that a handler can ask of the request POST /calls?x=1 with a body of `body`; then its own answer."""
    fields()
    expect("method", http.Method_Post(), request.method)
    expect("path", "/calls?x=1", request.path_with_query)
    expect("scheme", http.Scheme_Http(), request.scheme)
    expect("authority", "calls.test", request.authority)
    with request.headers() as headers:
        expect("header", [b"value"], headers.get, "X-Name")
        expect("they stay", "error HeaderError_Immutable()", headers.append, "y", b"2")
    body = request.consume()
    expect("one body", "error None", request.consume)
    with body.stream() as stream:
        expect("one stream", "error None", body.stream)
        read = b""
        while len(read) < 4:
            read += stream.blocking_read(10)
        expect("the body", b"body", lambda: read)
        expect("and no more", "error StreamError_Closed()", stream.blocking_read, 1)
    with http.IncomingBody.finish(body) as trailers:
        with trailers.subscribe() as ready:
            ready.block()
        expect("no trailers", "Ok(value=Ok(value=None))", trailers.get)
        expect("told once", "Err(value=None)", trailers.get)
    response()
    refused()
    expect("no informational response", True,
           lambda: outcome(out.send_informational, 200, http.Fields()).startswith("error ErrorCode_HttpProtocolError"))
    expect("an informational response", None, out.send_informational, 103, http.Fields.from_list([("link", b"</a>")]))


def reply(out, text):
    made = http.OutgoingResponse(http.Fields.from_list([("x-made", b"1")]))
    body = made.body()
    http.ResponseOutparam.set(out, Ok(made))
    with body.write() as stream:
        for index in range(0, len(text), 4096):
            stream.blocking_write_and_flush(text[index:index + 4096])
    http.OutgoingBody.finish(body, http.Fields.from_list([("x-after", b"2")]))
