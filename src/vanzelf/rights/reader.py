"""Reading values out of a document: each method gives a usable value and notes what is wrong."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from vanzelf.rights.document import Item
from vanzelf.rights.facts import Texts
from vanzelf.rights.problems import Place, Problems, did_you_mean

LANGUAGES = ("nl", "en")


@dataclass(slots=True)
class Reader:
    problems: Problems

    def fields(
        self,
        item: Item,
        what: str,
        required: Collection[str] = (),
        optional: Collection[str] = (),
        place: Place | None = None,
    ) -> dict[str, Item]:
        """The entries of a mapping by key; unknown and missing keys are problems."""
        if item.kind != "mapping":
            self.problems.add(
                item.place, f"{what}: keys with values are expected here", "write key: value"
            )
            return {}
        known = (*required, *optional)
        found: dict[str, Item] = {}
        for key, value in item.entries:
            if key.text in known:
                found[key.text] = value
            else:
                hint = did_you_mean(key.text, known) or "one of: " + ", ".join(sorted(known))
                self.problems.add(key.place, f'{what}: unknown key "{key.text}"', hint)
        for key_name in required:
            if key_name not in found:
                where = place or item.place
                self.problems.add(where, f'{what}: "{key_name}" is missing', f"add {key_name}:")
        return found

    def text(self, item: Item | None, what: str) -> str:
        if item is None:
            return ""
        if item.kind == "scalar" and isinstance(item.value, str) and item.value.strip():
            return item.value.strip()
        self.problems.add(item.place, f"{what}: a text is expected here", "put quotes around it")
        return ""

    def texts(self, item: Item | None, what: str) -> Texts:
        """A text in every language."""
        if item is None:
            return {}
        found = self.fields(item, what, optional=LANGUAGES)
        for language in LANGUAGES:
            if language not in found and item.kind == "mapping":
                hint = "write {nl: …, en: …}"
                self.problems.add(item.place, f'{what}: the text in "{language}" is missing', hint)
        return {
            language: self.text(found[language], what)
            for language in LANGUAGES
            if language in found
        }

    def boolean(self, item: Item | None, what: str) -> bool:
        if item is None:
            return False
        if isinstance(item.value, bool):
            return item.value
        self.problems.add(
            item.place, f"{what}: true or false is expected here", "write true or false"
        )
        return False

    def day(self, item: Item | None, what: str) -> date | None:
        if item is None:
            return None
        if isinstance(item.value, date):
            return item.value
        self.problems.add(item.place, f"{what}: a date is expected here", "write 2026-01-15")
        return None

    def one_of(self, item: Item | None, what: str, known: Collection[str]) -> str:
        """One of the known words; the first of them when it is not, so that reading goes on."""
        if item is not None:
            if item.kind == "scalar" and item.text in known:
                return item.text
            shown = f'"{item.text}"' if item.kind == "scalar" else "this"
            hint = did_you_mean(item.text if item.kind == "scalar" else "", known)
            options = hint if hint.startswith("one of") else ", ".join(sorted(known))
            hint = hint if hint.startswith("did") else f"one of: {options.removeprefix('one of: ')}"
            self.problems.add(item.place, f"{what}: {shown} is not known", hint)
        return next(iter(known))

    def members(self, item: Item | None, what: str, hint: str = "write [a, b]") -> tuple[Item, ...]:
        """The members of a list; an empty one is as good as none and so a problem."""
        if item is not None and not item.items:
            self.problems.add(item.place, f"{what}: a list is expected here", hint)
        return item.items if item is not None else ()

    def list_of_text(self, item: Item | None, what: str) -> tuple[str, ...]:
        return tuple(self.text(member, what) for member in self.members(item, what))

    def named(self, item: Item, what: str) -> Iterator[tuple[Item, Item]]:
        """The members of a list of one name each: `- voucher: {…}`."""
        for member in self.members(item, what, "write - name: {…}"):
            if len(member.entries) != 1:
                self.problems.add(
                    member.place, f"{what}: one name is expected, then a colon", "name: {…}"
                )
                continue
            yield member.entries[0]
