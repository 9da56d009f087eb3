"""Fits the gate: which windows may hold a trigger at all, by what the frozen lower layers make of each word.

python gate.py --texts … --words … --gold … --vocabulary VOCAB --program full.onnx --names REIGN.csv --states STATES.pt --out gate.json

A logistic regression on the words' states; its threshold is the one at which 99 in 100 windows with a trigger pass, on sources
that it was not fitted to. Windows that do not pass are not read for frames.
"""
import argparse, json

import torch
from torch.nn import functional as F

import sources
from frames import WIDTH, from_program
from texts import Windows, annotated
from train import known, rename_pool


def states(versions, texts):
    """A row for each word of the texts, whether it is a trigger, and the number of its window."""
    rows, gold, of = [], [], []
    for count, e in enumerate(x for t in texts for x in versions[t.id][0]):
        triggers = {t["word"] for t in e["triggers"]}
        own = [w for w in range(len(e["firsts"])) if e["own"][w]]
        rows.append(e["lower"][torch.tensor([e["firsts"][w] for w in own], dtype=torch.long)].half())
        gold += [float(w in triggers) for w in own]
        of += [count] * len(own)
    return torch.cat(rows), torch.tensor(gold), torch.tensor(of)


def fitted(x, y, steps=1500):
    w, b = torch.zeros(2 * WIDTH, requires_grad=True), torch.zeros(1, requires_grad=True)
    optimiser = torch.optim.Adam([w, b], 0.01)
    for step in range(steps):
        at = torch.randint(len(x), (8192,))
        loss = F.binary_cross_entropy_with_logits(x[at].float() @ w + b, y[at], pos_weight=torch.tensor(10.0)) + 1e-4 * w.pow(2).sum()
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        optimiser.param_groups[0]["lr"] = 0.01 * (1 - step / steps)
    return w.detach(), b.detach()


def highest(scores, of):
    """The highest score of each window."""
    return torch.full((int(of.max()) + 1,), -1e9).scatter_reduce(0, of, scores, "amax")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name in ("texts", "words", "gold"):
        parser.add_argument("--" + name, nargs="+", required=True)
    for name in ("vocabulary", "program", "names", "states", "out"):
        parser.add_argument("--" + name, required=True)
    parser.add_argument("--layers", type=int, default=6)
    parser.add_argument("--alone", type=int, default=3)
    o = parser.parse_args()
    torch.manual_seed(20170128)
    model = from_program(o.program, o.layers, o.alone)[0].eval()
    windows = Windows(o.vocabulary)
    texts = annotated(o.texts, o.words, o.gold)
    versions = known(model, windows, texts, rename_pool(o.names), o.states)
    x, y, _ = states(versions, [t for t in texts if sources.fold(t.report) not in (1, 3)])
    w, b = fitted(x, y)
    hx, hy, hof = states(versions, [t for t in texts if sources.fold(t.report) in (1, 3)])
    top, told = highest(hx.float() @ w + b, hof), highest(hy, hof) > 0
    threshold = float(torch.quantile(top[told], 0.01))
    print(f"windows with a trigger {float(told.float().mean()):.3f}, passed of all {float((top > threshold).float().mean()):.3f}, of those without {float((top[~told] > threshold).float().mean()):.3f}")
    for q in (0.005, 0.02, 0.05):
        t = float(torch.quantile(top[told], q))
        print(f"lost {q}: passed of all {float((top > t).float().mean()):.3f}")
    json.dump({"weights": [round(v, 5) for v in w.tolist()], "bias": float(b), "threshold": threshold}, open(o.out, "w"))


if __name__ == "__main__":
    main()
