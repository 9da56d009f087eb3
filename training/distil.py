"""Trains a student of fewer layers on what the encoder answers: python distil.py --data DATA --base BASE --teacher MODEL --texts FOLDER… --out OUT.

The student begins as some of the teacher's layers with all of its heads, and learns to answer as the teacher does, on the treebanks' words and on
analysed texts (CoNLL-U, as `daybook parse` prints them) of which nobody needs to know the right answers. What is matched: the vectors that the heads
read (mean squared error), and the distributions of all heads (Kullback and Leibler; Hinton and others 2015).
"""
import argparse, functools, glob, json, os, random, time

import torch
from torch.nn import functional as F

from data import Sentence, facts
from encode import WordPiece
from model import Tagger
from statements import blocks, glued
from train import SEED, batches, leaders, load, measure, measure_names, measure_others, pad, quotes, texts, vary


class Stepped(torch.autograd.Function):
    """Rounds to the steps that the exported network has; the gradient passes as if it had not."""

    @staticmethod
    def forward(ctx, x, scale, zero, low, high):
        return ((x / scale + zero).round_().clamp_(low, high) - zero) * scale

    @staticmethod
    def backward(ctx, grad):
        return grad, None, None, None, None


def stepped_linear(layer, x):
    """A product as the exported network computes it: weights of seven bits per channel, what goes in of eight bits with one scale."""
    weight = layer.weight
    scale = weight.detach().abs().amax(1, keepdim=True).float() / 63 + 1e-9
    weight = Stepped.apply(weight, scale, torch.zeros_like(scale), -64.0, 63.0)
    low, high = x.detach().amin().float().clamp(max=0), x.detach().amax().float().clamp(min=0)
    step = (high - low) / 255 + 1e-9
    x = Stepped.apply(x, step, (-low / step).round(), 0.0, 255.0)
    return F.linear(x, weight, layer.bias)


def step_products(model):
    """Makes every product of the encoder one in steps."""
    for layer in model.encoder.layers:
        for name in ("qkv", "out", "up", "down"):
            part = getattr(layer, name)
            part.forward = functools.partial(stepped_linear, part)


LEARNT = ("upos", "xpos", "name", "attribution")


def unlabelled(folders):
    """The sentences of all CoNLL-U files below these folders; only words and quotation marks count."""
    paths = sorted(p for folder in folders for p in glob.glob(os.path.join(folder, "**", "*.conllu"), recursive=True))
    for path in paths:
        with open(path, encoding="utf8") as file:
            for _, rows in blocks(file):
                n = len(rows)
                if 2 < n <= 100:
                    yield Sentence([r[1] for r in rows], ["X"] * n, [None] * n, [0] * n, ["dep"] * n, [None] * n, 0, glued(rows))


def student_of(saved, kept):
    """A model with the teacher's heads and the layers `kept` of it."""
    model = Tagger(saved["labels"], layers=len(kept))
    state = {}
    for name, value in saved["state"].items():
        parts = name.split(".")
        if name.startswith("encoder.layers."):
            if int(parts[2]) not in kept:
                continue
            parts[2] = str(kept.index(int(parts[2])))
        elif name == "encoder.mix":
            value = value[list(kept)]
        state[".".join(parts)] = value
    model.load_state_dict(state)
    return model


def answers(model, ids, cases, mask, firsts, words, heads=None):
    """(the vectors the heads read, {head: scores of each word}); relations at `heads`, or else at the likeliest ones."""
    corpus = torch.zeros(len(ids), dtype=torch.long)
    read = model.encoder(ids, cases, corpus, mask)
    tags, arcs, rel_dep, rel_head, links = model.read_out(read, firsts)
    beyond = (torch.arange(arcs.shape[2])[None] > words[:, None])[:, None]
    scores = {k: tags[k].float() for k in (*LEARNT, "event")}
    scores |= {"arc": arcs.float().masked_fill(beyond, -1e4), "link": links.float().masked_fill(beyond, -1e4)}
    heads = scores["arc"].argmax(-1) if heads is None else heads
    scores["relation"] = model.relations(rel_dep, rel_head, heads).float()
    return read.float(), scores, heads


