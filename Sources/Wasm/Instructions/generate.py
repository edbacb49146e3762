#!/usr/bin/env python3
"""Makes the Swift files named Generated… from instructions.list.

With --check it writes nothing, and fails if a file that stands here differs from what it would write.
"""
import re
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
SOURCES = HERE.parent
HEADER = "// Made by Instructions/generate.py from Instructions/instructions.list: edit those.\n\n"
KEYWORDS = {"if", "else", "return", "throw"}
IMMEDIATES = {
    "blocktype": "blockType", "valuetypes": "valueTypes", "heaptype": "heapType", "castflags": "castFlags",
    "i32": "i32", "i64": "i64",
}


class Row:
    """One instruction: a row of instructions.list."""

    def __init__(self, line):
        code, self.mnemonic, immediates, self.type, flags, self.semantics = (
            field.strip() for field in line.split("|", 5))
        *prefix, low = code.split()
        self.prefix = int(prefix[0], 16) if prefix else 0
        self.code = int(low, 16)
        self.immediates = [] if immediates == "-" else immediates.split()
        self.flags = [] if flags == "-" else flags.split()
        self.name = camel(self.mnemonic)
        if self.immediates == ["valuetypes"]:
            self.name += "Typed"
        self.operands, self.results = [], []
        if self.type != "special":
            operands, results = self.type.split("->")
            self.operands, self.results = operands.split(), results.split()

    def flag_value(self, flag):
        """The word after `flag`, None where the flag is absent."""
        return self.flags[self.flags.index(flag) + 1] if flag in self.flags else None


def camel(mnemonic):
    """The Swift name of a mnemonic: i32.load8_s is i32Load8S."""
    first, *rest = re.split(r"[._]", mnemonic)
    return first + "".join(word[0].upper() + word[1:] for word in rest)


def escaped(name):
    return f"`{name}`" if name in KEYWORDS else name


def read_rows():
    lines = (HERE / "instructions.list").read_text().splitlines()
    return [Row(line) for line in lines if line and not line.startswith("#")]


def opcode_file(rows):
    """The enumeration of the instructions, and the table with a row for each."""
    out = [HEADER, "/// An instruction of WebAssembly.\n"]
    out.append("/// Spec: core/appendix/index-instructions\n")
    out.append("package enum Opcode: UInt16, CaseIterable, Sendable {\n")
    out += [f"    case {escaped(row.name)}\n" for row in rows]
    out.append("}\n\nextension Instruction {\n")
    out.append("    /// A row for each instruction, at the index that is its opcode's raw value.\n")
    out.append("    package static let all: [Instruction] = [\n")
    for row in rows:
        immediates = ", ".join("." + IMMEDIATES.get(kind, kind) for kind in row.immediates)
        signature = "nil"
        if row.type != "special":
            operands = ", ".join("." + kind for kind in row.operands)
            result = "." + row.results[0] if row.results else "nil"
            signature = f"Signature([{operands}], {result})"
        out.append(f"        Instruction(\n            .{escaped(row.name)}, 0x{row.prefix:02X}, 0x{row.code:X}, "
                   f"\"{row.mnemonic}\",\n            [{immediates}], {signature}),\n")
    out.append("    ]\n}\n")
    return "".join(out)


def vector_test_file(rows):
    """A function for tests that performs any vector instruction by its semantics."""
    from_vector = {"v128": "{0}", "i32": "u32x4({0})[0]", "i64": "u64x2({0})[0]",
                   "f32": "f32x4({0})[0]", "f64": "f64x2({0})[0]",
                   "UInt8": "{0}[0]", "UInt16": "u16x8({0})[0]", "UInt32": "u32x4({0})[0]",
                   "UInt64": "u64x2({0})[0]", "V128": "{0}"}
    to_vector = {"v128": "{}", "V128": "{}", "i32": "zeroExtended({})", "i64": "zeroExtended({})",
                 "f32": "zeroExtended(bitPattern({}))", "f64": "zeroExtended(bitPattern({}))",
                 "UInt8": "zeroExtended(UInt32({}))", "UInt16": "zeroExtended(UInt32({}))",
                 "UInt32": "zeroExtended({})", "UInt64": "zeroExtended({})"}
    out = [HEADER, "@testable import Wasm\n\n"]
    out.append("/// What a vector instruction makes of its operands; nil of other instructions.\n///\n")
    out.append("/// A scalar, or what a load finds in memory, is in the low bytes of its vector.\n")
    out.append("func perform(_ opcode: Opcode, _ a: V128, _ b: V128, _ c: V128, lane: Int) -> V128? {\n")
    out.append("    switch opcode {\n")
    for row in rows:
        if row.prefix != 0xFD or row.type == "special":
            continue
        stored = row.flag_value("store")
        operands = [operand for operand in row.operands if operand != "address"]
        if row.flag_value("load"):
            operands.insert(0, row.flag_value("load"))
        expression = row.semantics
        for name, operand in zip("abc", operands):
            expression = re.sub(rf"\b{name}\b", from_vector[operand].format("$" + name), expression)
        expression = to_vector[stored or row.results[0]].format(expression.replace("$", ""))
        out.append(f"    case .{row.name}:\n        {expression}\n")
    out.append("    default: nil\n    }\n}\n")
    return "".join(out)


