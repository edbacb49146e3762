"""Types of the component model with their layout in memory, and random values of them.

A type is the name of a primitive one, or a tuple that begins with its kind:
("list", T) ("option", T) ("tuple", [T]) ("record", [(label, T)]) ("variant", [(label, T or None)])
("result", T or None, T or None) ("flags", [label]) ("enum", [label]).

A value is a bool, an int, a float, a str (chars and strings, labels of enums), a list (of lists, tuples,
records by field, flags set), or a pair (label, payload) of variants, options and results.
"""
import math
import struct

PRIMITIVES = ["bool", "s8", "u8", "s16", "u16", "s32", "u32", "s64", "u64", "f32", "f64", "char", "string"]
SIZES = {"bool": 1, "s8": 1, "u8": 1, "s16": 2, "u16": 2, "s32": 4, "u32": 4, "s64": 8, "u64": 8, "f32": 4,
         "f64": 8, "char": 4}
KEYWORDS = {"true", "false", "inf", "nan", "some", "none", "ok", "err"}
LABELS = ["a", "b1", "long-label", "none", "ok", "HTTP", "x", "y", "z", "true", "end-of-it", "q9"]
NAMED = {"record", "variant", "flags", "enum"}


def kind(type_):
    return type_ if isinstance(type_, str) else type_[0]


def cases(type_):
    """The cases of a type that is a variant in the end, as (label, payload type or None)."""
    name = kind(type_)
    if name == "variant":
        return type_[1]
    if name == "enum":
        return [(label, None) for label in type_[1]]
    if name == "option":
        return [("none", None), ("some", type_[1])]
    return [("ok", type_[1]), ("err", type_[2])]


def members(type_):
    """The types that stand one after the other in a record or tuple."""
    return [item for _, item in type_[1]] if kind(type_) == "record" else type_[1]


# Layout. Spec: CanonicalABI "Alignment", "Element Size", "Flattening"

def discriminant_size(count):
    return 1 if count <= 256 else 2 if count <= 65536 else 4


def flags_size(count):
    return 1 if count <= 8 else 2 if count <= 16 else 4


def align_to(offset, alignment):
    return (offset + alignment - 1) // alignment * alignment


def alignment(type_):
    name = kind(type_)
    if name in SIZES:
        return SIZES[name]
    if name in ("string", "list"):
        return 4
    if name in ("record", "tuple"):
        return max([alignment(item) for item in members(type_)], default=1)
    if name == "flags":
        return flags_size(len(type_[1]))
    return max([discriminant_size(len(cases(type_)))]
               + [alignment(payload) for _, payload in cases(type_) if payload])


def payload_offset(type_):
    payloads = [alignment(payload) for _, payload in cases(type_) if payload]
    return align_to(discriminant_size(len(cases(type_))), max(payloads, default=1))


def size(type_):
    name = kind(type_)
    if name in SIZES:
        return SIZES[name]
    if name in ("string", "list"):
        return 8
    if name == "flags":
        return flags_size(len(type_[1]))
    if name in ("record", "tuple"):
        offset = 0
        for item in members(type_):
            offset = align_to(offset, alignment(item)) + size(item)
        return align_to(offset, alignment(type_))
    largest = max([size(payload) for _, payload in cases(type_) if payload], default=0)
    return align_to(payload_offset(type_) + largest, alignment(type_))


def join(left, right):
    if left == right:
        return left
    return "i32" if {left, right} == {"i32", "f32"} else "i64"


def flatten(type_):
    name = kind(type_)
    if name in ("s64", "u64"):
        return ["i64"]
    if name in ("f32", "f64"):
        return [name]
    if name in SIZES or name in ("flags", "enum"):
        return ["i32"]
    if name in ("string", "list"):
        return ["i32", "i32"]
    if name in ("record", "tuple"):
        return [flat for item in members(type_) for flat in flatten(item)]
    flats = []
    for _, payload in cases(type_):
        for index, flat in enumerate(flatten(payload) if payload else []):
            if index < len(flats):
                flats[index] = join(flats[index], flat)
            else:
                flats.append(flat)
    return ["i32"] + flats


# Random types and values

def random_type(random, depth):
    """A type of at most `depth` levels above the primitive ones."""
    if depth == 0 or random.random() < 0.25:
        return random.choice(PRIMITIVES)

    def inner():
        return random_type(random, depth - 1)

    def payload():
        return inner() if random.random() < 0.6 else None

    def labels(most):
        count = random.randint(1, most)
        return random.sample(LABELS, min(count, len(LABELS))) + [f"l{i}" for i in range(len(LABELS), count)]
    name = random.choice(["list", "list", "option", "tuple", "record", "variant", "result", "flags", "enum"])
    if name in ("list", "option"):
        return (name, inner())
    if name == "tuple":
        return (name, [inner() for _ in range(random.choice([1, 2, 3, 5]))])
    if name == "record":
        return (name, [(label, inner()) for label in labels(5)])
    if name == "variant":
        return (name, [(label, payload()) for label in labels(random.choice([2, 4, 6]))])
    if name == "result":
        return (name, payload(), payload())
    if name == "flags":
        return (name, labels(random.choice([3, 8, 9, 16, 17, 32])))
    return (name, labels(random.choice([2, 12, 256, 257, 300])))


