"""`systems.toml` to systems that can be run: their virtual environments made, their command lines filled in."""

import os
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
TOLD = tomllib.loads((HERE / "systems.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class System:
    """One that is measured; `systems.toml` says what the fields mean."""

    name: str
    command: list[str]
    does: dict[str, str]
    venv: str | None = None
    texts: int | None = None
    records: bool = False

    def filled(self, program: Path, file: Path, cores: int) -> list[str]:
        """The command line that reads `file`."""
        places = {"program": program, "python": python(self.venv), "peers": HERE / "peers", "file": file, "cores": cores}
        return [part.format(**places) for part in self.command]


def systems(names: list[str] | None = None) -> list[System]:
    """All of them, or those of these names in the order of the file."""
    every = [System(**told) for told in TOLD["system"]]
    unknown = set(names or []) - {system.name for system in every}
    if unknown:
        sys.exit(f"bench: no system is called {', '.join(sorted(unknown))}; bench/systems.toml has the names")
    return [system for system in every if not names or system.name in names]


def python(venv: str | None) -> Path | None:
    return HERE / f".venv-{venv}" / "bin" / "python" if venv else None


def install(wanted: list[System]) -> dict[str, list[str]]:
    """Makes the virtual environments that these systems need; returns what was asked of each."""
    needed = {system.venv: TOLD["venvs"][system.venv] for system in wanted if system.venv}
    for venv, requirements in needed.items():
        if not python(venv).exists():
            subprocess.run([sys.executable, "-m", "venv", str(python(venv).parent.parent)], check=True)
        install = [str(python(venv)), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *requirements]
        subprocess.run(install, check=True)
    return needed


def build(given: Path | None) -> Path:
    """The program to measure: the one given, or a release build of this checkout."""
    if given:
        return given.resolve()
    subprocess.run(["cargo", "build", "--release", "--bins"], cwd=ROOT, check=True)
    return Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")).resolve() / "release" / "daybook"
