"""Trains the reader of frames: python train.py --texts TEXTS.jsonl… --words WORDS.jsonl… --gold FOLDER… --out OUT [--held FOLD]."""
import argparse, csv, os, random, time

import torch
from torch.nn import functional as F

import sources
from measure import measured
from frames import PARTS, from_program, near_bucket
from texts import Windows, annotated, renamed

# Wordpieces, padding included, of one step.
BATCH = 1536


def batches(examples, rng=None, size=BATCH):
    """Examples of like length together, in random order where `rng` is given."""
    order = sorted(range(len(examples)), key=lambda i: len(examples[i]["ids"]) + (rng.random() * 12 if rng else 0))
    made, longest = [[]], 0
    for i in order:
        longest = max(longest, len(examples[i]["ids"]))
        if made[-1] and longest * (len(made[-1]) + 1) > size:
            made.append([])
            longest = len(examples[i]["ids"])
        made[-1].append(examples[i])
    if rng:
        rng.shuffle(made)
    return made


def tensors(examples):
    length, words = max(len(e["ids"]) for e in examples), max(len(e["firsts"]) for e in examples)
    pad = lambda key, n, value: torch.tensor([e[key] + [value] * (n - len(e[key])) for e in examples])
    return {"ids": pad("ids", length, 0), "cases": pad("cases", length, 0), "positions": pad("positions", length, 0),
            "segment": pad("segment", length, -1), "firsts": pad("firsts", words, 0)}


def labels(examples, words):
    shape = (len(examples), words)
    y = {"trigger": torch.zeros(shape), "weight": torch.zeros(shape)}
    for b, e in enumerate(examples):
        for w, own in enumerate(e["own"]):
            y["weight"][b, w] = 1.0 if own else 0.2
        for w in e["negatives"]:
            y["weight"][b, w] *= 2.0
        for t in e["triggers"]:
            y["trigger"][b, t["word"]] = 1.0
    return y


def kept(model, examples, path, size=8192):
    """Keeps with each example what the frozen layers make of it, which no epoch changes; in a file too, for other trainings that
    begin with the same texts."""
    before = torch.load(path, mmap=True, weights_only=True) if path and os.path.exists(path) else {"ends": torch.zeros(0, dtype=torch.long)}
    lengths = torch.tensor([len(e["ids"]) for e in examples])
    count, start = len(before["ends"]), 0
    assert torch.equal(before["ends"], lengths[:count].cumsum(0)), f"{path} is of other texts: delete it"
    for e, end in zip(examples, before["ends"].tolist()):
        e["lower"], start = before["states"][start:end], end
    with torch.no_grad():
        for part in batches(examples[count:], None, size):
            for e, made in zip(part, model.lower(tensors(part)).bfloat16() if part else ()):
                e["lower"] = made[:len(e["ids"])].clone()
    if path and not count:
        torch.save({"ends": lengths.cumsum(0), "states": torch.cat([e["lower"] for e in examples])}, path)


def known(model, windows, texts, pool, path):
    """By text its windows as they are, and once with other names, each with the states of the frozen layers."""
    versions = {}
    for t in texts:
        other = windows.examples(t, renamed(t, pool, 1.0, random.Random(t.id))) if pool else []
        versions[t.id] = windows.examples(t), other
    kept(model, [x for pair in versions.values() for version in pair for x in version], path)
    return versions


def loss(model, examples):
    batch = tensors(examples)
    lower = None
    if "lower" in examples[0]:
        lower = torch.nn.utils.rnn.pad_sequence([e["lower"] for e in examples], batch_first=True).float()
    words = model.words(model.encode(batch, lower), batch)
    told, y = model.told(words), labels(examples, words.shape[1])
    total = (F.binary_cross_entropy_with_logits(told["trigger"].squeeze(-1), y["trigger"], reduction="none") * y["weight"]).sum() / y["weight"].sum() * 25
    heard = [(b, t) for b, e in enumerate(examples) for t in e["triggers"]]
    if not heard:
        return total
    at = (torch.tensor([b for b, _ in heard]), torch.tensor([t["word"] for _, t in heard]))
    own = torch.tensor([1.0 if t["own"] else 0.3 for _, t in heard])
    for name in ("kind", "status", "certainty"):
        gold = torch.tensor([t[name] for _, t in heard])
        total = total + (F.cross_entropy(told[name][at], gold, reduction="none", label_smoothing=0.05) * own).sum() / own.sum() * {"kind": 1.0, "status": 1.0, "certainty": 0.4}[name]
    for name in ("aggregate", "several"):
        gold = torch.tensor([float(t[name]) for _, t in heard])
        total = total + 0.5 * (F.binary_cross_entropy_with_logits(told[name][at].squeeze(-1), gold, reduction="none") * own).sum() / own.sum()
    return total + part_loss(model, examples, words, heard) + same_loss(model, examples, words)


