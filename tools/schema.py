"""The API's schema as a file, docs/openapi.yml, and what would break who calls by it.

`make schema` writes the file anew, and refuses while a change breaks `/api/v1/`: adding is
free, renaming is not (a new version has a new path and a file of its own).
"""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

FILE = Path(__file__).parent.parent / "docs" / "openapi.yml"
METHODS = {"get", "put", "post", "patch", "delete"}
#: what may not become stricter in a request: keyword → whether the new value is stricter
STRICTER = {
    "maxLength": lambda old, new: old is None or new < old,
    "maximum": lambda old, new: old is None or new < old,
    "maxItems": lambda old, new: old is None or new < old,
    "minLength": lambda old, new: new > (old or 0),
    "minimum": lambda old, new: old is None or new > old,
    "pattern": lambda old, new: new != old,
    "format": lambda old, new: new != old,
}
Schema = dict[str, Any]


def breaking(old: Schema, new: Schema) -> list[str]:
    """Every change of `new` by which a caller written for `old` may fail."""
    return sorted(set(_breaking(old, new)))


def _breaking(old: Schema, new: Schema) -> Iterator[str]:
    for path, methods in old["paths"].items():
        for method in METHODS & methods.keys():
            here = f"{method.upper()} {path}"
            now = new["paths"].get(path, {}).get(method)
            if now is None:
                yield f"{here}: gone"
                continue
            before = methods[method]
            if before["operationId"] != now["operationId"]:
                yield f"{here}: operationId renamed"
            yield from of_callers(here, before, now, old, new)
            yield from of_parameters(here, before, now, old, new)
            yield from of_bodies(here, before, now, old, new)
            yield from of_answers(here, before, now, old, new)


def of_callers(here: str, before: Schema, now: Schema, old, new) -> Iterator[str]:
    """Who might call, and might not any more: `{}` is a call without any key."""
    was, has = (
        {
            tuple(sorted(way))
            for way in told.get("security", whole.get("security", [{}]))
        }
        for told, whole in ((before, old), (now, new))
    )
    for way in sorted(was - has):
        yield f"{here}: no longer open {'to ' + ' and '.join(way) if way else 'without a key'}"


def of_parameters(here: str, before: Schema, now: Schema, old, new) -> Iterator[str]:
    was, has = (
        {(p["in"], p["name"]): p for p in operation.get("parameters", [])}
        for operation in (before, now)
    )
    for key, parameter in has.items():
        known = was.get(key, {})
        if parameter.get("required") and not known.get("required"):
            yield f"{here} {key[1]}: now required"
    for key, parameter in was.items():
        if key not in has:
            yield f"{here} {key[1]}: no longer taken"
            continue
        sent = parameter["schema"], has[key]["schema"]
        yield from narrower(f"{here} {key[1]}", *sent, old, new)
        if sent[0].get("default") != sent[1].get("default"):
            yield f"{here} {key[1]}: another default"


def of_bodies(here: str, before: Schema, now: Schema, old, new) -> Iterator[str]:
    was, has = (
        operation.get("requestBody", {}).get("content", {})
        for operation in (before, now)
    )
    if not was and now.get("requestBody", {}).get("required"):
        yield f"{here}: a body is now required"
    for media, told in was.items():
        if media not in has:
            yield f"{here}: {media} no longer taken"
        else:
            yield from narrower(here, told["schema"], has[media]["schema"], old, new)


def of_answers(here: str, before: Schema, now: Schema, old, new) -> Iterator[str]:
    for status, told in before["responses"].items():
        has = now["responses"].get(status)
        if has is None:
            yield f"{here} {status}: no longer answered"
            continue
        for name in sorted(
            told.get("headers", {}).keys() - has.get("headers", {}).keys()
        ):
            yield f"{here} {status} {name}: header no longer sent"
        for media, content in told.get("content", {}).items():
            if media not in has.get("content", {}):
                yield f"{here} {status}: {media} no longer answered"
            else:
                after = has["content"][media]["schema"]
                yield from poorer(
                    f"{here} {status}", content["schema"], after, old, new
                )


