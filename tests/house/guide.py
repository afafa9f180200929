"""A guide that is run: its files are written, its commands typed, its answers compared.

In a page of the guide
- a yaml block after a line that ends in "`some/file.yaml`:" is written to that file;
- after "`some/file.yaml`, the part `criteria`:" it takes the place of that part of the file;
- a console block is typed line by line (`$ …`), and must answer what stands there; a line `…`
  stands for any lines.

`python -m tests.house.guide` types all commands and writes the answers into the pages.
"""

from __future__ import annotations

import re
import shlex
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import chdir
from dataclasses import dataclass
from pathlib import Path

from click.testing import CliRunner

from vanzelf.faces.cli.main import main

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted((ROOT / "docs" / "authoring").glob("[0-9]*.md"))
ANYTHING = "…"
SURROUNDINGS = {"VANZELF_REGULATIONS": "rechten", "COLUMNS": "100"}

_BLOCK = re.compile(
    r"(?:`(?P<file>[^`\n]+\.(?:yaml|dmn))`(?:,\s+the\s+part\s+`(?P<part>[^`\n]+)`)?:\n\n)?"
    r"```(?P<kind>yaml|xml|console)\n(?P<text>.*?)^```$",
    re.DOTALL | re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Block:
    kind: str
    text: str
    line: int
    file: str | None
    part: str | None


@dataclass(frozen=True, slots=True)
class Typed:
    """A command of the guide, what the guide says that it answers, and where that stands."""

    command: str
    answer: str
    line: int


def blocks(page: str) -> Iterator[Block]:
    for match in _BLOCK.finditer(page):
        line = page.count("\n", 0, match.start("text")) + 1
        yield Block(match["kind"], match["text"], line, match["file"], match["part"])


def typed(block: Block) -> Iterator[Typed]:
    """The commands of a console block."""
    command, answer, begun = None, "", 0
    for number, text in enumerate(block.text.splitlines(keepends=True), block.line):
        if text.startswith("$ "):
            if command:
                yield Typed(command, answer, begun)
            command, answer, begun = text[2:].strip(), "", number
        else:
            answer += text
    if command:
        yield Typed(command, answer, begun)


def write(block: Block, folder: Path) -> None:
    """Put what a block shows where the guide says."""
    assert block.file is not None
    path = folder / block.file
    path.parent.mkdir(parents=True, exist_ok=True)
    if block.part is None:
        path.write_text(block.text)
        return
    before = path.read_text()
    part = re.compile(rf"^{re.escape(block.part)}:.*?(?=^[^\s#]|\Z)", re.DOTALL | re.MULTILINE)
    after, found = part.subn(lambda _: block.text, before)
    path.write_text(after if found else before + block.text)


def answer(command: str, folder: Path) -> str:
    """What a command answers in that folder, errors included.

    Only `rm` goes to a shell; `vanzelf` runs in this process, which has it loaded already.
    """
    name, *arguments = shlex.split(command)
    if name == "export":  # what the guide sets is set already: see SURROUNDINGS
        return ""
    if name == "rm":
        subprocess.run([name, *arguments], cwd=folder, check=True)
        return ""
    with chdir(folder):
        ran = CliRunner().invoke(main, arguments, env=SURROUNDINGS, prog_name=name)
    return "\n".join(line.rstrip() for line in ran.output.splitlines()).strip("\n")


def agrees(told: str, given: str) -> bool:
    parts = (re.escape(part.strip("\n")) for part in told.strip("\n").split(ANYTHING))
    return re.fullmatch(r"\s*?(?:.*)".join(parts), given, re.DOTALL) is not None


def prepare(folder: Path, until: Path) -> None:
    """Bring the folder to where the pages before this one left it."""
    for page in PAGES[: PAGES.index(until)]:
        for block in blocks(page.read_text()):
            if block.file:
                write(block, folder)
            for one in typed(block) if block.kind == "console" else ():
                if one.command.startswith("rm "):
                    answer(one.command, folder)


def differences(page: Path, folder: Path) -> Iterator[str]:
    """Work through a page; each command that answers something else, with both answers."""
    for block in blocks(page.read_text()):
        if block.file:
            write(block, folder)
        for one in typed(block) if block.kind == "console" else ():
            given = answer(one.command, folder)
            if not agrees(one.answer, given):
                yield f"{page.name}:{one.line}: $ {one.command}\n{given}\n-- told:\n{one.answer}"


def renew(page: Path, folder: Path) -> None:
    """Write the answers that the commands give now into the page."""
    text = page.read_text()
    for block in blocks(text):
        if block.file:
            write(block, folder)
        if block.kind != "console":
            continue
        fresh = ""
        for one in typed(block):
            given = answer(one.command, folder)
            kept = one.answer if ANYTHING in one.answer and agrees(one.answer, given) else None
            fresh += f"$ {one.command}\n" + (kept or (given and f"{given}\n"))
        text = text.replace(f"```console\n{block.text}```", f"```console\n{fresh}```", 1)
    page.write_text(text)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        for page in PAGES:
            renew(page, Path(name))
