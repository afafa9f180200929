"""What holds for the repository itself."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "vanzelf"
ADDRESS = re.compile(
    r'^(--(extra-)?index-url|--find-links|-i |-f )|"(resolved|url)"\s*:\s*"https?:', re.M
)
LINK = re.compile(r"\[[^\]]+\]\((?!https?:|#|mailto:)([^)#\s]+)")


def tracked(*patterns: str) -> list[Path]:
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--", *patterns],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    )
    return [ROOT / name for name in listing.stdout.split("\0") if name and (ROOT / name).is_file()]


@pytest.mark.parametrize("path", tracked("requirements/*.txt"), ids=lambda path: path.name)
def test_requirements_are_pinned_with_hashes(path: Path) -> None:
    lines = path.read_text().splitlines()
    pins = [line for line in lines if re.match(r"^[a-z0-9].*==", line)]
    assert pins
    assert all(line.endswith("\\") for line in pins), "a pin without a hash"


def test_lock_files_carry_no_registry_address() -> None:
    locks = tracked("requirements/*", "*lock*", "pyproject.toml", "*.npmrc", "*package*.json")
    assert [str(path) for path in locks if ADDRESS.search(path.read_text())] == []


def test_tracked_text_carries_no_path_of_this_machine() -> None:
    here = str(ROOT.parent) + "/"
    if len(ROOT.parent.parts) < 2:
        pytest.skip("the checkout stands at the root of the file system")
    text = [path for path in tracked() if path.suffix not in {".png", ".woff2", ".mo", ".parquet"}]
    assert [str(path) for path in text if here in path.read_text(errors="ignore")] == []


@pytest.mark.parametrize("path", tracked("*.md"), ids=lambda path: str(path.relative_to(ROOT)))
def test_documents_link_to_what_is_there(path: Path) -> None:
    targets = LINK.findall(path.read_text())
    assert [target for target in targets if not (path.parent / target).exists()] == []


def test_source_files_stay_small() -> None:
    long = {
        str(path.relative_to(ROOT)): size
        for path in tracked("src/**/*.py")
        if path.parent.name != "migrations"  # made by Django, read by it
        and (size := len(path.read_text().splitlines())) > 400
    }
    assert long == {}, "which concept is missing in these files?"


def test_regulations_folder_is_the_shipped_one() -> None:
    assert (ROOT / "regulations").resolve() == SOURCE / "regulations"


def test_commits_nothing_that_is_made_again() -> None:
    made = (".venv", ".data", "build", "node_modules", "__pycache__")
    assert [
        path for path in tracked() if any(part in made for part in path.relative_to(ROOT).parts)
    ] == []
