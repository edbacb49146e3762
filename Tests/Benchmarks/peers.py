"""peers.py ENGINE FILE N: prints what run(N) gives in a Python package's engine, and the CPU seconds."""
import sys
import time


def wasm3_function(path):
    import wasm3
    environment = wasm3.Environment()
    runtime = environment.new_runtime(1 << 20)
    runtime.load(environment.parse_module(open(path, "rb").read()))
    return runtime.find_function("run")


def wasmtime_function(path):
    import wasmtime
    store = wasmtime.Store()
    run = wasmtime.Instance(store, wasmtime.Module.from_file(store.engine, path), []).exports(store)["run"]
    return lambda argument: run(store, argument)


engine, path, argument = sys.argv[1:]
run = {"wasm3": wasm3_function, "wasmtime": wasmtime_function}[engine](path)
run(1)
start = time.process_time()
result = run(int(argument))
print(result, time.process_time() - start)
