"""The floors of the house hold, and the rule that holds them can fail."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PURE = ("feel", "rights", "population", "synthetic")


def lint_imports(config: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--config", config, "--no-cache"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


def test_layers_hold() -> None:
    result = lint_imports(ROOT / "pyproject.toml", ROOT)
    assert result.returncode == 0, result.stdout


def test_every_package_stands_on_a_floor() -> None:
    config = (ROOT / "pyproject.toml").read_text()
    packages = [path.parent.name for path in (ROOT / "src" / "vanzelf").glob("*/__init__.py")]
    data = {"regulations"}
    assert [
        name for name in packages if name not in data and f'"vanzelf.{name}"' not in config
    ] == []


def test_layers_report_an_import_that_goes_up(tmp_path: Path) -> None:
    package = tmp_path / "house"
    for floor in ("upper", "lower"):
        (package / floor).mkdir(parents=True)
        (package / floor / "__init__.py").touch()
    (package / "__init__.py").touch()
    (package / "lower" / "__init__.py").write_text("import house.upper\n")
    config = tmp_path / "layers.ini"
    config.write_text(
        "[importlinter]\nroot_package = house\n"
        "[importlinter:contract:floors]\nname = floors\ntype = layers\n"
        "layers =\n    house.upper\n    house.lower\n"
    )
    assert lint_imports(config, tmp_path).returncode == 1
