"""How many quoted passages are led to the right source: python quoted.py POLNEAR_PART PREDICTED.jsonl.

A passage that its annotators mark as attributed, with quotation marks in it, counts as found where a statement's content
shares at least half of both, and as right where also the words for the source share a place, or neither has any.
"""
import json, re, sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "training"))

import brat


def cells(spans):
    return {i for start, end in spans for i in range(start, end)}


def best(content, statements):
    """The statement whose content fits best, and how well."""
    fits = [(len(content & cells(s["content"])) / len(content | cells(s["content"])), -i) for i, s in enumerate(statements)]
    fit, i = max(fits, default=(0.0, 0))
    return fit, statements[-i] if statements else None


def main():
    folder = Path(sys.argv[1])
    predicted = {r["report"]["id"]: r["statements"] for r in map(json.loads, open(sys.argv[2], encoding="utf8"))}
    wanted = found = right = 0
    for path in sorted((folder / "text").glob("*.txt")):
        with open(path, encoding="utf8", newline="") as file:
            text = file.read()
        annotated = brat.first_annotator(folder, path.stem)
        for parts in brat.attributions(annotated) if annotated else []:
            if not any(re.search('[“”"]', text[start:end]) for start, end in parts["Content"]):
                continue
            wanted += 1
            fit, statement = best(cells(parts["Content"]), predicted[path.name])
            if fit >= 0.5:
                found += 1
                right += bool(cells(parts["Source"]) & cells(statement["source"])) or not parts["Source"] and not statement["source"]
    print(f"quoted {wanted}: found {found / wanted:.3f}, from the right source {right / wanted:.3f}")


if __name__ == "__main__":
    main()
