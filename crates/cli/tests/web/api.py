"""The API as a program uses it: what it answers, what it refuses, and that it does what its description says.

    api.py DAYBOOK FOLDER
"""

import json
import os
import pathlib
import signal
import socket
import subprocess
import sys
import time
import urllib.parse
import urllib.request
import xml.etree.ElementTree as xml

import site_of_tests as site

CHECKS = [
    "not_a_server_error", "status_code_conformance", "content_type_conformance", "response_schema_conformance",
    "response_headers_conformance", "negative_data_rejection", "missing_required_header", "unsupported_method",
]


def ask(address: str, **headers: str):
    status, told, text = site.get(address, **headers)
    return status, told, json.loads(text)


def send(address: str, value, method="POST", **headers: str):
    body = value if isinstance(value, bytes) else json.dumps(value).encode()
    headers = {"Content-Type": "application/json"} | {name.replace("_", "-"): text for name, text in headers.items()}
    request = urllib.request.Request(address, body, headers, method=method)
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def lists(api: str) -> None:
    """Pages of a list are the list; the stream is the list; a tag saves an answer."""
    _, _, whole = ask(f"{api}/contacts?limit=500")
    assert whole["next"] is None and len(whole["contacts"]) > 10
    ids, place = [], f"{api}/contacts?limit=4"
    while place:
        _, _, page = ask(place)
        assert len(page["contacts"]) <= 4
        ids += [contact["id"] for contact in page["contacts"]]
        place = page["next"] and f"{api}/contacts?limit=4&cursor={urllib.parse.quote(page['next'])}"
    assert ids == [contact["id"] for contact in whole["contacts"]]
    _, headers, lines = site.get(f"{api}/contacts.jsonl")
    assert headers["Content-Type"] == "application/jsonl"
    assert [json.loads(line) for line in lines.splitlines()] == whole["contacts"]
    assert len(site.get(f"{api}/contacts.jsonl?limit=3")[2].splitlines()) == 3
    _, headers, _ = ask(f"{api}/contacts?with=Merkel")
    status, _, text = site.get(f"{api}/contacts?with=Merkel", If_None_Match=headers["ETag"])
    assert (status, text) == (304, "")
    assert site.get(f"{api}/contacts?with=Macron", If_None_Match=headers["ETag"])[0] == 200


