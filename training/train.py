"""Fine-tunes the encoder and its heads: python train.py --data DATA --base MODEL_DIR --out OUT [--epochs N] [--threads N].

With `--trained MODEL --analyses FOLDER` an earlier model learns sources, cues, contents and factuality beside what it
knows: FOLDER holds its own analyses of the texts, which with half of the treebanks' sentences keep the rest in place.
"""
import argparse, json, os, random, time

import torch
from torch.nn import functional as F

import data, statements
from encode import WordPiece, quoted
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


# What the heads beside syntax and names tell apart; of an event, how likely a word tells one and how factual it is.
OTHERS = {"attribution": ["O"] + [f"{place}-{kind}" for kind in statements.KINDS for place in "BI"], "event": ["event", "factuality"]}


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
    unknown = lambda i: [None] * len(sentences[i].words)
    gold["attribution"] = pad([[index["attribution"].get(v, -100) for v in sentences[i].attribution or unknown(i)] for i in group], -100)
    gold["links"] = pad([sentences[i].links or [-100] * len(sentences[i].words) for i in group], -100)
    known = [sentences[i].factuality is not None for i in group]
    gold["event"] = pad([[float(v is not None) for v in sentences[i].factuality] if k else [-100.0] * len(sentences[i].words)
                         for i, k in zip(group, known)], -100.0)
    gold["factuality"] = pad([[v if v is not None else -100.0 for v in sentences[i].factuality or unknown(i)] for i in group], -100.0)
    corpus = torch.tensor([sentences[i].corpus for i in group])
    words = torch.tensor([len(sentences[i].words) for i in group])
    return ids, cases, corpus, mask, firsts, words, gold


def scores(model, batch):
    ids, cases, corpus, mask, firsts, words, _ = batch
    tags, arcs, rel_dep, rel_head, links = model(ids, cases, corpus, mask, firsts)
    beyond = torch.arange(arcs.shape[2])[None] > words[:, None]
    arcs, links = (a.float().masked_fill(beyond[:, None], -1e4) for a in (arcs, links))
    itself = torch.arange(arcs.shape[1])
    arcs[:, itself, itself + 1] = -1e4
    return tags, arcs, rel_dep, rel_head, links


WEIGHTS = {"upos": 1.0, "xpos": 0.5, "name": 1.5, "attribution": 2.0}


def chosen(logits, wanted):
    """Cross entropy over what is known; nothing where nothing is."""
    known = (wanted != -100).sum()
    return F.cross_entropy(logits.float().flatten(0, -2), wanted.flatten(), ignore_index=-100, reduction="sum") / known.clamp(min=1)


def sure(scores, gold):
    """How wrong the guesses are of which words tell events, and of how factual these are."""
    known, told = gold["event"] != -100, gold["factuality"] != -100
    guesses = scores.float()
    loss = F.binary_cross_entropy_with_logits(guesses[..., 0][known], gold["event"][known], reduction="sum") / known.sum().clamp(min=1)
    return loss + F.smooth_l1_loss(guesses[..., 1][told], gold["factuality"][told], reduction="sum", beta=0.5) / told.sum().clamp(min=1)


def loss_of(model, batch):
    gold = batch[-1]
    tags, arcs, rel_dep, rel_head, links = scores(model, batch)
    rels = model.relations(rel_dep, rel_head, gold["heads"].clamp(min=0))
    loss = chosen(arcs, gold["heads"]) + chosen(rels, gold["relation"]) + chosen(links, gold["links"]) + sure(tags["event"], gold)
    return loss + sum(weight * chosen(tags[k], gold[k]) for k, weight in WEIGHTS.items())


@torch.no_grad()
def measure(model, sentences, pieces, index, labels):
    model.eval()
    n = tag = head = both = 0
    items = [pieces.sentence(s.words, s.quoted) for s in sentences]
    for group in batches(items, 6000, None):
        batch = tensors(group, items, sentences, index)
        tags, arcs, rel_dep, rel_head, _ = scores(model, batch)
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
    items = [pieces.sentence(w, quoted(w, [False] * len(w))[0]) for w, _ in pairs]
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


@torch.no_grad()
def measure_others(model, sentences, pieces, index, labels):
    """F1 of the contents' words and of sources and cues as spans, share of right links; correlation and error of factuality."""
    model.eval()
    items = [pieces.sentence(s.words, s.quoted) for s in sentences]
    counts, linked, values = {k: [0, 0, 0] for k in ("words", *statements.KINDS)}, [0, 0], []
    for group in batches(items, 6000, None):
        batch = tensors(group, items, sentences, index)
        tags, _, _, _, links = scores(model, batch)
        marks, guesses = tags["attribution"].argmax(-1), links.argmax(-1)
        known = batch[-1]["links"] >= 0
        linked[0] += (guesses == batch[-1]["links"])[known].sum().item()
        linked[1] += known.sum().item()
        told = batch[-1]["factuality"] != -100
        values += zip(tags["event"][..., 1][told].tolist(), batch[-1]["factuality"][told].tolist())
        for row, i in enumerate(group):
            if sentences[i].attribution:
                guess = [labels["attribution"][t] for t in marks[row, :len(sentences[i].words)]]
                count(counts, guess, sentences[i].attribution)
    model.train()
    found = {k: round(2 * hit / max(1, guessed + wanted), 4) for k, (hit, guessed, wanted) in counts.items()}
    return found | {"links": round(linked[0] / max(1, linked[1]), 4)} | agreement(values)


