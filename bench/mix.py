#!/usr/bin/env python3
"""Makes an archive in which nine in ten reports are of no concern: JSON Lines, or a web archive of pages.

Usage: bench/mix.py --political PATH… --other PATH… --reports N OUT

OUT is written as a web archive where its name ends with .warc or .warc.gz, each record then packed by itself as is usual, and
else as JSON Lines. Each PATH is a file or a folder: .jsonl, of which every line is a report, or .conllu, whose sentences are
put together to their documents; short documents are joined and long ones cut until they are as long as articles. Every tenth
report is political; reports are taken from all over both, again from the start where there are too few, under new ids.
"""

import argparse
import gzip
import html
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import texts

# An article of other text has at least so many words, where there are so many, and a sentence more than so many at most.
SHORTEST, LONGEST = 200, 600


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench/mix.py", description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--political", nargs="+", type=Path, required=True, metavar="PATH")
    parser.add_argument("--other", nargs="+", type=Path, required=True, metavar="PATH")
    parser.add_argument("--reports", type=int, required=True, metavar="N")
    parser.add_argument("out", type=Path, metavar="OUT")
    given = parser.parse_args()
    mixed = archive(texts.read(given.political), read_other(given.other), given.reports)
    if given.out.name.endswith((".warc", ".warc.gz")):
        write_warc(given.out, mixed)
    else:
        texts.write(given.out, mixed)


def archive(political: list[dict], other: list[dict], wanted: int) -> Iterator[dict]:
    """So many reports, the first and then every tenth political; the ids tell which."""
    concerned, rest = texts.sample(political, wanted), texts.sample(other, wanted)
    for number in range(wanted):
        kind, report = ("political", next(concerned)) if number % 10 == 0 else ("other", next(rest))
        yield {**report, "id": f"{kind}-{number}"}


def read_other(paths: list[Path]) -> list[dict]:
    """The documents of files and folders, articles by their length."""
    files = [file for path in paths for file in (sorted(path.rglob("*")) if path.is_dir() else [path])]
    reports = [report for file in files for report in read_document(file)]
    if not reports:
        sys.exit("bench: no .jsonl or .conllu with text in " + " ".join(map(str, paths)))
    return reports


def read_document(path: Path) -> Iterable[dict]:
    if path.suffix == ".conllu":
        return ({"text": article} for article in articles(conllu(path)))
    return texts.read_file(path) if path.suffix == ".jsonl" else []


def conllu(path: Path) -> Iterator[tuple[str, str]]:
    """Each sentence with what stands before it: a new document, a new paragraph, or a space."""
    before = "document"
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line.startswith("# newdoc"):
            before = "document"
        elif line.startswith("# newpar") and before != "document":
            before = "paragraph"
        elif line.startswith("# text = "):
            yield before, line.removeprefix("# text = ")
            before = "space"


def articles(sentences: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Texts of an article's length: one ends with its document if it is long enough, and before it becomes too long."""
    text, length = "", 0
    for before, sentence in sentences:
        if length >= (SHORTEST if before == "document" else LONGEST):
            yield text
            text, length = "", 0
        joined = " " if before == "space" else "\n\n"
        text = text + joined + sentence if text else sentence
        length += len(sentence.split())
    if text:
        yield text


def write_warc(path: Path, reports: Iterable[dict]) -> tuple[int, int]:
    """Writes a web archive of a page for each report; returns how many records and bytes these are, not packed."""
    records = size = 0
    pack = gzip.compress if path.suffix == ".gz" else bytes
    with path.open("wb") as file:
        for report in reports:
            record = warc_record(report)
            file.write(pack(record))
            records, size = records + 1, size + len(record)
    return records, size


def warc_record(report: dict) -> bytes:
    body = page(report).encode("utf-8")
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: %d\r\n\r\n" % len(body) + body
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\n"
        f"WARC-Target-URI: https://archive.example/{report['id']}\r\n"
        f"WARC-Date: {(report.get('published') or '2020-01-01')[:10]}T00:00:00Z\r\n"
        f"WARC-Record-ID: <urn:example:{report['id']}>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
    )
    return head.encode("utf-8") + answer + b"\r\n\r\n"


def page(report: dict) -> str:
    """The text as pages of news have it: amid menus, styles, scripts and lists of other pages, some 30 kB of them."""
    name = html.escape(report["id"])
    paragraphs = "".join(f"<p>{html.escape(part)}</p>\n" for part in report["text"].split("\n\n"))
    links = [f'<li class="item item-{n}"><a href="/section/{n}?from={name}">Section {n}</a></li>\n' for n in range(160)]
    above, beside = "".join(links[:80]), "".join(links[80:])
    styles = "".join(f".item-{n} {{ margin: {n}px; padding: {n % 7}em; color: #{n * 997:06x}; }}\n" for n in range(120))
    script = "".join(f'window.items.push({{"id": {n}, "page": "{name}", "seen": {n * 31 % 97}}});\n' for n in range(120))
    published = html.escape(report.get("published", ""))
    told = f'<meta property="article:published_time" content="{published}">' if published else ""
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{name}</title>{told}\n'
        f"<style>{styles}</style><script>window.items = [];\n{script}</script></head>\n"
        f"<body><header><nav><ul>{above}</ul></nav></header>\n"
        f"<main><article><h1>{name}</h1>\n{paragraphs}</article></main>\n"
        f"<aside><h2>More</h2><ul>{beside}</ul></aside><footer>archive.example</footer></body></html>\n"
    )


if __name__ == "__main__":
    main()
