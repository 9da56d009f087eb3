"""What the documents show is what the package gives: docstrings, the manual, the notebook."""

from __future__ import annotations

import ast
import doctest
import importlib.util
import json
import pathlib
import re
import runpy
from typing import Any

import daybook
import matplotlib.pyplot
import pytest

ROOT = pathlib.Path(__file__).resolve().parents[3]
QUICKSTART = ROOT / "crates" / "python" / "examples"


def held(text: str, name: str, names: dict[str, Any]) -> int:
    """Runs the examples of a text and gives how many there are; fails where one gives something else."""
    test = doctest.DocTestParser().get_doctest(text, names, name, name, 0)
    told: list[str] = []
    runner = doctest.DocTestRunner()
    runner.run(test, out=told.append)
    assert not told, "".join(told)
    return len(test.examples)


def docstrings() -> dict[str, str]:
    """The docstrings of all modules, classes and functions, of the Rust half too."""
    found = {}
    package = pathlib.Path(daybook.__file__).parent
    for file in sorted([*package.glob("*.py"), *package.glob("*.pyi")]):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef)):
                text = ast.get_docstring(node)
                if text and ">>>" in text:
                    found[f"{file.name}:{getattr(node, 'name', 'module')}:{getattr(node, 'lineno', 0)}"] = text
    return found


@pytest.mark.parametrize("name", docstrings())
def test_docstrings(
    name: str, book: daybook.Book, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    names = {**vars(daybook), "book": book, "Reader": daybook.Reader}
    assert held(docstrings()[name], name, names) > 0


def test_the_examples_of_every_public_function_are_there() -> None:
    told = " ".join(docstrings())
    for name in ["read", "read_many", "read_tables", "read_batches", "tables", "Reader", "Book", "Table", "Reading"]:
        assert f":{name}:" in told, name


def test_the_manual(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    text = (ROOT / "docs" / "python.md").read_text()
    blocks = re.findall(r"^```pycon\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
    assert len(blocks) > 8 and "```python" not in text
    assert held("\n".join(blocks), "docs/python.md", {}) > 30


def test_the_quickstart_runs_and_draws(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    matplotlib.pyplot.close("all")
    names = runpy.run_path(str(QUICKSTART / "quickstart.py"))
    assert len(matplotlib.pyplot.get_fignums()) == 2
    timeline, months = map(matplotlib.pyplot.figure, matplotlib.pyplot.get_fignums())
    points: Any = timeline.axes[0].collections[0].get_offsets()
    assert len(names["contacts"]) == 10 and len(names["entries"]) > len(points) - 1 > 3
    # What has no day is counted, but not drawn.
    assert names["counts"].to_numpy().sum() == len(points) <= names["by_pair"]["contacts"].sum()
    assert len(months.axes[0].patches) > 3
    matplotlib.pyplot.close("all")


def test_the_notebook_is_the_script() -> None:
    spec = importlib.util.spec_from_file_location("notebook", QUICKSTART / "notebook.py")
    assert spec and spec.loader
    maker = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(maker)
    script = (QUICKSTART / "quickstart.py").read_text()
    written = (QUICKSTART / "quickstart.ipynb").read_text()
    assert written == maker.notebook(script), f"run: python {QUICKSTART / 'notebook.py'}"
    cells = json.loads(written)["cells"]
    code = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    assert len(code) > 6 and all(part in script for part in code)
