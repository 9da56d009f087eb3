"""Annotated texts as examples: windows of sentences, each with the words that tell of contacts and what plays a part in them.

A window holds whole sentences of one text, as the program cuts them: the title, the sentence before, and then the sentences
of which the answers are taken. Every sentence is framed by itself, and its positions begin anew.
"""
import glob, json, os, re, sys

sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from encode import WordPiece, quoted

KINDS = ["call", "video_call", "meeting", "visit", "gathering", "letter", "message", "unspecified"]
STATUSES = ["held", "under_way", "scheduled", "proposed", "postponed", "cancelled", "declined", "denied", "not_held"]
CERTAINTIES = ["certain", "reported", "possible", "unverified"]
ROLES = ["initiator", "recipient", "participant"]
PARTS = ["party", "present", "time", "place", "duration", "source", "status", "hub", "elsewhere"]

# The most wordpieces of one sentence, of the sentences of which answers are taken, and of title and context before them.
LONGEST, OWN, BEFORE, TITLE = 200, 170, 64, 32


def lines(path):
    return [json.loads(line) for line in open(path, encoding="utf8") if line.strip()]


class Text:
    """One text: its sentences, each a list of (word, start, end), and which field each sentence stands in."""

    def __init__(self, report, cut):
        self.id, self.report = report["id"], report
        self.sentences, self.field = [], []
        for field in ("title", "text"):
            whole = report.get(field) or ""
            for words in cut[field]:
                self.sentences.append([(whole[a:b], a, b) for a, b in words])
                self.field.append(field)
        self.flags = []
        for field in ("title", "text"):
            whole, inside = report.get(field) or "", False
            for s, f in zip(self.sentences, self.field):
                if f != field:
                    continue
                glued = [b < len(whole) and not whole[b].isspace() for _, _, b in s]
                flags, inside = quoted([w for w, _, _ in s], glued, inside)
                self.flags.append(flags)
        self.contacts = []

    def words_of(self, field, span):
        """The (sentence, word) places that a span covers."""
        found = []
        for n, (s, f) in enumerate(zip(self.sentences, self.field)):
            if f != field or not s or s[-1][2] <= span[0] or s[0][1] >= span[1]:
                continue
            found += [(n, i) for i, (_, a, b) in enumerate(s) if a < span[1] and b > span[0]]
        return found


def golds(path):
    """The annotations of a folder of JSON files, one a text, or of a file with one a line."""
    if os.path.isfile(path):
        return lines(path)
    return [json.load(open(p, encoding="utf8")) for p in sorted(glob.glob(os.path.join(path, "*.json")))]


def annotated(texts, words, folders):
    """Every text that has annotations, with its contacts' mentions by words."""
    cuts = {c["id"]: c for path in words for c in lines(path)}
    reports = {r["id"]: r for path in texts for r in lines(path)}
    found = []
    for folder in folders:
        for gold in golds(folder):
            if gold["doc"] not in reports or gold["doc"] not in cuts:
                continue
            text = Text(reports[gold["doc"]], cuts[gold["doc"]])
            text.gold = gold
            text.contacts = [mentions(text, c) for c in gold["contacts"]]
            text.negatives = [text.words_of(n["in"], n["span"]) for n in gold.get("negatives") or [] if n.get("span")]
            found.append(text)
    return found


def mentions(text, contact):
    told = []
    for m in contact["mentions"]:
        if not m.get("trigger"):
            continue
        at = lambda span: text.words_of(m["in"], span) if span else []
        told.append({"trigger": at(m["trigger"]), "parties": [(p["party"], at(p["span"])) for p in m.get("parties") or [] if p.get("span")],
                     "present": [w for s in m.get("present") or [] for w in at(s)],
                     **{k: at(m.get(k)) for k in ("time", "place", "duration", "source", "status")}})
    return {"mentions": [m for m in told if m["trigger"]], "contact": contact}


def last_word(name):
    words = re.findall(r"[^\W\d_]+", name or "")
    return words[-1] if words else None


