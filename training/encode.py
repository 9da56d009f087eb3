"""Turns sentences into the encoder's inputs: wordpieces, letter case and quotation, first piece of each word.

The program does the same in Rust (`crates/language/src/network/wordpiece.rs`); `training/check.py` compares the two.
"""
import unicodedata

# The longest word that is cut into pieces; a longer one is one unknown piece.
LONGEST = 100
CASES = {"none": 0, "lower": 1, "title": 2, "upper": 3, "mixed": 4}
# Added to the case of a word that stands between quotation marks.
QUOTED = len(CASES)


def case_of(word):
    """Which of five letter-case classes a word is in."""
    letters = [c for c in word if c.isalpha()]
    if not letters:
        return CASES["none"]
    if all(not c.isupper() for c in letters):
        return CASES["lower"]
    if letters[0].isupper() and all(not c.isupper() for c in letters[1:]):
        return CASES["title"]
    if all(c.isupper() for c in letters):
        return CASES["upper"]
    return CASES["mixed"]


def quoted(words, glued, inside=False):
    """([whether each word stands in quotation marks, the marks included], whether the quotation goes on after them).

    `glued` tells of each word whether the next follows without a blank; `inside` whether a quotation is open before.
    A straight mark opens before a word and closes after one; where its blanks do not tell, it turns what was.
    """
    flags = []
    for i, word in enumerate(words):
        was = inside
        if word in ("“", "``"):
            inside = True
        elif word in ("”", "''"):
            inside = False
        elif word == '"':
            before, after = i > 0 and glued[i - 1], glued[i]
            inside = after if before != after else not inside
        flags.append(was or inside)
    return flags, inside


def fold(word):
    """Lower case without accents, as the base model's vocabulary wants it; curly quotes and dashes become plain."""
    plain = {"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "..."}
    word = "".join(plain.get(c, c) for c in word).lower()
    return "".join(c for c in unicodedata.normalize("NFD", word) if unicodedata.category(c) != "Mn")


def chunks(word):
    """Splits at punctuation, as BERT's basic tokenizer does."""
    out, run = [], ""
    for c in word:
        if c.isalnum():
            run += c
            continue
        if run:
            out.append(run)
        out.append(c)
        run = ""
    return out + [run] if run else out


class WordPiece:
    def __init__(self, path):
        self.ids = {line.rstrip("\n"): i for i, line in enumerate(open(path, encoding="utf8"))}
        self.unknown, self.first, self.last = self.ids["[UNK]"], self.ids["[CLS]"], self.ids["[SEP]"]
        self.seen = {}

    def pieces(self, word):
        if word not in self.seen:
            self.seen[word] = [p for chunk in chunks(fold(word)) for p in self.cut(chunk)] or [self.unknown]
        return self.seen[word]

    def cut(self, chunk):
        if len(chunk) > LONGEST:
            return [self.unknown]
        out, start = [], 0
        while start < len(chunk):
            for end in range(len(chunk), start, -1):
                piece = ("##" if start else "") + chunk[start:end]
                if piece in self.ids:
                    break
            else:
                return [self.unknown]
            out.append(self.ids[piece])
            start = end
        return out

    def sentence(self, words, flags):
        """(piece ids, case ids, index of the first piece of each word); framed by [CLS] and [SEP]."""
        ids, cases, firsts = [self.first], [0], []
        for word, inside in zip(words, flags):
            firsts.append(len(ids))
            pieces, case = self.pieces(word), case_of(word) + (QUOTED if inside else 0)
            ids += pieces
            cases += [case] * len(pieces)
        return ids + [self.last], cases + [0], firsts
