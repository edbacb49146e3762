"""Components in the text format that give back what they are given, for any type and string encoding."""
from component_types import (NAMED, alignment, align_to, cases, discriminant_size, flags_size, flatten, kind,
                             members, payload_offset, size)

FLAT_PARAMETERS, FLAT_RESULTS = 16, 1
ENCODINGS = ["utf8", "utf16", "latin1+utf16"]

HEAP = """
    (memory (export "memory") 1)
    (global $top (mut i32) (i32.const 1024))
    (func $realloc (export "realloc") (param $old i32) (param $old-size i32) (param $align i32) (param $size i32)
      (result i32) (local $place i32)
      (local.set $place (i32.and (i32.add (global.get $top) (i32.sub (local.get $align) (i32.const 1)))
        (i32.sub (i32.const 0) (local.get $align))))
      (global.set $top (i32.add (local.get $place) (local.get $size)))
      (block $fits
        (br_if $fits (i32.le_u (global.get $top) (i32.shl (memory.size) (i32.const 16))))
        (br_if $fits (i32.ne (i32.const -1)
          (memory.grow (i32.add (i32.const 1) (i32.shr_u (local.get $size) (i32.const 16))))))
        unreachable)
      (memory.copy (local.get $place) (local.get $old)
        (select (local.get $old-size) (local.get $size) (i32.lt_u (local.get $old-size) (local.get $size))))
      (local.get $place))
    (func $reset (export "reset") (global.set $top (i32.const 1024)))"""


class Names:
    """Declares the types that a type is made of, each that needs one with a name that is imported or exported."""

    def __init__(self, how):
        self.how, self.lines, self.known, self.arguments = how, [], {}, []

    def reference(self, type_):
        """The type as it is written where it is used."""
        name = kind(type_)
        if isinstance(type_, str):
            return type_
        key = repr(type_)
        if key in self.known:
            return self.known[key]
        text = self.definition(type_)
        if name not in NAMED:
            return text
        number = len(self.arguments)
        self.lines.append(f"(type $d{number} {text})")
        self.arguments.append(f"t{number}")
        if self.how == "import":
            self.lines.append(f'(import "t{number}" (type $t{number} (eq $d{number})))')
        else:
            self.lines.append(f'(export $t{number} "t{number}" (type $d{number}))')
        self.known[key] = f"$t{number}"
        return self.known[key]

    def definition(self, type_):
        name = kind(type_)
        if name in ("list", "option"):
            return f"({name} {self.reference(type_[1])})"
        if name == "tuple":
            return "(tuple " + " ".join(self.reference(item) for item in type_[1]) + ")"
        if name == "record":
            return "(record" + "".join(f' (field "{label}" {self.reference(item)})' for label, item in type_[1]) + ")"
        if name == "variant":
            return "(variant" + "".join(
                f' (case "{label}"{" " + self.reference(item) if item else ""})' for label, item in type_[1]) + ")"
        if name == "result":
            ok = f" {self.reference(type_[1])}" if type_[1] else ""
            return f"(result{ok}" + (f" (error {self.reference(type_[2])})" if type_[2] else "") + ")"
        return f"({name} " + " ".join(f'"{label}"' for label in type_[1]) + ")"


def coerced(place, have, want):
    """Code that makes a flat value of the type `want` of one that was joined with others."""
    if have == want:
        return place
    if (have, want) == ("i32", "f32"):
        return f"(f32.reinterpret_i32 {place})"
    if (have, want) == ("i64", "i32"):
        return f"(i32.wrap_i64 {place})"
    if (have, want) == ("i64", "f64"):
        return f"(f64.reinterpret_i64 {place})"
    return f"(f32.reinterpret_i32 (i32.wrap_i64 {place}))"


def store_code(type_, offset, flats):
    """Code that stores flat values, given as (code, type), at `$ret` plus `offset` as the type lies there."""
    name = kind(type_)

    def store(instruction, index, at=0, want="i32"):
        code, have = flats[index]
        return [f"({instruction} offset={offset + at} (local.get $ret) {coerced(code, have, want)})"]
    if name in ("bool", "u8", "s8"):
        return store("i32.store8", 0)
    if name in ("u16", "s16"):
        return store("i32.store16", 0)
    if name in ("u32", "s32", "char"):
        return store("i32.store", 0)
    if name in ("u64", "s64"):
        return store("i64.store", 0, want="i64")
    if name in ("f32", "f64"):
        return store(f"{name}.store", 0, want=name)
    if name in ("string", "list"):
        return store("i32.store", 0) + store("i32.store", 1, 4)
    if name == "flags":
        return store({1: "i32.store8", 2: "i32.store16", 4: "i32.store"}[flags_size(len(type_[1]))], 0)
    if name in ("record", "tuple"):
        lines, place, used = [], offset, 0
        for item in members(type_):
            place = align_to(place, alignment(item))
            count = len(flatten(item))
            lines += store_code(item, place, flats[used:used + count])
            place, used = place + size(item), used + count
        return lines
    width = discriminant_size(len(cases(type_)))
    lines = store({1: "i32.store8", 2: "i32.store16", 4: "i32.store"}[width], 0)
    for number, (_, payload) in enumerate(cases(type_)):
        if not payload:
            continue
        parts = [(coerced(code, have, want), want)
                 for (code, have), want in zip(flats[1:], flatten(payload))]
        code, have = flats[0]
        lines.append(f"(if (i32.eq {coerced(code, have, 'i32')} (i32.const {number})) (then")
        lines += store_code(payload, offset + payload_offset(type_), parts) + ["))"]
    return lines


