"""Components that break the rules of the Canonical ABI, or might: results of damaged bytes, allocations in
impossible places, handles that are no one's."""
import struct

from component_texts import ENCODINGS, HEAP, Names, echo_component, options, relayed_component
from component_types import (align_to, alignment, cases, discriminant_size, flags_size, flatten, kind, members,
                             payload_offset, random_type, random_value, size)

DATA = 2048


# Values as bytes. Spec: CanonicalABI "Storing"

class Image:
    """The bytes of a value in a memory, from DATA on."""

    def __init__(self, type_, value, encoding):
        self.encoding, self.bytes = encoding, bytearray(size(type_))
        self.store(type_, value, 0)

    def reserve(self, count, align):
        place = align_to(len(self.bytes), align)
        self.bytes.extend(bytes(place + count - len(self.bytes)))
        return place

    def put(self, place, number, width):
        self.bytes[place:place + width] = (number % (1 << 8 * width)).to_bytes(width, "little")

    def string(self, text):
        """Where a string's bytes are put, and its length as its encoding counts it."""
        encoding, tag = self.encoding, 0
        if encoding == "latin1+utf16":
            encoding = "latin1" if all(ord(scalar) < 256 for scalar in text) else "utf16"
            tag = 0x80000000 if encoding == "utf16" else 0
        raw = text.encode({"utf8": "utf-8", "utf16": "utf-16-le", "latin1": "latin-1"}[encoding])
        place = self.reserve(len(raw), 1 if self.encoding == "utf8" else 2)
        self.bytes[place:place + len(raw)] = raw
        return place, (len(raw) // 2 if encoding == "utf16" else len(raw)) | tag

    def store(self, type_, value, place):
        name = kind(type_)
        if name == "string":
            start, count = self.string(value)
            self.put(place, DATA + start, 4)
            self.put(place + 4, count, 4)
        elif name == "list":
            start = self.reserve(size(type_[1]) * len(value), alignment(type_[1]))
            for index, item in enumerate(value):
                self.store(type_[1], item, start + index * size(type_[1]))
            self.put(place, DATA + start, 4)
            self.put(place + 4, len(value), 4)
        elif name in ("record", "tuple"):
            for item, part in zip(members(type_), value):
                place = align_to(place, alignment(item))
                self.store(item, part, place)
                place += size(item)
        elif name in ("f32", "f64"):
            raw = struct.pack("<f" if name == "f32" else "<d", value)
            self.bytes[place:place + len(raw)] = raw
        elif name == "flags":
            number = sum(1 << index for index, label in enumerate(type_[1]) if label in value)
            self.put(place, number, flags_size(len(type_[1])))
        elif name == "char":
            self.put(place, ord(value), 4)
        elif isinstance(type_, str):
            self.put(place, int(value), size(type_))
        else:
            label, payload = (value, None) if name == "enum" else value
            labels = [label for label, _ in cases(type_)]
            self.put(place, labels.index(label), discriminant_size(len(labels)))
            if dict(cases(type_))[label]:
                self.store(dict(cases(type_))[label], payload, place + payload_offset(type_))


def damage(random, data):
    """A few bytes changed, mostly to what stands at an edge."""
    for _ in range(random.choice([0, 1, 1, 1, 2, 4])):
        if not data:
            return
        place = random.randrange(len(data))
        choice = random.randrange(5)
        if choice == 0:
            data[place] ^= 1 << random.randrange(8)
        elif choice == 1:
            data[place] = random.choice([0, 1, 2, 0x7F, 0x80, 0xBF, 0xC0, 0xD8, 0xDC, 0xED, 0xF4, 0xFF])
        else:
            place = place // 4 * 4
            number = random.choice([0, 1, 0xFFFFFFFF, 0x80000000, 0x7FFFFFFF, 0x10000, 0xFFFF, 0xD800, 0x110000,
                                    DATA + 1, DATA, 0x80000001])
            data[place:place + 4] = number.to_bytes(4, "little")[:len(data) - place]


def escaped_bytes(data):
    return "".join(f"\\{byte:02x}" for byte in data)


def lifting_component(random):
    """A type, and a component whose `run` gives a value of it from bytes that may make no sense."""
    type_ = random_type(random, 3)
    encoding = random.choice(ENCODINGS)
    image = Image(type_, random_value(random, type_), encoding).bytes
    damage(random, image)
    names = Names("export")
    reference = names.reference(type_)
    flat = flatten(type_)
    place = DATA if random.random() < 0.9 else random.choice([DATA + 1, DATA + 4, 65535, 65536, 0xFFFFFFF0])
    if len(flat) > 1:
        result, body = "i32", f"(i32.const {place})"
    else:
        result = flat[0]
        load = {"i32": {1: "i32.load8_u", 2: "i32.load16_u"}.get(size(type_), "i32.load"), "i64": "i64.load",
                "f32": "f32.load", "f64": "f64.load"}[result]
        body = f"({load} (i32.const {DATA}))"
        if result == "i32" and random.random() < 0.3:
            body = f"(i32.const {random.choice([0, 1, 2, 255, 256, 0xD7FF, 0xD800, 0x10FFFF, 0x110000, 0xFFFFFFFF])})"
    return type_, f"""(component
  {chr(10).join(names.lines)}
  (core module $m {HEAP}
    (data (i32.const {DATA}) "{escaped_bytes(image)}")
    (func (export "echo") (result {result}) {body}))
  (core instance $i (instantiate $m))
  (func $run (result {reference}) (canon lift (core func $i "echo") {options("$i", encoding)}))
  (export "run" (func $run)))"""


PLACES = ["(i32.const -1)", "(i32.const 65535)", "(i32.const 65536)", "(unreachable)", "(i32.const 65530)",
          "(i32.or (local.get $place) (i32.const 1))", "(i32.const 4096)",
          "(i32.sub (i32.const 65536) (local.get $size))", "(i32.sub (i32.const 65537) (local.get $size))"]


def allocating_component(random):
    """A type, and an echo component, or one that calls one, with an allocator that gives places that may not do."""
    type_ = random_type(random, 3)
    while not (len(flatten(type_)) > 16 or any(word in repr(type_) for word in ("string", "list"))):
        type_ = random_type(random, 3)
    if random.random() < 0.5:
        text = echo_component(type_, random.choice(ENCODINGS))
    else:
        text = relayed_component(type_, random.choice(ENCODINGS), random.choice(ENCODINGS))
    parts = text.split("(local.get $place))")
    which = random.randrange(len(parts) - 1)
    return type_, "(local.get $place))".join(parts[:which + 1]) + random.choice(PLACES) + ")" + (
        "(local.get $place))".join(parts[which + 1:]))


def lending_bytes_component(random):
    """A type, and a component whose `run` hands bytes that may make no sense to an echo component, and gives
    what comes back."""
    type_ = random_type(random, 3)
    inner, outer = random.choice(ENCODINGS), random.choice(ENCODINGS)
    flat = flatten(type_)
    if len(flat) > 16:
        image = Image(type_, random_value(random, type_), outer).bytes
        arguments = [f"(i32.const {DATA})"]
    elif random.random() < 0.7:
        type_ = ("list", type_)
        image = Image(type_, random_value(random, type_), outer).bytes
        arguments = [f"(i32.load (i32.const {DATA}))", f"(i32.load (i32.const {DATA + 4}))"]
    else:
        image = bytearray()
        edges = [0, 0, 1, 1, 2, 3, 64, 255, 256, 65535, 0xD800, 0x10FFFF, 0x110000, 0x80000000, 0xFFFFFFFF]
        arguments = [f"({item}.const {random.choice(edges)})" for item in flat]
    damage(random, image)
    flat = flatten(type_)
    lowered = f"(param {' '.join(flat if len(flat) <= 16 else ['i32'])}" + (
        f") (result {flat[0]})" if len(flat) == 1 else " i32)")
    call = f"(call $inner {' '.join(arguments)}"
    body = call + ")" if len(flat) == 1 else call + " (i32.const 512)) (i32.const 512)"
    result = flat[0] if len(flat) == 1 else "i32"
    if size(type_) > 1024:
        return lending_bytes_component(random)
    imported, exported = Names("import"), Names("export")
    reference, named = imported.reference(type_), exported.reference(type_)
    passed = " ".join(f'(with "{name}" (type ${name}))' for name in exported.arguments)
    return type_, f"""(component
  {echo_component(type_, inner, "$echo")}
  (component $user
    {chr(10).join(imported.lines)}
    (import "echo" (func $inner (param "v" {reference}) (result {reference})))
    (core module $libc {HEAP} (data (i32.const {DATA}) "{escaped_bytes(image)}"))
    (core instance $libc (instantiate $libc))
    (core func $lowered (canon lower (func $inner) {options("$libc", outer)}))
    (core module $m
      (import "h" "memory" (memory 1)) (import "h" "echo" (func $inner {lowered}))
      (func (export "run") (result {result}) {body}))
    (core instance $i (instantiate $m (with "h" (instance
      (export "memory" (memory $libc "memory")) (export "echo" (func $lowered))))))
    (func $run (result {reference}) (canon lift (core func $i "run") {options("$libc", outer)}))
    (export "run" (func $run)))
  {chr(10).join(exported.lines)}
  (instance $inner (instantiate $echo))
  (instance $user (instantiate $user (with "echo" (func $inner "echo")) {passed}))
  (export "run" (func $user "run") (func (result {named}))))"""


# Handles. Each component exports `run`, a function without parameters that gives a u32.

def resource_case(core):
    """A component with two resource types, $a and $b, whose core function `run` is `core`."""
    return f"""(component
  (type $a (resource (rep i32)))
  (type $b (resource (rep i32)))
  (core func $new-a (canon resource.new $a)) (core func $rep-a (canon resource.rep $a))
  (core func $drop-a (canon resource.drop $a)) (core func $drop-b (canon resource.drop $b))
  (core func $new-b (canon resource.new $b))
  (core module $m
    (import "h" "new-a" (func $new-a (param i32) (result i32)))
    (import "h" "rep-a" (func $rep-a (param i32) (result i32)))
    (import "h" "drop-a" (func $drop-a (param i32)))
    (import "h" "new-b" (func $new-b (param i32) (result i32)))
    (import "h" "drop-b" (func $drop-b (param i32)))
    (func (export "run") (result i32) (local $h i32) {core}))
  (core instance $i (instantiate $m (with "h" (instance
    (export "new-a" (func $new-a)) (export "rep-a" (func $rep-a)) (export "drop-a" (func $drop-a))
    (export "new-b" (func $new-b)) (export "drop-b" (func $drop-b))))))
  (func (export "run") (result u32) (canon lift (core func $i "run"))))"""


def lending_case(user):
    """A component `$user` whose core function `run` is `user`, with a resource of another component: `make`
    gives one, `look` borrows one, `take` takes one, and `call-back` is called with one borrowed."""
    return f"""(component
  (component $maker
    (type $r' (resource (rep i32)))
    (export $r "r" (type $r'))
    (core func $new (canon resource.new $r')) (core func $drop (canon resource.drop $r'))
    (core module $m
      (import "h" "new" (func $new (param i32) (result i32)))
      (import "h" "drop" (func $drop (param i32)))
      (func (export "make") (result i32) (call $new (i32.const 42)))
      (func (export "look") (param i32) (result i32) (local.get 0))
      (func (export "take") (param i32) (call $drop (local.get 0)))
      (func (export "both") (param i32 i32) (call $drop (local.get 1))))
    (core instance $i (instantiate $m (with "h" (instance
      (export "new" (func $new)) (export "drop" (func $drop))))))
    (func (export "make") (result (own $r)) (canon lift (core func $i "make")))
    (func (export "look") (param "r" (borrow $r)) (result u32) (canon lift (core func $i "look")))
    (func (export "both") (param "l" (borrow $r)) (param "r" (own $r)) (canon lift (core func $i "both")))
    (func (export "take") (param "r" (own $r)) (canon lift (core func $i "take"))))
  (component $keeper
    (import "r" (type $r (sub resource)))
    (core func $drop (canon resource.drop $r))
    (core module $m
      (import "h" "drop" (func $drop (param i32)))
      (func (export "keep") (param i32))
      (func (export "let-go") (param i32) (call $drop (local.get 0)))
      (func (export "pass-on") (param i32) (result i32) (local.get 0))
      (func (export "drop-twice") (param i32) (call $drop (local.get 0)) (call $drop (local.get 0))))
    (core instance $i (instantiate $m (with "h" (instance (export "drop" (func $drop))))))
    (func (export "keep") (param "r" (borrow $r)) (canon lift (core func $i "keep")))
    (func (export "let-go") (param "r" (borrow $r)) (canon lift (core func $i "let-go")))
    (func (export "pass-on") (param "r" (borrow $r)) (result (own $r)) (canon lift (core func $i "pass-on")))
    (func (export "drop-twice") (param "r" (borrow $r)) (canon lift (core func $i "drop-twice"))))
  (component $user
    (import "maker" (instance $maker
      (export "r" (type $r (sub resource)))
      (export "make" (func (result (own $r))))
      (export "look" (func (param "r" (borrow $r)) (result u32)))
      (export "both" (func (param "l" (borrow $r)) (param "r" (own $r))))
      (export "take" (func (param "r" (own $r))))))
    (alias export $maker "r" (type $r))
    (import "keeper" (instance $keeper
      (export "keep" (func (param "r" (borrow $r))))
      (export "let-go" (func (param "r" (borrow $r))))
      (export "pass-on" (func (param "r" (borrow $r)) (result (own $r))))
      (export "drop-twice" (func (param "r" (borrow $r))))))
    (core func $make (canon lower (func $maker "make"))) (core func $look (canon lower (func $maker "look")))
    (core func $take (canon lower (func $maker "take"))) (core func $both (canon lower (func $maker "both")))
    (core func $keep (canon lower (func $keeper "keep")))
    (core func $let-go (canon lower (func $keeper "let-go")))
    (core func $pass-on (canon lower (func $keeper "pass-on")))
    (core func $drop-twice (canon lower (func $keeper "drop-twice")))
    (core func $drop (canon resource.drop $r))
    (core module $m
      (import "h" "make" (func $make (result i32))) (import "h" "look" (func $look (param i32) (result i32)))
      (import "h" "take" (func $take (param i32))) (import "h" "both" (func $both (param i32 i32)))
      (import "h" "keep" (func $keep (param i32))) (import "h" "let-go" (func $let-go (param i32)))
      (import "h" "pass-on" (func $pass-on (param i32) (result i32)))
      (import "h" "drop-twice" (func $drop-twice (param i32)))
      (import "h" "drop" (func $drop (param i32)))
      (func (export "run") (result i32) (local $h i32) (local $g i32) {user}))
    (core instance $i (instantiate $m (with "h" (instance
      (export "make" (func $make)) (export "look" (func $look)) (export "take" (func $take))
      (export "both" (func $both)) (export "keep" (func $keep)) (export "let-go" (func $let-go))
      (export "pass-on" (func $pass-on)) (export "drop-twice" (func $drop-twice))
      (export "drop" (func $drop))))))
    (func (export "run") (result u32) (canon lift (core func $i "run"))))
  (instance $maker (instantiate $maker))
  (alias export $maker "r" (type $r))
  (instance $keeper (instantiate $keeper (with "r" (type $r))))
  (instance $user (instantiate $user (with "maker" (instance $maker)) (with "keeper" (instance $keeper))))
  (export "run" (func $user "run")))"""


def leaving_case(place):
    """A component that calls out where it may not: while its allocator runs, or after its return."""
    call = "(call $out)"
    return f"""(component
  (component $other
    (core module $m (func (export "f")))
    (core instance $i (instantiate $m))
    (func (export "f") (canon lift (core func $i "f"))))
  (instance $other (instantiate $other))
  (core func $out (canon lower (func $other "f")))
  (core module $m
    (import "h" "out" (func $out))
    (memory (export "memory") 1)
    (func (export "realloc") (param i32 i32 i32 i32) (result i32) {call if place == "realloc" else ""} (i32.const 64))
    (func (export "post") (param i32) {call if place == "post-return" else ""})
    (func (export "take") (param i32 i32) (result i32) {call if place == "body" else ""} (i32.const 7)))
  (core instance $i (instantiate $m (with "h" (instance (export "out" (func $out))))))
  (func $take (param "s" string) (result u32) (canon lift (core func $i "take")
    (memory (core memory $i "memory")) (realloc (core func $i "realloc")) (post-return (core func $i "post"))))
  (component $caller
    (import "take" (func $take (param "s" string) (result u32)))
    (core module $libc (memory (export "memory") 1))
    (core instance $libc (instantiate $libc))
    (core func $lowered (canon lower (func $take) (memory (core memory $libc "memory"))))
    (core module $m
      (import "h" "take" (func $take (param i32 i32) (result i32)))
      (func (export "run") (result i32) (call $take (i32.const 8) (i32.const 3))))
    (core instance $i (instantiate $m (with "h" (instance (export "take" (func $lowered))))))
    (func (export "run") (result u32) (canon lift (core func $i "run"))))
  (instance $caller (instantiate $caller (with "take" (func $take))))
  (export "run" (func $caller "run")))"""


def handle_cases():
    """(name, component) of each."""
    kept = "(local.set $h (call $new-a (i32.const 9)))"
    made = "(local.set $h (call $make))"
    get = "(local.get $h)"
    resource = {
        "a handle's representation": f"{kept} (call $rep-a {get})",
        "dropped once": f"{kept} (call $drop-a {get}) (i32.const 1)",
        "dropped twice": f"{kept} (call $drop-a {get}) (call $drop-a {get}) (i32.const 1)",
        "used when dropped": f"{kept} (call $drop-a {get}) (call $rep-a {get})",
        "dropped as another type": f"{kept} (call $drop-b {get}) (i32.const 1)",
        "no handle": "(call $rep-a (i32.const 5))",
        "the handle 0": "(call $rep-a (i32.const 0))",
        "a handle past all": "(call $rep-a (i32.const -1))",
        "an index is used again": f"{kept} (call $drop-a {get}) (i32.eq {get} (call $new-a (i32.const 1)))",
        "types share a table": f"{kept} (i32.sub (call $new-b (i32.const 1)) {get})",
    }
    lending = {
        "looked at": f"{made} (call $look {get})",
        "looked at when dropped": f"{made} (call $drop {get}) (call $look {get})",
        "taken": f"{made} (call $take {get}) (i32.const 1)",
        "taken twice": f"{made} (call $take {get}) (call $take {get}) (i32.const 1)",
        "dropped when taken": f"{made} (call $take {get}) (call $drop {get}) (i32.const 1)",
        "looked at when taken": f"{made} (call $take {get}) (call $look {get})",
        "taken while lent": f"{made} (call $both {get} {get}) (i32.const 1)",
        "one lent and one taken": f"{made} (local.set $g (call $make)) (call $both {get} (local.get $g)) (i32.const 3)",
        "a borrow kept": f"{made} (call $keep {get}) (i32.const 1)",
        "a borrow let go": f"{made} (call $let-go {get}) (call $take {get}) (i32.const 1)",
        "a borrow given as owned": f"{made} (call $pass-on {get})",
        "a borrow dropped twice": f"{made} (call $drop-twice {get}) (i32.const 1)",
        "no handle looked at": "(call $look (i32.const 3))",
        "handles left behind": f"{made} {made} {get}",
    }
    return ([(name, resource_case(core)) for name, core in resource.items()]
            + [(name, lending_case(core)) for name, core in lending.items()]
            + [(f"calls out in {place}", leaving_case(place)) for place in ("body", "realloc", "post-return")])
