"""Reads the treebanks: words, tags, heads, relations and, from GUM's entity brackets, flat names."""
import json, os, re
from dataclasses import dataclass

from encode import quoted

TREEBANKS = {"en_ewt": 0, "en_gum": 0, "en_lines": 1, "en_partut": 2}
NAMES = {"person": "PER", "organization": "ORG", "place": "LOC", "event": "EVENT", "time": "TIME"}
TITLES = {"president", "mr.", "mr", "mrs.", "mrs", "ms.", "ms", "dr.", "dr", "senator", "sen.", "rep.", "secretary", "minister", "prime", "king",
          "queen", "prince", "princess", "sir", "lord", "lady", "pope", "professor", "prof.", "captain", "general", "gen.", "col.", "the", "vice", "major", "mexican", "french", "american", "russian", "german", "british",
          "judge", "justice", "chancellor", "governor", "gov.", "mayor", "chairman", "st.", "saint", "-", "representative"}
NEVER = {"VERB", "AUX", "PRON", "ADV", "SCONJ", "CCONJ", "INTJ"}
INNER = {"of", "the", "de", "for", "'s", "’s", "-", "–", "&", "du", "la", "al", "bin", "van", "von", "der", "on", "'", "."}
CLOCK = re.compile(r"hour|minute|second|o'clock|noon|midnight|morning|evening|afternoon|night|\d:\d\d|[ap]\.?m\b", re.I)


@dataclass
class Sentence:
    words: list
    upos: list
    xpos: list  # None where the treebank does not use the Penn tags
    heads: list
    relations: list
    names: list  # B-/I- tags, None where the treebank has no names
    corpus: int
    glued: list  # whether the next word follows without a blank
    quoted: list = None  # whether each word stands in quotation marks
    attribution: list = None  # B-/I- tags of sources, cues and contents
    links: list = None  # for words of sources and contents, the number of their cue's first word from 1; 0 where it stands elsewhere
    factuality: list = None  # -3 to 3 for words that tell an event

    def __post_init__(self):
        if self.quoted is None:
            self.quoted = quoted(self.words, self.glued)[0]


def read(path, facts):
    name = os.path.basename(path).split("-ud-")[0]
    penn, gum = name in ("en_ewt", "en_gum"), name == "en_gum"
    open_spans, rows = [], []
    for line in open(path, encoding="utf8"):
        line = line.rstrip("\n")
        if line and not line.startswith("#"):
            cells = line.split("\t")
            if cells[0].isdigit():
                rows.append(cells)
        elif not line and rows:
            # Elsewhere only what can be no part of a name is known.
            names = ["O" if r[3] in NEVER else None for r in rows]
            if gum:
                names = flat_names(rows, *facts)
            yield Sentence([r[1] for r in rows], [r[3] for r in rows], [r[4] if penn else None for r in rows], [int(r[6]) for r in rows],
                           [r[7] for r in rows], names, TREEBANKS[name], ["SpaceAfter=No" in r[9] for r in rows])
            rows = []


def spans_of(rows):
    """[(start, end, type, [head tokens])] of the entity brackets that open and close in the sentence."""
    stack, found = [], []
    for i, row in enumerate(rows):
        cell = next((c[7:] for c in row[9].split("|") if c.startswith("Entity=")), "")
        for opened, body, closed in re.findall(r"(\()?([^()]*)(\))?", cell):
            if opened:
                parts = body.split("-", 6)
                stack.append((parts[0], i, parts))
            if closed:
                key = body.split("-", 1)[0]
                for k in range(len(stack) - 1, -1, -1):
                    if stack[k][0] == key:
                        _, start, parts = stack.pop(k)
                        if len(parts) >= 6:
                            heads = [int(x) - 1 for x in parts[5].split(",") if x.isdigit()]
                            found.append((start, i + 1, parts[1], heads))
                        break
    return found


