"""What the functions of this package take as a report, and as many of them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import Any, Literal, Protocol, Union

__all__ = ["ArrowStream", "Day", "Errors", "Report", "Reports", "is_lenient"]


class ArrowStream(Protocol):
    """A table that can give itself as Arrow, by the PyCapsule interface: pandas, polars, pyarrow, DuckDB, …"""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...


#: A day of publication: `"2022-01-31"`, also with a time behind, or as feeds and pages write it; a date or datetime.
Day = Union[str, datetime.date]

#: One report: its text; or a dict with at least `text`; or a tuple that begins with it, in the order of `daybook.read`.
Report = Union[str, Mapping[str, Any], tuple[Any, ...]]

#: Many reports: anything that gives one after another, or a table.
Reports = Union[Iterable[Report], ArrowStream]

#: What becomes of a report that can't be read: it is raised, or warned of and left out.
Errors = Literal["raise", "warn"]


def is_lenient(errors: Errors) -> bool:
    """Whether a report that can't be read is left out."""
    if errors not in ("raise", "warn"):
        raise ValueError(f'errors is "raise" or "warn", not {errors!r}')
    return errors == "warn"
