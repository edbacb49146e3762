#!/usr/bin/env python3
"""Checks the machine code of the interpreter's loop in the release build of virga.

What it looks for, and why, is in Sources/RATIONALE.md: the dispatch is copied into the arms, the hot
arms keep all they need in registers, nothing but known helpers is called, the frame is small.
"""
import re
import shutil
import struct
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from environment import ROOT, VIRGA

OPERATIONS = ROOT / "Sources" / "Wasm" / "Lowering" / "GeneratedOperations.swift"
LOOP = r"\$s4Wasm9interpret\w*F"
FRAME_BYTES = 2048
DISPATCHES_PER_OPERATION = 0.9
# Operations whose arms must not touch the machine stack.
HOT = ["i32Add", "i32AddImmediate", "i64Add", "f64Add", "i32Load", "i64Load", "f64Load", "i32Store", "i64Store",
       "f64Store", "copy", "constant32", "returnNothing", "returnValue"]
# These may read the context's address from it where they count a safepoint, and share the dispatch
# of the way that counts none.
BRANCHES = ["jump", "branchIfI32LtS", "branchIfI32EqImmediate", "branchIfI32Eqz"]
# The functions that the loop may call: operations that are rare, long or loop.
ALLOWED = {
    "addSaturating", "bitmask", "callHost", "ceiling", "checkSubtype", "converted", "dataDrop", "dotProduct",
    "elementDrop", "floored", "leave", "lowerBody", "memoryCopy", "memoryFill", "memoryGrow", "memoryInit",
    "memorySize", "memset", "narrowed", "narrowedUnsigned", "nearest", "openWindow", "populationCount",
    "q15Product", "safepoint", "saturatingSigned", "saturatingUnsigned", "shuffle", "subtractSaturating",
    "swizzle", "tableCopy", "tableFill", "tableGet", "tableGrow", "tableInit", "tableSet", "tableSize",
    "tailCall", "truncated", "uninitializedElement",
}


def disassembler():
    """llvm-objdump or objdump: on PATH, or beside swift."""
    swift = shutil.which("swift")
    beside = Path(swift).resolve().parent / "llvm-objdump" if swift else None
    if beside and beside.exists():
        return str(beside)
    return shutil.which("llvm-objdump") or shutil.which("objdump")


def loop_instructions(program):
    """(address, instruction) of each instruction of the loop."""
    found, lines = False, []
    with subprocess.Popen([program, "-d", "--no-show-raw-insn", str(VIRGA)], stdout=subprocess.PIPE,
                          text=True) as process:
        for line in process.stdout:
            if re.match(rf"[0-9a-f]+ <{LOOP}>:", line):
                found = True
            elif found and not line.strip():
                process.terminate()
                break
            elif found and (match := re.match(r"\s*([0-9a-f]+):\s+(\S.*)", line)):
                lines.append((int(match[1], 16), re.sub(r"\s+", " ", match[2])))
    return lines


class Image:
    """The bytes of an ELF file by address."""

    def __init__(self, path):
        self.bytes = path.read_bytes()
        offset, = struct.unpack_from("<Q", self.bytes, 0x20)
        size, count = struct.unpack_from("<HH", self.bytes, 0x36)
        self.segments = []
        for index in range(count):
            kind, _, start, address, _, length = struct.unpack_from("<IIQQQQ", self.bytes, offset + index * size)
            if kind == 1:
                self.segments.append((address, start, length))

    def words(self, address, count):
        for base, start, length in self.segments:
            if base <= address < base + length:
                return struct.unpack_from(f"<{count}i", self.bytes, start + address - base)
        return ()


def arms(instructions, names):
    """The addresses of the operations' arms, by name, from the table that the dispatch reads."""
    for (_, first), (_, second), (_, third) in zip(instructions, instructions[1:], instructions[2:]):
        if table := re.match(r"movslq \((%\w+),%\w+,4\)", first):
            register = table[1]
            base = [re.search(r"# (?:0x)?([0-9a-f]+)", text)
                    for _, text in instructions if text.startswith("lea") and f", {register}" in text]
            if base and base[0]:
                address = int(base[0][1], 16)
                offsets = Image(VIRGA).words(address, len(names))
                return {name: address + offset for name, offset in zip(names, offsets)}
    return {}


