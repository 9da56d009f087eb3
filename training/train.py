"""Fine-tunes the encoder and its heads: python train.py --data DATA --base MODEL_DIR --out OUT [--epochs N] [--threads N]."""
import argparse, json, os, random, time

import torch
from torch.nn import functional as F

import data
from encode import WordPiece
from model import Tagger

SEED = 20170128


def load(folder, part, facts, banks=("ewt", "gum", "lines", "partut")):
    return [s for b in banks for s in data.read(os.path.join(folder, "ud", f"en_{b}-ud-{part}.conllu"), facts)]


def label_sets(sentences):
    def those(values, least=1):
        seen = {}
        for v in values:
            seen[v] = seen.get(v, 0) + 1
        return sorted(k for k, n in seen.items() if n >= least)
    return {"upos": those(t for s in sentences for t in s.upos), "xpos": those(t for s in sentences for t in s.xpos if t),
            "name": those(t for s in sentences for t in s.names if t), "relation": those((r for s in sentences for r in s.relations), 25)}


def leaders(folder):
    """One- and two-word names of leaders and countries, which stand in for some of GUM's names."""
    import csv, json as j
    people = set()
    for row in csv.DictReader(open(os.path.join(folder, "facts", "REIGN_leaderlist_3_21.csv"), encoding="latin1")):
        people.add(row.get("leader", "").strip())
    two = sorted({tuple(p.split()) for p in people if len(p.split()) == 2})
    one = sorted({p.split()[-1] for p in people if p and len(p.split()[-1]) > 3})
    places = sorted(r["name"]["common"] for r in j.load(open(os.path.join(folder, "facts", "mledoze_countries.json"), encoding="utf8")) if " " not in r["name"]["common"])
    return {("PER", 2): two, ("PER", 1): [(w,) for w in one], ("LOC", 1): [(w,) for w in places]}


def vary(s, rng, stand_ins):
    """The words of a sentence as they might also be set: other quotes, other case, other names, no final stop."""
    words = list(s.words)
    if s.corpus == 0 and None not in s.names:
        i = 0
        while i < len(words):
            if s.names[i].startswith("B-"):
                j = i + 1
                while j < len(words) and s.names[j].startswith("I-"):
                    j += 1
                pool = stand_ins.get((s.names[i][2:], j - i))
                if pool and rng.random() < 0.3:
                    words[i:j] = rng.choice(pool)
                i = j
            else:
                i += 1
    draw = rng.random()
    if draw < 0.04:
        words = [w.lower() for w in words]
    elif draw < 0.06:
        words = [w.upper() for w in words]
    elif draw < 0.10:
        words = [w[:1].upper() + w[1:] if len(w) > 3 else w for w in words]
    if rng.random() < 0.3:
        words = [{'"': "”", "'": "’", "''": "”", "``": "“"}.get(w, w.replace("'", "’")) for w in words]
    return words


def batches(items, budget, rng):
    """Sentences of like length together, at most `budget` wordpieces with padding."""
    order = sorted(range(len(items)), key=lambda i: (len(items[i][0]), rng.random() if rng else 0))
    groups, group, longest = [], [], 0
    for i in order:
        longest = max(longest, len(items[i][0]))
        if group and longest * (len(group) + 1) > budget:
            groups.append(group)
            group, longest = [], len(items[i][0])
        group.append(i)
    groups.append(group)
    if rng:
        rng.shuffle(groups)
    return groups


def pad(rows, value=0):
    n = max(map(len, rows))
    return torch.tensor([list(r) + [value] * (n - len(r)) for r in rows])


def tensors(group, items, sentences, index):
    ids, cases, firsts = (pad([items[i][k] for i in group]) for k in range(3))
    lengths = torch.tensor([len(items[i][0]) for i in group])
    mask = (torch.arange(ids.shape[1])[None] < lengths[:, None])[:, None, None]
    gold = {k: pad([[index[k].get(v, -100) for v in getattr(sentences[i], a)] for i in group], -100)
            for k, a in (("upos", "upos"), ("xpos", "xpos"), ("name", "names"), ("relation", "relations"))}
    gold["heads"] = pad([sentences[i].heads for i in group], -100)
    corpus = torch.tensor([sentences[i].corpus for i in group])
    words = torch.tensor([len(sentences[i].words) for i in group])
    return ids, cases, corpus, mask, firsts, words, gold


def scores(model, batch):
    ids, cases, corpus, mask, firsts, words, _ = batch
    tags, arcs, rel_dep, rel_head = model(ids, cases, corpus, mask, firsts)
    beyond = torch.arange(arcs.shape[2])[None] > words[:, None]
    arcs = arcs.float().masked_fill(beyond[:, None], -1e4)
    itself = torch.arange(arcs.shape[1])
    arcs[:, itself, itself + 1] = -1e4
    return tags, arcs, rel_dep, rel_head


WEIGHTS = {"upos": 1.0, "xpos": 0.5, "name": 1.5}


def loss_of(model, batch):
    gold = batch[-1]
    tags, arcs, rel_dep, rel_head = scores(model, batch)
    loss = F.cross_entropy(arcs.flatten(0, 1), gold["heads"].flatten(), ignore_index=-100)
    rels = model.relations(rel_dep, rel_head, gold["heads"].clamp(min=0)).float()
    loss = loss + F.cross_entropy(rels.flatten(0, 1), gold["relation"].flatten(), ignore_index=-100)
    for k, w in WEIGHTS.items():
        if (gold[k] >= 0).any():
            loss = loss + w * F.cross_entropy(tags[k].float().flatten(0, 1), gold[k].flatten(), ignore_index=-100)
    return loss


