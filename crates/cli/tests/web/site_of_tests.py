"""A book of reports written for these tests, and a server that shows it."""

import contextlib
import datetime
import json
import pathlib
import subprocess
import urllib.request

EXAMPLES = pathlib.Path(__file__).resolve().parents[4] / "examples"
TOKEN = "a token of the tests only"

HOSTILE = "<script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">\" onmouseover=\"owned()"


def day(after: int) -> datetime.date:
    return datetime.date.today() + datetime.timedelta(days=after)


def said(date: datetime.date) -> str:
    return f"{date:%B} {date.day}, {date.year}"


def reports() -> list[dict]:
    """Contacts of two over years, one that is disputed, one that is coming, one that was cancelled, and a hostile report."""
    told = [
        ("2017-07-13", "French President Emmanuel Macron met German Chancellor Angela Merkel in Paris on Thursday."),
        ("2018-06-19", "Chancellor Angela Merkel met President Emmanuel Macron in Meseberg on Tuesday."),
        ("2018-11-18", "President Emmanuel Macron phoned Chancellor Angela Merkel on Sunday to discuss the European army."),
        ("2020-05-18", "Chancellor Angela Merkel and French President Emmanuel Macron held a video call on Monday."),
        ("2021-06-18", "Angela Merkel received French President Emmanuel Macron in Berlin on Friday."),
        ("2021-11-03", "A meeting between Chancellor Angela Merkel and President Emmanuel Macron that was planned for November 9 has been cancelled, her office said."),
    ]
    found = [{"id": f"merkel-macron-{at}", "published": when, "publisher": "The Harbour Courier", "title": f"News of {when}", "text": text} for at, (when, text) in enumerate(told)]
    found += [
        {"id": "dispute-1", "published": "2022-02-08", "publisher": "The Harbour Courier", "title": "Macron in Moscow",
         "text": "French President Emmanuel Macron phoned Russian President Vladimir Putin on Monday. The call lasted 40 minutes."},
        {"id": "dispute-2", "published": "2022-02-08", "publisher": "Northern Wire", "title": "A long call",
         "text": "Russian President Vladimir Putin and French President Emmanuel Macron spoke by phone on Monday. The call lasted two hours."},
        {"id": "coming", "published": f"{day(-1)}", "publisher": "The Harbour Courier", "title": "A visit is planned",
         "text": f"French President Emmanuel Macron will visit Tokyo on {said(day(12))} for talks with Prime Minister Sanae Takaichi, his office said."},
        {"id": "hostile", "published": "2022-03-03", "publisher": f"Evil {HOSTILE}", "title": f"Title {HOSTILE} \u202egnp.exe \u001b[31m",
         "url": "javascript:alert(1)",
         "text": f"French President Emmanuel Macron phoned Ukrainian President Volodymyr Zelensky on Thursday. {HOSTILE} They spoke of \"{HOSTILE} the war\", he said. \u202eturned\u0007"},
    ]
    return found


def make_book(daybook: str, folder: pathlib.Path) -> pathlib.Path:
    folder.mkdir(parents=True, exist_ok=True)
    book = folder / "book.db"
    for old in folder.glob("book.db*"):
        old.unlink()
    own = folder / "reports.jsonl"
    own.write_text("".join(json.dumps(report) + "\n" for report in reports()), encoding="utf-8")
    sources = [own, EXAMPLES / "two-sides.jsonl", EXAMPLES / "week.jsonl"]
    subprocess.run([daybook, "add", "--book", book, *sources], check=True, capture_output=True)
    return book


@contextlib.contextmanager
def served(daybook: str, book: pathlib.Path, *arguments: str, token: str | None = TOKEN):
    """The address of a server of the book, which is stopped in order at the end."""
    environment = {"PATH": "/usr/bin:/bin"} | ({"DAYBOOK_TOKEN": token} if token else {})
    command = [daybook, "serve", "--book", book, "--listen", "127.0.0.1:0", *arguments]
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as server:
        try:
            line = server.stderr.readline()
            address = line.rsplit(" ", 1)[-1].strip().rstrip("/")
            assert address.startswith("http://127.0.0.1:"), line
            yield address
        finally:
            server.terminate()
            status = server.wait(timeout=20)
            log = server.stderr.read()
        assert status == 0, f"the server ended with {status}: {log}"
        assert TOKEN not in log and "Merkel" not in log, log


def get(address: str, **headers: str):
    """Status, headers and body of an answer, whatever its status."""
    request = urllib.request.Request(address, headers={name.replace("_", "-"): value for name, value in headers.items()})
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, answer.headers, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read().decode()
