"""Random valid modules in the text format, the same from the same seed.

Every module ends: loops count to a small number, and each call takes one from a global `$fuel` that
the exported functions fill. What the specification leaves open is closed: the result of an
operation that may give any NaN is made the positive canonical one. Exported functions take and give
integers only, so that a result is compared bit for bit; `hash` is over the memory and the globals.
"""
import random
import struct
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LIST = ROOT / "Sources" / "Wasm" / "Instructions" / "instructions.list"
SCALARS = ["i32", "i64", "f32", "f64"]
VALUES = SCALARS + ["v128"]
ROUNDING = {"ceil", "floor", "trunc", "nearest", "sqrt", "add", "sub", "mul", "div", "min", "max",
            "relaxed_min", "relaxed_max", "demote_f64", "promote_f32", "demote_f64x2_zero",
            "promote_low_f32x4"}
# Where the permitted results differ, and ours is another than the other engine's.
OPEN = {"relaxed_madd", "relaxed_nmadd", "relaxed_dot_i8x16_i7x16_s", "relaxed_dot_i8x16_i7x16_add_s"}
EDGES = [0, 1, 2, 3, 7, 8, 15, 16, 31, 32, 63, 64, 127, 128, 255, 256, 32767, 32768, 65535, 65536,
         0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, 0x100000000, 0x7FFFFFFFFFFFFFFF, 0x8000000000000000]
FLOATS = [0.0, -0.0, 0.5, -0.5, 1.0, -1.0, 1.5, 2.5, -2.5, 3.0, 1e10, -1e10, 1e-40, 5e-324, 1e300,
          2147483647.0, 2147483648.0, -2147483649.0, 4294967295.0, 4294967296.0, 2.0**52 - 0.5,
          2.0**63, -2.0**63, 2.0**64, float("inf"), float("-inf")]


class Operation:
    """A plain instruction: a row of the instruction table that has a type."""

    def __init__(self, mnemonic, immediates, operands, results, flags):
        self.mnemonic, self.immediates = mnemonic, immediates
        self.operands, self.results, self.flags = operands, results, flags
        shape, _, name = mnemonic.partition(".")
        self.is_vector = shape == "v128" or "x" in shape or "v128" in operands + results
        self.lanes = int(shape.split("x")[1]) if "x" in shape else 0
        self.gives_any_nan = shape[0] == "f" and name in ROUNDING
        self.shape = shape
        self.width = {"UInt8": 1, "Int8": 1, "UInt16": 2, "Int16": 2, "UInt32": 4, "Int32": 4, "Float": 4,
                      "UInt64": 8, "Double": 8, "V128": 16}.get(flags[1] if len(flags) > 1 else "", 0)


def read_operations():
    """The plain instructions, and among them the stores."""
    out = []
    for line in LIST.read_text().splitlines():
        if not line or line.startswith("#"):
            continue
        _, mnemonic, immediates, signature, flags, _ = (field.strip() for field in line.split("|", 5))
        if signature == "special" or mnemonic.split(".")[1] in OPEN:
            continue
        operands, results = (side.split() for side in signature.split("->"))
        out.append(Operation(mnemonic, immediates.split(), operands, results, flags.split()))
    return out


OPERATIONS = read_operations()


class Function:
    """A function's name and type, and while it is generated its locals and labels."""

    def __init__(self, name, parameters, results, type_name):
        self.name, self.parameters, self.results, self.type_name = name, parameters, results, type_name
        self.locals = [(f"$p{i}", kind) for i, kind in enumerate(parameters)]
        self.declared = []
        self.labels = []
        self.loops = 0


