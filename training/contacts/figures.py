"""Prints how right contacts are by source, kind and field: python figures.py --gold FOLDER… --texts TEXTS.jsonl… READINGS.jsonl…

READINGS are what the program prints (`--format jsonl --explain`) on texts whose sources its reader of frames has not seen. The tables are
those of `docs/accuracy.md`, in Markdown; contacts told with less confidence than `--min-confidence` are left out.
"""
import argparse, os, sys
from collections import Counter, defaultdict

import sources
from texts import golds, lines

sys.path.insert(0, os.environ.get("SCORER", "score"))
import contacts as scorer

FULL = ("kind", "status", "parties", "date_exact")
FIELDS = ("kind", "status", "certainty", "date_exact", "time", "duration", "place", "parties", "roles", "present", "according_to")


class Tally:
    """What was wanted, offered and right of some contacts."""

    def __init__(self):
        self.texts = self.wanted = self.offered = self.found = self.full = 0
        self.right, self.seen = Counter(), Counter()

    def add(self, known, guesses):
        pairs = scorer.pair(known, guesses)
        free = {i for i, g in enumerate(known) if g.get("aggregate")}
        taken = {j for i, j in pairs if i in free} | {j for j, g in enumerate(guesses) if g.get("aggregate")}
        self.texts += 1
        self.wanted += len(known) - len(free)
        self.offered += len(guesses) - len(taken)
        for i, j in pairs:
            if i not in free and j not in taken:
                self.pair(scorer.fields(known[i], guesses[j]))

    def pair(self, verdict):
        self.found += 1
        self.full += all(verdict.get(field, True) for field in FULL)
        for field, good in verdict.items():
            self.right[field] += good
            self.seen[field] += 1

    def f1(self, hits):
        return 2 * hits / max(1, self.wanted + self.offered)

    def row(self, name):
        share = lambda a, b: f"{a / b:.2f}" if b else "-"
        return (f"| {name} | {self.texts} | {self.wanted} | {self.f1(self.found):.2f} ({share(self.found, self.offered)}, {share(self.found, self.wanted)}) "
                f"| {self.f1(self.full):.2f} |")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--gold", nargs="+", required=True)
    parser.add_argument("--texts", nargs="+", required=True)
    parser.add_argument("--min-confidence", type=float, default=0.0)
    parser.add_argument("readings", nargs="+")
    o = parser.parse_args()
    gold = {g["doc"]: g["contacts"] for folder in o.gold for g in golds(folder)}
    reports = {r["id"]: r for path in o.texts for r in lines(path)}
    by_source, by_sort, by_kind = defaultdict(Tally), defaultdict(Tally), defaultdict(Counter)
    for read in (r for path in o.readings for r in lines(path)):
        name = read["report"]["id"]
        if name not in gold:
            continue
        report, known = reports[name], gold[name]
        guesses = [c for c in read["contacts"] if c.get("confidence", 1) >= o.min_confidence]
        for tally in (by_sort[sources.is_release(report)], by_source[sources.is_release(report), sources.source(report)]):
            tally.add(known, guesses)
        count_kinds(by_kind, known, guesses)
    print_tables(by_sort, by_source, by_kind)


def count_kinds(by_kind, known, guesses):
    pairs = dict(scorer.pair(known, guesses))
    for i, contact in enumerate(known):
        if not contact.get("aggregate"):
            verdict = scorer.fields(contact, guesses[pairs[i]]) if i in pairs else None
            by_kind[contact["kind"]].update(wanted=1, found=verdict is not None, full=bool(verdict) and all(verdict.get(f, True) for f in FULL),
                                            kind=bool(verdict) and verdict["kind"])


def print_tables(by_sort, by_source, by_kind, least=40):
    head = "| | texts | contacts | found: F1 (precision, recall) | fully right: F1 |\n|---|--:|--:|--:|--:|"
    print(head)
    for release in (False, True):
        if release in by_sort:
            print(by_sort[release].row("**releases**" if release else "**news**"))
        of = sorted(((s, t) for (r, s), t in by_source.items() if r == release), key=lambda x: (-x[1].wanted, x[0]))
        for name, tally in (x for x in of if x[1].wanted >= least):
            print(tally.row(name))
        rest = [t for _, t in of if t.wanted < least]
        if rest:
            print(merged(rest).row(f"{len(rest)} others"))
    print("\n| of those found, right | news | releases |\n|---|--:|--:|")
    for field in FIELDS:
        cell = lambda t: f"{t.right[field] / t.seen[field]:.2f} ({t.seen[field]})" if t.seen[field] else "-"
        print(f"| {field} | {cell(by_sort[False])} | {cell(by_sort[True])} |")
    print("\n| kind | contacts | found | with the right kind | fully right |\n|---|--:|--:|--:|--:|")
    for kind, c in sorted(by_kind.items(), key=lambda x: -x[1]["wanted"]):
        print(f"| {kind} | {c['wanted']} | {c['found'] / c['wanted']:.2f} | {c['kind'] / c['wanted']:.2f} | {c['full'] / c['wanted']:.2f} |")


def merged(tallies):
    all_of = Tally()
    for t in tallies:
        for name in ("texts", "wanted", "offered", "found", "full"):
            setattr(all_of, name, getattr(all_of, name) + getattr(t, name))
    return all_of


if __name__ == "__main__":
    main()