def difference(ours, theirs, mask, known, stressed):
    """How far the student's answers are from the teacher's; those of the stressed heads count threefold."""
    seen = mask[:, 0, 0]
    loss = 4 * F.mse_loss(ours[0][seen], theirs[0][seen]) / theirs[0][seen].var()
    for head, wanted in theirs[1].items():
        got, wanted = ours[1][head][known], wanted[known]
        loss = loss + (3 if head in stressed else 1) * (F.smooth_l1_loss(got, wanted) if head == "event" else F.kl_div(got.log_softmax(-1), wanted.log_softmax(-1), log_target=True, reduction="batchmean"))
    return loss


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name in ("data", "base", "teacher", "out", "analyses"):
        parser.add_argument("--" + name, required=True)
    parser.add_argument("--texts", nargs="+", default=[], help="folders of analysed texts")
    for name, kind, value in (("minutes", float, 40), ("threads", int, 2), ("budget", int, 1600), ("rate", float, 5e-4)):
        parser.add_argument("--" + name, type=kind, default=value)
    parser.add_argument("--steps", action="store_true", help="learn with the rounding of the exported network")
    parser.add_argument("--stress", nargs="*", default=[], help="heads whose answers count threefold")
    parser.add_argument("--begin", default="", help="a student trained before, to go on from")
    parser.add_argument("--layers", type=int, nargs="+", default=[0, 1, 3, 5], help="the teacher's layers that the student begins with")
    options = parser.parse_args()
    torch.manual_seed(SEED), torch.set_num_threads(options.threads)
    rng = random.Random(SEED)
    pieces, known = WordPiece(os.path.join(options.base, "vocab.txt")), facts(options.data)
    stand_ins = leaders(options.data)
    trees = [s for s in load(options.data, "train", known) if len(s.words) <= 100]
    others = list(unlabelled(options.texts))
    print(f"{len(trees)} sentences of treebanks, {len(others)} others", flush=True)
    saved = torch.load(options.teacher, map_location="cpu", weights_only=True)
    teacher, student = Tagger.from_trained(saved["labels"], saved).eval(), student_of(saved, options.layers)
    if options.begin:
        student.load_state_dict(torch.load(options.begin, map_location="cpu", weights_only=True)["state"])
    if options.steps:
        step_products(student)
    student.eval()  # without dropout: the teacher answers without it
    trained = [p for p in student.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(trained, lr=options.rate, weight_decay=0.01, betas=(0.9, 0.98))

    def stream():
        while True:
            items = [pieces.sentence(vary(s, rng, stand_ins), s.quoted) for s in rng.sample(trees, len(trees) // 2)]
            items += [pieces.sentence(quotes(s, rng), s.quoted) for s in others]
            yield from ([items[i] for i in group] for group in batches(items, options.budget, rng))

    start, step, summed = time.time(), 0, 0.0
    limit = options.minutes * 60
    for group in stream():
        spent = time.time() - start
        if spent > limit:
            break
        # The rate rises for a twentieth of the time, then falls in a straight line.
        share = spent / limit
        for g in optimizer.param_groups:
            g["lr"] = options.rate * max(0.01, min(share / 0.05 + 0.02, (1 - share) / 0.95))
        ids, cases, firsts = (pad([item[k] for item in group]) for k in range(3))
        mask = (torch.arange(ids.shape[1])[None] < torch.tensor([len(item[0]) for item in group])[:, None])[:, None, None]
        words = torch.tensor([len(item[2]) for item in group])
        told = torch.arange(firsts.shape[1])[None] < words[:, None]
        with torch.autocast("cpu", dtype=torch.bfloat16):
            with torch.no_grad():
                theirs = answers(teacher, ids, cases, mask, firsts, words)
            ours = answers(student, ids, cases, mask, firsts, words, theirs[2])
        loss = difference(ours, theirs, mask, told, options.stress)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(trained, 1.0)
        optimizer.step()
        summed, step = 0.98 * summed + 0.02 * loss.item() if step else loss.item(), step + 1
        if step % 500 == 0:
            os.makedirs(options.out, exist_ok=True)
            torch.save({"labels": saved["labels"], "state": student.state_dict()}, os.path.join(options.out, "model.pt"))
        if step % 50 == 0:
            print(f"step {step} loss {summed:.3f} {spent:.0f} s", flush=True)
    os.makedirs(options.out, exist_ok=True)
    torch.save({"labels": saved["labels"], "state": student.state_dict()}, os.path.join(options.out, "model.pt"))
    labels = saved["labels"]
    index = {k: {v: i for i, v in enumerate(vs)} for k, vs in labels.items()}
    figures = {b: measure(student, load(options.data, "dev", known, [b]), pieces, index, labels) for b in ("ewt", "gum")}
    figures["names"] = measure_names(student, os.path.join(options.data, "ud", "uner_en_ewt-ud-dev.iob2"), pieces, labels)
    figures["statements"] = measure_others(student, [s for part in texts(options, "dev") for s in part], pieces, index, labels)
    print(f"{step} steps: {json.dumps(figures)} {time.time() - start:.0f} s", flush=True)
    with open(os.path.join(options.out, "figures.json"), "w") as file:
        json.dump(figures, file)


if __name__ == "__main__":
    main()
