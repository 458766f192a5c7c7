"""Where a term is explained in a page, and where its page stays as it was."""

from __future__ import annotations

import re

import pytest
from markupsafe import Markup

from portal.glossary.marking import explain
from portal.glossary.terms import glossaries

NL = glossaries()["nl"]
EN = glossaries()["en"]


def told(html: str) -> list[str]:
    """The words that became a control."""
    out, _terms = explain(html, NL, "nl")
    return re.findall(r'<button type="button" class="term" [^>]*>([^<]*)</button>', out)


def without(html: str) -> str:
    """The page as it was: with the controls and what they tell taken out."""
    out, _terms = explain(html, NL, "nl")
    bare = re.sub(r'<button type="button" class="term"[^>]*>([^<]*)</button>', r"\1", out)
    return re.sub(r"<span popover[^>]*>[^<]*</span>", "", bare)


def listed(html: str) -> list[str]:
    return [term.term for term in explain(html, NL, "nl")[1]]


def test_a_term_becomes_a_control_with_its_explanation() -> None:
    out, terms = explain("<p>Een VOG is nodig.</p>", NL, "nl")
    assert isinstance(out, Markup)
    assert out == (
        '<p>Een <button type="button" class="term" popovertarget="woord-vog">VOG</button>'
        f'<span popover class="term__text" id="woord-vog">{NL.by_id["vog"].text}</span>'
        " is nodig.</p>"
    )
    assert [term.id for term in terms] == ["vog"]


def test_only_the_first_time() -> None:
    assert told("<p>bbl en bbl</p><ul><li>Bbl-plek</li></ul><p>bol</p>") == ["bbl", "bol"]


@pytest.mark.parametrize(
    "html",
    [
        "<h1>De bbl</h1>",
        "<p><a href='/x'>Naar de <b>bbl</b></a></p>",
        "<p><button type='submit'>bbl</button></p>",
        "<details><summary>bbl</summary></details>",
        "<form><label>bbl</label></form>",
        "<select><option>bbl</option></select>",
        "<dl><dt>bbl</dt></dl>",
        '<p><span class="tag tag--warm">bbl</span></p>',
        '<li><span class="sr-only">bbl</span></li>',
        "<div>bbl</div>",
    ],
)
def test_a_name_or_a_control_is_left_alone_and_listed(html: str) -> None:
    assert told(html) == []
    assert listed(html) == ["bbl"]
    assert explain(html, NL, "nl")[0] == html


@pytest.mark.parametrize(
    "html",
    [
        "<p><q>Ik doe een bbl</q></p>",
        "<p lang='en'>bbl</p>",
        '<p><span lang="de">bbl</span></p>',
        "<p><code>bbl</code></p>",
        "<svg><text>bbl</text></svg>",
        "<textarea>bbl <p>bbl</p></textarea>",
        "<script>bbl</script>",
        "<!-- <p>bbl</p> -->",
        "<dl><dd data-no-terms>bbl <b>bbl</b></dd></dl>",
        '<p aria-hidden="true">bbl</p>',
        "<p title=\"bbl > bol\" data-x='<p>bbl</p>'>niets</p>",
        "<p>Niets van het vak.</p>",
        "",
    ],
)
def test_what_is_not_ours_to_explain(html: str) -> None:
    out, terms = explain(html, NL, "nl")
    assert (out, terms) == (html, [])


def test_after_a_heading_the_text_explains() -> None:
    assert told("<h1>bbl</h1><div><p>Wat is bbl?</p></div>") == ["bbl"]


def test_what_stands_inside_a_link_inside_a_list_stays_a_link() -> None:
    html = '<ul><li><h3><a href="/bbl">bbl</a></h3><p>Een bbl-plek</p></li></ul>'
    assert told(html) == ["bbl-plek"]


def test_a_folded_part_explains_for_itself() -> None:
    html = (
        "<p>bol</p><details><summary>Meer</summary><p>bbl, bol</p></details>"
        "<dialog><p>bbl</p></dialog><p>bbl</p>"
    )
    assert told(html) == ["bol", "bbl", "bbl", "bbl"]
    ids = re.findall(r'popovertarget="([^"]*)"', explain(html, NL, "nl")[0])
    assert ids == ["woord-bol", "woord-bbl", "woord-bbl-2", "woord-bbl-3"]
    assert told("<details open><p>bbl</p></details><p>bbl</p>") == ["bbl"]


@pytest.mark.parametrize(
    "html",
    [
        "<p>5 &lt; 6 &amp; een bbl &#39;s avonds &eacute;n een VOG</p>",
        "<p>bbl<br>bol<img src=x alt='bbl'>VOG<input value=\"bbl\"/></p>",
        "<ul><li>bbl<li>bol</ul><p>VOG</div> cao </p>",
        "<p>&lt;script&gt;bbl&lt;/script&gt;</p>",
    ],
)
def test_the_rest_of_the_page_is_untouched(html: str) -> None:
    assert told(html)
    assert without(html) == html


def test_in_a_row_of_boxes_the_text_stays_one_box() -> None:
    out, _terms = explain('<p class="row">Een bbl-plek</p>', NL, "nl")
    assert out.startswith('<p class="row"><span>Een <button')
    assert out.endswith("</span></p>")


def test_a_page_in_a_third_language_explains_in_english_and_says_so() -> None:
    out, _terms = explain("<p>To jest bbl.</p>", EN, "pl")
    assert f'id="woord-bbl" lang="en">{EN.by_id["bbl"].text}' in out
    assert 'lang="en"' not in explain("<p>A bbl course</p>", EN, "en")[0]
