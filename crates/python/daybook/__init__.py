"""Reads news and official readouts into sourced diplomatic contacts and statements.

    >>> import daybook
    >>> reading = daybook.read("Sergey Lavrov phoned Hakan Fidan on Friday.", published="2024-03-09")
    >>> call = reading.contacts[0]
    >>> call["kind"], call["when"]["edtf"]
    ('call', '2024-03-08')
    >>> [party["name"] for party in call["parties"]]
    ['Sergey Lavrov', 'Hakan Fidan']
    >>> reading.words(call["evidence"][0])
    'Sergey Lavrov phoned Hakan Fidan'

The functions of this module use one built-in reader, loaded when it is first needed. `Reader` makes another that also
knows tables and rules of your own. Positions are `[start, end)` in code points, as Python counts them.
"""

from daybook._daybook import Reading, Table
from daybook.book import Added, Book, Filter, Size
from daybook.errors import BookError, Error, LoadError, QuestionError, ReportError, ReportWarning
from daybook.reader import Reader, read, read_batches, read_many, read_tables
from daybook.tables import Tables, tables

__all__ = [
    "Added",
    "Book",
    "BookError",
    "Error",
    "Filter",
    "LoadError",
    "QuestionError",
    "Reader",
    "Reading",
    "ReportError",
    "ReportWarning",
    "Size",
    "Table",
    "Tables",
    "read",
    "read_batches",
    "read_many",
    "read_tables",
    "tables",
]
