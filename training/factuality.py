"""How well factuality is told: python factuality.py GOLD.conll --program "COMMAND".

Prints the correlation (Pearson) and the mean absolute error over the events of the gold standard, on its scale from -3 to 3, and
the F1 of finding these events. COMMAND reads CoNLL-U on standard input, annotates its words anew and prints CoNLL-U; an
event without a figure counts as 0, of which nothing is said.
"""
import argparse, shlex, statistics, subprocess

import statements


def guesses(printed):
    """For each sentence the printed factuality of each word, None where there is none, and whether it is found to tell an event."""
    told = lambda row: next((float(c[11:]) for c in row[9].split("|") if c.startswith("Factuality=")), None)
    return [[(told(row), "Event=Yes" in row[9]) for row in rows] for _, rows in statements.blocks(printed.splitlines())]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("gold"), parser.add_argument("--program", required=True)
    options = parser.parse_args()
    printed = subprocess.run(shlex.split(options.program), input=statements.conllu(options.gold), capture_output=True, text=True, check=True).stdout
    gold = [[float(v) if v != "_" else None for _, v in rows] for rows in statements.sentences_of(options.gold)]
    pairs = [pair for g, p in zip(gold, guesses(printed), strict=True) for pair in zip(g, p, strict=True)]
    wanted = [(g, p or 0.0) for g, (p, _) in pairs if g is not None]
    hits = sum(g is not None and event for g, (_, event) in pairs)
    found = sum(event for _, (_, event) in pairs)
    r = statistics.correlation(*zip(*wanted))
    error = statistics.fmean(abs(g - p) for g, p in wanted)
    print(f"factuality: r {r:.3f} mean absolute error {error:.3f} over {len(wanted)} events | events F1 {2 * hits / (found + len(wanted)):.3f}")


if __name__ == "__main__":
    main()