def part_loss(model, examples, words, heard):
    rows, number = [], []
    for k, (b, t) in enumerate(heard):
        e = examples[b]
        s = e["sentence"][t["word"]]
        for w in range(len(e["firsts"])):
            rows.append((b, t, w, e["sentence"][w] == s))
            number.append(k)
    triggers = words[torch.tensor([b for b, _ in heard]), torch.tensor([t["word"] for _, t in heard])]
    index_w = torch.tensor([r[2] for r in rows])
    flat = torch.tensor([r[0] * words.shape[1] for r in rows]) + index_w
    near = near_bucket(index_w - torch.tensor([r[1]["word"] for r in rows]))
    parts, roles = model.part_scores(triggers, words.flatten(0, 1), torch.tensor(number), flat, near)
    gold, weight = torch.zeros(parts.shape), torch.zeros(parts.shape)
    hub, elsewhere = PARTS.index("hub"), PARTS.index("elsewhere")
    role, role_at = [], []
    for i, (b, t, w, inside) in enumerate(rows):
        if inside:
            weight[i, :hub] = 1.0
            if t["several"] and "party" in t["parts"].get(w, ()):
                weight[i, hub] = 1.0
        elif w not in t["hidden"]:
            weight[i, elsewhere] = 0.3
        for p in t["parts"].get(w, ()):
            gold[i, PARTS.index(p)] = 1.0
        if inside and w in t["roles"]:
            role.append(t["roles"][w])
            role_at.append(i)
    total = (F.binary_cross_entropy_with_logits(parts, gold, reduction="none") * weight).sum() / len(heard) * 0.3
    if role:
        total = total + F.cross_entropy(roles[torch.tensor(role_at)], torch.tensor(role)) * 0.6
    return total


# A text written for training of fewer letters is a short report.
BRIEF = 900
GAPS = [1, 4, 10, 20, 40, 80, 160]


def same_loss(model, examples, words):
    one, other, batch, gap, gold = [], [], [], [], []
    for b, e in enumerate(examples):
        for i, t in enumerate(e["triggers"]):
            for u in e["triggers"][i + 1:]:
                batch.append(b), one.append(t["word"]), other.append(u["word"])
                gap.append(sum(abs(u["word"] - t["word"]) > g for g in GAPS))
                gold.append(float(bool(t["contacts"] & u["contacts"])))
    if not batch:
        return 0.0
    b = torch.tensor(batch)
    scores = model.same_scores(words[b, torch.tensor(one)], words[b, torch.tensor(other)], torch.tensor(gap))
    return F.binary_cross_entropy_with_logits(scores, torch.tensor(gold))


def rename_pool(path):
    """First and last names of leaders, as stand-ins."""
    first, last = set(), set()
    for row in csv.DictReader(open(path, encoding="utf8", errors="replace")):
        words = (row.get("leader") or "").split()
        if len(words) >= 2 and all(w.isalpha() and len(w) > 2 for w in words):
            first.add(words[0].title()), last.add(words[-1].title())
    return sorted(first), sorted(last)


