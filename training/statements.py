"""Reads who is said to have said what (PolNeAR, brat), and how sure events are (unified factuality), over the program's own analyses.

Trees, tags and names of these texts are the program's own answers: they hold the other heads where they are while
sources, cues, contents and factuality are learnt.
"""
import glob, os, re

from brat import KINDS, attributions, first_annotator
from data import Sentence
from encode import quoted

BRACKETS = {"-LRB-": "(", "-RRB-": ")", "-LSB-": "[", "-RSB-": "]", "-LCB-": "{", "-RCB-": "}"}


def blocks(lines):
    """(whether it opens a paragraph, the rows) of each sentence of a CoNLL-U file."""
    opens, rows = False, []
    for line in lines:
        line = line.rstrip("\n")
        if line.startswith("# newpar"):
            opens = True
        elif line and not line.startswith("#"):
            rows.append(line.split("\t"))
        elif not line and rows:
            yield opens, rows
            opens, rows = False, []


def analysed(rows, flags):
    names = [next((c[4:] for c in r[9].split("|") if c.startswith("NER=")), "O") for r in rows]
    return Sentence([r[1] for r in rows], [r[3] for r in rows], [r[4] for r in rows], [int(r[6]) for r in rows], [r[7] for r in rows],
                    names, 0, glued(rows), flags)


def glued(rows):
    return ["SpaceAfter=No" in r[9] for r in rows]


def polnear(folder, analyses):
    """The sentences of all texts of a part of PolNeAR, by document: [(name, [Sentence], [[(start, end)] of the words])]."""
    documents = []
    for path in sorted(glob.glob(os.path.join(folder, "text", "*.txt"))):
        name = os.path.basename(path)[:-4]
        marked = first_annotator(folder, name)
        if marked:
            with open(path, encoding="utf8", newline="") as file:
                text = file.read()
            documents.append((name, *labelled(text, os.path.join(analyses, name + ".conllu"), attributions(marked))))
    return documents


def labelled(text, analysis, found):
    at = [i for i, c in enumerate(text) for _ in c.encode("utf8")] + [len(text)]
    owner = {}
    for number, parts in enumerate(found):
        for kind in KINDS:
            for part, (start, end) in enumerate(parts[kind]):
                owner.update((i, (number, kind, part)) for i in range(start, end) if not text[i].isspace())
    sentences, places, inside = [], [], False
    for opens, rows in blocks(open(analysis, encoding="utf8")):
        inside = inside and not opens
        flags, inside = quoted([r[1] for r in rows], glued(rows), inside)
        spans = [tuple(at[int(n)] for n in re.search(r"Range=(\d+):(\d+)", r[9]).groups()) for r in rows]
        sentence = analysed(rows, flags)
        sentence.attribution, sentence.links = tags([next((owner[i] for i in range(*s) if i in owner), None) for s in spans])
        sentences.append(sentence), places.append(spans)
    return sentences, places


def tags(owners):
    """Tags and links of a sentence's words, from (attribution, kind, part) of each."""
    cues = {}
    for i, owner in enumerate(owners):
        if owner and owner[1] == "Cue":
            cues.setdefault(owner[0], i + 1)
    marks = ["O" if o is None else ("I-" if i and owners[i - 1] == o else "B-") + o[1] for i, o in enumerate(owners)]
    links = [cues.get(o[0], 0) if o and o[1] != "Cue" else -100 for o in owners]
    return marks, links


def factuality(path, analysis):
    """Sentences with the factuality of their events; `analysis` holds the program's answers on the same words."""
    values = [[float(v) if v != "_" else None for _, v in rows] for rows in sentences_of(path)]
    found = []
    for (_, rows), row in zip(blocks(open(analysis, encoding="utf8")), values):
        sentence = analysed(rows, None)
        sentence.factuality = row
        found.append(sentence)
    return found


def sentences_of(path):
    """[(word, value)] of each sentence of a unified-factuality file."""
    rows = []
    for line in open(path, encoding="utf8"):
        cells = line.rstrip("\n").split("\t")
        if len(cells) >= 3:
            rows.append((BRACKETS.get(cells[1], cells[1]), cells[2]))
        elif rows:
            yield rows
            rows = []
    if rows:
        yield rows


def conllu(path):
    """The words of a unified-factuality file as CoNLL-U, for the program to analyse."""
    return "".join("".join(f"{i + 1}\t{w}" + "\t_" * 8 + "\n" for i, (w, _) in enumerate(rows)) + "\n" for rows in sentences_of(path))