class ModuleGenerator:
    """Makes one module; `text` is it, `exports` its functions as (name, parameter types)."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.has_vectors = self.chance(0.6)
        self.has_second_memory = self.chance(0.3)
        self.has_wide_memory = self.chance(0.2)
        self.values = VALUES if self.has_vectors else SCALARS
        self.by_result = {kind: [] for kind in VALUES}
        self.stores = []
        for operation in OPERATIONS:
            if operation.is_vector and not self.has_vectors:
                continue
            if operation.results:
                self.by_result[operation.results[0]].append(operation)
            else:
                self.stores.append(operation)
        # Half of the modules keep to few operations, so that each meets itself.
        if self.chance(0.5):
            for kind, operations in self.by_result.items():
                if len(operations) > 12:
                    self.by_result[kind] = self.random.sample(operations, 12)
        self.memories = ["$m0"] + (["$m1"] if self.has_second_memory else [])
        self.types, self.functions, self.globals, self.exports = {}, [], [], []
        self.table_size = self.random.choice([4, 8, 16])
        self.text = self.module()

    # Choices

    def chance(self, probability):
        return self.random.random() < probability

    def pick(self, items):
        return self.random.choice(items)

    def weighted(self, *pairs):
        """One of the items of (weight, item), those of no weight left out."""
        return self.random.choices([item for _, item in pairs], [weight for weight, _ in pairs])[0]

    # The module

    def module(self):
        count = self.random.randint(2, 5)
        for index in range(count):
            parameters = [self.pick(self.values) for _ in range(self.random.choice([0, 1, 2, 2, 3, 5]))]
            results = [self.pick(self.values) for _ in range(self.random.choice([0, 1, 1, 1, 2, 3]))]
            if index and self.chance(0.3):
                parameters, results = self.functions[0].parameters, self.functions[0].results
            name = self.type_name(parameters, results)
            self.functions.append(Function(f"$f{index}", list(parameters), list(results), name))
        for index in range(self.random.randint(1, 4)):
            self.globals.append((f"$g{index}", self.pick(self.values)))
        bodies = [self.function(function) for function in self.functions]
        wrappers = [self.wrapper(function) for function in self.functions]
        self.entries = [self.pick(self.functions).name for _ in range(self.table_size // 2)]
        wide = "i64 " if self.has_wide_memory else ""
        lines = ["(module"]
        lines += [f"  (type {name} (func{self.signature(*key)}))" for key, name in self.types.items()]
        lines.append("  (memory $m0 1 3)")
        if self.has_second_memory:
            lines.append(f"  (memory $m1 {wide}1 2)")
        lines.append(f"  (table $t0 {self.table_size} {self.table_size + 4} funcref)")
        lines.append("  (table $t1 4 funcref)")
        lines.append("  (global $fuel (mut i32) (i32.const 0))")
        lines += [f"  (global {name} (mut {kind}) {self.constant(kind)})" for name, kind in self.globals]
        lines.append(f"  (elem $e0 (table $t0) (i32.const 0) func {' '.join(self.entries)})")
        lines.append(f"  (elem $e1 func {' '.join(function.name for function in self.functions)})")
        data = "".join(f"\\{self.random.randrange(256):02x}" for _ in range(48))
        lines.append(f"  (data $d0 (memory $m0) (i32.const {self.random.randrange(256)}) \"{data}\")")
        lines.append(f"  (data $d1 \"{data[:60]}\")")
        return "\n".join(lines + bodies + wrappers + [self.hash_function()]) + ")\n"

    def signature(self, parameters, results):
        text = f" (param {' '.join(parameters)})" if parameters else ""
        return text + (f" (result {' '.join(results)})" if results else "")

    def type_name(self, parameters, results):
        key = (tuple(parameters), tuple(results))
        return self.types.setdefault(key, f"$s{len(self.types)}")

    def function(self, function):
        self.current = function
        for index in range(self.random.randint(1, 5)):
            kind = self.pick(self.values)
            function.declared.append((f"$l{index}", kind))
        function.locals += function.declared
        function.budget = self.random.choice([20, 50, 120])
        body = [self.statement(3) for _ in range(self.random.randint(1, 5))]
        if self.chance(0.15):
            body += self.tail_call(function)
        else:
            body += [self.expression(kind, 3) for kind in function.results]
        counters = "".join(f" (local $c{index} i32)" for index in range(function.loops))
        scratch = " (local $n32 f32) (local $n64 f64)" + (" (local $nv v128)" if self.has_vectors else "")
        parameters = "".join(f" (param $p{i} {kind})" for i, kind in enumerate(function.parameters))
        results = f" (result {' '.join(function.results)})" if function.results else ""
        declared = "".join(f" (local {name} {kind})" for name, kind in function.declared)
        spend = ("(if (i32.le_s (global.get $fuel) (i32.const 0)) (then (unreachable)))"
                 " (global.set $fuel (i32.sub (global.get $fuel) (i32.const 1)))")
        indented = "\n    ".join([spend] + body)
        return (f"  (func {function.name} (type {function.type_name}){parameters}{results}\n"
                f"   {declared}{counters}{scratch}\n    {indented})")

    def wrapper(self, function):
        """An exported function of integers around `function`."""
        name = "run" + function.name[2:]
        parameters, arguments = [], []
        for kind in function.parameters:
            place = len(parameters)
            if kind == "v128":
                parameters += ["i64", "i64"]
                arguments.append(f"(i64x2.replace_lane 1 (i64x2.splat (local.get {place})) (local.get {place + 1}))")
            elif kind in ("f32", "f64"):
                parameters.append("i" + kind[1:])
                arguments.append(f"({kind}.reinterpret_i{kind[1:]} (local.get {place}))")
            else:
                parameters.append(kind)
                arguments.append(f"(local.get {place})")
        results, sets, gets = [], [], []
        for index, kind in enumerate(function.results):
            sets.insert(0, f"(local.set $r{index})")
            get = f"(local.get $r{index})"
            if kind == "v128":
                results += ["i64", "i64"]
                gets += [f"(i64x2.extract_lane 0 {get})", f"(i64x2.extract_lane 1 {get})"]
            elif kind in ("f32", "f64"):
                results.append("i" + kind[1:])
                gets.append(f"(i{kind[1:]}.reinterpret_{kind} {get})")
            else:
                results.append(kind)
                gets.append(get)
        self.exports.append((name, parameters))
        locals_ = "".join(f" (local $r{index} {kind})" for index, kind in enumerate(function.results))
        return (f"  (func (export \"{name}\"){self.signature(parameters, results)}{locals_}\n"
                f"    (global.set $fuel (i32.const 60)) (call {function.name} {' '.join(arguments)})\n"
                f"    {' '.join(sets + gets)})")

    def hash_function(self):
        lines = ["  (func (export \"hash\") (result i64) (local $h i64) (local $i i32)"]

        def mix(value):
            return (f"(local.set $h (i64.add (i64.mul (local.get $h) (i64.const 0x9E3779B97F4A7C15))"
                    f" {value}))")
        for name, kind in self.globals:
            get = f"(global.get {name})"
            if kind == "v128":
                lines += [mix(f"(i64x2.extract_lane {lane} {get})") for lane in (0, 1)]
            else:
                lines.append(mix({"i32": f"(i64.extend_i32_u {get})", "i64": get,
                                  "f32": f"(i64.extend_i32_u (i32.reinterpret_f32 {get}))",
                                  "f64": f"(i64.reinterpret_f64 {get})"}[kind]))
        for memory in self.memories:
            address = "(local.get $i)"
            if self.is_wide(memory):
                address = f"(i64.extend_i32_u {address})"
            size = f"(memory.size {memory})"
            lines.append(mix(size if self.is_wide(memory) else f"(i64.extend_i32_u {size})"))
            lines.append(f"(local.set $i (i32.const 0)) (loop $next {mix(f'(i64.load {memory} {address})')}")
            lines.append("(br_if $next (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 8)))"
                         " (i32.const 65536))))")
        lines.append(mix("(i64.extend_i32_u (table.size $t0))"))
        return "\n    ".join(lines) + "\n    (local.get $h))"

    # Constants

    def constant(self, kind):
        if kind in ("i32", "i64"):
            bits = int(kind[1:])
            value = self.weighted((3, self.pick(EDGES)), (2, self.random.randrange(-20, 20)),
                                  (1, self.random.getrandbits(bits)))
            value = (value + self.pick([0, 0, 0, 1, -1])) % (1 << bits)
            return f"({kind}.const {value})"
        if kind == "v128":
            shape = self.pick(["i8x16", "i16x8", "i32x4", "i64x2", "f32x4", "f64x2"])
            width, lanes = int(shape[1:].split("x")[0]), int(shape.split("x")[1])
            if shape[0] == "f":
                values = [self.float_text(width) for _ in range(lanes)]
            else:
                values = [str(self.pick(EDGES + [self.random.getrandbits(width)]) % (1 << width))
                          for _ in range(lanes)]
            return f"(v128.const {shape} {' '.join(values)})"
        return f"({kind}.const {self.float_text(int(kind[1:]))})"

    def float_text(self, width):
        value = self.weighted((3, self.pick(FLOATS)), (2, self.random.uniform(-100, 100)), (1, float("nan")))
        if width == 32 and abs(value) < 1e38:
            value = struct.unpack("f", struct.pack("f", value))[0]
        elif width == 32 and abs(value) != float("inf"):
            value = float("nan")
        if value != value:
            payload = self.random.getrandbits(width // 2 - 6) | 1
            return self.pick(["", "-"]) + self.pick(["nan", f"nan:0x{payload:x}"])
        return {float("inf"): "inf", float("-inf"): "-inf"}.get(value) or value.hex()

    # Expressions

    def expression(self, kind, depth):
        """Code that leaves one value of `kind` on the stack."""
        function = self.current
        function.budget -= 1
        if depth <= 0 or function.budget < 0:
            return self.leaf(kind)
        make = self.weighted(
            (10, self.operation), (3, self.leaf_at), (2, self.tee), (1, self.select), (1.5, self.block),
            (1, self.conditional), (0.5, self.table_branch), (1, self.call), (0.5, self.special))
        return make(kind, depth)

    def leaf(self, kind):
        names = [name for name, local in self.current.locals if local == kind]
        if names and self.chance(0.7):
            return f"(local.get {self.pick(names)})"
        names = [name for name, value in self.globals if value == kind]
        if names and self.chance(0.4):
            return f"(global.get {self.pick(names)})"
        return self.constant(kind)

    def leaf_at(self, kind, depth):
        return self.leaf(kind)

    def operation(self, kind, depth):
        operation = self.pick(self.by_result[kind])
        text = f"({operation.mnemonic}{self.immediates(operation)}"
        for place, operand in enumerate(operation.operands):
            if operand == "address":
                text += " " + self.address(depth - 1)
            else:
                value = self.expression(operand, depth - 1)
                is_division = ".div_" in operation.mnemonic or ".rem_" in operation.mnemonic
                if place == 1 and is_division and self.chance(0.85):
                    value = f"({operand}.or {value} ({operand}.const 1))"
                if ".trunc_f" in operation.mnemonic and "sat" not in operation.mnemonic and self.chance(0.8):
                    value = f"({operand}.convert_i32_s (i32.shr_s {self.expression('i32', 0)} (i32.const 8)))"
                    if operation.mnemonic.endswith("_u"):
                        value = f"({operand}.abs {value})"
                text += " " + value
        return self.canonical(operation, text + ")")

    def immediates(self, operation):
        text = ""
        for immediate in operation.immediates:
            if immediate == "memarg":
                self.memory = self.pick(self.memories)
                text += f" {self.memory}"
                if self.chance(0.5):
                    text += f" offset={self.pick([1, 4, 8, 100, 0x7FF0] + ([65536] if self.chance(0.05) else []))}"
                if self.chance(0.3):
                    text += f" align={self.pick([w for w in (1, 2, 4, 8, 16) if w <= operation.width])}"
            elif immediate == "lane":
                text += f" {self.random.randrange(operation.lanes or 16 // operation.width)}"
        return text

    def address(self, depth):
        """An address in `self.memory`, seldom beyond its end."""
        memory = self.memory
        kind = "i64" if self.is_wide(memory) else "i32"
        value = self.expression(kind, depth)
        if self.chance(0.95):
            value = f"({kind}.and {value} ({kind}.const 0x7FFF))"
        while self.chance(0.4):
            # What compilers make of an index and a base, in either order.
            base = f"({kind}.const {self.pick([1, 4, 8196, 0x3FFF])})"
            operator = self.weighted((5, "add"), (1, "sub"))
            operands = [value, base] if self.chance(0.5) or operator == "sub" else [base, value]
            value = f"({kind}.{operator} {' '.join(operands)})"
        return value

    def is_wide(self, memory):
        return memory == "$m1" and self.has_wide_memory

    def canonical(self, operation, text):
        if not operation.gives_any_nan:
            return text
        if operation.shape in ("f32", "f64"):
            kind, local = operation.shape, "$n" + operation.shape[1:]
            return (f"(select ({kind}.const nan) (local.tee {local} {text})"
                    f" ({kind}.ne (local.get {local}) (local.get {local})))")
        shape = operation.shape
        nans = " ".join(["nan"] * operation.lanes)
        return (f"(v128.bitselect (v128.const {shape} {nans}) (local.tee $nv {text})"
                f" ({shape}.ne (local.get $nv) (local.get $nv)))")

    def tee(self, kind, depth):
        names = [name for name, local in self.current.locals if local == kind]
        value = self.expression(kind, depth - 1)
        return f"(local.tee {self.pick(names)} {value})" if names else value

    def select(self, kind, depth):
        typed = f" (result {kind})" if self.chance(0.4) else ""
        return (f"(select{typed} {self.expression(kind, depth - 1)} {self.expression(kind, depth - 1)}"
                f" {self.expression('i32', depth - 1)})")

    def label(self, kinds):
        name = f"$b{len(self.current.labels)}"
        self.current.labels.append((name, kinds))
        return name

    def block(self, kind, depth):
        """A block with a result, that may be left from the middle of it."""
        name = self.label([kind])
        opening = self.pick(["block", "block", "loop"])
        if opening == "loop":
            self.current.labels[-1] = (name, None)
        body = " ".join(self.statement(depth - 1) for _ in range(self.random.randint(0, 2)))
        value = self.expression(kind, depth - 1)
        if opening == "block" and self.chance(0.5):
            value = (f"(drop (br_if {name} {value} {self.expression('i32', depth - 1)}))"
                     f" {self.expression(kind, depth - 1)}")
        self.current.labels.pop()
        return f"({opening} {name} (result {kind}) {body} {value})"

    def conditional(self, kind, depth):
        condition = self.expression("i32", depth - 1)
        name = self.label([kind])
        then, other = self.arm(kind, depth - 1), self.arm(kind, depth - 1)
        self.current.labels.pop()
        return f"(if {name} (result {kind}) {condition} (then {then}) (else {other}))"

    def arm(self, kind, depth):
        body = self.statement(depth - 1) + " " if self.chance(0.4) else ""
        if self.chance(0.1):
            return body + self.leave()
        return body + self.expression(kind, depth)

    def table_branch(self, kind, depth):
        outer, inner = self.label([kind]), self.label([kind])
        value, index = self.expression(kind, depth - 1), self.expression("i32", depth - 1)
        targets = " ".join(self.pick([outer, inner]) for _ in range(self.random.randint(1, 5)))
        self.current.labels.pop()
        after = self.expression(kind, depth - 1)
        self.current.labels.pop()
        return (f"(block {outer} (result {kind}) (drop (block {inner} (result {kind})"
                f" (br_table {targets} {value} {index}))) {after})")

    # Calls

    def call(self, kind, depth):
        callees = [function for function in self.functions if function.results == [kind]]
        if not callees:
            return self.operation(kind, depth)
        return self.call_text(self.pick(callees), depth, "")

    def call_text(self, callee, depth, prefix):
        arguments = " ".join(self.expression(kind, depth - 1) for kind in callee.parameters)
        form = self.weighted((5, "direct"), (2, "indirect"), (1, "reference"))
        if form == "direct":
            return f"({prefix}call {callee.name} {arguments})"
        if form == "reference":
            return f"({prefix}call_ref {callee.type_name} {arguments} (ref.func {callee.name}))"
        index = f"(i32.and {self.expression('i32', depth - 1)} (i32.const {self.table_size - 1}))"
        if self.chance(0.7):
            index = f"(i32.const {self.random.randrange(self.table_size // 2)})"
        return f"({prefix}call_indirect $t0 (type {callee.type_name}) {arguments} {index})"

    def tail_call(self, function):
        callees = [callee for callee in self.functions if callee.results == function.results]
        return [self.call_text(self.pick(callees), 2, "return_")]

    # What has a rule of its own

    def special(self, kind, depth):
        if kind == "v128":
            lanes = " ".join(str(self.random.randrange(32)) for _ in range(16))
            return f"(i8x16.shuffle {lanes} {self.expression('v128', depth - 1)} {self.expression('v128', depth - 1)})"
        if kind != "i32":
            return self.operation(kind, depth)
        size = "(memory.size $m0)"
        grow = f"(memory.grow $m0 (i32.and {self.expression('i32', depth - 1)} (i32.const 1)))"
        table_grow = f"(table.grow $t0 {self.reference()} (i32.and {self.expression('i32', 0)} (i32.const 1)))"
        return self.pick([size, grow, table_grow, "(table.size $t0)", f"(ref.is_null {self.reference()})"])

    def reference(self):
        index = f"(i32.and {self.expression('i32', 1)} (i32.const {self.table_size - 1}))"
        return self.pick(["(ref.null func)", f"(ref.func {self.pick(self.functions).name})",
                          f"(table.get $t0 {index})"])

    # Statements

    def statement(self, depth):
        """Code that leaves the stack as it was."""
        function = self.current
        function.budget -= 1
        if depth <= 0 or function.budget < 0:
            return self.assignment(0)
        make = self.weighted(
            (4, self.assignment), (2, self.store), (1.2, self.loop), (1, self.branch), (1, self.many_results),
            (0.8, self.bulk), (0.6, self.multiple_block), (0.4, self.switch), (0.3, self.drop))
        return make(depth)

    def assignment(self, depth):
        function = self.current
        if self.globals and self.chance(0.25):
            name, kind = self.pick(self.globals)
            return f"(global.set {name} {self.expression(kind, depth)})"
        name, kind = self.pick(function.locals)
        return f"(local.set {name} {self.expression(kind, depth)})"

    def drop(self, depth):
        return f"(drop {self.expression(self.pick(self.values), depth)})"

    def store(self, depth):
        operation = self.pick(self.stores)
        immediates = self.immediates(operation)
        address = self.address(depth - 1)
        return f"({operation.mnemonic}{immediates} {address} {self.expression(operation.operands[1], depth - 1)})"

    def loop(self, depth):
        function = self.current
        if sum(kinds is None for _, kinds in function.labels) >= 2:
            return self.assignment(depth)
        counter = f"$c{function.loops}"
        function.loops += 1
        name = self.label(None)
        body = " ".join(self.statement(depth - 1) for _ in range(self.random.randint(1, 3)))
        function.labels.pop()
        count = self.random.randint(1, 8)
        step = f"(local.tee {counter} (i32.add (local.get {counter}) (i32.const 1)))"
        test = self.pick([f"(i32.lt_u {step} (i32.const {count}))", f"(i32.ne {step} (i32.const {count}))"])
        return f"(local.set {counter} (i32.const 0)) (loop {name} {body} (br_if {name} {test}))"

    def leave(self):
        """Code that goes elsewhere, and after which nothing runs."""
        function = self.current
        targets = [(name, kinds) for name, kinds in function.labels if kinds is not None]
        if targets and self.chance(0.7):
            name, kinds = self.pick(targets)
            return f"(br {name} {' '.join(self.leaf(kind) for kind in kinds)})"
        if self.chance(0.1):
            return "(unreachable)"
        return f"(return {' '.join(self.leaf(kind) for kind in function.results)})"

    def branch(self, depth):
        condition = self.expression("i32", depth - 1)
        dead = " " + self.assignment(1) if self.chance(0.2) else ""
        if self.chance(0.6):
            return f"(if {condition} (then {self.leave()}{dead}))"
        name = self.label([])
        body = self.statement(depth - 1)
        function_branch = f"(br_if {name} {condition})"
        self.current.labels.pop()
        return f"(block {name} {function_branch} {body})"

    def many_results(self, depth):
        callees = [function for function in self.functions if len(function.results) != 1]
        if not callees:
            return self.assignment(depth)
        callee = self.pick(callees)
        drops = " (drop)" * len(callee.results)
        targets = []
        for kind in reversed(callee.results):
            names = [name for name, local in self.current.locals if local == kind]
            targets.append(f"(local.set {self.pick(names)})" if names else "(drop)")
        sets = " ".join(targets) if self.chance(0.8) else drops
        return f"{self.call_text(callee, depth, '')} {sets}"

    def multiple_block(self, depth):
        """A block with parameters and several results, left with them from within."""
        kinds = [self.pick(self.values) for _ in range(self.random.randint(2, 3))]
        parameters = [self.pick(self.values) for _ in range(self.random.randint(0, 2))]
        arguments = " ".join(self.expression(kind, depth - 1) for kind in parameters)
        name = self.label(kinds)
        drops = "(drop) " * len(parameters)
        values = " ".join(self.expression(kind, depth - 1) for kind in kinds)
        middle = ""
        if self.chance(0.6):
            middle = f"(br_if {name} {self.expression('i32', depth - 1)})"
        body = self.statement(depth - 1)
        self.current.labels.pop()
        targets = []
        for kind in reversed(kinds):
            names = [local for local, value in self.current.locals if value == kind]
            targets.append(f"(local.set {self.pick(names)})" if names else "(drop)")
        signature = self.signature(parameters, kinds)
        return f"{arguments} (block {name}{signature} {drops}{body} {values} {middle}) {' '.join(targets)}"

    def switch(self, depth):
        count = self.random.randint(1, 4)
        names = [self.label([]) for _ in range(count)]
        targets = " ".join(self.pick(names) for _ in range(self.random.randint(1, 6)))
        text = f"(br_table {targets} {self.expression('i32', depth - 1)})"
        for name in reversed(names):
            self.current.labels.pop()
            text = f"(block {name} {text}) {self.assignment(1)}"
        return text

    def bulk(self, depth):
        def number(limit):
            return f"(i32.and {self.expression('i32', 1)} (i32.const {limit}))"
        memory = self.pick(self.memories)
        wide = self.is_wide(memory)

        def place(limit):
            return f"(i64.extend_i32_u {number(limit)})" if wide else number(limit)
        references = self.table_size // 2 - 1
        return self.pick([
            f"(memory.fill {memory} {place(0x7FFF)} {self.expression('i32', 1)} {place(255)})",
            f"(memory.copy {memory} {memory} {place(0x7FFF)} {place(0x7FFF)} {place(1023)})",
            f"(memory.init {memory} $d1 {place(0x7FFF)} {number(7)} {number(15)})",
            f"(table.set $t0 {number(self.table_size - 1)} {self.reference()})",
            f"(table.fill $t0 {number(references)} {self.reference()} {number(references)})",
            f"(table.copy $t0 $t1 {number(references)} {number(1)} {number(3)})",
            f"(table.init $t1 $e1 {number(3)} {number(1)} {number(1)})",
            "(data.drop $d1)" if self.chance(0.1) else "(nop)",
            "(elem.drop $e1)" if self.chance(0.1) else "(nop)",
        ])
