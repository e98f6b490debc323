"""The page of a report, in a browser: Debian's Chromium, or Playwright's own."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from properties.reporting import page
from selftest.sample import large, law, report, result

SCHEMA = Path(page.__file__).with_name("report.schema.json")
SCRIPT = 'print("</script>")\nassert 1 < 2 & 3  # naïve\n'
HOSTILE = "</script><img src=x onerror=alert(1)>{{ 7 * 7 }}"
LIMIT = 5_000_000
PHONE = {"width": 390, "height": 844}

LEGIBLE = 4.5
"""The contrast that text has to have: WCAG 2.2, criterion 1.4.3."""

CONTRASTS = """() => {
  const light = (colour) => {
    const [r, g, b] = colour.match(/[\\d.]+/g).slice(0, 3).map((part) => {
      const c = part / 255;
      return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (node) => {
    const colour = getComputedStyle(node).backgroundColor;
    return colour === "rgba(0, 0, 0, 0)" ? ground(node.parentElement) : colour;
  };
  const texts = "p, dd, dt, output, button, .badge, .chip, pre, li, text";
  return [...document.querySelectorAll(texts)]
    .filter((node) => node.checkVisibility())
    .map((node) => {
      const style = getComputedStyle(node);
      const ink = light(node.localName === "text" ? style.fill : style.color);
      const paper = light(ground(node));
      const ratio = (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05);
      return [ratio, node.outerHTML.slice(0, 100)];
    });
}"""


def sample(folder):
    """Five operations in three dtypes, of all verdicts and kinds of shares."""
    script = folder / "conv2d.py"
    script.write_text(SCRIPT, encoding="utf-8")
    found = [{"message": HOSTILE, "script": str(script)}]
    worst = {"share": 7e6, "part": "result", "call": "conv2d"}
    results = [
        result("conv2d", "float64", shares=[0.1, 0.2]),
        result(
            "conv2d",
            "float32",
            "disagrees",
            shares=[0.25, 0.5, 7e6],
            counterexamples=found,
            worst=worst,
        ),
        result("conv2d", "bfloat16", "known issue", shares=[0.5, None, 2e6]),
        result("softmax", "float64", shares=[0.75] * 3),
        result("softmax", "float32", shares=[0.9] * 1000),
        result("topk", "float64", "crashed"),
        result("matmul", "float64", "not implemented", shares=[]),
        result(f"a_{HOSTILE}", "float64", shares=[0.3] * 20),
    ]
    laws = [law("conv2d", "is_additive"), law("conv2d", "is_causal")]
    laws += [law("sum", "is"), law("argmax", "is", "failed")]
    return report(results, laws)


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    """index.html, written once."""
    pytest.importorskip("jinja2", reason="the page needs jinja2: lawbook[report]")
    pytest.importorskip("vl_convert", reason="the page needs vl-convert-python")
    folder = tmp_path_factory.mktemp("page")
    return page.write(sample(folder), folder)


@pytest.fixture(scope="module")
def browser():
    """Chromium without a window; where there is none, a skip that says so."""
    reason = "no browser to look at the page with: playwright is not installed"
    playwright = pytest.importorskip("playwright.sync_api", reason=reason)
    with playwright.sync_playwright() as started:
        try:
            chromium = started.chromium.launch(executable_path=shutil.which("chromium"))
        except playwright.Error as problem:
            reason = str(problem).strip().splitlines()[0]
            pytest.skip(f"no browser to look at the page with: {reason}")
        yield chromium
        chromium.close()


@pytest.fixture
def visit(browser, file):
    """Open the page: takes a browser context's options."""
    contexts = []

    def opened(**options):
        context = browser.new_context(**options)
        contexts.append(context)
        tab = context.new_page()
        tab.asked, tab.said = [], []
        tab.on("request", lambda request: tab.asked.append(request.url))
        tab.on("console", lambda message: tab.said.append(message.text))
        tab.on("pageerror", lambda error: tab.said.append(str(error)))
        tab.goto(file.as_uri())
        return tab

    yield opened
    for context in contexts:
        context.close()


def names(tab):
    """The operations shown, in their order."""
    return tab.locator("tbody tr:visible th").all_inner_texts()


def cell(tab, name):
    return tab.get_by_role("button", name=re.compile(f"^{name}:"))


def sorted_by(tab, key):
    head = tab.locator(f"th.{key}")
    head.get_by_role("button").click()
    return head.get_attribute("aria-sort"), names(tab)


def test_the_sample_is_a_report(tmp_path):
    """What the page is tested with has the form that a run's report has."""
    jsonschema.validate(sample(tmp_path), json.loads(SCHEMA.read_text()))


def test_the_matrix_has_every_cell(visit):
    """A button for each result, told by sign, word and number; laws beside it."""
    tab = visit()
    assert tab.locator("tbody tr").count() == 7
    assert tab.locator("[data-result]").count() == 8
    assert cell(tab, "conv2d torch cpu float32").inner_text() == "✗ 7e6"
    assert cell(tab, "conv2d torch cpu bfloat16").inner_text() == "~ ∞"
    spoken = cell(tab, "topk torch cpu float64").get_attribute("aria-label")
    assert spoken == "topk torch cpu float64: crashed, 0.50"
    heads = tab.locator(".dtypes th").all_inner_texts()
    assert heads == ["float64", "float32", "bfloat16"]
    assert tab.get_by_role("button", name="conv2d: 2 of 2 laws").count() == 1


def test_rows_are_filtered_by_name_and_by_verdict(visit):
    """Both at once; and how many are left is said."""
    tab = visit()
    tab.get_by_role("searchbox", name="Operation").fill("MA")
    assert sorted(names(tab)) == ["argmax", "matmul", "softmax"]
    assert tab.locator("#count").inner_text() == "3 of 7 operations"
    tab.get_by_role("searchbox", name="Operation").fill("")
    tab.get_by_role("checkbox", name="known issue").check()
    assert names(tab) == ["conv2d"]
    tab.get_by_role("checkbox", name="crashed").check()
    assert names(tab) == ["topk", "conv2d"]
    tab.get_by_role("checkbox", name="disagrees").check()
    assert names(tab) == ["topk", "argmax", "conv2d"]


def test_rows_are_sorted(visit):
    """By name, verdict, worst share and speed; again turns it; blanks stay last."""
    tab = visit()
    assert names(tab)[:3] == ["topk", "argmax", "conv2d"]
    assert sorted_by(tab, "worst")[1][:3] == ["conv2d", "softmax", "topk"]
    assert sorted_by(tab, "worst")[0] == "ascending"
    assert sorted_by(tab, "speed")[1][-3:] == ["argmax", "matmul", "sum"]
    assert sorted_by(tab, "speed")[1][0] == "softmax"
    order, shown = sorted_by(tab, "name")
    assert (order, shown[1:3]) == ("ascending", ["argmax", "conv2d"])
    assert tab.locator("[aria-sort='none']").count() == 3


def test_a_cell_opens_and_closes_by_keyboard(visit):
    """Enter, Escape; the focus comes back to the cell."""
    tab = visit()
    button = cell(tab, "conv2d torch cpu float32")
    button.focus()
    tab.keyboard.press("Enter")
    dialog = tab.get_by_role("dialog", name="conv2d on torch cpu, float32")
    assert dialog.is_visible()
    assert tab.evaluate("document.activeElement.id") == "close"
    tab.keyboard.press("Escape")
    assert not dialog.is_visible()
    assert button.evaluate("node => node === document.activeElement")


def test_all_can_be_reached_by_keyboard(visit):
    """Tab goes from the filters by the heads to the cells, and shows where it is."""
    tab = visit()
    tab.get_by_role("searchbox", name="Operation").focus()
    reached = []
    for _ in range(14):
        tab.keyboard.press("Tab")
        reached.append(tab.evaluate("document.activeElement.textContent"))
        ring = tab.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert ring != "none"
    assert reached[5:9] == ["operation", "verdict", "worst", "examples/s"]
    assert "! 0.50" in reached


def test_a_cell_shows_what_was_found(visit):
    """The counterexample and the script as they are, whatever is in them."""
    tab = visit()
    cell(tab, "conv2d torch cpu float32").click()
    shown = tab.locator("dialog pre").all_text_contents()
    assert shown[:2] == [HOSTILE, SCRIPT]
    assert "10 of 40 (25%)" in tab.locator("dialog dl").inner_text()
    assert tab.locator("dialog details li").count() == 3
    assert tab.locator("img").count() == 0


@pytest.mark.parametrize("clipboard", ["there", "missing"])
def test_a_script_is_copied(visit, clipboard):
    """With a press of the button, also where the browser has no clipboard object."""
    tab = visit(permissions=["clipboard-read", "clipboard-write"])
    tab.evaluate("window.clipboard = navigator.clipboard")
    if clipboard == "missing":
        tab.evaluate("Object.defineProperty(navigator, 'clipboard', {value: null})")
    cell(tab, "conv2d torch cpu float32").click()
    tab.get_by_role("button", name="Copy").click()
    tab.get_by_role("button", name="Copied").wait_for()
    assert tab.evaluate("clipboard.readText()") == SCRIPT


def shapes_of_points(tab):
    """What each point is drawn as, wherever it is."""
    tab.locator("svg .mark-symbol path").first.wait_for()
    return [
        re.sub(r"[\d.,-]+", "", path.get_attribute("d"))
        for path in tab.locator("svg .mark-symbol path").all()
    ]


def test_a_cell_has_a_plot(visit):
    """A mark for each example, by shape on which side of the bound, and the bound."""
    tab = visit()
    cell(tab, "conv2d torch cpu bfloat16").click()
    shapes = shapes_of_points(tab)
    assert len(shapes) == 3
    assert shapes[0] != shapes[1] == shapes[2]
    assert tab.locator("svg .layer_0_marks line").count() == 1
    assert (
        tab.locator(".plot").get_attribute("aria-label")
        == "conv2d: error as a share of the bound"
    )


def test_a_plot_of_many_examples_has_as_many_points_as_can_be_seen(visit):
    """Of 1,000 examples each point is the greatest of seven, and that is said."""
    tab = visit()
    cell(tab, "softmax torch cpu float32").click()
    tab.locator("svg .mark-symbol path").first.wait_for()
    assert tab.locator("svg .mark-symbol path").count() == 143 <= page.POINTS
    assert "the greatest of 7" in tab.locator("figure figcaption").inner_text()


def test_a_plot_has_the_example_that_disagreed(visit):
    """On the other side of the bound than those before it"""
    tab = visit()
    cell(tab, "conv2d torch cpu float32").click()
    shapes = shapes_of_points(tab)
    assert len(shapes) == 3
    assert shapes[0] == shapes[1] != shapes[2]


def test_laws_open_too(visit):
    """Also of an operation that no backend was held to."""
    tab = visit()
    tab.get_by_role("button", name="sum: 1 of 1 laws").click()
    assert "test_sum_is" in tab.locator("dialog li").inner_text()


def test_nothing_is_asked_of_a_network_and_nothing_goes_wrong(visit, file):
    """One file is read, and the console is empty, with a cell open as well."""
    tab = visit()
    cell(tab, "conv2d torch cpu float32").click()
    tab.locator("svg").wait_for()
    assert tab.asked == [file.as_uri()]
    assert tab.said == []


def test_the_page_refers_to_nothing_outside(visit):
    """No link, source or import of an address; and its policy forbids them."""
    tab = visit()
    links = tab.locator("[src], [href], [action], [srcset], [data], [poster]").all()
    assert [link.get_attribute("href") for link in links] == ["data:,"]
    styles = "".join(tab.locator("style").all_text_contents())
    assert not re.search(r"url\(|@import", styles)
    policy = tab.locator("meta[http-equiv=Content-Security-Policy]")
    assert policy.get_attribute("content").startswith("default-src 'none';")


@pytest.mark.parametrize("opens", [None, "conv2d torch cpu float32"])
def test_a_phone_does_not_scroll_sideways(visit, opens):
    """Neither the matrix nor an open cell is wider than 390 pixels."""
    tab = visit(viewport=PHONE, is_mobile=True, has_touch=True)
    if opens:
        cell(tab, opens).tap()
        tab.locator("svg").wait_for()
    widths = "[document.documentElement, document.querySelector('dialog')]"
    wide = tab.evaluate(f"{widths}.map((node) => node.scrollWidth - node.clientWidth)")
    assert wide == [0, 0]
    assert tab.evaluate("innerWidth") == PHONE["width"]


@pytest.mark.parametrize("opens", [None, "conv2d torch cpu float32"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_is_legible(visit, scheme, opens):
    """All text that is visible, on what it stands on"""
    tab = visit(color_scheme=scheme)
    tab.locator("summary").first.click()
    if opens:
        cell(tab, opens).click()
        tab.locator("svg").wait_for()
    ratios = tab.evaluate(CONTRASTS)
    assert len(ratios) > 30
    assert [(ratio, where) for ratio, where in ratios if ratio < LEGIBLE] == []


def test_a_run_of_everything_makes_a_page_that_opens(browser, file, tmp_path):
    """2,000 cells of 400 examples"""
    path = page.write(large(500, 400), tmp_path)
    assert path.stat().st_size < LIMIT
    tab = browser.new_page()
    tab.goto(path.as_uri())
    assert tab.locator("[data-result]").count() == 2000
    tab.get_by_role("searchbox", name="Operation").fill("_499_")
    assert len(names(tab)) == 1
    tab.close()


def test_what_the_page_lacks_is_said(monkeypatch, tmp_path):
    """pytest --report without jinja2: one line, and no page"""
    monkeypatch.setitem(sys.modules, "jinja2", None)
    said = page.told(report([]), tmp_path)
    assert said.startswith("not written, as jinja2 is not installed: pip install ")
    assert not [*tmp_path.iterdir()]


def test_a_run_without_a_report_does_not_load_the_pages_libraries():
    """import properties.plugin"""
    loaded = "print({'jinja2', 'vl_convert'} & {*sys.modules})"
    command = [sys.executable, "-c", f"import sys, properties.plugin; {loaded}"]
    run = subprocess.run(command, capture_output=True, text=True)
    assert run.stdout.strip() == "set()"
