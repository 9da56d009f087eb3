"""Which fold a text is in: every source wholly in one, so that no outlet stands on both sides of a cross-validation."""

RELEASES = {"Ministry of Law, Singapore", "swiss-government", "white-house", "Ministry of Sustainability and the Environment, Singapore",
            "kremlin", "ukraine-president", "state-department", "parliament-of-australia"}
FOLDS = {"Reuters": 0, "kremlin": 0, "BBC News": 1, "Ministry of Law, Singapore": 1, "Daily Mail": 2, "CNN": 2,
         "Ministry of Sustainability and the Environment, Singapore": 2, "swiss-government": 2, "parliament-of-australia": 3,
         "Al Jazeera": 3, "state-department": 3}
OTHERS = 4
# Texts written for training alone are never held back.
OWN = -2


def source(report):
    """The outlet or government that a text is of, however it is written."""
    publisher = report.get("publisher") or "news agencies of 1998"
    if publisher.startswith("Parliament of Australia"):
        return "parliament-of-australia"
    return {"The White House": "white-house"}.get(publisher, publisher)


def fold(report):
    if report["id"].startswith("own-"):
        return OWN
    return FOLDS.get(source(report), OTHERS)


def is_release(report):
    return source(report) in RELEASES