def questions(api: str) -> None:
    _, _, last = ask(f"{api}/last?a=Merkel&b=Macron")
    assert (last["kind"], last["when"]["edtf"], last["status"]) == ("meeting", "2021-06-18", "held") or last["when"]["edtf"] == "2021-06-18", last
    _, _, before = ask(f"{api}/last?a=Merkel&b=Macron&before=2020-01-01")
    assert (before["kind"], before["when"]["edtf"]) == ("call", "2018-11-18"), before
    _, _, both = ask(f"{api}/last?a=Merkel&b=Putin")
    _, _, then = ask(f"{api}/contacts/{both['id']}?as_of=2021-08-20")
    assert (both["status"], then["status"]) == ("held", "scheduled")
    _, _, compared = ask(f"{api}/contacts/{both['id']}/comparison")
    assert [side["side"] for side in compared["sides"]] == ["DEU", "RUS"]
    assert any(value["agreement"] == "conflict" for value in compared["values"])
    _, _, disputed = ask(f"{api}/contacts?disputed=true")
    assert [contact["disputed"] for contact in disputed["contacts"]] == [["duration"]]
    _, _, all_of_them = ask(f"{api}/contacts?limit=500")
    least = sorted(contact["confidence"] for contact in all_of_them["contacts"])[len(all_of_them["contacts"]) // 2]
    _, _, sure = ask(f"{api}/contacts?limit=500&min_confidence={least}")
    assert sure["contacts"] == [contact for contact in all_of_them["contacts"] if contact["confidence"] >= least]
    _, _, agenda = ask(f"{api}/agenda")
    assert [contact["when"]["edtf"] for contact in agenda["contacts"]] == [str(site.day(12))]
    _, _, kinds = ask(f"{api}/stats/kind?with=Merkel&with=Macron")
    assert {row["by"]: row["contacts"] for row in kinds}["call"] == 1
    _, _, links = ask(f"{api}/network?of=persons")
    assert links[0]["contacts"] >= links[-1]["contacts"]
    _, _, named = ask(f"{api}/parties?name=Merkel")
    assert named[0]["name"] == "Angela Merkel"
    _, _, profile = ask(f"{api}/parties/Merkel")
    assert "Emmanuel Macron" in [partner["name"] for partner in profile["partners"]]
    report = urllib.parse.quote(both["accounts"][0]["report"]["id"])
    _, _, record = ask(f"{api}/reports/{report}")
    assert record["contacts"] and "Merkel" in site.get(f"{api}/reports/{report}/text")[2]
    _, _, table = ask(f"{api}/sql?limit=2&query=" + urllib.parse.quote("SELECT id, kind FROM entries ORDER BY id"))
    assert (table["columns"], len(table["rows"]), table["more"]) == (["id", "kind"], 2, True)


def refusals(address: str, api: str) -> None:
    """What can't be answered is told as RFC 9457 says."""
    for place, status in [
        ("/contacts?kind=dance", 400), ("/contacts?since=monday", 400), ("/contacts?colour=red", 400), ("/contacts?min_confidence=2", 400), ("/contacts?min_confidence=high", 400), ("/contacts?limit=0", 400),
        ("/contacts?cursor=x", 400), ("/contacts?with=Nobody%20Atall", 404), ("/contacts/ffff", 404), ("/contacts/zz", 404),
        ("/reports/none", 404), ("/nothing", 404), ("/last?a=Merkel", 400), ("/sql?query=DELETE%20FROM%20reports", 400),
        ("/sql?query=SELECT%201%3B%20SELECT%202", 400), ("/contacts?since=", 400),
    ]:
        found, headers, problem = ask(api + place)
        assert found == status == problem["status"], (place, found, problem)
        assert headers["Content-Type"] == "application/problem+json" and problem["title"] and problem["type"], problem
    slow = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
    found, _, problem = ask(f"{api}/sql?query=" + urllib.parse.quote(slow))
    assert (found, problem["type"]) == (503, "/api#too-slow"), problem
    found, _, problem = ask(f"{api}/contacts?with=Bush")
    assert found in (404, 409), problem
    assert send(f"{api}/read", {"text": "x" * (9 << 20)})[0] == 413
    assert send(f"{api}/read", b"{", "POST")[0] == 400
    assert send(f"{api}/read", b"a", Content_Type="text/plain")[0] == 415
    assert send(f"{api}/size", {}, "POST")[0] == 405
    # A page elsewhere that has its name led to this machine.
    assert site.get(f"{address}/", Host="rebound.example")[0] == 403
    headers = site.get(f"{address}/")[1]
    assert "default-src 'none'" in headers["Content-Security-Policy"] and headers["X-Content-Type-Options"] == "nosniff"


def writing(api: str) -> None:
    """Only who has the token writes; what is written is found."""
    text = "Norwegian Prime Minister Jonas Gahr Støre phoned Finnish President Alexander Stubb on Friday."
    given = [{"text": text, "published": "2025-02-08", "publisher": "Northern Wire", "url": "https://northern.example/1"}]
    assert send(f"{api}/reports", given)[0] == 401
    assert send(f"{api}/reports", given, Authorization="Bearer wrong")[0] == 401
    known = {"Authorization": f"Bearer {site.TOKEN}"}
    status, answer = send(f"{api}/reports", given, **known)
    added = json.loads(answer)
    assert (status, added["new"], added["accounts"]) == (200, [True], 1), answer
    assert json.loads(send(f"{api}/reports", given, **known)[1])["new"] == [False]
    one = added["contacts"][0]["id"]
    assert ask(f"{api}/last?a=Stubb&b=Norway")[2]["id"] == one
    feed = xml.fromstring(site.get(f"{api}/changes.atom")[2])
    atom = "{http://www.w3.org/2005/Atom}"
    assert one in feed.find(f"{atom}entry/{atom}id").text
    other = ask(f"{api}/last?a=Merkel&b=Putin")[2]["id"]
    status, answer = send(f"{api}/contacts/{one}/merge", {"with": other, "why": "a test"}, **known)
    decided = json.loads(answer)
    assert status == 200 and ask(f"{api}/contacts/{one}")[2]["id"] == decided["contact"]
    assert send(f"{api}/decisions/{decided['decision']}", b"", "DELETE")[0] == 401
    assert send(f"{api}/decisions/{decided['decision']}", b"", "DELETE", **known) == (204, "")
    assert send(f"{api}/decisions/{decided['decision']}", b"", "DELETE", **known)[0] == 404
    assert ask(f"{api}/contacts/{one}")[2]["id"] == one


def watching(address: str) -> None:
    assert site.get(f"{address}/healthz")[::2] == (200, "ok\n")
    metrics = site.get(f"{address}/metrics")[2]
    assert 'daybook_requests_total{route="/api/v1/contacts",method="GET",status="200"}' in metrics
    assert "Merkel" not in metrics


def others(daybook: str, book: pathlib.Path) -> None:
    """An address that others reach is not served to all unless that is said."""
    command = [daybook, "serve", "--book", book, "--listen", "0.0.0.0:0"]
    refused = subprocess.run(command, capture_output=True, text=True, env={"PATH": "/usr/bin:/bin"})
    assert refused.returncode == 2 and "--public-read" in refused.stderr, refused.stderr
    for arguments, anonymous in [([], 401), (["--public-read"], 200)]:
        environment = {"PATH": "/usr/bin:/bin", "DAYBOOK_TOKEN": site.TOKEN}
        with subprocess.Popen([*command, *arguments], env=environment, stderr=subprocess.PIPE, text=True) as server:
            port = server.stderr.readline().rsplit(":", 1)[1].strip().rstrip("/")
            address = f"http://127.0.0.1:{port}"
            status, headers, _ = site.get(f"{address}/contacts")
            assert status == anonymous, (arguments, status)
            assert status != 401 or headers["WWW-Authenticate"].startswith("Basic")
            assert site.get(f"{address}/contacts", Authorization=f"Bearer {site.TOKEN}")[0] == 200
            assert site.get(f"{address}/healthz")[0] == 200
            server.terminate()
            assert server.wait(timeout=20) == 0


def ends_in_order(daybook: str, book: pathlib.Path) -> None:
    """A request that is being answered when the server is stopped gets its answer; a connection that dawdles is closed."""
    environment = {"PATH": "/usr/bin:/bin"}
    with subprocess.Popen([daybook, "serve", "--book", book, "--listen", "127.0.0.1:0"], env=environment, stderr=subprocess.PIPE, text=True) as server:
        port = int(server.stderr.readline().rsplit(":", 1)[1].strip().rstrip("/"))
        busy = socket.create_connection(("127.0.0.1", port))
        query = urllib.parse.quote("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 6000000) SELECT count(*) FROM n")
        busy.sendall(f"GET /api/v1/sql?query={query} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        idle = socket.create_connection(("127.0.0.1", port))
        idle.sendall(b"GET / HTTP/1.1\r\nHost: loc")
        time.sleep(0.5)
        os.kill(server.pid, signal.SIGTERM)
        busy.settimeout(20)
        assert busy.recv(64).startswith(b"HTTP/1.1 200"), "the answer that was under way"
        assert server.wait(timeout=20) == 0
        idle.close()
        busy.close()


def as_described(api: str, folder: pathlib.Path) -> None:
    """Thousands of requests made from the description: no mistake of the server's, and no answer that is not described."""
    schemathesis = pathlib.Path(sys.executable).with_name("schemathesis")
    command = [schemathesis, "run", f"{api}/openapi.json", "--checks", ",".join(CHECKS), "--max-examples", "25", "--seed", "1",
               "--header", f"Authorization: Bearer {site.TOKEN}", "--suppress-health-check", "all"]
    told = subprocess.run(command, capture_output=True, text=True, cwd=folder)
    assert told.returncode == 0, told.stdout[-8000:] + told.stderr


def main() -> None:
    daybook, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    book = site.make_book(daybook, folder)
    with site.served(daybook, book) as address:
        api = f"{address}/api/v1"
        lists(api)
        questions(api)
        refusals(address, api)
        writing(api)
        watching(address)
        as_described(api, folder)
    others(daybook, book)
    ends_in_order(daybook, book)


main()