SWIFT_TYPES = {"i32": "UInt32", "i64": "UInt64", "f32": "Float", "f64": "Double", "v128": "V128"}
BYTES = {"UInt8": 1, "Int8": 1, "UInt16": 2, "Int16": 2, "UInt32": 4, "Int32": 4, "Float": 4,
         "UInt64": 8, "Double": 8, "V128": 16}
WORDS = {"slot": 1, "u16": 1, "i32": 2, "u32": 2, "u64": 4}
NEGATED = {"eq": "ne", "ne": "eq", "ltS": "geS", "ltU": "geU", "gtS": "leS", "gtU": "leU",
           "leS": "gtS", "leU": "gtU", "geS": "ltS", "geU": "ltU"}
MIRRORED = {"eq": "eq", "ne": "ne", "ltS": "gtS", "ltU": "gtU", "gtS": "ltS", "gtU": "ltU",
            "leS": "geS", "leU": "geU", "geS": "leS", "geU": "leU",
            "lt": "gt", "gt": "lt", "le": "ge", "ge": "le"}


# An arm that calls lets the accumulators go, so that they need not be saved.
FORGET = ["accumulator = 0", "floating = 0"]


def capital(name):
    return name[0].upper() + name[1:]


def accessor(kind):
    """The name of a frame's accessor for an operand of this kind."""
    return {"i32": "u32", "i64": "u64", "f32": "f32", "f64": "f64", "v128": "v128"}[kind]


class Operation:
    """One operation of the register machine: a name, the lines of its arm, its length in words."""

    def __init__(self, name, lines, words):
        self.name, self.lines, self.words = name, lines, words


def leave(kind):
    return f"return leave(context, pc, frame, {kind})"


def semantics(text, write):
    """The lines that compute an expression with its traps and hand it to `write`."""
    *conditions, value = [part.strip() for part in text.split(";")]
    lines = []
    for condition in conditions:
        kind, test = re.fullmatch(r"trap\((\w+)\) if (.*)", condition).groups()
        lines.append(f"if _slowPath({test}) {{ {leave('.' + kind)} }}")
    return lines + [write(value)]


def branch(offset):
    return [
        f"pc = pc.advanced({offset})",
        f"if {offset} <= 0, _slowPath(context.countDown()) {{",
        f"    if let kind = context.safepoint() {{ {leave('kind')} }}",
        *("    " + line for line in FORGET),
        "}",
    ]


def compute(row):
    """The lines that compute a row's value, leave it in an accumulator and write it to the frame."""
    result = row.results[0]
    if result in ("i32", "i64"):
        return semantics(row.semantics, lambda v: f"accumulator = widened({v})") + [
            "frame.setU64(pc.slot(1), accumulator)"]
    if result == "f64":
        return semantics(row.semantics, lambda v: f"floating = {v}") + [
            "frame.setF64(pc.slot(1), floating)"]
    write = semantics(row.semantics, lambda v: f"frame.set{accessor(result).upper()}(pc.slot(1), {v})")
    return write + FORGET


def plain(row):
    """An operation that computes a value from registers."""
    lines, word = [], 2
    for letter, kind in zip("abc", row.operands):
        lines.append(f"let {letter} = frame.{accessor(kind)}(pc.slot({word}))")
        word += 1
    if "lane" in row.flags:
        lines.append(f"let lane = pc.slot({word})")
        word += 1
    lines += compute(row)
    if len(row.operands) == 1 and row.operands[0] == row.results[0] == "f64":
        lines += FORGET[:1]
    return [Operation(row.name, lines + [f"pc = pc.advanced({word})"], word)]


