"""Fits the weights of an account's confidence: python confidence.py --gold FOLDER… --texts TEXTS.jsonl… READINGS.jsonl… > confidence.toml

READINGS are what the program prints (`--format jsonl --explain`) on texts whose sources its reader of frames has not seen; an
account is right where the scorer pairs it with an annotated contact. A logistic regression on the signs that the explanations
list. Prints, to standard error, the expected calibration error and the confidence that gives the best F1, each on sources that
the weights were not fitted to.
"""
import argparse, os, sys

import numpy as np

import logistic
import sources
from texts import golds, lines

sys.path.insert(0, os.environ.get("SCORER", "score"))
import contacts as scorer


def accounts(options):
    """(source fold, signs, whether it is right, whether it counts) of each account, and the annotated contacts of each fold."""
    gold = {g["doc"]: g["contacts"] for folder in options.gold for g in golds(folder)}
    reports = {r["id"]: r for path in options.texts for r in lines(path)}
    rows, wanted = [], {}
    for read in (r for path in options.readings for r in lines(path)):
        name = read["report"]["id"]
        if name not in gold:
            continue
        fold = sources.fold(reports[name])
        known, guesses = gold[name], read["contacts"]
        pairs = scorer.pair(known, guesses)
        free = {i for i, g in enumerate(known) if g.get("aggregate")}
        right = {j: i not in free for i, j in pairs}
        wanted[fold] = wanted.get(fold, 0) + len(known) - len(free)
        for j, guess in enumerate(guesses):
            rows.append((fold, guess["explanation"]["signs"], j in right, right.get(j, not guess["aggregate"]) and not guess["aggregate"]))
    return rows, wanted


def calibration_error(p, y, bins=10):
    """Expected calibration error (Naeini et al. 2015) and the rows of the reliability diagram."""
    rows, error = [], 0.0
    for low in np.arange(bins) / bins:
        own = (p >= low) & ((p < low + 1 / bins) | (low + 1 / bins >= 1))
        if own.any():
            rows.append((low, own.sum(), p[own].mean(), y[own].mean()))
            error += own.mean() * abs(p[own].mean() - y[own].mean())
    return error, rows


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--gold", nargs="+", required=True)
    parser.add_argument("--texts", nargs="+", required=True)
    parser.add_argument("readings", nargs="+")
    options = parser.parse_args()
    rows, wanted = accounts(options)
    names = sorted(rows[0][1])
    folds = np.array([r[0] for r in rows])
    x = np.array([[r[1][n] for n in names] for r in rows])
    y, counts = np.array([float(r[2]) for r in rows]), np.array([r[3] for r in rows])
    p = logistic.across(x, y, folds)
    error, diagram = calibration_error(p, y)
    print(f"expected calibration error {error:.3f}", file=sys.stderr)
    for low, count, mean, share in diagram:
        print(f"  {low:.1f}: {count} accounts, told {mean:.2f}, right {share:.2f}", file=sys.stderr)
    best = max(np.arange(0, 0.9, 0.05), key=lambda least: f1(p, y, counts, wanted, least))
    for least in (0.0, best):
        print(f"from {least:.2f} on: F1 {f1(p, y, counts, wanted, least):.3f}", file=sys.stderr)
    print(logistic.file("What the signs of a right account weigh", "confidence.py", names, logistic.fitted(x, y)), end="")


def f1(p, y, counts, wanted, least):
    kept = (p >= least) & counts
    hits, offered = y[kept].sum(), kept.sum()
    return 2 * hits / max(1, offered + sum(wanted.values()))


if __name__ == "__main__":
    main()