def flat_names(rows, demonyms, states):
    n, tags = len(rows), ["O"] * len(rows)
    spans = []
    for start, end, kind, heads in spans_of(rows):
        if kind not in NAMES or not heads:
            continue
        first, last = start + min(heads), start + max(heads)
        if last >= n:
            continue
        if kind == "time":
            if end - start <= 6 and any(rows[k][3] in ("PROPN", "NUM") for k in range(start, end)) or CLOCK.search(" ".join(r[1] for r in rows[start:end])):
                spans.append((start, min(end, start + 6), "TIME" if CLOCK.search(" ".join(r[1] for r in rows[start:end])) else "DATE"))
            continue
        if rows[first + 0][3] != "PROPN" and rows[last][3] != "PROPN":
            continue
        first = name_start(rows, start, first)
        last = last if kind == "person" else max(last, name_end(rows, last, end - 1) - 1)
        while first < last and rows[first][1].lower() in TITLES:
            first += 1
        if rows[first][3] in ("PROPN", "ADJ", "NOUN", "NUM") and rows[first][1][:1].isupper():
            stop = name_end(rows, first, last)
            spans.append((first, stop, kind_of(" ".join(r[1] for r in rows[first:stop]), NAMES[kind], states)))
    for start, end, kind in sorted(spans, key=lambda s: s[0] - s[1]):
        if all(t == "O" for t in tags[start:end]):
            tags[start:end] = ["B-" + kind] + ["I-" + kind] * (end - start - 1)
    for i, row in enumerate(rows):
        alone = tags[i] == "O" or tags[i] in ("B-PER", "B-ORG", "B-LOC") and not (i + 1 < n and tags[i + 1].startswith("I-"))
        if alone and row[1].lower() in demonyms and row[3] in ("ADJ", "PROPN", "NOUN") and row[1][:1].isupper():
            tags[i] = "B-NORP"
    return tags


def name_start(rows, start, first):
    """A name begins at the first of the capitalised words before its head, where the mention has them."""
    while first > start and (rows[first - 1][3] in ("PROPN", "ADJ", "NOUN") and rows[first - 1][1][:1].isupper()
                             or rows[first - 1][1] in ("-", "&") and first - 1 > start and rows[first - 2][3] == "PROPN"):
        first -= 1
    return first


def kind_of(name, kind, states):
    """States are places, whether they act or not."""
    return "LOC" if kind == "ORG" and name.lower() in states else kind


def name_end(rows, first, last):
    """A name ends before a comma, a clause, or (for joined mentions) the second name."""
    end = first + 1
    while end <= last and (rows[end][3] in ("PROPN", "NUM", "ADJ") or rows[end][1][:1].isupper() or rows[end][1] in INNER and end < last):
        end += 1
    while end > first + 1 and rows[end - 1][1] in INNER:
        end -= 1
    return end


def facts(folder):
    """(demonyms, names of states), lower case."""
    return demonyms(folder), states(folder)


def states(folder):
    rows = json.load(open(os.path.join(folder, "facts", "mledoze_countries.json"), encoding="utf8"))
    found = {r["name"][k].lower() for r in rows for k in ("common", "official")} | {c.lower() for r in rows for c in r["capital"] if c}
    return found | {"us", "u.s.", "usa", "u.s", "uk", "u.k.", "america", "united states of america", "britain", "gaza", "west bank"}


def demonyms(folder):
    rows = json.load(open(os.path.join(folder, "facts", "mledoze_countries.json"), encoding="utf8"))
    found = {r["demonyms"]["eng"][g].lower() for r in rows for g in "mf" if r.get("demonyms", {}).get("eng", {}).get(g)}
    return found | {f + "s" for f in found if " " not in f} | {"european", "europeans", "arab", "arabs", "soviet", "soviets", "african", "asian", "kurdish"}


def names_of(path):
    """UNER's names: words and B-/I- tags by sentence."""
    words, tags = [], []
    for line in open(path, encoding="utf8"):
        line = line.rstrip("\n")
        if line.startswith("#"):
            continue
        if not line:
            if words:
                yield words, tags
            words, tags = [], []
        else:
            cells = line.split("\t")
            words.append(cells[1]), tags.append(cells[2])