def accumulated(row):
    """The forms whose first operand is what the operation before computed: of arithmetic on numbers."""
    kind = row.operands[0]
    if "branch" in row.flags or kind == "f32":
        return []
    first = {"i32": "UInt32(truncatingIfNeeded: accumulator)", "i64": "accumulator", "f64": "floating"}
    lines = [f"let a = {first[kind]}", f"let b = frame.{accessor(kind)}(pc.slot(2))"] + compute(row)
    forms = [Operation(row.name + "Accumulator", lines + ["pc = pc.advanced(3)"], 3)]
    if kind != "f64":
        text, words = constant(kind, 2)
        lines = [f"let a = {first[kind]}", f"let b = {text}"] + compute(row)
        lines.append(f"pc = pc.advanced({2 + words})")
        forms.append(Operation(row.name + "AccumulatorImmediate", lines, 2 + words))
    return forms


def constant(kind, word):
    """The second operand as a constant from `word` on, and how many words it takes."""
    if kind == "i32":
        return f"pc.u32({word})", 2
    if kind == "i64":
        return f"UInt64(truncatingIfNeeded: pc.i32({word}))", 2
    if kind == "f32":
        return f"Float(bitPattern: pc.u32({word}))", 2
    return f"Double(bitPattern: pc.u64({word}))", 4


def immediate(row):
    """The form of a binary operation whose second operand is a constant."""
    kind = row.operands[1]
    text, words = constant(kind, 3)
    lines = [f"let a = frame.{accessor(kind)}(pc.slot(2))", f"let b = {text}"]
    lines += compute(row)
    return [Operation(row.name + "Immediate", lines + [f"pc = pc.advanced({3 + words})"], 3 + words)]


def fused(row):
    """The forms of a test that are fused with the branch on it."""
    test = re.fullmatch(r"bit\((.*)\)", row.semantics).group(1)
    kind = row.operands[0]
    operations = []

    def form(name, operand, test, words):
        lines = [f"let a = frame.{accessor(kind)}(pc.slot(1))"]
        if operand:
            lines.append(f"let b = {operand}")
        lines += [f"let offset = pc.i32({words})", f"if {test} {{"]
        lines += ["    " + line for line in branch("offset")]
        lines += ["} else {", f"    pc = pc.advanced({words + 2})", "}"]
        operations.append(Operation(name, lines, words + 2))

    second = f"frame.{accessor(kind)}(pc.slot(2))" if len(row.operands) == 2 else None
    form("branchIf" + capital(row.name), second, test, 3 if second else 2)
    if kind[0] == "f":
        form("branchUnless" + capital(row.name), second, f"!({test})", 3)
    if "immediate" in row.flags:
        text, words = constant(kind, 2)
        form("branchIf" + capital(row.name) + "Immediate", text, test, 2 + words)
    return operations


def memory(row):
    """A load or a store, of a lane too; the offset is 32 bits wide.

    The form `Sum` adds a constant to the address first, as i32.add does.
    """
    forms = [access(row, False)]
    if row.prefix == 0:
        forms.append(access(row, True))
    if row.flag_value("store") and row.operands[1][0] == "i":
        forms.append(access(row, False, True))
    return forms


def access(row, adds, stores_constant=False):
    """A load or a store; of the sum of a register and a constant, or of a constant into memory."""
    stored = row.flag_value("store")
    type = stored or row.flag_value("load")
    lane = "lane" in row.flags
    address, offset = (1, 4 if stores_constant else 3) if stored else (2, 4 if lane else 3)
    index = f"frame.u32(pc.slot({address}))"
    if adds:
        index = f"({index} &+ pc.u32({offset + 2}))"
    lines = [
        f"let address = widened({index}) &+ widened(pc.u32({offset}))",
        f"if _slowPath(address &+ {BYTES[type]} > memory.byteCount) {{ {leave('.memoryOutOfBounds')} }}",
    ]
    if lane:
        lines.append(f"let lane = pc.slot({offset + 2})")
    if stored:
        value = f"frame.{accessor(row.operands[1])}(pc.slot(2))"
        if stores_constant:
            value = constant(row.operands[1], 2)[0]
        lines.append(f"let a = {value}")
        lines.append(f"memory.store({row.semantics}, address)")
    else:
        if lane:
            lines.append("let b = frame.v128(pc.slot(3))")
        lines.append(f"let a = memory.load(address, as: {type}.self)")
        lines += compute(row)
    words = offset + 2 + lane + 2 * adds
    name = row.name + ("Sum" if adds else "Immediate" if stores_constant else "")
    return Operation(name, lines + [f"pc = pc.advanced({words})"], words)


