"""Builds the wheel of the Python package, installs it into a virtual environment of its own and runs the tests there.

    run.py [ARGUMENTS OF PYTEST]

The environment lies in target/python, as make_validators.py makes it. The program `daybook`, with which results are
compared, is built where it is not there yet. The last line tells how many tests passed and failed, as Cargo does.
"""

import os
import pathlib
import subprocess
import sys
import xml.etree.ElementTree

PACKAGE = pathlib.Path(__file__).resolve().parents[1]
ROOT = PACKAGE.parents[1]
TARGET = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
WHEELS = TARGET / "wheels"
PROGRAM = TARGET / "debug" / "daybook"


def environment() -> pathlib.Path:
    """The environment's Python."""
    maker = ROOT / "crates" / "export" / "tests" / "make_validators.py"
    make = [sys.executable, str(maker), "python", str(PACKAGE / "tests" / "requirements.txt")]
    return pathlib.Path(subprocess.run(make, check=True, stdout=subprocess.PIPE, text=True).stdout.strip())


def build(python: pathlib.Path) -> pathlib.Path:
    """The wheel, with dependencies optimised and the rest as for other tests."""
    for old in WHEELS.glob("daybook-*.whl"):
        old.unlink()
    maturin = [str(python.parent / "maturin"), "build", "--profile", "dev", "--locked", "--interpreter", str(python)]
    subprocess.run([*maturin, "--out", str(WHEELS)], check=True, cwd=PACKAGE)
    (wheel,) = WHEELS.glob("daybook-*.whl")
    return wheel


def install(python: pathlib.Path, wheel: pathlib.Path) -> None:
    pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "--no-index", "--no-deps", "--force-reinstall", str(wheel)], check=True)


def test(python: pathlib.Path, wheel: pathlib.Path) -> int:
    results = TARGET / "python" / "results.xml"
    results.unlink(missing_ok=True)
    command = [str(python), "-m", "pytest", str(PACKAGE / "tests"), "-p", "no:cacheprovider", f"--junitxml={results}"]
    places = {"DAYBOOK_WHEEL": str(wheel), "DAYBOOK_PROGRAM": str(PROGRAM), "MPLBACKEND": "Agg"}
    # The package is imported as it is installed, not from its sources.
    status = subprocess.run(
        [*command, *sys.argv[1:]], cwd=TARGET, env={**os.environ, **places, "PYTHONDONTWRITEBYTECODE": "1"}
    ).returncode
    count(results)
    return status


def count(results: pathlib.Path) -> None:
    (suite,) = xml.etree.ElementTree.parse(results).getroot()
    total, skipped = int(suite.attrib["tests"]), int(suite.attrib["skipped"])
    failed = int(suite.attrib["failures"]) + int(suite.attrib["errors"])
    print(f"test result: {'FAILED' if failed else 'ok'}. {total - failed - skipped} passed; {failed} failed", flush=True)


def main() -> int:
    python = environment()
    if not PROGRAM.exists():
        subprocess.run(["cargo", "build", "--locked", "--package", "daybook-cli"], check=True, cwd=ROOT)
    wheel = build(python)
    install(python, wheel)
    return test(python, wheel)


sys.exit(main())
