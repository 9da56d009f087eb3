"""The types: complete, used as documented, and those of the published schemas."""

from __future__ import annotations

import importlib
import json
import pathlib
import subprocess
import sys
import typing
from typing import Any

import daybook
import daybook.entry
import daybook.record
import pytest

ROOT = pathlib.Path(__file__).resolve().parents[3]


def checked(*arguments: str, cwd: pathlib.Path) -> str:
    command = [sys.executable, "-m", "mypy", "--strict", "--no-incremental", "--cache-dir", str(cwd), *arguments]
    return subprocess.run(command, cwd=cwd, stdout=subprocess.PIPE, text=True).stdout


def test_the_package_and_its_tests_are_typed_strictly(tmp_path: pathlib.Path) -> None:
    assert "Success" in (told := checked("--package", "daybook", cwd=tmp_path)), told
    tests = sorted(map(str, (ROOT / "crates" / "python" / "tests").glob("*.py")))
    ignored = ["--disable-error-code=import-untyped", "--disable-error-code=no-untyped-call"]
    assert "Success" in (told := checked(*ignored, *tests, cwd=tmp_path)), told


def test_mistakes_are_seen_by_the_type_checker(tmp_path: pathlib.Path) -> None:
    (tmp_path / "user.py").write_text(
        "import daybook\n"
        "reading = daybook.read('It rained.')\n"
        "kind: str = reading.contacts[0]['kind']\n"
        "start, end = reading.contacts[0]['evidence'][0]\n"
        "daybook.read(7)\n"
        "reading.contacts[0]['knd']\n"
        "daybook.Book('a').list(kind='telegram')\n"
    )
    told = checked("user.py", cwd=tmp_path)
    assert [line.split(":")[1] for line in told.splitlines() if "error:" in line] == ["5", "6", "7"], told


def test_every_module_is_documented_and_says_what_it_gives() -> None:
    for name in ["book", "entry", "errors", "progress", "reader", "record", "reports", "spark", "tables"]:
        module = importlib.import_module(f"daybook.{name}")
        assert module.__doc__
        for public in module.__all__:
            value = getattr(module, public)
            assert not isinstance(value, type) or value.__doc__, f"{name}.{public}"
    for public in daybook.__all__:
        assert getattr(daybook, public).__doc__, public


SCHEMAS = {
    "record": {
        "Record": None,
        "Report": "report",
        "Dating": "dating",
        "Contact": "contact",
        "Member": "member",
        "Person": "person",
        "When": "when",
        "Words": "words",
        "ContactSources": "sources",
        "Statement": "statement",
        "Tie": "tie",
        "StatementSources": "statement_sources",
        "Claim": "claim",
        "ClaimSources": "claim_sources",
        "Factuality": "factuality",
        "Time": "time",
    },
    "entry": {
        "Entry": None,
        "Someone": "someone",
        "SideReadout": "readout",
        "Step": "step",
        "Credibility": "credibility",
        "Told": "told",
        "Account": "account",
        "Filed": "report",
        "Join": "join",
    },
}


@pytest.mark.parametrize(("module", "name"), [(module, name) for module, names in SCHEMAS.items() for name in names])
def test_types_are_those_of_the_published_schema(module: str, name: str) -> None:
    schema = json.loads((ROOT / "docs" / f"{module}.schema.json").read_text())
    part = SCHEMAS[module][name]
    described = schema if part is None else schema["$defs"][part]
    own = getattr(importlib.import_module(f"daybook.{module}"), name)
    # Why a contact is as it is is told by `daybook read --explain` alone.
    properties = {key: value for key, value in described["properties"].items() if key != "explanation"}
    hints = typing.get_type_hints(own)
    assert set(hints) == set(properties)
    optional = set(properties) - set(described["required"])
    assert own.__optional_keys__ == optional or name == "Record"
    for key, value in properties.items():
        assert literals(hints[key]) == choices(value, schema), key
        assert (type(None) in typing.get_args(hints[key])) == may_be_null(value, schema), key


def literals(hint: Any) -> set[str]:
    inside = typing.get_args(hint)[0] if typing.get_origin(hint) is list else hint
    return set(typing.get_args(inside)) if typing.get_origin(inside) is typing.Literal else set()


def choices(value: dict[str, Any], schema: dict[str, Any]) -> set[str]:
    value = resolved(value, schema)
    return set(value.get("enum") or (value.get("items") or {}).get("enum", []))


def may_be_null(value: dict[str, Any], schema: dict[str, Any]) -> bool:
    value = resolved(value, schema)
    return "null" in value.get("type", []) or any(each.get("type") == "null" for each in value.get("anyOf", []))


def resolved(value: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    reference = value.get("$ref")
    found: dict[str, Any] = schema["$defs"][reference.rsplit("/")[-1]] if reference else value
    return found
