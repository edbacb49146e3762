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


def main():
    rows = read_rows()
    tests = HERE.parents[2] / "Tests" / "WasmTests"
    files = {
        HERE / "GeneratedOpcodes.swift": opcode_file(rows),
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