def of_row(row):
    """The operations that stand for a row; none where lowering has a rule of its own."""
    if row.type == "special" or row.semantics == "-":
        return []
    if "load" in row.flags or "store" in row.flags:
        return memory(row)
    operations = plain(row)
    if "immediate" in row.flags:
        operations += immediate(row) + accumulated(row)
    if "branch" in row.flags:
        operations += fused(row)
    return operations


def macro(line):
    """Expands the $ words of operations.list in one line."""
    indent, text = re.fullmatch(r"( *)(.*)", line).groups()
    match = re.fullmatch(r"\$(\w+)\((.*)\)(?: if (.*))?", text)
    if not match:
        return [line]
    word, argument, condition = match.groups()
    arguments = argument.split(", ")
    if word == "trap":
        body = [leave("." + argument)] if condition == "true" else [
            f"if _slowPath({condition}) {{ {leave('.' + argument)} }}"]
    elif word == "fail":
        body = [f"if let {argument} {{ {leave(argument)} }}"]
    elif word == "helper":
        body = [f"if let kind = {argument}(context, frame, pc, instance) {{ {leave('kind')} }}"]
    elif word == "branch":
        body = branch(argument)
    elif word == "enter":
        body = enter(*arguments) + [f"top.link({arguments[0]}.header, next, frame)"] + begin(arguments[0])
    elif word == "call":
        function, base = arguments
        body = [f"let callee = {function}.callee"] + enter("callee", base)
        body += [
            f"if _fastPath({function}.runs(in: instance)) {{",
            "    top.link(callee.header, next, frame)",
            "} else {",
            "    top.linkAcross(callee.header, next, frame, instance)",
            f"    instance = {function}.instance",
            "    context.instance = instance",
            "    memory = instance.memory",
            "}",
        ] + begin("callee")
    elif word == "tailcall":
        body = [
            f"let (failure, code) = tailCall(context, frame, {', '.join(arguments)})",
            f"if let failure {{ {leave('failure')} }}",
            "instance = context.instance",
            "memory = instance.memory",
            "pc = code",
        ]
    else:
        raise ValueError(f"unknown word {word}")
    return [indent + part for part in body]


def enter(callee, base):
    return [
        f"let top = frame.advanced({base})",
        f"if _slowPath(!context.hasRoom(top, {callee}.frameBytes)) {{ {leave('.callStackExhausted')} }}",
        f"if _slowPath(context.countDown()), let kind = context.safepoint() {{ {leave('kind')} }}",
    ]


def begin(callee):
    return [
        "frame = top",
        f"pc = {callee}.code",
    ]


def read_operations():
    """The operations of operations.list."""
    operations, lines = [], []
    for line in (HERE / "operations.list").read_text().splitlines():
        if not line or line.startswith("#"):
            continue
        if line.startswith("    "):
            lines += macro(line[4:])
            continue
        head = line.split()
        jumps = head[-1] == "jumps"
        name, operands = head[0], head[1:-1] if jumps else head[1:]
        lines, bindings, word = [], [], 1
        for operand in operands:
            label, kind = operand.split(":")
            read = "slot" if kind == "u16" else kind
            bindings.append((label, f"let {label} = pc.{read}({word})"))
            word += WORDS[kind]
        operations.append((name, lines, bindings, word, jumps))
    return [custom(*operation) for operation in operations]


def custom(name, lines, bindings, word, jumps):
    text = "\n".join(lines)

    def used(label):
        return re.search(rf"(?<![.\w]){label}\b(?!:)", text)

    body = [binding for label, binding in bindings if used(label)]
    if used("next"):
        body.append(f"let next = pc.advanced({word})")
    if "accumulator" not in text and not lines[-1].startswith("return"):
        lines = FORGET + lines
    return Operation(name, body + lines + ([] if jumps else [f"pc = pc.advanced({word})"]), word)


