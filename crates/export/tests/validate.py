"""Reads exported files with the programs that they are meant for, and holds them against each other.

Takes a folder with entries.jsonl, .csv, .parquet, .ics, .ftm.jsonl and .graphml; ends with an error at what is amiss.
"""

import csv
import datetime
import json
import pathlib
import sys

import icalendar
import networkx
import pyarrow
import pyarrow.parquet
from followthemoney import model
from followthemoney.types import registry

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def json_lines(path):
    with open(path, encoding="utf-8", newline="\n") as file:
        return [json.loads(line) for line in file]


def check_csv(path, entries):
    text = path.read_bytes().decode("utf-8")
    rows = list(csv.DictReader(text.splitlines(keepends=True), strict=True))
    assert [row["id"] for row in rows] == [entry["id"] for entry in entries]
    for row, entry in zip(rows, entries):
        assert None not in row and None not in row.values(), "a row is as long as the header"
        assert not any(cell.startswith(FORMULA) for cell in row.values()), row
        assert row["kind"] == entry["kind"] and row["status"] == entry["status"]
        lists = ["parties", "roles", "offices", "countries", "types", "wikidata", "identities"]
        assert {len(row[name].split("; ")) for name in lists if entry["parties"]} <= {len(entry["parties"])}
    return rows


def check_parquet(path, rows):
    table = pyarrow.parquet.read_table(path)
    table.validate(full=True)
    types = {"first_day": pyarrow.date32(), "sources": pyarrow.int64(), "domestic": pyarrow.bool_(), "confidence": pyarrow.float64()}
    for name in ["id", "words"]:
        types[name] = pyarrow.string()
    for name, expected in types.items():
        assert table.schema.field(name).type == expected, table.schema.field(name)
    if rows:
        assert table.schema.names == list(rows[0])
    shown = [{name: as_cell(value) for name, value in row.items()} for row in table.to_pylist()]
    assert shown == [{name: cell.removeprefix("'") for name, cell in row.items()} for row in rows]


def as_cell(value):
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def check_calendar(path, entries):
    octets = path.read_bytes()
    assert octets.endswith(b"\r\n") and b"\n" not in octets.replace(b"\r\n", b"")
    assert all(len(line) <= 75 for line in octets.split(b"\r\n"))
    calendar = icalendar.Calendar.from_ical(octets)
    events = {str(event["UID"]): event for event in calendar.walk("VEVENT")}
    assert len(events) == len(calendar.walk("VEVENT"))
    for event in events.values():
        assert not event.errors, event.errors
        assert event["DTSTAMP"].dt and event["DTSTART"].dt and event["STATUS"] and event["SUMMARY"]
        assert event.end >= event.start
    for entry in entries:
        check_event(events.pop(f"{entry['id']}@daybook", None), entry)
    assert not events, "every event is of an entry"


def check_event(event, entry):
    """A contact with a day has an event on that day, or beside it where a zone moves it."""
    told = entry["when"]["edtf"]
    if event is None:
        assert told is None or len(told) != len("2017-01-28"), f"{entry['id']} has a day and no event"
        return
    start = event["DTSTART"].dt
    start = start.date() if isinstance(start, datetime.datetime) else start
    if len(told) == len("2017-01-28"):
        assert abs(start - datetime.date.fromisoformat(told)) <= datetime.timedelta(days=1)
    if entry["place"] and "\u202e" not in entry["place"]:
        assert event["LOCATION"] == entry["place"]
    for party in entry["parties"]:
        assert "\u202e" in (party["name"] or "") or (party["name"] or party["office"]) in event["SUMMARY"]


def check_entities(path, entries):
    entities = {}
    for data in json_lines(path):
        entity = model.get_proxy(data, cleaned=True)
        model.get(data["schema"]).validate(data)
        for name, values in data["properties"].items():
            check_property(entity.schema.get(name), name, values)
        assert entity.id not in entities and registry.entity.validate(entity.id), entity.id
        entities[entity.id] = entity
    for entity in entities.values():
        for prop, value in entity.itervalues():
            if prop.type == registry.entity:
                assert entities[value].schema.is_a(prop.range), f"{prop} of {entity.id}"
    events = [entity for entity in entities.values() if entity.schema.name == "Event"]
    assert sorted(event.first("recordId") for event in events) == sorted(entry["id"] for entry in entries)


def check_property(prop, name, values):
    assert prop is not None and not prop.stub, f"there is no property {name}"
    for value in values:
        clean = prop.type.clean(value)
        # Addresses are put in order as they are loaded, whatever they are.
        assert clean == value or (clean and prop.type == registry.address), f"{name}: {value!r} becomes {clean!r}"


def check_graph(path, entries):
    graph = networkx.read_graphml(path)
    took_place = [e for e in entries if e["status"] in ("held", "under_way") and not e["withdrawn"]]
    identities = {party["identity"] for entry in took_place for party in entry["parties"]}
    assert {node["identity"] for _, node in graph.nodes(data=True)} == identities
    kinds = ["calls", "video_calls", "meetings", "visits", "gatherings", "letters", "messages", "unspecified"]
    for source, target, edge in graph.edges(data=True):
        assert edge["entries"] == sum(edge.get(kind, 0) for kind in kinds), edge
        assert edge["from_source"] + edge["from_target"] <= edge["entries"]
        assert edge.get("first_day", "") <= edge.get("last_day", "")
    nodes = networkx.get_node_attributes(graph, "entries").values()
    assert sum(nodes) == sum(len(entry["parties"]) for entry in took_place)


def main():
    folder = pathlib.Path(sys.argv[1])
    entries = json_lines(folder / "entries.jsonl")
    rows = check_csv(folder / "entries.csv", entries)
    check_parquet(folder / "entries.parquet", rows)
    check_calendar(folder / "entries.ics", entries)
    check_entities(folder / "entries.ftm.jsonl", entries)
    check_graph(folder / "entries.graphml", entries)
    print(f"{len(entries)} entries hold")


main()
