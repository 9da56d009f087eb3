"""The pages in a real browser, used as people use them: with a script and without, light and dark, on a phone and on a desk.

    pages.py DAYBOOK FOLDER

FOLDER gets the book and a picture of each page.
"""

import pathlib
import shutil
import sys
import urllib.parse

import site_of_tests as site
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect, sync_playwright

BROWSER = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]
VIEWS = {"desk-light": ("light", 1280, 900), "phone-dark": ("dark", 390, 844), "desk-dark": ("dark", 1280, 900), "phone-light": ("light", 390, 844)}


def addresses(page: Page, address: str) -> dict[str, str]:
    """Every kind of page, found by following links."""
    page.goto(f"{address}/pair/Merkel/Macron")
    entry = page.locator("table a").first.get_attribute("href")
    page.goto(address + entry)
    report = page.locator(".report a").first.get_attribute("href").split("#")[0]
    page.goto(f"{address}/contacts?text=gnp")
    hostile = page.locator("ol.contacts a").first.get_attribute("href")
    both = page.request.get(f"{address}/api/v1/last?a=Merkel&b=Putin").json()["id"]
    return {
        "front": "/", "contacts": "/contacts", "disputes": "/disputes", "search": "/search?q=army", "pair": "/pair/Merkel/Macron",
        "person": "/party/Macron", "country": "/party/France", "entry": entry, "report": report, "compare": f"/contact/{both}/compare",
        "week": f"/agenda?from={site.day(12)}", "month": "/agenda?view=month&from=2021-08-23", "network": "/network?of=persons",
        "read": "/read", "api": "/api", "hostile": hostile, "missing": "/nowhere",
    }


def look_at_all(browser, address: str, folder: pathlib.Path) -> None:
    """Every page in every view: no fault that axe finds, nothing wider than the screen, no error of a script."""
    for view, (scheme, width, height) in VIEWS.items():
        context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": height})
        page = context.new_page()
        wrong = []
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda message: wrong.append(message.text) if message.type == "error" and "404" not in message.text else None)
        page.on("dialog", lambda dialog: wrong.append(f"dialog {dialog.message}"))
        page.on("request", lambda request: None if request.url.startswith(address) else wrong.append(f"asks {request.url}"))
        for name, place in addresses(page, address).items():
            page.goto(address + place)
            assert page.title() and "owned" not in page.title(), (name, page.title())
            page.screenshot(path=folder / f"{name}-{view}.png", full_page=True)
            wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
            assert wide <= 0, f"{name} in {view} is {wide} pixels wider than the screen"
            found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]})
            serious = [(v["id"], [n["html"][:120] for n in v["nodes"]][:3]) for v in found.response["violations"] if v["impact"] in ("serious", "critical", "moderate")]
            assert not serious, f"{name} in {view}: {serious}"
        assert not wrong, (view, wrong)
        context.close()


def use(browser, address: str, script: bool) -> None:
    """Searches, follows, compares, pastes and reads, with or without scripts."""
    context = browser.new_context(java_script_enabled=script)
    page = context.new_page()
    page.goto(address)
    expect(page.get_by_role("heading", level=1)).to_have_text("Who was in contact with whom")
    expect(page.locator("section[aria-labelledby=coming]")).to_contain_text("Sanae Takaichi")
    expect(page.locator("section[aria-labelledby=disputed]")).to_contain_text("disputed: duration")
    # From the search box to two, to their last contact, to both sides' accounts, to a report.
    page.locator("#q").fill("Merkel and Putin")
    page.locator("#q").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Angela Merkel – Vladimir Putin")
    page.locator("section[aria-labelledby=last] ol.contacts a").first.click()
    expect(page.locator("dl.values")).to_contain_text("video call")
    expect(page.locator("ol.history li")).to_have_count(2)
    page.get_by_role("link", name="Both sides’ accounts beside each other").click()
    expect(page.locator("table.compare")).to_contain_text("in conflict")
    page.go_back()
    page.locator("ol.accounts a").first.click()
    mark = page.locator(".text a.m-party").first
    expect(mark).to_contain_text("Merkel")
    assert "party: Angela Merkel" in mark.get_attribute("title")
    told = page.locator(f"[id={mark.get_attribute('href')[1:]}]")
    expect(told).to_contain_text("Angela Merkel")
    # A name that several bear leads to a choice; words lead to reports.
    page.goto(f"{address}/search?q=army")
    expect(page.locator("section[aria-labelledby=words]")).to_contain_text("Macron")
    # The list narrowed by its form, page by page.
    page.goto(f"{address}/contacts?limit=3")
    before = page.locator("ol.contacts li").all_inner_texts()
    page.get_by_role("link", name="Earlier contacts").click()
    assert not set(before) & set(page.locator("ol.contacts li").all_inner_texts())
    page.get_by_label("Kind").select_option("call")
    page.get_by_role("button", name="Show").click()
    assert {text.strip() for text in page.locator(".tag.kind").all_inner_texts()} == {"call"}
    page.get_by_label("Confidence at least").fill("0")
    page.get_by_role("button", name="Show").click()
    assert "min_confidence=0" in page.url
    assert {text.strip() for text in page.locator(".tag.kind").all_inner_texts()} == {"call"}
    # A text that is pasted is read, and kept nowhere.
    page.goto(f"{address}/read")
    page.get_by_label("Text").fill("Sergey Lavrov phoned Hakan Fidan on Friday, <b>the ministry</b> said.")
    page.get_by_label("Published on").fill("2024-03-09")
    page.get_by_role("button", name="Read").click()
    expect(page.locator(".read-contacts")).to_contain_text("Hakan Fidan")
    expect(page.locator(".read-contacts")).to_contain_text("2024-03-08")
    expect(page.locator(".text .body")).to_contain_text("<b>the ministry</b>")
    page.get_by_label("or a file").set_input_files(site.EXAMPLES / "oval-office-call.txt")
    page.get_by_role("button", name="Read").click()
    assert page.locator(".text a.mark").count() > 5
    page.goto(f"{address}/search?q=Fidan")
    expect(page.locator("main")).not_to_contain_text("2024-03-08")
    # By the keyboard alone: the first stop leads past the head of the page.
    page.goto(address)
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    assert page.url.endswith("#main")
    context.close()