@torch.no_grad()
def measure(model, sentences, pieces, index, labels):
    model.eval()
    n = tag = head = both = 0
    items = [pieces.sentence(s.words) for s in sentences]
    for group in batches(items, 6000, None):
        batch = tensors(group, items, sentences, index)
        tags, arcs, rel_dep, rel_head = scores(model, batch)
        heads = arcs.argmax(-1)
        rels = model.relations(rel_dep, rel_head, heads).argmax(-1)
        upos = tags["upos"].argmax(-1)
        for row, i in enumerate(group):
            s = sentences[i]
            for k in range(len(s.words)):
                if s.upos[k] == "PUNCT":
                    continue
                n += 1
                tag += labels["upos"][upos[row, k]] == s.upos[k]
                ok = heads[row, k].item() == s.heads[k]
                head += ok
                both += ok and labels["relation"][rels[row, k]].split(":")[0] == s.relations[k].split(":")[0]
    model.train()
    return {"UPOS": round(tag / n, 4), "UAS": round(head / n, 4), "LAS": round(both / n, 4)}


def spans(tags):
    found, i = set(), 0
    while i < len(tags):
        if tags[i] != "O":
            j = i + 1
            while j < len(tags) and tags[j] == "I-" + tags[i][2:]:
                j += 1
            found.add((i, j, tags[i][2:]))
            i = j
        else:
            i += 1
    return found


@torch.no_grad()
def measure_names(model, path, pieces, labels):
    model.eval()
    hit = guessed = wanted = 0
    pairs = list(data.names_of(path))
    items = [pieces.sentence(w) for w, _ in pairs]
    for group in batches(items, 6000, None):
        ids, cases, firsts = (pad([items[i][k] for i in group]) for k in range(3))
        lengths = torch.tensor([len(items[i][0]) for i in group])
        mask = (torch.arange(ids.shape[1])[None] < lengths[:, None])[:, None, None]
        tags = model(ids, cases, torch.zeros(len(group), dtype=torch.long), mask, firsts)[0]["name"].argmax(-1)
        for row, i in enumerate(group):
            got = {s for s in spans([labels["name"][t] for t in tags[row, :len(pairs[i][0])]]) if s[2] in ("PER", "LOC", "ORG")}
            gold = spans(pairs[i][1])
            hit, guessed, wanted = hit + len(got & gold), guessed + len(got), wanted + len(gold)
    model.train()
    return {"P": round(hit / max(1, guessed), 4), "R": round(hit / wanted, 4), "F1": round(2 * hit / max(1, guessed + wanted), 4)}


def main():
    parser = argparse.ArgumentParser()
    for name, kind, value in (("data", str, None), ("base", str, None), ("out", str, None), ("epochs", int, 5), ("threads", int, 1), ("budget", int, 1600),
                              ("rate", float, 3e-4), ("head-rate", float, 1.5e-3), ("limit", int, 0)):
        parser.add_argument("--" + name, type=kind, default=value, required=value is None)
    options = parser.parse_args()
    torch.manual_seed(SEED), torch.set_num_threads(options.threads)
    rng = random.Random(SEED)
    pieces, facts, stand_ins = WordPiece(os.path.join(options.base, "vocab.txt")), data.facts(options.data), leaders(options.data)
    train = load(options.data, "train", facts)
    train = [s for s in train if len(s.words) <= 120]
    if options.limit:
        train = rng.sample(train, options.limit)
    labels = label_sets(train)
    index = {k: {v: i for i, v in enumerate(vs)} for k, vs in labels.items()}
    model = Tagger.from_base(labels, os.path.join(options.base, "model.safetensors"))
    slow = [p for n, p in model.named_parameters() if n.startswith("encoder.") and p.requires_grad and not n.startswith(("encoder.case", "encoder.corpus", "encoder.mix"))]
    slow_ids = {id(p) for p in slow}
    fast = [p for p in model.parameters() if p.requires_grad and id(p) not in slow_ids]
    optimizer = torch.optim.AdamW([{"params": slow, "lr": options.rate}, {"params": fast, "lr": options.head_rate}], weight_decay=0.01, betas=(0.9, 0.98))
    plain = [pieces.sentence(s.words) for s in train]
    total = options.epochs * len(batches(plain, options.budget, rng))
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda k: min((k + 1) / (0.06 * total), max(0.0, (total - k) / (0.94 * total))))
    dev = {b: load(options.data, "dev", facts, [b]) for b in ("ewt", "gum")}
    os.makedirs(options.out, exist_ok=True)
    start, step = time.time(), 0
    for epoch in range(options.epochs):
        items = [pieces.sentence(vary(s, rng, stand_ins)) for s in train]
        summed = 0.0
        for group in batches(items, options.budget, rng):
            with torch.autocast("cpu", dtype=torch.bfloat16):
                loss = loss_of(model, tensors(group, items, train, index))
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(slow + fast, 1.0)
            optimizer.step(), schedule.step()
            summed, step = 0.98 * summed + 0.02 * loss.item() if summed else loss.item(), step + 1
            if step % 25 == 0:
                print(f"step {step}/{total} loss {summed:.3f} {time.time() - start:.0f} s", flush=True)
        torch.save({"labels": labels, "state": model.state_dict()}, os.path.join(options.out, "model.pt"))
        figures = {b: measure(model, s, pieces, index, labels) for b, s in dev.items()}
        figures["names"] = measure_names(model, os.path.join(options.data, "ud", "uner_en_ewt-ud-dev.iob2"), pieces, labels)
        print(f"epoch {epoch + 1}: {json.dumps(figures)} {time.time() - start:.0f} s", flush=True)
        json.dump(figures, open(os.path.join(options.out, "figures.json"), "w"))


if __name__ == "__main__":
    main()
