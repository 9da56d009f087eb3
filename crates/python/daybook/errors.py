"""What can go wrong, as exceptions. All are a `daybook.Error`.

    >>> import daybook
    >>> try:
    ...     daybook.read("They met.", published="some day")
    ... except daybook.Error as error:
    ...     print(error)
    "some day" is not a date; write YYYY-MM-DD
"""

__all__ = ["BookError", "Error", "LoadError", "QuestionError", "ReportError", "ReportWarning"]


class Error(Exception):
    """Whatever Daybook refuses or fails to do; the message names the place, what is wrong and the remedy."""


class ReportError(Error, ValueError):
    """A report that can't be read: no text, a day that is none, a character that is none."""


class ReportWarning(UserWarning):
    """A report that can't be read and is left out, where `errors="warn"` asks for that."""


class LoadError(Error, ValueError):
    """A table of who is who, a rule or a file of trust that can't be used; the message names file and line."""


class BookError(Error):
    """A book that can't be opened, read or written: missing, busy, damaged, of another version."""


class QuestionError(BookError, ValueError):
    """A question to a book that can't be understood: an unknown name, id or kind, or SQL with a mistake."""