def core_signature(type_):
    """The core parameters and result of a lifted function from the type to itself."""
    flats = flatten(type_)
    parameters = flats if len(flats) <= FLAT_PARAMETERS else ["i32"]
    return parameters, flats if len(flats) <= FLAT_RESULTS else ["i32"]


def echo_module(type_):
    parameters, results = core_signature(type_)
    flats = flatten(type_)
    head = (f'(func (export "echo") (param {" ".join(parameters)}) (result {results[0]})'
            " (local $ret i32)\n")
    if len(flats) <= FLAT_RESULTS or len(flats) > FLAT_PARAMETERS:
        body = "(local.get 0)"
    else:
        stores = store_code(type_, 0, [(f"(local.get {index})", flat) for index, flat in enumerate(flats)])
        body = "\n      ".join([
            f"(local.set $ret (call $realloc (i32.const 0) (i32.const 0) (i32.const {alignment(type_)})"
            f" (i32.const {size(type_)})))", *stores, "(local.get $ret)"])
    return f"""(core module $m {HEAP}
    {head}      {body})
    (func (export "post") (param {results[0]}) (call $reset)))"""


def options(instance, encoding):
    return (f'(memory (core memory {instance} "memory")) (realloc (core func {instance} "realloc"))'
            f" string-encoding={encoding}")


def echo_component(type_, encoding, name=""):
    """A component whose function `echo` gives back what it is given."""
    names = Names("export")
    reference = names.reference(type_)
    return f"""(component {name}
  {chr(10).join(names.lines)}
  {echo_module(type_)}
  (core instance $i (instantiate $m))
  (func $echo (param "v" {reference}) (result {reference}) (canon lift (core func $i "echo")
    {options("$i", encoding)} (post-return (core func $i "post"))))
  (export "echo" (func $echo)))"""


def relay_component(type_, encoding):
    """A component that imports `echo`, and exports one that calls it."""
    names = Names("import")
    reference = names.reference(type_)
    parameters, results = core_signature(type_)
    arguments = " ".join(f"(local.get {index})" for index in range(len(parameters)))
    if len(flatten(type_)) <= FLAT_RESULTS:
        lowered = f"(param {' '.join(parameters)}) (result {results[0]})"
        body = f"(call $inner {arguments})"
    else:
        lowered = f"(param {' '.join(parameters)} i32)"
        body = (f"(local.set $ret (call $realloc (i32.const 0) (i32.const 0) (i32.const {alignment(type_)})"
                f" (i32.const {size(type_)}))) (call $inner {arguments} (local.get $ret)) (local.get $ret)")
    return f"""(component $relay
  {chr(10).join(names.lines)}
  (import "echo" (func $inner (param "v" {reference}) (result {reference})))
  (core module $libc {HEAP})
  (core instance $libc (instantiate $libc))
  (core func $lowered (canon lower (func $inner) {options("$libc", encoding)}))
  (core module $m
    (import "h" "realloc" (func $realloc (param i32 i32 i32 i32) (result i32)))
    (import "h" "reset" (func $reset))
    (import "h" "echo" (func $inner {lowered}))
    (func (export "echo") (param {" ".join(parameters)}) (result {results[0]}) (local $ret i32) {body})
    (func (export "post") (param {results[0]}) (call $reset)))
  (core instance $i (instantiate $m (with "h" (instance
    (export "realloc" (func $libc "realloc")) (export "reset" (func $libc "reset"))
    (export "echo" (func $lowered))))))
  (func $echo (param "v" {reference}) (result {reference}) (canon lift (core func $i "echo")
    {options("$libc", encoding)} (post-return (core func $i "post"))))
  (export "echo" (func $echo)))"""


def relayed_component(type_, outer, inner):
    """A component in which one with the encoding `outer` calls one with `inner`."""
    names = Names("export")
    reference = names.reference(type_)
    passed = " ".join(f'(with "{name}" (type ${name}))' for name in names.arguments)
    return f"""(component
  {echo_component(type_, inner, "$echo")}
  {relay_component(type_, outer)}
  {chr(10).join(names.lines)}
  (instance $inner (instantiate $echo))
  (instance $outer (instantiate $relay (with "echo" (func $inner "echo")) {passed}))
  (export "echo" (func $outer "echo") (func (param "v" {reference}) (result {reference}))))"""
