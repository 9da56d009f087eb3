"""How well raw text is cut: python cuts.py GOLD.conllu --program "COMMAND". Prints F1 of tokens and sentences.

The texts are put together from the treebank's `# text` lines, paragraph by paragraph; COMMAND reads text and prints
CoNLL-U. Tokens and sentences count as found where they cover the same letters.
"""
import argparse, collections, shlex, subprocess


def sentences(lines):
    """(comments, words) of each sentence."""
    comments, words = [], []
    for line in lines:
        line = line.rstrip("\n")
        if line.startswith("#"):
            comments.append(line)
        elif line and line.split("\t")[0].isdigit():
            words.append(line.split("\t")[1])
        elif not line and words:
            yield comments, words
            comments, words = [], []


def raw(parsed):
    """The treebank as plain text, a blank line between paragraphs."""
    parts = []
    for comments, _ in parsed:
        text = next(c.split("=", 1)[1].strip() for c in comments if c.startswith("# text ="))
        new = any(c.startswith(("# newpar", "# newdoc")) for c in comments)
        parts.append(("\n\n" if new else " ") + text)
    return "".join(parts).strip() + "\n"


def spans(parsed):
    """Tokens and sentences as ranges of letters that are not white space."""
    tokens, whole, at = [], [], 0
    for _, words in parsed:
        start = at
        for word in words:
            length = len("".join(word.split()))
            tokens.append((at, at + length, word))
            at += length
        whole.append((start, at, " ".join(words)))
    return tokens, whole


def report(kind, gold, guess, shown):
    want, got = {s[:2] for s in gold}, {s[:2] for s in guess}
    hit = len(want & got)
    print(f"{kind}: P {hit / len(got):.4f} R {hit / len(want):.4f} F1 {2 * hit / (len(got) + len(want)):.4f}")
    missed = [s[2] for s in gold if s[:2] not in got]
    wrong = [s[2] for s in guess if s[:2] not in want]
    for name, words in (("missed", missed), ("wrong", wrong)):
        print(" ", name, collections.Counter(words).most_common(shown) if kind == "tokens" else words[:shown])


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("gold"), parser.add_argument("--program", required=True), parser.add_argument("--shown", type=int, default=0)
    options = parser.parse_args()
    gold = list(sentences(open(options.gold, encoding="utf8")))
    printed = subprocess.run(shlex.split(options.program), input=raw(gold), capture_output=True, text=True, check=True).stdout
    guess = list(sentences(printed.splitlines()))
    for kind, want, got in zip(("tokens", "sentences"), spans(gold), spans(guess)):
        report(kind, want, got, options.shown)


if __name__ == "__main__":
    main()
