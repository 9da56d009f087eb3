"""Results with a bar that shows how far they are."""

from __future__ import annotations

from collections.abc import Iterator, Sized
from typing import TypeVar

from daybook.errors import Error

__all__ = ["shown"]

T = TypeVar("T")


def shown(results: Iterator[T], of: object, wanted: bool) -> Iterator[T]:
    """The same results; where it is wanted, with a bar of tqdm that counts them against the length of what they are of."""
    if not wanted:
        return results
    try:
        from tqdm.auto import tqdm
    except ImportError as error:
        raise Error("progress=True needs tqdm; install it: pip install tqdm") from error
    total = len(of) if isinstance(of, Sized) else None
    return iter(tqdm(results, total=total, unit=" reports"))
