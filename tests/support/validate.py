#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Validates JSON documents against docs/schema/NAME.json, and the order of their keys.

validate.py NAME FILE…
validate.py --serve

With --serve, stdin asks "NAME FILE", a line each, and the answer is what is wrong with the file,
a line each, and a line with a full stop: to load the library once for many documents.

A file holds exactly one JSON document. Besides what JSON Schema says, the keys of every object
must stand in the order in which the schema lists its properties: that order is part of the
contract. Key order and duplicate keys are not JSON Schema's business, so they are checked here.
"""
import functools
import json
import pathlib
import sys

import jsonschema

SCHEMAS = pathlib.Path(__file__).resolve().parents[2] / "docs" / "schema"


class Pairs(dict):
    """An object that remembers when a key came twice."""

    def __init__(self, pairs):
        super().__init__(pairs)
        self.twice = sorted({k for k, _ in pairs if [p for p, _ in pairs].count(k) > 1})


def resolve(schema, root):
    while "$ref" in schema:
        node = root
        for part in schema["$ref"].lstrip("#/").split("/"):
            node = node[part]
        schema = node
    return schema


def branches(schema, root):
    """The schema itself and what its anyOf and oneOf offer, references resolved."""
    schema = resolve(schema, root)
    yield schema
    for word in ("anyOf", "oneOf", "allOf"):
        for part in schema.get(word, ()):
            yield from branches(part, root)


def disorder(value, schema, root, path="$"):
    """Yields a line for every object whose keys do not stand in the schema's order."""
    if isinstance(value, Pairs):
        for key in value.twice:
            yield f"{path}: key {key!r} comes twice"
        known = [b["properties"] for b in branches(schema, root) if "properties" in b]
        known = next((p for p in known if set(value) <= set(p)), known[0] if known else {})
        want = [key for key in known if key in value]
        have = [key for key in value if key in known]
        if want != have:
            yield f"{path}: keys {have} stand not in schema order {want}"
        for key, part in value.items():
            if key in known:
                yield from disorder(part, known[key], root, f"{path}.{key}")
            else:
                for branch in branches(schema, root):
                    if isinstance(branch.get("additionalProperties"), dict):
                        yield from disorder(part, branch["additionalProperties"], root,
                                            f"{path}.{key}")
    elif isinstance(value, list):
        for branch in branches(schema, root):
            if "items" in branch:
                for i, part in enumerate(value):
                    yield from disorder(part, branch["items"], root, f"{path}[{i}]")
                break


@functools.lru_cache(maxsize=None)
def schema_of(name):
    schema = json.loads((SCHEMAS / f"{name}.json").read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    return schema


def faults(schema, file):
    try:
        text = pathlib.Path(file).read_bytes().decode("utf-8")
        document = json.loads(text, object_pairs_hook=Pairs)
    except ValueError as error:
        yield f"not one JSON document in UTF-8: {error}"
        return
    if not text.endswith("\n"):
        yield "the last line has no ending"
    validator = jsonschema.Draft202012Validator(schema)
    for error in sorted(validator.iter_errors(document), key=lambda e: list(map(str, e.path))):
        where = "$" + "".join(f"[{p}]" if isinstance(p, int) else f".{p}" for p in error.path)
        yield f"{where}: {error.message[:300]}"
    yield from disorder(document, schema, schema)


def main(name, *files):
    schema = schema_of(name)
    bad = 0
    for file in files:
        for fault in faults(schema, file):
            bad += 1
            print(f"{file}: {fault}")
    return 1 if bad else 0


def answer(name, file):
    try:
        for fault in faults(schema_of(name), file):
            print(f"{file}: {fault}".replace("\n", " "))
    except Exception as error:  # whatever it is, the document was not found right
        print(f"{file}: {error!r}")
    print(".", flush=True)


def serve():
    for line in sys.stdin:
        answer(*line.rstrip("\n").split(" ", 1))


if __name__ == "__main__":
    if sys.argv[1:] == ["--serve"]:
        serve()
        sys.exit(0)
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