def suggests(browser, address: str) -> None:
    page = browser.new_page()
    page.goto(address)
    with page.expect_response(lambda answer: "/suggest?q=" in answer.url):
        page.locator("#q").press_sequentially("macr", delay=30)
    expect(page.locator("datalist option").first).to_have_attribute("value", "Emmanuel Macron")
    page.close()


def subscribes(page: Page, address: str) -> None:
    page.goto(f"{address}/agenda")
    place = page.get_by_role("link", name="/agenda.ics").get_attribute("href")
    answer = page.request.get(address + place)
    assert answer.headers["content-type"].startswith("text/calendar")
    assert answer.text().startswith("BEGIN:VCALENDAR") and f"{site.day(12):%Y%m%d}" in answer.text()


def splits_and_merges(browser, address: str) -> None:
    """What was joined is parted by hand, and joined again; a wrong token does nothing."""
    page = browser.new_page()
    page.goto(f"{address}/pair/Macron/Putin")
    page.locator("table a").first.click()
    first = page.url
    expect(page.locator("ol.accounts > li")).to_have_count(2)
    page.get_by_text("Put right: merge or split").click()
    form = page.locator("form[action$=split]")
    form.get_by_role("checkbox").first.check()
    form.get_by_label("Token").fill("wrong")
    form.get_by_role("button").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("This is not allowed")
    page.goto(first)
    page.get_by_text("Put right: merge or split").click()
    form.get_by_role("checkbox").first.check()
    form.get_by_label("Why").fill("two calls")
    form.get_by_label("Token").fill(site.TOKEN)
    form.get_by_role("button").click()
    expect(page.locator("ol.accounts > li")).to_have_count(1)
    page.goto(f"{address}/pair/Macron/Putin")
    ids = {urllib.parse.urlparse(a.get_attribute("href")).path.rsplit("/", 1)[-1] for a in page.locator("table a").all()}
    assert len(ids) == 2, ids
    one, other = sorted(ids)
    page.goto(f"{address}/contact/{one}")
    page.get_by_text("Put right: merge or split").click()
    form = page.locator("form[action$=merge]")
    form.get_by_label("Its id").fill(other)
    form.get_by_label("Token").fill(site.TOKEN)
    form.get_by_role("button").click()
    expect(page.locator("ol.accounts > li")).to_have_count(2)
    page.close()


def nothing_runs(browser, address: str) -> None:
    """What a hostile report holds is shown as text, in every place where it is shown."""
    page = browser.new_page()
    page.goto(f"{address}/contacts?text=gnp")
    entry = page.locator("ol.contacts a").first.get_attribute("href")
    page.goto(address + entry)
    report = page.locator(".report a").first.get_attribute("href")
    for place in (entry, report, "/contacts", "/pair/Macron/Zelensky", "/search?q=" + urllib.parse.quote(site.HOSTILE), f"{entry}/compare"):
        page.goto(address + place)
        found = page.evaluate("""() => ({
            scripts: [...document.scripts].filter(s => !s.src).length,
            handlers: [...document.querySelectorAll('main *, title')].filter(e => [...e.attributes].some(a => a.name.startsWith('on'))).length,
            images: document.querySelectorAll('main img').length,
            links: [...document.links].filter(a => !/^https?:$/.test(a.protocol)).length,
            title: document.title, text: document.body.innerText })""")
        assert (found["scripts"], found["handlers"], found["images"], found["links"]) == (0, 0, 0, 0), (place, found)
        assert not any(c in found["text"] + found["title"] for c in "\u202e\u0007\u001b"), place
    assert "<script>" in page.goto(address + report).text() or "&lt;script&gt;" in page.content()
    page.close()


def main() -> None:
    daybook, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    book = site.make_book(daybook, folder)
    with sync_playwright() as playwright, site.served(daybook, book) as address:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=BROWSER)
        look_at_all(browser, address, folder)
        use(browser, address, script=True)
        use(browser, address, script=False)
        suggests(browser, address)
        subscribes(browser.new_page(), address)
        nothing_runs(browser, address)
        splits_and_merges(browser, address)
        browser.close()


main()
