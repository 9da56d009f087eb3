"""F1 of names on UNER: python names.py GOLD.iob2 --program "COMMAND". COMMAND reads CoNLL-U and prints it annotated anew.

A person, place or organisation counts as found where its words and its kind are the same.
"""
import argparse, shlex, subprocess

from data import names_of
from train import spans

KINDS = ("PER", "LOC", "ORG")


def given(sentences):
    rows = ("".join(f"{i + 1}\t{w}" + "\t_" * 8 + "\n" for i, w in enumerate(words)) for words, _ in sentences)
    return "\n".join(rows) + "\n"


def printed(text):
    tags = []
    for line in text.splitlines():
        if line and not line.startswith("#"):
            misc = dict(c.split("=", 1) for c in line.split("\t")[9].split("|") if "=" in c)
            tags.append(misc.get("NER", "O"))
        elif not line and tags:
            yield tags
            tags = []


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("gold"), parser.add_argument("--program", required=True)
    options = parser.parse_args()
    gold = list(names_of(options.gold))
    out = subprocess.run(shlex.split(options.program), input=given(gold), capture_output=True, text=True, check=True).stdout
    guesses = list(printed(out))
    assert len(guesses) == len(gold), f"{len(gold)} sentences given, {len(guesses)} printed"
    for kinds in (KINDS, *((k,) for k in KINDS)):
        wanted = [{s for s in spans(tags) if s[2] in kinds} for _, tags in gold]
        found = [{s for s in spans(tags) if s[2] in kinds} for tags in guesses]
        hit, got, want = sum(len(a & b) for a, b in zip(wanted, found)), sum(map(len, found)), sum(map(len, wanted))
        print(f"{'+'.join(kinds)}: P {hit / max(1, got):.4f} R {hit / want:.4f} F1 {2 * hit / max(1, got + want):.4f}")


if __name__ == "__main__":
    main()
