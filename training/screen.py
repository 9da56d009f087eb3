"""Fits the weights of the screen: python training/screen.py --signs SIGNS… --readings READINGS… --out crates/reading/data/en/screen.toml.

SIGNS is what the example `signs` prints of reports, READINGS what `daybook read --format jsonl` prints of the same reports
with their texts in full. A passage tells of a contact where the first words of evidence of one stand in it. The weights are a
logistic regression with quadratic penalty, one row for each telling word of a passage. Held-out parts, by report, choose the
least weight worth reading: with it, at most LOSS of all contacts stand in reports of which no telling passage is kept.
"""
import argparse, collections, json, os

import numpy as np
import torch

PARTS, PENALTY = 8, 20.0
KINDS = ["principal", "institution", "body", "person", "official", "state", "surname", "speaker", "small_principal", "small_institution", "small_official"]
PROPER = set(KINDS[:7])
MOST, MOST_NAMES, MOST_DENSE = 3, 5, 8
# From these probabilities on a passage need only match a rule, or not even that.
LIKELY, PLENTY = 0.03, 0.5


def reports(signs, readings):
    """Of each report that was read: its contacts, and its passages with whether each tells of one."""
    seen = {}
    for path in signs:
        with open(path, encoding="utf8") as file:
            seen |= {row["id"]: row for row in map(json.loads, file)}
    for path in readings:
        with open(path, encoding="utf8") as file:
            for reading in map(json.loads, file):
                yield reading["contacts"], seen[reading["report"]["id"]]


def told(contacts, report, texts):
    """The passages (part, number) in which first words of evidence stand; spans count characters, passages bytes."""
    for contact in contacts:
        part, spans = ("text", contact["evidence"]) if contact["evidence"] else ("title", contact["title_evidence"])
        for start, _ in spans[:1]:
            at = len(texts[part][:start].encode())
            for number, passage in enumerate(report[part]):
                if passage["bytes"]["start"] <= at < passage["bytes"]["end"]:
                    yield part, number


def columns(words):
    names = [f"{kind} {n}" for kind in KINDS for n in range(1, MOST + 1)] + [f"names {n}" for n in range(1, MOST_NAMES + 1)] + [f"density {n}" for n in range(1, MOST_DENSE + 1)]
    return {name: i for i, name in enumerate(names + ["word " + word for word in words])}


def features(passage, before, density):
    """What every row of a passage has, and its telling words. "principal 2" is there where two or more are.

    A passage that names fewer than the two of a contact has the names of the one before it, too, with which it is read.
    """
    signs = passage["signs"]
    if before and sum(sign.get("named") in PROPER for sign in signs) < 2:
        signs = signs + before["signs"]
    counts = collections.Counter(sign["named"] for sign in signs if "named" in sign)
    names = [f"{kind} {n}" for kind, count in counts.items() for n in range(1, min(count, MOST) + 1)]
    names += [f"names {n}" for n in range(1, min(sum(counts.values()), MOST_NAMES) + 1)]
    names += [f"density {n}" for n in range(1, min(density, MOST_DENSE) + 1)]
    return names, {sign["telling"] for sign in passage["signs"] if "telling" in sign}