def narrower(here: str, was: Schema, has: Schema, old, new) -> Iterator[str]:
    """What was taken and is not any more."""
    was, has = resolved(was, old), resolved(has, new)
    yield from of_types(here, types(has), types(was), "no longer taken")
    yield from values(here, has.get("enum"), was.get("enum"), "no longer taken")
    if was.get("additionalProperties", True) and not has.get(
        "additionalProperties", True
    ):
        yield f"{here}: unknown fields no longer taken"
    for name in sorted(set(has.get("required", [])) - set(was.get("required", []))):
        yield f"{here}/{name}: now required"
    for keyword, stricter in STRICTER.items():
        if keyword in has and stricter(was.get(keyword), has[keyword]):
            yield f"{here}: {keyword} is stricter"
    for name, below in was.get("properties", {}).items():
        if name not in has.get("properties", {}):
            yield f"{here}/{name}: no longer taken"
        else:
            yield from narrower(
                f"{here}/{name}", below, has["properties"][name], old, new
            )
    if "items" in was and "items" in has:
        yield from narrower(f"{here}/*", was["items"], has["items"], old, new)
    if len(has.get("anyOf", [])) < len(was.get("anyOf", [])) or (
        "anyOf" in has and "anyOf" not in was
    ):
        yield f"{here}: fewer alternatives"


def poorer(here: str, was: Schema, has: Schema, old, new) -> Iterator[str]:
    """What was told for certain and is not any more. New keys of a closed list are told
    beforehand to be possible."""
    was, has = resolved(was, old), resolved(has, new)
    yield from of_types(here, types(was), types(has), "not told before")
    for name in sorted(set(was.get("required", [])) - set(has.get("required", []))):
        yield f"{here}/{name}: no longer always told"
    for name, below in was.get("properties", {}).items():
        if name not in has.get("properties", {}):
            yield f"{here}/{name}: no longer told"
        else:
            yield from poorer(
                f"{here}/{name}", below, has["properties"][name], old, new
            )
    for key in ("items", "additionalProperties"):
        if isinstance(was.get(key), dict) and isinstance(has.get(key), dict):
            yield from poorer(f"{here}/*", was[key], has[key], old, new)


def of_types(here: str, wide: set[str], narrow: set[str], said: str) -> Iterator[str]:
    """What `narrow` has and `wide` has not; an empty set admits anything."""
    if wide and not narrow:
        yield f"{here}: any type {said}"
    elif wide:
        yield from (f"{here}: {kind} {said}" for kind in sorted(narrow - wide))


def values(here: str, wide, narrow, said: str) -> Iterator[str]:
    if wide is None:
        return
    if narrow is None:
        yield f"{here}: values are now listed"
        return
    yield from (f"{here}: {value} {said}" for value in sorted({*narrow} - {*wide}))


def resolved(schema: Schema, within: Schema) -> Schema:
    """References followed; the alternatives of a nullable enum as one schema."""
    while "$ref" in schema:
        schema = within["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    for key in ("allOf", "oneOf"):
        if key in schema:
            rest = {k: v for k, v in schema.items() if k != key}
            parts = [resolved(part, within) for part in schema[key]]
            merged = {k: v for part in parts for k, v in part.items()}
            kinds = set().union(*(types(part) for part in parts))
            return merged | ({"type": sorted(kinds)} if kinds else {}) | rest
    return schema


def types(schema: Schema) -> set[str]:
    told = schema.get("type", [])
    return {told} if isinstance(told, str) else set(told)


def current() -> str:
    """The schema as `/api/v1/schema/` gives it, in Chinese."""
    from drf_spectacular.generators import SchemaGenerator
    from drf_spectacular.renderers import OpenApiYamlRenderer

    schema = SchemaGenerator().get_schema(request=None, public=True)
    return OpenApiYamlRenderer().render(schema, renderer_context={}).decode()


def main() -> int:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "disclosure.settings")
    sys.path.insert(0, str(FILE.parent.parent))
    django.setup()
    told = current()
    breaks = (
        breaking(yaml.safe_load(FILE.read_text(encoding="utf-8")), yaml.safe_load(told))
        if FILE.exists()
        else []
    )
    if breaks:
        sys.stderr.write("\n".join(["not written, callers would break:", *breaks, ""]))
        return 1
    FILE.write_text(told, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
