"""Functions on contexts (DMN 1.5, 10.3.4.9). Members may be unknown; keys may not."""

from __future__ import annotations

from vanzelf.feel.builtins.registry import built_in
from vanzelf.feel.messages import report
from vanzelf.feel.values.kinds import adopt
from vanzelf.feel.values.unknown import Unknown, merge

Context = dict[str, object]


@built_in("get value", "m: context, key: string", sees_unknown=True)
def get_value(context: Context, key: str) -> object:
    return adopt(context.get(key))


@built_in("get value", "context: context, keys: list", sees_unknown=True)
def get_value_at(context: Context, keys: list[object]) -> object:
    """The member of a member …, along the keys."""
    value: object = context
    for key in keys:
        if isinstance(key, Unknown) or isinstance(value, Unknown):
            return merge((key, value))
        if not isinstance(value, dict) or not isinstance(key, str):
            return report("there is no such member")
        value = adopt(value.get(key))
    return value if keys else report("get value needs a key")


@built_in("get entries", "m: context", sees_unknown=True)
def get_entries(context: Context) -> list[object]:
    return [{"key": key, "value": adopt(value)} for key, value in context.items()]


@built_in("context", "entries: list", sees_unknown=True)
def context_of(entries: list[object]) -> object:
    """A context from a list of `{key: …, value: …}`."""
    made: Context = {}
    for entry in entries:
        if isinstance(entry, Unknown):
            return entry.plain()
        if not isinstance(entry, dict) or "value" not in entry:
            return report("an entry has a key and a value")
        key = entry.get("key")
        if isinstance(key, Unknown):
            return key.plain()
        if not isinstance(key, str) or key in made:
            return report("the key of an entry is a string that stands once")
        made[key] = adopt(entry["value"])
    return made


@built_in("context put", "context: context, key: string, value: any", sees_unknown=True)
def context_put(context: Context, key: str, value: object) -> Context:
    return {**context, key: value}


@built_in("context put", "context: context, keys: list, value: any", sees_unknown=True)
def context_put_at(context: Context, keys: list[object], value: object) -> object:
    """The context with the member at the end of the keys changed, made where it lacks."""
    unknown = merge(keys)
    if unknown is not None:
        return unknown
    if not keys or len(keys) > 100:
        return report("context put needs a key")
    key, rest = keys[0], keys[1:]
    if not isinstance(key, str):
        return report("a key is a string")
    if not rest:
        return {**context, key: value}
    inner = adopt(context.get(key))
    if isinstance(inner, Unknown):
        return inner.plain()
    if not isinstance(inner, dict):
        return report(f"{key} is not a context")
    changed = context_put_at(inner, rest, value)
    return {**context, key: changed} if isinstance(changed, dict) else changed


@built_in("context merge", "contexts: list", sees_unknown=True)
def context_merge(contexts: list[object]) -> object:
    """All members; of the same key the last one stays."""
    unknown = merge(contexts)
    if unknown is not None:
        return unknown
    merged: Context = {}
    for context in contexts:
        if not isinstance(context, dict):
            return report("context merge takes contexts")
        merged.update(context)
    return merged