def arm_paths(by_address, instructions, start):
    """The paths from an arm's start to a dispatch, each a list of (address, instruction).

    A path that calls something or leaves the loop is none: it is a rare one. A path that goes on
    for too long ends with None.
    """
    paths, pending = [], [(start, [])]
    while pending and len(paths) < 64:
        address, path = pending.pop()
        while True:
            index = by_address.get(address)
            if index is None:
                break
            if len(path) > 100:
                paths.append(path + [None])
                break
            text = instructions[index][1]
            path = path + [(address, text)]
            if re.match(r"jmpq? \*", text):
                paths.append(path)
                break
            if text.startswith(("call", "ret", "ud2")):
                break
            target = re.match(r"j(\w+) (?:0x)?([0-9a-f]+)", text)
            if target and target[1] in ("mp", "mpq"):
                address = int(target[2], 16)
                continue
            if target:
                pending.append((int(target[2], 16), path))
            address = instructions[index + 1][0] if index + 1 < len(instructions) else None
    return paths


def problems(instructions, names):
    indirect = sum(bool(re.match(r"jmpq? \*", text)) for _, text in instructions)
    if indirect < DISPATCHES_PER_OPERATION * len(names):
        yield f"{indirect} indirect jumps for {len(names)} operations: the dispatch is not copied into the arms"
    frame = [int(match[1], 0) for _, text in instructions[:20]
             if (match := re.match(r"subq \$(0x[0-9a-f]+|\d+), %rsp", text))]
    if not frame or frame[0] >= FRAME_BYTES:
        yield f"the frame takes {frame[0] if frame else '?'} bytes, {FRAME_BYTES} are too many"
    for _, text in instructions:
        if text.startswith("call"):
            symbol = text.split("<")[-1].rstrip(">")
            name = re.sub(r"@plt$", "", symbol)
            if swift := re.match(r"\$s4Wasm(?:7ContextV)?(\d+)", symbol):
                name = symbol[swift.end():][:int(swift[1])]
            if name not in ALLOWED:
                yield f"the loop calls {symbol}, which is not on the list"
    by_address = {address: index for index, (address, _) in enumerate(instructions)}
    first = next(address for address, text in instructions if re.match(r"jmpq? \*", text))
    starts = arms(instructions, names)
    for name in HOT + BRANCHES:
        paths = arm_paths(by_address, instructions, starts.get(name))
        own = [path for path in paths if path[-1] is not None and path[-1][0] != first]
        if not own or (name in HOT and len(own) < len(paths)):
            yield f"the arm of {name} does not end in a dispatch of its own"
        for path in own:
            stack = [text for _, text in path if "(%rsp" in text]
            if len(stack) > (name in BRANCHES) or any(text.endswith("(%rsp)") for text in stack):
                yield f"the arm of {name} uses the machine stack: {'; '.join(stack)}"


def main():
    program = disassembler()
    if not VIRGA.exists() or not program:
        sys.exit("check_loop: needs .build/release/virga and llvm-objdump")
    if Image(VIRGA).bytes[18] != 62:
        print("check_loop: skipped, this is no x86-64 machine")
        return
    names = re.findall(r"^    case `?(\w+)`?$", OPERATIONS.read_text(), re.MULTILINE)
    instructions = loop_instructions(program)
    if not instructions:
        sys.exit("check_loop: the loop is not in the program")
    found = list(dict.fromkeys(problems(instructions, names)))
    for problem in found:
        print(f"check_loop: {problem}")
    if found:
        sys.exit(1)
    print(f"check_loop: {len(names)} operations in {len(instructions)} instructions, as they should be")


if __name__ == "__main__":
    main()