def random_scalar(random):
    while True:
        limit = random.choice([0x80, 0x80, 0x100, 0x800, 0x10000, 0x110000])
        scalar = random.randrange(limit)
        if not 0xD800 <= scalar < 0xE000:
            return chr(scalar)


def random_string(random):
    length = random.choice([0, 1, 2, 3, 7, 8, 30, 300])
    if random.random() < 0.4:
        limit = random.choice([0x80, 0x100])
        return "".join(chr(random.randrange(limit)) for _ in range(length))
    return "".join(random_scalar(random) for _ in range(length))


def random_value(random, type_):
    name = kind(type_)
    if name == "bool":
        return random.random() < 0.5
    if name[0] in "su" and name[1:].isdigit():
        bits = int(name[1:])
        value = random.choice([0, 1, 2 ** (bits - 1) - 1, 2 ** (bits - 1), 2 ** bits - 1, random.getrandbits(bits)])
        return value - 2 ** bits if name[0] == "s" and value >= 2 ** (bits - 1) else value
    if name in ("f32", "f64"):
        special = [0.0, -0.0, 1.0, -1.5, math.inf, -math.inf, math.nan]
        if random.random() < 0.4:
            return random.choice(special)
        form, width = ("<f", 32) if name == "f32" else ("<d", 64)
        return struct.unpack(form, random.getrandbits(width).to_bytes(width // 8, "little"))[0]
    if name == "char":
        return random_scalar(random)
    if name == "string":
        return random_string(random)
    if name == "list":
        return [random_value(random, type_[1]) for _ in range(random.choice([0, 1, 2, 3, 9]))]
    if name in ("record", "tuple"):
        return [random_value(random, item) for item in members(type_)]
    if name == "flags":
        return [label for label in type_[1] if random.random() < 0.5]
    if name == "enum":
        return random.choice(type_[1])
    label, payload = random.choice(cases(type_))
    return (label, random_value(random, payload) if payload else None)


# WAVE

def float_text(name, value):
    """The shortest decimal that gives the value back, with no exponent."""
    if math.isnan(value):
        return "nan"
    if math.isinf(value):
        return "inf" if value > 0 else "-inf"
    text = repr(value)
    if name == "f32":
        for precision in range(1, 10):
            text = f"{value:.{precision}g}"
            try:
                if struct.pack("<f", float(text)) == struct.pack("<f", value):
                    break
            except OverflowError:
                continue
    mantissa, _, exponent = text.partition("e")
    sign, mantissa = ("-", mantissa[1:]) if mantissa.startswith("-") else ("", mantissa)
    whole, _, fraction = mantissa.partition(".")
    digits, point = whole + fraction, len(whole) + int(exponent or 0)
    digits = "0" * -point + digits + "0" * (point - len(digits))
    point = max(point, 0)
    whole, fraction = digits[:point].lstrip("0") or "0", digits[point:].rstrip("0")
    return sign + whole + (f".{fraction}" if fraction else "")


ESCAPES = {"\\": "\\\\", "'": "\\'", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def scalar_text(scalar):
    """A character with all that is not plain ASCII escaped."""
    return ESCAPES.get(scalar) or (scalar if " " <= scalar <= "~" else f"\\u{{{ord(scalar):x}}}")


def escaped(wave):
    """A text in WAVE with what is not ASCII escaped, for writers differ in what they let stand."""
    return "".join(scalar if " " <= scalar <= "~" else f"\\u{{{ord(scalar):x}}}" for scalar in wave)


def wave(type_, value):
    name = kind(type_)
    if name == "bool":
        return "true" if value else "false"
    if name in ("f32", "f64"):
        return float_text(name, value)
    if name == "char":
        return f"'{scalar_text(value)}'"
    if name == "string":
        return '"' + "".join(map(scalar_text, value)) + '"'
    if name in SIZES:
        return str(value)
    if name == "list":
        return "[" + ", ".join(wave(type_[1], item) for item in value) + "]"
    if name == "tuple":
        return "(" + ", ".join(wave(item, part) for item, part in zip(type_[1], value)) + ")"
    if name == "record":
        fields = [f"{label}: {wave(item, part)}" for (label, item), part in zip(type_[1], value)
                  if not (kind(item) == "option" and part[0] == "none")]
        return "{" + (", ".join(fields) or ":") + "}"
    if name == "flags":
        return "{" + ", ".join(value) + "}"
    label, payload = (value, None) if name == "enum" else value
    kept = label if name in ("option", "result") else ("%" if label in KEYWORDS else "") + label
    inner = dict(cases(type_))[label]
    return kept + (f"({wave(inner, payload)})" if inner else "")
