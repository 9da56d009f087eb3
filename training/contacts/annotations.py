"""Writes annotations without a word of the texts they are of: python annotations.py FOLDER… > annotations.jsonl.

What stays of each contact are its values (names, offices, days are facts) and where the words of its mentions stand, as
[start, end) in code points of title or text. `evidence`, the words of triggers and negatives, and doubts, which quote, go.
"""
import glob, json, os, sys

CONTACT = ("kind", "status", "certainty", "parties", "present", "date", "time", "duration", "duration_approximate", "place", "according_to",
           "aggregate", "count", "domestic")
MENTION = ("in", "trigger", "parties", "time", "place", "status", "source", "duration", "present")


def bare(gold):
    contact = lambda c: {k: c[k] for k in CONTACT if c.get(k) not in (None, [], False)} | {
        "mentions": [{k: m[k] for k in MENTION if m.get(k) not in (None, [])} for m in c["mentions"]]}
    negatives = [{"in": n["in"], "span": n["span"], "why": n.get("why")} for n in gold.get("negatives") or [] if n.get("span")]
    return {"doc": gold["doc"], "published": gold.get("published"), "contacts": [contact(c) for c in gold["contacts"]], "negatives": negatives}


def main():
    paths = sorted((p for folder in sys.argv[1:] for p in glob.glob(os.path.join(folder, "*.json"))), key=os.path.basename)
    for path in paths:
        print(json.dumps(bare(json.load(open(path, encoding="utf8"))), ensure_ascii=False))


if __name__ == "__main__":
    main()