class Windows:
    """Cuts a text into windows of wordpieces with labels."""

    def __init__(self, vocabulary):
        self.pieces = WordPiece(vocabulary)

    def frames(self, text, replaced):
        """Each sentence as (piece ids, cases, first piece of each word)."""
        made = []
        for s, flags in zip(text.sentences, text.flags):
            ids, cases, firsts = self.pieces.sentence([replaced.get(w, w) for w, _, _ in s], flags)
            while len(ids) > LONGEST:
                ids, cases = ids[:LONGEST - 1] + [self.pieces.last], cases[:LONGEST - 1] + [0]
                firsts = [f for f in firsts if f < LONGEST - 1]
            made.append((ids, cases, firsts))
        return made

    def cut(self, text, replaced={}):
        """The windows of a text: (numbers of its sentences, how many of them are only context)."""
        frames = self.frames(text, replaced)
        size = [len(f[0]) for f in frames]
        titles = [n for n, f in enumerate(text.field) if f == "title"]
        own, windows, n = [], [], 0
        while n < len(frames):
            own, total = [n], size[n]
            while n + 1 < len(frames) and total + size[n + 1] <= OWN and text.field[n + 1] == text.field[n]:
                n += 1
                own.append(n)
                total += size[n]
            before, left = [], BEFORE
            for p in range(own[0] - 1, -1, -1):
                if size[p] > left or text.field[p] != text.field[own[0]] or len(before) == 2:
                    break
                before.insert(0, p)
                left -= size[p]
            title = titles if text.field[own[0]] == "text" and sum(size[t] for t in titles) <= TITLE else []
            windows.append((title + before + own, len(title + before)))
            n += 1
        return frames, windows

    def examples(self, text, replaced={}):
        frames, windows = self.cut(text, replaced)
        tells = {}
        for number, c in enumerate(text.contacts):
            for m in c["mentions"]:
                for place in m["trigger"]:
                    tells.setdefault(place, []).append((number, m))
        return [self.example(text, frames, sentences, context, tells) for sentences, context in windows]

    def example(self, text, frames, sentences, context, tells):
        ids, cases, positions, segment, firsts, places = [], [], [], [], [], []
        for order, n in enumerate(sentences):
            own, own_cases, own_firsts = frames[n]
            base = len(ids)
            ids += own
            cases += own_cases
            positions += range(len(own))
            segment += [order] * len(own)
            firsts += [base + f for f in own_firsts]
            places += [(n, i) for i in range(len(own_firsts))]
        where = {p: k for k, p in enumerate(places)}
        rank = {n: order for order, n in enumerate(sentences)}
        triggers = []
        for place in places:
            if place not in tells:
                continue
            heard = tells[place]
            number, m = heard[0]
            contact = text.contacts[number]["contact"]
            t = {"word": where[place], "kind": KINDS.index(contact["kind"]), "status": STATUSES.index(contact["status"]),
                 "certainty": CERTAINTIES.index(contact["certainty"]), "aggregate": int(bool(contact.get("aggregate"))), "several": int(len({n for n, _ in heard}) > 1),
                 "contacts": frozenset(n for n, _ in heard), "own": rank[place[0]] >= context, "parts": {}, "roles": {}, "hidden": set()}
            shared = None
            for n, mm in heard:
                named = {p for p, _ in mm["parties"]}
                in_contact = text.contacts[n]["contact"]["parties"]
                for p, words in mm["parties"]:
                    role = in_contact[p]["role"] if p < len(in_contact) else "participant"
                    for w in words:
                        if w in where:
                            t["parts"].setdefault(where[w], set()).add("party")
                            t["roles"][where[w]] = ROLES.index(role)
                            shared = shared or {}
                            shared.setdefault(where[w], set()).add(n)
                for k in ("present", "time", "place", "duration", "source", "status"):
                    for w in mm[k]:
                        if w in where:
                            t["parts"].setdefault(where[w], set()).add(k)
                # Parties that the trigger's sentence leaves unsaid, where other sentences of the window name them.
                for p, party in enumerate(in_contact):
                    other = {w for mm2 in text.contacts[n]["mentions"] for q, ws in mm2["parties"] if q == p for w in ws}
                    last = last_word(party.get("name"))
                    if last and len(last) > 2:
                        other |= {pl for pl in places if text.sentences[pl[0]][pl[1]][0] == last}
                    for w in other:
                        if w in where and w[0] != place[0]:
                            if p in named:
                                t["hidden"].add(where[w])
                            else:
                                t["parts"].setdefault(where[w], set()).add("elsewhere")
            if t["several"] and shared:
                for w, n in shared.items():
                    if n == t["contacts"]:
                        t["parts"][w].add("hub")
            triggers.append(t)
        doubted = {where[p] for neg in text.negatives for p in neg if p in where}
        return {"ids": ids, "cases": cases, "positions": positions, "segment": segment, "firsts": firsts, "places": places, "context": context,
                "own": [rank[n] >= context for n, _ in places], "sentence": [rank[n] for n, _ in places], "triggers": triggers, "negatives": doubted, "text": text.id}


def names(text):
    """The name words of persons who are parties or present, first names apart from last ones."""
    first, last = set(), set()
    for c in text.contacts:
        people = [p for p in c["contact"]["parties"] if p.get("name") and p.get("office")] + (c["contact"].get("present") or [])
        for p in people:
            words = [w for w in re.findall(r"[^\W\d_][\w'’-]*", p.get("name") or "") if w[0].isupper() and len(w) > 2]
            if words:
                last.add(words[-1])
                first.update(words[:-1])
    return first - last, last


def renamed(text, pool, chance, rng):
    """Other names for the persons of a text; by `chance` for each text."""
    if rng.random() >= chance:
        return {}
    first, last = names(text)
    return {w: rng.choice(pool[0]) for w in sorted(first)} | {w: rng.choice(pool[1]) for w in sorted(last)}
