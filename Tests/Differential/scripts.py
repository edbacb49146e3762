"""Scripts (.wast) of random modules with what wasmtime makes of them as the expected results."""
import random

import wasmtime

from modules import EDGES, ModuleGenerator

MESSAGES = {
    wasmtime.TrapCode.MEMORY_OUT_OF_BOUNDS: "out of bounds memory access",
    wasmtime.TrapCode.TABLE_OUT_OF_BOUNDS: "out of bounds table access",
    wasmtime.TrapCode.INDIRECT_CALL_TO_NULL: "uninitialized element",
    wasmtime.TrapCode.BAD_SIGNATURE: "indirect call type mismatch",
    wasmtime.TrapCode.INTEGER_OVERFLOW: "integer overflow",
    wasmtime.TrapCode.INTEGER_DIVISION_BY_ZERO: "integer divide by zero",
    wasmtime.TrapCode.BAD_CONVERSION_TO_INTEGER: "invalid conversion to integer",
    wasmtime.TrapCode.UNREACHABLE: "unreachable",
}
CALLS = 4


def engine():
    config = wasmtime.Config()
    config.wasm_relaxed_simd_deterministic = True
    return wasmtime.Engine(config)


def script(engine, seed):
    """The script of the module with this seed."""
    generator = ModuleGenerator(seed)
    source = random.Random(seed ^ 0x5EED)
    lines = [f";; seed {seed}", generator.text.rstrip()]
    store = wasmtime.Store(engine)
    module = wasmtime.Module(engine, wasmtime.wat2wasm(generator.text))
    exports = wasmtime.Instance(store, module, []).exports(store)
    for call in range(CALLS):
        for name, parameters in generator.exports:
            arguments = [argument(source, kind) for kind in parameters]
            invoke = f"(invoke \"{name}\"" + "".join(
                f" ({kind}.const {value})" for kind, value in zip(parameters, arguments)) + ")"
            lines.append(expectation(store, exports[name], arguments, invoke))
        lines.append(expectation(store, exports["hash"], [], "(invoke \"hash\")"))
    return "\n".join(lines) + "\n"


def argument(source, kind):
    bits = int(kind[1:])
    value = source.choice([source.choice(EDGES), source.getrandbits(bits), source.randrange(20)])
    value %= 1 << bits
    return value - (1 << bits) if value >> (bits - 1) else value


def expectation(store, function, arguments, invoke):
    """The assertion that the call does what it does here."""
    try:
        results = function(store, *arguments)
    except wasmtime.Trap as trap:
        return f"(assert_trap {invoke} \"{MESSAGES[trap.trap_code]}\")"
    kinds = [str(kind) for kind in function.type(store).results]
    if len(kinds) < 2:
        results = [results][:len(kinds)]
    return f"(assert_return {invoke}" + "".join(
        f" ({kind}.const {value})" for kind, value in zip(kinds, results)) + ")"