def operation_file(operations):
    out = [HEADER, "/// An operation of the register machine that bodies are lowered to.\n"]
    out.append("enum Operation: UInt16, CaseIterable {\n")
    out += [f"    case {operation.name}\n" for operation in operations]
    out.append("\n    /// The length of each operation in words, at the index that is its raw value.\n")
    lengths = [str(operation.words) for operation in operations]
    out.append("    static let lengths: [UInt8] = [\n")
    for start in range(0, len(lengths), 24):
        out.append(f"        {', '.join(lengths[start:start + 24])},\n")
    out.append("    ]\n}\n")
    return "".join(out)


def loop_file(operations):
    out = [HEADER]
    out.append("""/// Runs from `pc` until the frame that was entered first returns, or a trap.
///
/// State lies in locals, and an arm holds nothing over its end (`Sources/RATIONALE.md`).
@inline(never)
func interpret(_ context: Context, _ start: ProgramCounter, _ bottom: Frame) {
    var pc = start
    var frame = bottom
    var instance = context.instance
    var memory = instance.memory
    var accumulator: UInt64 = 0
    var floating: Double = 0
    while true {
        switch pc.operation {
""")
    for operation in operations:
        out.append(f"        case .{operation.name}:\n")
        out += [f"            {line}\n" for line in operation.lines]
    out.append("        }\n    }\n}\n")
    return "".join(out)


def lowering_file(rows, names):
    """The table that says what operations an instruction is lowered to."""
    out = [HEADER, "extension PlainLowering {\n"]
    out.append("    /// What each instruction is lowered to, at the index that is its opcode's raw value.\n")
    out.append("    static let all: [PlainLowering?] = [\n")
    for row in rows:
        operations = [operation.name for operation in of_row(row)]
        if not operations:
            out.append("        nil,\n")
            continue
        prefix, _, test = row.mnemonic.partition(".")
        test = camel(test)
        fields = {"operation": row.name}
        if row.name + "Immediate" in operations:
            fields["immediate"] = row.name + "Immediate"
        for form in ("Accumulator", "AccumulatorImmediate", "Sum"):
            if row.name + form in operations:
                fields[form[0].lower() + form[1:]] = row.name + form
        if "branch" in row.flags:
            negated = prefix + capital(NEGATED.get(test, ""))if test in NEGATED else None
            fields["branchIf"] = "branchIf" + capital(row.name)
            if row.name == "i32Eqz":
                fields["branchUnless"] = "branchIf"
            elif row.name == "i64Eqz":
                fields["branchUnless"] = "branchIf64"
            elif prefix[0] == "f":
                fields["branchUnless"] = "branchUnless" + capital(row.name)
            else:
                fields["branchUnless"] = "branchIf" + capital(negated)
            if "immediate" in row.flags:
                fields["branchIfImmediate"] = fields["branchIf"] + "Immediate"
                fields["branchUnlessImmediate"] = fields["branchUnless"] + "Immediate"
        if "commutative" in row.flags:
            fields["mirrored"] = row.name
        elif test in MIRRORED and len(row.operands) == 2 and prefix in SWIFT_TYPES and prefix != "v128":
            fields["mirrored"] = prefix + capital(MIRRORED[test])
        shape = "plain"
        if "load" in row.flags:
            shape = "load"
        if "store" in row.flags:
            shape = "store"
        for name in fields.values():
            assert name in names, (row.mnemonic, name)
        text = ", ".join(f"{key}: .{name}" for key, name in fields.items())
        out.append(f"        PlainLowering(.{shape}, {text}),\n")
    out.append("    ]\n}\n")
    return "".join(out)


def main():
    rows = read_rows()
    operations = [operation for row in rows for operation in of_row(row)] + read_operations()
    names = {operation.name for operation in operations}
    execution, lowering = SOURCES / "Execution", SOURCES / "Lowering"
    tests = HERE.parents[2] / "Tests" / "WasmTests"
    files = {
        HERE / "GeneratedOpcodes.swift": opcode_file(rows),
        lowering / "GeneratedOperations.swift": operation_file(operations),
        execution / "GeneratedLoop.swift": loop_file(operations),
        lowering / "GeneratedLowerings.swift": lowering_file(rows, names),
        tests / "GeneratedVectorOperations.swift": vector_test_file(rows),
    }
    stale = [path for path, text in files.items() if not path.exists() or path.read_text() != text]
    if "--check" in sys.argv:
        for path in stale:
            print(f"{path.name} is not what generate.py makes of instructions.list")
        sys.exit(1 if stale else 0)
    for path in stale:
        path.write_text(files[path])


if __name__ == "__main__":
    main()
