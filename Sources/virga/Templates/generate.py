#!/usr/bin/env python3
"""Makes TemplateFiles.swift of the files of the templates: generate.py [--check]."""
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
OUTPUT = os.path.join(HERE, "TemplateFiles.swift")
# Files that several templates have are kept once.
SHARED = {"swift": [("c", "http.h"), ("c", "http.c")]}


def files(template):
    root = os.path.join(HERE, "files", template)
    for folder, folders, names in os.walk(root):
        folders.sort()
        for name in sorted(names):
            path = os.path.join(folder, name)
            yield os.path.relpath(path, root), path
    for other, name in SHARED.get(template, []):
        yield name, os.path.join(HERE, "files", other, name)


def text():
    lines = [
        "// Made by Templates/generate.py of the files below Templates/files.",
        "",
        "/// The files of each template: where they go, and what is in them.",
        "enum TemplateFiles {",
        "    static let all: [String: [(path: String, text: String)]] = [",
    ]
    for template in sorted(os.listdir(os.path.join(HERE, "files"))):
        lines.append(f'        "{template}": [')
        for path, place in files(template):
            with open(place, encoding="utf-8") as file:
                contents = file.read()
            assert '"""##' not in contents, place
            lines.append("            (")
            lines.append(f'                "{path}",')
            lines.append('                ##"""')
            lines += [f"                {line}" if line else "" for line in contents.split("\n")]
            lines.append('                """##')
            lines.append("            ),")
        lines.append("        ],")
    return "\n".join(lines + ["    ]", "}", ""])


if sys.argv[1:] == ["--check"]:
    with open(OUTPUT, encoding="utf-8") as file:
        if file.read() != text():
            sys.exit(f"{OUTPUT} is not what generate.py makes")
else:
    with open(OUTPUT, "w", encoding="utf-8") as file:
        file.write(text())
