"""Makes a virtual environment with programs of others, with which tests read what Daybook writes.

    make_validators.py [NAME REQUIREMENTS]

It lies in target/NAME and holds what that file of requirements names; left out, those for exported files, in
target/validators. Prints the path of its Python. Does nothing where the environment is there already; several may run at once.
"""

import fcntl
import pathlib
import subprocess
import sys
import venv

HERE = pathlib.Path(__file__).resolve().parent
TARGET = HERE.parents[2] / "target"
NAME, REQUIREMENTS = sys.argv[1:] or ("validators", HERE / "requirements.txt")
REQUIREMENTS = pathlib.Path(REQUIREMENTS)
FOLDER = TARGET / NAME
PYTHON = FOLDER / "bin" / "python"
# What was installed, written last: an environment without it is not whole.
INSTALLED = FOLDER / "installed.txt"


def wanted() -> str:
    return f"{sys.version_info.major}.{sys.version_info.minor}\n{REQUIREMENTS.read_text()}"


def make() -> None:
    venv.create(FOLDER, clear=True, with_pip=True)
    install = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    install += ["--only-binary=:all:", "--requirement", REQUIREMENTS]
    subprocess.run(install, check=True, stdout=sys.stderr)
    INSTALLED.write_text(wanted())


def main() -> None:
    TARGET.mkdir(exist_ok=True)
    with open(TARGET / f"{NAME}.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not INSTALLED.exists() or INSTALLED.read_text() != wanted():
            make()
    print(PYTHON)


main()
