"""Calls of components on wasmtime, with values as component_types has them."""
import wasmtime
from wasmtime import component
from wasmtime.component import _types

from component_types import cases, kind

# Variants, options and results are always `Variant` then; the guess from a value's Python class errs where
# one case holds a bool and another a number.
_types.VariantLikeType._tagged = lambda self: True


def to_oracle(type_, value):
    name = kind(type_)
    if name == "list":
        if type_[1] == "u8":
            return bytes(value)
        return [to_oracle(type_[1], item) for item in value]
    if name == "tuple":
        return tuple(to_oracle(item, part) for item, part in zip(type_[1], value))
    if name == "record":
        record = _types.Record()
        for (label, item), part in zip(type_[1], value):
            setattr(record, label, to_oracle(item, part))
        return record
    if name == "flags":
        return set(value)
    if name in ("variant", "option", "result"):
        payload = dict(cases(type_))[value[0]]
        return component.Variant(value[0], to_oracle(payload, value[1]) if payload else None)
    return value


def from_oracle(type_, value):
    name = kind(type_)
    if name == "list":
        return [from_oracle(type_[1], item) for item in value]
    if name == "tuple":
        return [from_oracle(item, part) for item, part in zip(type_[1], value)]
    if name == "record":
        return [from_oracle(item, getattr(value, label)) for label, item in type_[1]]
    if name == "flags":
        return [label for label in type_[1] if label in value]
    if name in ("variant", "option", "result"):
        payload = dict(cases(type_))[value.tag]
        return (value.tag, from_oracle(payload, value.payload) if payload else None)
    return value


class Oracle:
    """An instance of a component on wasmtime."""

    engine = wasmtime.Engine()

    def __init__(self, binary):
        self.component = component.Component(self.engine, binary)
        self.start()

    def start(self):
        self.store = wasmtime.Store(self.engine)
        self.instance = component.Linker(self.engine).instantiate(self.store, self.component)

    def call(self, name, *arguments):
        """What the function gives. Raises wasmtime.WasmtimeError where it traps; the next call is on a new
        instance."""
        function = self.instance.get_func(self.store, name)
        try:
            result = function(self.store, *arguments)
            function.post_return(self.store)
            return result
        except wasmtime.WasmtimeError:
            self.start()
            raise

    def echo(self, type_, value):
        return from_oracle(type_, self.call("echo", to_oracle(type_, value)))
