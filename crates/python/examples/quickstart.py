# %% [markdown]
# # Who was in contact with whom: a quickstart
#
# You have reports, such as news articles or governments' readouts, and want a table of contacts: who called, met, visited
# or wrote to whom, when, and whether it took place. This notebook reads a few reports that were invented for Daybook,
# puts them into a book, and draws what is in it. Replace the reports by your own, and the rest works as it is.
#
# It needs `daybook`, `pandas`, `pyarrow` and `matplotlib`.

# %%
import json
import tempfile
from pathlib import Path

import daybook
import matplotlib.pyplot as plt
import pandas as pd

EXAMPLES = next(
    folder / "examples"
    for folder in [Path.cwd(), *Path.cwd().parents]
    if (folder / "examples" / "two-sides.jsonl").exists()
)

# %% [markdown]
# ## Reports
#
# A report is a text; the day on which it was published makes “on Friday” a date. Here each line of a file is one, with its
# date, publisher and title. A table of yours, as pandas or another library holds it, is as good.

# %%
reports = pd.DataFrame(
    json.loads(line)
    for name in ["two-sides.jsonl", "week.jsonl"]
    for line in (EXAMPLES / name).read_text(encoding="utf-8").splitlines()
)
reports[["published", "publisher", "title"]]

# %% [markdown]
# ## Reading
#
# `read_tables` reads all of them on all cores. Of its tables `contacts` has a row for each contact that a report tells of.
# The column `words` has the words of the report that say so: look at them before you trust a row.

# %%
found = daybook.read_tables(reports)
contacts = found.contacts.to_pandas()
contacts["who"] = [" – ".join(p["name"] or p["office"] or p["country"] for p in row) for row in contacts["parties"]]
contacts[["published", "kind", "status", "first_day", "who", "words"]]

# %% [markdown]
# ## A book
#
# Several reports tell of one contact, and a contact that was planned is later held or cancelled. A book puts together what
# belongs together: one entry for each contact, with every version of every value and who tells it. It is one file; add to
# it as often as you like, what it has already is not read again.

# %%
folder = tempfile.TemporaryDirectory()
book = daybook.Book(Path(folder.name) / "contacts.db")
book.add(reports)

# %%
entries = book.table(earliest_first=True).to_pandas()
entries[["first_day", "kind", "status", "parties", "reports"]]

# %% [markdown]
# ### The last contact of two, and both sides' accounts of it

# %%
last = book.last("Merkel", "Putin")
assert last is not None
print(last["kind"], last["status"], last["when"]["edtf"])
for point in book.compare(last["id"])["values"]:
    print(point["field"], point["told"], point["agreement"])

# %% [markdown]
# ## A timeline
#
# A point for each contact that has a day; filled where it took place.

# %%
dated = entries.dropna(subset=["first_day"]).reset_index(drop=True)
held = dated["status"].isin(["held", "under_way"])
figure, axes = plt.subplots(figsize=(8, 0.5 * len(dated) + 1))
axes.scatter(dated["first_day"], dated.index, facecolors=["C0" if yes else "none" for yes in held], edgecolors="C0")
axes.set_yticks(dated.index, [f"{row.kind}: {row.parties}" for row in dated.itertuples()])
axes.invert_yaxis()
axes.set_title("Contacts, filled where held")
figure.autofmt_xdate()
figure.tight_layout()

# %% [markdown]
# ## Counts by month

# %%
months = dated["first_day"].dt.to_period("M")
counts = dated.groupby([months, "kind"]).size().unstack(fill_value=0)
counts.plot.bar(stacked=True, title="Contacts by month", xlabel="", figsize=(8, 3))
plt.tight_layout()
counts

# %% [markdown]
# The same in SQL, for what the table does not have; the manual describes the tables of a book.

# %%
by_pair = book.sql(
    "SELECT substr(day, 1, 7) AS month, kind, count(*) AS contacts FROM entries "
    "WHERE day IS NOT NULL GROUP BY 1, 2 ORDER BY 1, 2"
).to_pandas()
by_pair
