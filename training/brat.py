"""Reads PolNeAR's attributions (brat's stand-off format)."""
import glob, os

KINDS = ("Source", "Cue", "Content")


def first_annotator(folder, name):
    """The path of a text's annotation; of several annotators' the first one's; None where there is none."""
    return next(iter(sorted(glob.glob(os.path.join(folder, "attributions", glob.escape(name) + "*.ann")))), None)


def attributions(path):
    """[{kind: [(start, end)]}] of a brat file, a dictionary for each attribution; places in code points."""
    spans, links = {}, []
    for line in open(path, encoding="utf8"):
        cells = line.rstrip("\n").split("\t")
        if len(cells) < 2:
            continue
        if line.startswith("T"):
            kind, where = cells[1].split(" ", 1)
            spans[cells[0]] = kind, [tuple(map(int, s.split())) for s in where.split(";")]
        elif line.startswith("E"):
            links.append([a.split(":")[1] for a in cells[1].split() if ":" in a])
    found = []
    for refs in links:
        parts = {kind: sorted(s for r in refs if r in spans and spans[r][0] == kind for s in spans[r][1]) for kind in KINDS}
        if parts["Content"] and parts["Cue"]:
            found.append(parts)
    return found