def count(counts, guess, gold):
    words = [{i for i, t in enumerate(tags) if t.endswith("Content")} for tags in (guess, gold)]
    pairs = {"words": words}
    for kind in statements.KINDS:
        pairs[kind] = [{s for s in spans(tags) if s[2] == kind} for tags in (guess, gold)]
    for kind, (guessed, wanted) in pairs.items():
        for place, n in enumerate((len(guessed & wanted), len(guessed), len(wanted))):
            counts[kind][place] += n


def agreement(values):
    """Pearson's correlation and the mean absolute error of guesses held within -3 and 3."""
    if len(values) < 2:
        return {}
    pairs = torch.tensor(values).clamp(-3, 3)
    r = torch.corrcoef(pairs.T)[0, 1].item()
    return {"r": round(r, 4), "error": round((pairs[:, 0] - pairs[:, 1]).abs().mean().item(), 4)}


def texts(options, part):
    """(sentences of PolNeAR, sentences with factuality) of a part."""
    folder = options.analyses
    attributed = statements.polnear(os.path.join(options.data, "polnear", part), os.path.join(folder, "polnear", part))
    sure = statements.factuality(os.path.join(options.data, "factuality", f"uw_{part}.conll"), os.path.join(folder, "factuality", part + ".conllu"))
    return [s for _, sentences, _ in attributed for s in sentences], sure


def quotes(s, rng):
    """The words of an analysed sentence, now and then with the other kind of quotation marks."""
    if rng.random() > 0.3:
        return s.words
    return [{"“": '"', "”": '"', "’": "'"}.get(w, w.replace("’", "'")) for w in s.words]


def optimiser(model, options):
    slow = [p for n, p in model.named_parameters() if n.startswith("encoder.") and p.requires_grad and not n.startswith(("encoder.case", "encoder.corpus", "encoder.mix"))]
    slow_ids = {id(p) for p in slow}
    fast = [p for p in model.parameters() if p.requires_grad and id(p) not in slow_ids]
    return torch.optim.AdamW([{"params": slow, "lr": options.rate}, {"params": fast, "lr": options.head_rate}], weight_decay=0.01, betas=(0.9, 0.98))


def main():
    parser = argparse.ArgumentParser()
    for name, kind, value in (("data", str, None), ("base", str, None), ("out", str, None), ("epochs", int, 5), ("threads", int, 1), ("budget", int, 1600),
                              ("rate", float, 3e-4), ("head-rate", float, 1.5e-3), ("limit", int, 0), ("trained", str, ""), ("analyses", str, "")):
        parser.add_argument("--" + name, type=kind, default=value, required=value is None)
    options = parser.parse_args()
    torch.manual_seed(SEED), torch.set_num_threads(options.threads)
    rng = random.Random(SEED)
    pieces, facts, stand_ins = WordPiece(os.path.join(options.base, "vocab.txt")), data.facts(options.data), leaders(options.data)
    trees = [s for s in load(options.data, "train", facts) if len(s.words) <= 120]
    labels = label_sets(trees) | OTHERS
    index = {k: {v: i for i, v in enumerate(vs)} for k, vs in labels.items()}
    attributed, sure = ([[s for s in part if len(s.words) <= 120] for part in texts(options, "train")] if options.analyses else ([], []))
    if options.limit:
        trees, attributed, sure = (rng.sample(part, min(options.limit, len(part))) for part in (trees, attributed, sure))
    model = (Tagger.from_trained(labels, torch.load(options.trained, map_location="cpu", weights_only=True)) if options.trained
             else Tagger.from_base(labels, os.path.join(options.base, "model.safetensors")))
    optimizer = optimiser(model, options)

    def epoch():
        """The epoch's sentences in batches: [(sentences, framed words, numbers of a batch)], the kinds mixed."""
        half = rng.sample(trees, len(trees) // 2) if options.trained else trees
        parts = [(half, [pieces.sentence(vary(s, rng, stand_ins), s.quoted) for s in half])]
        parts += [(part, [pieces.sentence(quotes(s, rng), s.quoted) for s in part]) for part in (attributed, sure, sure) if part]
        mixed = [(*part, group) for part in parts for group in batches(part[1], options.budget, rng)]
        rng.shuffle(mixed)
        return mixed

    total = int(1.02 * options.epochs * len(epoch()))
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda k: min((k + 1) / (0.06 * total), max(0.02, (total - k) / (0.94 * total))))
    dev = {b: load(options.data, "dev", facts, [b]) for b in ("ewt", "gum")}
    others = [s for part in texts(options, "dev") for s in part] if options.analyses else []
    os.makedirs(options.out, exist_ok=True)
    start, step = time.time(), 0
    for number in range(options.epochs):
        summed = 0.0
        for sentences, items, group in epoch():
            with torch.autocast("cpu", dtype=torch.bfloat16):
                loss = loss_of(model, tensors(group, items, sentences, index))
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_([p for p in model.parameters() if p.requires_grad], 1.0)
            optimizer.step(), schedule.step()
            summed, step = 0.98 * summed + 0.02 * loss.item() if summed else loss.item(), step + 1
            if step % 25 == 0:
                print(f"step {step}/{total} loss {summed:.3f} {time.time() - start:.0f} s", flush=True)
        torch.save({"labels": labels, "state": model.state_dict()}, os.path.join(options.out, "model.pt"))
        figures = {b: measure(model, s, pieces, index, labels) for b, s in dev.items()}
        figures["names"] = measure_names(model, os.path.join(options.data, "ud", "uner_en_ewt-ud-dev.iob2"), pieces, labels)
        if others:
            figures["statements"] = measure_others(model, others, pieces, index, labels)
        print(f"epoch {number + 1}: {json.dumps(figures)} {time.time() - start:.0f} s", flush=True)
        json.dump(figures, open(os.path.join(options.out, "figures.json"), "w"))


if __name__ == "__main__":
    main()
