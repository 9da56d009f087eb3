"""Fits the weights by which tellings are put together: python occasions.py --gold FOLDER… --texts TEXTS.jsonl… PAIRS.jsonl… > occasions.toml

PAIRS are what the example `read_with` prints of texts whose sources its reader of frames has not seen. Prints, to standard
error, how well pairs are told on sources that the weights were not fitted to.
"""
import argparse, sys
from collections import Counter

import numpy as np

import logistic
import sources
from texts import golds, lines


def contacts_at(gold):
    """(part, start, end, number of the contact) of each trigger."""
    return [(m["in"], *m["trigger"], number) for number, contact in enumerate(gold["contacts"]) for m in contact["mentions"] if m.get("trigger")]


def told_at(triggers, place):
    part, start, end = place
    return {number for p, s, e, number in triggers if p == part and s < end and start < e}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--gold", nargs="+", required=True)
    parser.add_argument("--texts", nargs="+", required=True)
    parser.add_argument("pairs", nargs="+")
    o = parser.parse_args()
    gold = {g["doc"]: contacts_at(g) for folder in o.gold for g in golds(folder)}
    reports = {r["id"]: r for path in o.texts for r in lines(path)}
    rows = []
    for read in (r for path in o.pairs for r in lines(path)):
        for pair in read["pairs"]:
            one, other = (told_at(gold[read["id"]], place) for place in pair["triggers"])
            if one and other:
                rows.append((read["id"], sources.fold(reports[read["id"]]), pair["signs"], bool(one & other)))
    names = list(rows[0][2])
    x, y = np.array([[r[2][n] for n in names] for r in rows]), np.array([float(r[3]) for r in rows])
    # A report of many tellings has more pairs than it has to say.
    many = Counter(r[0] for r in rows)
    weights = np.array([many[r[0]] ** -0.5 for r in rows])
    p = logistic.across(x, y, np.array([r[1] for r in rows]), weights)
    hits, said, there = ((p > 0.5) & (y > 0)).sum(), (p > 0.5).sum(), y.sum()
    print(f"{len(y)} pairs, of one occasion {y.mean():.2f}; P {hits / said:.3f} R {hits / there:.3f} F1 {2 * hits / (said + there):.3f}", file=sys.stderr)
    what = "# What is seen of two tellings weighs so much for their being of one occasion"
    print(logistic.file(what.lstrip("# "), "occasions.py", names, logistic.fitted(x, y, weights)), end="")


if __name__ == "__main__":
    main()
