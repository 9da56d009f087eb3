"""Writes quickstart.ipynb from quickstart.py: a cell for each part that begins with `# %%`.

    python notebook.py
"""

from __future__ import annotations

import json
import pathlib
from typing import Any

HERE = pathlib.Path(__file__).resolve().parent


def cells(script: str) -> list[dict[str, Any]]:
    """The cells of a script."""
    return [cell(number, part) for number, part in enumerate(script.split("# %%")[1:])]


def cell(number: int, part: str) -> dict[str, Any]:
    head, _, body = part.partition("\n")
    name = {"id": f"cell-{number}", "metadata": {}}
    if "[markdown]" in head:
        lines = [line.removeprefix("#").removeprefix(" ") for line in body.strip().split("\n")]
        return {"cell_type": "markdown", **name, "source": "\n".join(lines).splitlines(keepends=True)}
    source = body.strip().splitlines(keepends=True)
    return {"cell_type": "code", **name, "execution_count": None, "outputs": [], "source": source}


def notebook(script: str) -> str:
    """The notebook of a script, as its file holds it."""
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    content = {
        "cells": cells(script),
        "metadata": {"kernelspec": kernel, "language_info": {"name": "python"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return json.dumps(content, indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    (HERE / "quickstart.ipynb").write_text(notebook((HERE / "quickstart.py").read_text(encoding="utf-8")), encoding="utf-8")
