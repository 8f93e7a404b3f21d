"""The page in Chromium: nothing is loaded, nobody is left out, it fits a phone, a screen and A4."""

import re
import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from tests.report.journals import Kept, answers, write
from voicecoach.journal.reader import read_journal
from voicecoach.report.contents import gather
from voicecoach.report.page import page
from voicecoach.report.wording import read_report_words

CHROMIUM = shutil.which("chromium-headless-shell") or shutil.which("chromium")
DAY = datetime(2026, 1, 5, 18, 0, tzinfo=UTC)
NASTY = (
    "</style><script>document.title='taken'</script><img src=http://127.0.0.1:9/ onerror=\"document.title='taken'\">"
)

_BROKEN_WORDS = """
    [...document.querySelectorAll('th, td, caption, p, h1, h2, h3')].flatMap(one => {
        const texts = document.createTreeWalker(one, NodeFilter.SHOW_TEXT), broken = [];
        for (let text = texts.nextNode(); text; text = texts.nextNode())
            for (const word of text.data.matchAll(/[^\\s]+/g)) {
                const range = document.createRange();
                range.setStart(text, word.index);
                range.setEnd(text, word.index + word[0].length);
                const lines = new Set([...range.getClientRects()].map(box => Math.round(box.top)));
                if (lines.size > 1 && word[0].length < 25 && !/[-/]/.test(word[0])) broken.push(word[0]);
            }
        return broken;
    })
"""
"""The words of the page that go over two lines; what is far too long for a word may."""

pytestmark = pytest.mark.skipif(
    CHROMIUM is None,
    reason="needs Chromium (as root or with sudo, ./scripts/install test installs it), which is not here",
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a report with everything that a report can have in it."""
    folder = tmp_path_factory.mktemp("journal")
    calm = [Kept(DAY + timedelta(days=day), pains=(4, 4, 3, 3, 2 + day % 4)) for day in range(0, 120, 2)]
    worse = Kept(DAY + timedelta(days=121), sets=(25, 3), pains=(3, 3), adverse=(("worse", NASTY),), outcome="adverse")
    stopped = Kept(DAY + timedelta(days=122), sets=(), pains=(3,), outcome="stopped")
    other = Kept(DAY, programme="median", title="Median")
    last = Kept(
        DAY + timedelta(days=124), sets=(25, 19, 8), pains=(4, 4, 5, 3, 2), commands=("pause", "slower"),
        answers=[*answers(), ("settled", "no", NASTY)], kind="rehearsal",
    )  # fmt: skip
    write(folder, other, *calm, worse, stopped, last)
    with read_journal(folder) as reader:
        html = page(gather(reader, None, "en"), read_report_words("en"), "en", date(2026, 5, 11))
    file = folder / "report.html"
    file.write_text(html)
    return file


@pytest.fixture
def shown(browser: Browser, file: Path) -> Iterator[Page]:
    with browser.new_page(viewport={"width": 1280, "height": 900}) as shown:
        shown.goto(file.as_uri())
        yield shown


def test_nothing_is_loaded_and_nothing_is_complained_of(browser: Browser, file: Path) -> None:
    asked_for: list[str] = []
    complaints: list[str] = []
    with browser.new_page() as shown:
        shown.on("request", lambda request: asked_for.append(request.url))
        shown.on("console", lambda message: complaints.append(message.text))
        shown.on("pageerror", lambda error: complaints.append(str(error)))
        shown.goto(file.as_uri(), wait_until="networkidle")
        assert shown.title().startswith("Exercise report")
        assert shown.get_by_text("document.title='taken'").count() == 2
    assert asked_for == [file.as_uri()]
    assert complaints == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_wrong(browser: Browser, file: Path, scheme: str) -> None:
    with browser.new_page(color_scheme=scheme) as shown:  # type: ignore[arg-type]
        shown.goto(file.as_uri())
        open_all(shown)
        dark = shown.evaluate("getComputedStyle(document.body).backgroundColor") != "rgb(255, 255, 255)"
        assert dark is (scheme == "dark")
        results = Axe().run(shown)
        assert results.violations_count == 0, results.generate_report()
        assert len(results.response["passes"]) > 20


def test_every_picture_says_what_it_shows(shown: Page) -> None:
    names = shown.get_by_role("img").evaluate_all(
        """all => all.map(one => one.getAttribute('aria-label') || one.getAttribute('aria-labelledby').split(' ')
            .map(id => document.getElementById(id).textContent).join('. '))"""
    )
    assert len(names) == 4 + 5
    assert shown.locator("svg:visible").count() == len(names)
    assert "Repetitions: set 1: 25 of 25, set 2: 19 of 25, set 3: 8 of 25." in names[2]
    assert "start: 4, set 1: 4, set 2: 5, set 3: 3, end: 2" in names[3]
    assert all(len(name) > 60 for name in names)


def test_the_calendar_can_be_read_without_seeing_it(shown: Page) -> None:
    row = shown.get_by_role("row").filter(has=shown.get_by_role("rowheader", name="2026-05-04"))
    cells = [cell.strip() for cell in row.get_by_role("cell").all_inner_texts()]
    read = row.get_by_role("cell").evaluate_all(
        "all => all.map(one => one.querySelector('.unseen')?.textContent ?? '')"
    )
    assert read == [
        "4: no session", "5: no session", "6: one session with exercise, one adverse event, not settled within a day",
        "7: session without exercise", "8: no session", "9: one session with exercise", "",
    ]  # fmt: skip
    assert len(cells) == 7


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_nothing_sticks_out_at_the_side(shown: Page, width: int) -> None:
    shown.set_viewport_size({"width": width, "height": 900})
    open_all(shown)
    assert shown.evaluate("document.documentElement.scrollWidth") <= width


def test_no_word_is_broken_on_a_phone(shown: Page) -> None:
    shown.set_viewport_size({"width": 360, "height": 800})
    open_all(shown)
    assert shown.evaluate(_BROKEN_WORDS) == []


def test_the_course_and_the_calendar_are_on_the_first_page_of_a4(shown: Page) -> None:
    shown.emulate_media(media="print")
    shown.set_viewport_size({"width": round((210 - 30) / 25.4 * 96), "height": 900})
    bottoms = shown.locator(".calendar, .plot").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect().bottom)"
    )
    first_page = [bottom for bottom in bottoms if bottom <= (297 - 28) / 25.4 * 96]
    assert len(first_page) == 3


def test_it_prints_on_a_few_pages_of_a4_dark_on_white(browser: Browser, file: Path) -> None:
    with browser.new_page(color_scheme="dark") as shown:
        shown.goto(file.as_uri())
        shown.emulate_media(media="print")
        assert shown.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
        printed = shown.pdf(prefer_css_page_size=True)
    sizes = re.findall(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)\s*\]", printed)
    assert 3 <= len(sizes) <= 5
    assert {(round(float(width) / 72 * 25.4), round(float(height) / 72 * 25.4)) for width, height in sizes} == {
        (210, 297)
    }


def open_all(shown: Page) -> None:
    shown.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