def groups(model):
    encoder = [p for n, p in model.named_parameters() if n.startswith("encoder") and p.requires_grad]
    heads = [p for n, p in model.named_parameters() if not n.startswith("encoder") and p.requires_grad]
    return encoder, heads


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("texts", "words", "gold"):
        parser.add_argument("--" + name, nargs="+", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--vocabulary", required=True)
    parser.add_argument("--program", required=True, help="the program's own network to begin with")
    parser.add_argument("--names", help="REIGN's list of leaders, for stand-ins")
    parser.add_argument("--held", type=int, nargs="*", default=[], help="the folds of sources to hold back")
    parser.add_argument("--share", type=float, default=1.0, help="of the texts to learn from, for the learning curve")
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--alone", type=int, default=3, help="of the program's layers, how many the network stands on")
    parser.add_argument("--layers", type=int, default=6, help="those and its own")
    parser.add_argument("--rate", type=float, default=2e-4)
    parser.add_argument("--head-rate", type=float, default=1.5e-3)
    parser.add_argument("--states", help="a file for what the frozen layers make of the texts, written where it is missing")
    parser.add_argument("--threads", type=int, default=2)
    o = parser.parse_args()
    torch.manual_seed(20170128)
    torch.set_num_threads(o.threads)
    rng = random.Random(20170128)
    texts = annotated(o.texts, o.words, o.gold)
    held = [t for t in texts if sources.fold(t.report) in o.held]
    taught = {t.id for t in texts if sources.fold(t.report) not in o.held}
    if o.share < 1:
        taught = set(sorted(taught, key=lambda name: random.Random(name).random())[:int(len(taught) * o.share)])
    windows = Windows(o.vocabulary)
    model, depth = from_program(o.program, o.layers, o.alone)
    e = model.encoder
    for part in (e.word, e.position, e.case, e.norm, e.layers[:o.alone], model.program):
        part.requires_grad_(False)
    pool = rename_pool(o.names) if o.names else None
    encoder, heads = groups(model)
    optimiser = torch.optim.AdamW([{"params": encoder, "lr": o.rate, "weight_decay": 0.01}, {"params": heads, "lr": o.head_rate, "weight_decay": 0.01}], betas=(0.9, 0.98))
    steps = None
    # The mean of the weights over the last steps answers better than the last ones.
    mean = {n: p.detach().clone() for n, p in model.named_parameters() if p.requires_grad}
    done, start = 0, time.time()
    versions = known(model, windows, texts, pool, o.states)
    own = {t.id for t in texts if sources.fold(t.report) == sources.OWN}
    brief = {t.id for t in texts if t.id in own and len(t.report["text"]) < BRIEF}
    print(f"kept the frozen layers' states, {time.time() - start:.0f} s", flush=True)
    for epoch in range(o.epochs):
        examples = []
        # Long texts written for training hold far more contacts than others do: the last epoch is without them.
        for t in (t for t in texts if t.id in taught and (t.id not in own - brief or epoch + 1 < o.epochs)):
            first, other = versions[t.id]
            for x in other if other and rng.random() < 0.4 else first:
                # What short texts tell of no contact is told by the same words as contacts are: all of it counts.
                if x["triggers"] or t.id in brief or rng.random() < 0.3:
                    examples.append(x)
        made = batches(examples, rng)
        steps = steps or len(made) * o.epochs
        model.train()
        heard = 0.0
        for step, part in enumerate(made):
            warm = min(1.0, (done + 1) / (0.06 * steps))
            scale = warm * max(0.02, 1 - done / steps)
            optimiser.param_groups[0]["lr"], optimiser.param_groups[1]["lr"] = o.rate * scale, o.head_rate * scale
            value = loss(model, part)
            optimiser.zero_grad()
            value.backward()
            torch.nn.utils.clip_grad_norm_(encoder + heads, 1.0)
            optimiser.step()
            done += 1
            keep = min(0.998, done / (done + 10))
            with torch.no_grad():
                for n, p in model.named_parameters():
                    if n in mean:
                        mean[n].mul_(keep).add_(p, alpha=1 - keep)
            heard += value.item()
            if step % 100 == 0:
                print(f"epoch {epoch} step {step}/{len(made)} loss {heard / (step + 1):.3f} {time.time() - start:.0f} s", flush=True)
    model.load_state_dict(mean, strict=False)
    os.makedirs(o.out, exist_ok=True)
    torch.save({"state": model.state_dict(), "layers": o.layers, "alone": o.alone, "depth": depth}, os.path.join(o.out, "model.pt"))
    if held:
        print(measured(model, windows, held), f"{time.time() - start:.0f} s", flush=True)


if __name__ == "__main__":
    main()
