"""What the chapters of the guest share: calls that are counted, and answers that are compared with those wanted."""
import importlib
import inspect
import pkgutil
from enum import Enum

import wit_world.imports as imports
from componentize_py_types import Err

FUNCTIONS, CALLED = set(), set()


def counted(name, function):
    FUNCTIONS.add(name)

    def call(*arguments):
        CALLED.add(name)
        return function(*arguments)
    return call


def count_all():
    """Puts a counter before each function of each interface."""
    for module in pkgutil.iter_modules(imports.__path__):
        interface = importlib.import_module(f"wit_world.imports.{module.name}")
        for name, item in list(vars(interface).items()):
            if getattr(item, "__module__", None) != interface.__name__:
                continue
            if inspect.isfunction(item):
                setattr(interface, name, counted(f"{module.name}.{name}", item))
            elif inspect.isclass(item) and hasattr(item, "__exit__") and not issubclass(item, Enum):
                for method, code in list(vars(item).items()):
                    if method.startswith("_") and method != "__init__":
                        continue
                    path = f"{module.name}.{name}.{method}"
                    if isinstance(code, classmethod):
                        # Called with the class that it is found in.
                        setattr(item, method, staticmethod(counted(path, getattr(item, method))))
                    elif inspect.isfunction(code) and code is not object.__init__:
                        setattr(item, method, counted(path, code))


def named(value):
    """A value as text, without what differs from run to run."""
    if isinstance(value, Enum):
        return value.name.lower().replace("_", "-")
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(named(item) for item in value) + "]"
    if hasattr(type(value), "__exit__"):
        return type(value).__name__
    return repr(value)


def outcome(function, *arguments):
    """What a call gives: its result, or the name of its error."""
    try:
        return named(function(*arguments))
    except Err as error:
        return f"error {named(error.value)}"


def expect(what, wanted, function, *arguments):
    """Says what a call gives, and whether that is what is wanted: a value, or the text that names it or its error."""
    got = outcome(function, *arguments)
    is_so = got == named(wanted) or got == wanted
    print(f"{what}: {got}" if is_so else f"WRONG {what}: {got}, where {wanted!r} was wanted")


def check(what, holds):
    print(f"{what}: {'so' if holds else 'WRONG, not so'}")


def tell():
    for name in sorted(CALLED):
        print("CALLED", name)
    for name in sorted(FUNCTIONS):
        print("FUNCTION", name)