def fit(x, y):
    """Weights and intercept of the logistic regression."""
    x, y = torch.from_numpy(x), torch.from_numpy(y)
    weights = torch.zeros(x.shape[1], dtype=torch.float64, requires_grad=True)
    base = torch.zeros(1, dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.LBFGS([weights, base], max_iter=400, line_search_fn="strong_wolfe")

    def loss():
        optimizer.zero_grad()
        value = torch.nn.functional.binary_cross_entropy_with_logits(x @ weights + base, y, reduction="sum") + PENALTY / 2 * (weights**2).sum()
        value.backward()
        return value

    optimizer.step(loss)
    return weights.detach().numpy(), base.item()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--texts", nargs="+", required=True, help="the reports, JSON Lines")
    parser.add_argument("--signs", nargs="+", required=True)
    parser.add_argument("--readings", nargs="+", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--loss", type=float, default=0.01, help="share of the contacts whose reports may be passed over")
    options = parser.parse_args()
    texts = {row["id"]: {"title": row.get("title") or "", "text": row["text"]} for path in options.texts for row in map(json.loads, open(path, encoding="utf8"))}
    read = [(contacts, report, set(told(contacts, report, texts[report["id"]]))) for contacts, report in reports(options.signs, options.readings)]
    rows, of = [], []
    for number, (_, report, telling) in enumerate(read):
        both = [(part, n, passage) for part in ("title", "text") for n, passage in enumerate(report[part])]
        named = sum(sign.get("named") in PROPER for *_, passage in both for sign in passage["signs"])
        density = 100 * named // max(1, sum(passage["words"] for *_, passage in both))
        for part, n, passage in both:
            names, words = features(passage, report[part][n - 1] if n else None, density)
            for word in sorted(words):
                rows.append((*names, "word " + word))
                of.append((number, part, n, (part, n) in telling, passage["words"]))
    index = columns(sorted({row[-1].removeprefix("word ") for row in rows}))
    x, y = np.zeros((len(rows), len(index))), np.array([float(tells) for *_, tells, _ in of])
    for i, row in enumerate(rows):
        x[i, [index[name] for name in row]] = 1
    reports_of = np.array([number for number, *_ in of])
    scores = np.zeros(len(rows))
    for part in range(PARTS):
        held = reports_of % PARTS == part
        weights, base = fit(x[~held], y[~held])
        scores[held] = x[held] @ weights + base
    least = choose(read, of, scores, options.loss)
    weights, base = fit(x, y)
    write(options.out, index, weights, [least - base] + [float(np.log(p / (1 - p))) - base for p in (LIKELY, PLENTY)])


def choose(read, of, scores, loss):
    """The least weight with which so few contacts are lost; prints what it keeps."""
    best, kept = {}, collections.defaultdict(float)
    for (number, part, n, tells, words), score in zip(of, scores):
        if tells:
            best[number] = max(best.get(number, -np.inf), score)
        kept[number, part, n, words] = max(kept.get((number, part, n, words), -np.inf), score)
    found = sorted((best[number], len(contacts)) for number, (contacts, _, _) in enumerate(read) if number in best)
    contacts, missed, least = sum(n for _, n in found), 0, -np.inf
    for score, n in found:
        missed += n
        if missed > loss * contacts:
            least = score
            break
    idle = {number for number, (contacts, _, _) in enumerate(read) if not contacts}
    words = sum(passage["words"] for number in idle for part in ("title", "text") for passage in read[number][1][part])
    looked = [(number, n) for (number, _, _, n), score in kept.items() if number in idle and score >= least]
    print(f"{len(read)} reports, {contacts} contacts; of {len(idle)} reports without, {len({number for number, _ in looked}) / len(idle):.3f} have a passage worth reading, with {sum(n for _, n in looked) / words:.3f} of the words")
    return least


def write(path, index, weights, thresholds):
    def summed(name, most, first=()):
        return list(first) + [round(float(v), 2) for v in np.cumsum([weights[index[f"{name} {n}"]] for n in range(1, most + 1)])]

    words = {name.removeprefix("word "): round(float(weights[i]), 2) for name, i in index.items() if name.startswith("word ")}
    words["*"] = max(words.values())
    with open(path, "w", encoding="utf8") as file:
        file.write("# What the signs of a passage weigh, in natural logarithms of odds. Fitted by training/screen.py; not to be edited by hand.\n\n")
        file.writelines(f"{name} = {weight:.2f}\n" for name, weight in zip(("min_score", "rule_suffices", "accept_unread"), thresholds))
        file.write(f"names = {summed('names', MOST_NAMES, [0.0])}\ndensity = {summed('density', MOST_DENSE, [0.0])}\n\n[telling]\n")
        file.writelines(f"{json.dumps(word)} = {weight}\n" for word, weight in sorted(words.items()))
        file.write("\n[named]\n")
        file.writelines(f"{kind} = {summed(kind, MOST)}\n" for kind in KINDS)


if __name__ == "__main__":
    main()
