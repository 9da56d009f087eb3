"""Compares the program's files with the trained model: python check.py --model OUT/model.pt --base MODEL_DIR --models models/ --name small.

Three things: the wordpieces of odd words, kept in a table that the program's own tests read (`--write` writes it anew);
how often the exported network and the trained one choose the same; and the sizes on disk.
"""
import argparse, os, sys

import numpy as np
import onnxruntime
import torch

from encode import WordPiece, case_of, quoted
from model import TAGS, Tagger

HERE = os.path.dirname(os.path.abspath(__file__))
TABLE = os.path.join(HERE, "..", "crates", "language", "data", "pieces.tsv")
WORDS = """the President Zelenskyy Erdoğan Élysée 's n't ’s U.S. p.m. USA iPhone McDonald 2,000 $ % — – … ... “ ” '' @home #summit
naïve façade Köln São ŁÓDŹ straße İstanbul ΣΊΣΥΦΟΣ Москва Київ 北京 東京都 한국 العربية हिन्दी 🤝 👩‍👩‍👧 a½b x² №5 ﬁne e-mail AT&T R&D and/or
http://example.org/a?b=c someone@example.org antidisestablishmentarianism xqzxqzxqz pre-war 1990s 20th 5pm ----- ?! \u0301 \u00adsoft ＡＢＣ Ⅳ ª""".split()
SENTENCES = """The two ministers spoke by telephone on Tuesday about the ceasefire .
In Vienna , Maria Weber 's office denied that any letter had been sent to the European Commission .
Will she travel to Kyiv next week , or has the visit been cancelled ?""".splitlines()


def table(pieces):
    words = WORDS + ["a" * 100, "a" * 101, "b" + "ö" * 120]
    return "".join(f"{w}\t{case_of(w)}\t{' '.join(map(str, pieces.pieces(w)))}\n" for w in words)


def agreement(saved, pieces, path):
    """Share of tags, heads' scores and so on on which the exported network and the trained one agree."""
    model = Tagger(saved["labels"], layers=len(saved["state"]["encoder.mix"]))
    model.load_state_dict(saved["state"])
    model.eval()
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    same = {tag: [] for tag in TAGS if tag != "event"} | {"head": [], "link": []}
    for sentence in SENTENCES:
        words = sentence.split()
        ids, cases, firsts = pieces.sentence(words, quoted(words, [False] * len(words))[0])
        with torch.no_grad():
            tags, arcs, _, _, links = model(torch.tensor([ids]), torch.tensor([cases]), torch.zeros(1, dtype=torch.long),
                                     torch.ones(1, 1, 1, len(ids), dtype=torch.bool), torch.tensor([firsts]))
        answers = run(session, ids, cases, firsts)
        ranges = columns(model)
        for tag in TAGS:
            if tag == "event":
                continue
            same[tag] += (answers[1:, slice(*ranges[tag])].argmax(-1) == tags[tag][0].argmax(-1).numpy()).tolist()
        scores = answers[1:, slice(*ranges["arc_dep"])] @ answers[:, slice(*ranges["arc_head"])].T + answers[:, slice(*ranges["arc_bias"])].T
        same["head"] += (scores.argmax(-1) == arcs[0].argmax(-1).numpy()).tolist()
        scores = answers[1:, slice(*ranges["link_dep"])] @ answers[:, slice(*ranges["link_head"])].T
        same["link"] += (scores.argmax(-1) == links[0].argmax(-1).numpy()).tolist()
    return {k: float(np.mean(v)) for k, v in same.items()}


def columns(model):
    from export import model as exported
    return exported(model.state_dict())[1]


def run(session, ids, cases, firsts):
    whole = lambda v: np.array(v, np.int32)
    pairs = np.zeros((1, 128), np.float32)
    feed = {"pieces": whole([ids]), "cases": whole([cases]), "positions": whole([range(len(ids))]), "rows": whole([0, *firsts]),
            "mask": np.zeros((1, 1, 1, len(ids)), np.float32), "dependents": pairs, "governors": pairs}
    return session.run(["answers"], feed)[0]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name in ("model", "base", "models"):
        parser.add_argument("--" + name, required=True)
    parser.add_argument("--name", choices=("small", "full"), required=True)
    parser.add_argument("--write", action="store_true", help="write the table of wordpieces anew")
    options = parser.parse_args()
    pieces = WordPiece(os.path.join(options.base, "vocab.txt"))
    if options.write:
        open(TABLE, "w", encoding="utf8").write(table(pieces))
    fits = open(TABLE, encoding="utf8").read() == table(pieces)
    found = agreement(torch.load(options.model, map_location="cpu", weights_only=True), pieces, os.path.join(options.models, options.name + ".onnx"))
    size = sum(os.path.getsize(os.path.join(options.models, n)) for n in (options.name + ".onnx", "english.json", "vocab.txt"))
    print(f"wordpieces {'agree' if fits else 'DIFFER'}; same choices {found}; {size / 1e6:.1f} MB")
    sys.exit(0 if fits and min(found.values()) >= 0.9 and size <= 30e6 else 1)


if __name__ == "__main__":
    main()
