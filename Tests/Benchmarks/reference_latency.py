"""reference_latency.py HOST COMPONENT PATH COUNT: milliseconds that wasmtime takes to answer a GET, median and p99.

HOST is the folder of minihost.py, a host in Python on PyPI's wasmtime: an instance is made for each request, as Virga
does, and what is timed is that and the call. No socket and no HTTP are in it, but calls of the host go through Python.
"""
import statistics
import sys
import time

folder, path, target, count = *sys.argv[1:4], int(sys.argv[4])
sys.path.insert(0, folder)
# It makes a request of its arguments when it is imported.
sys.argv[1:] = [path, "GET", target]
import minihost
import wasmtime
from wasmtime.component import ResourceHost, ResourceType

engine = wasmtime.Engine()
component = minihost.Component.from_file(engine, path)
linker, answers, request = minihost.Linker(engine), [], minihost.Req()
minihost.make(answers, request)


def host_function(interface, name, type):
    body = minihost.F.get((interface, name))
    parameters, result = [each for _, each in type.params], type.result

    def call(store, *arguments):
        if body is None:
            raise RuntimeError(f"{interface} {name} is not provided")
        given = body(*[minihost.lift(store, each, value) for each, value in zip(parameters, arguments)])
        return None if result is None else minihost.lower(store, result, given)
    return call


for interface, type in component.type.imports(engine).items():
    if not isinstance(type.ty, minihost.ComponentInstanceType):
        continue
    with linker.root() as root, root.add_instance(interface) as instance:
        for name, item in type.ty.exports(engine).items():
            if isinstance(item.ty, ResourceType):
                instance.add_resource(name, ResourceType.host(minihost.rid(name)), lambda store, number: None)
            elif isinstance(item.ty, minihost.FuncType):
                instance.add_func(name, host_function(interface.split("@")[0], name, item.ty))

handler = next(name for name in component.type.exports(engine) if name.startswith("wasi:http/incoming-handler@"))
times = []
for index in range(count + 1):
    answers.clear()
    request.method, request.target = "get", target
    request.headers, request.body = minihost.Fields([("host", b"localhost")]), minihost.In(b"")
    store = wasmtime.Store(engine)
    start = time.perf_counter()
    instance = linker.instantiate(store, component)
    handle = instance.get_export_index(store, "handle", instance.get_export_index(store, handler))
    own = [ResourceHost.own(minihost.rep(value), minihost.rid(kind)).to_any(store)
           for kind, value in (("incoming-request", request), ("response-outparam", 0))]
    instance.get_func(store, handle)(store, *own)
    times.append((time.perf_counter() - start) * 1000)
    assert answers[0][1].status == 200, answers
times = sorted(times[1:])
print(statistics.median(times), times[min(len(times) - 1, int(len(times) * 0.99))])
