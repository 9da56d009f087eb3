"""A bar that shows how far work on reports is, where it is wanted."""

from __future__ import annotations

from collections.abc import Iterator, Sized
from contextlib import AbstractContextManager, nullcontext
from typing import Protocol, TypeVar

from daybook.errors import Error

__all__ = ["Bar", "bar", "counted"]

T = TypeVar("T")


class Bar(Protocol):
    """What is told how many more reports are done."""

    def update(self, n: float | None = 1) -> bool | None: ...


class _Nothing:
    def update(self, n: float | None = 1) -> None:
        """Shows nothing."""


def bar(reports: object, wanted: bool) -> AbstractContextManager[Bar]:
    """A bar of tqdm that counts up to the number of reports, where that is known; nothing where none is wanted."""
    if not wanted:
        return nullcontext(_Nothing())
    try:
        from tqdm.auto import tqdm
    except ImportError as error:
        raise Error("progress=True needs tqdm; install it: pip install tqdm") from error
    return tqdm(total=len(reports) if isinstance(reports, Sized) else None, unit=" reports")


def counted(results: Iterator[T], shown: AbstractContextManager[Bar]) -> Iterator[T]:
    """The same results, each shown on the bar as it is taken."""
    with shown as bar:
        for result in results:
            yield result
            bar.update()
