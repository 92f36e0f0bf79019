"""HTML as text: what a reader would see, in time that grows with the length only."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.intake.html_text import text_of_html


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<p>One</p><p>Two  words\nhere</p>", "One\n\nTwo words here"),
        ("a<br>b<br/>c", "a\nb\nc"),
        ("<ul><li>x<li>y</ul>", "- x\n- y"),
        ("<style>b{}</style><script>alert(1)</script>text", "text"),
        ("<head><title>T</title></head><body>B</body>", "B"),
        ("a<!-- hidden <b> -->b", "ab"),
        ("a<!-- open", "a"),
        ("<script>open", ""),
        ("<title>open", "open"),
        ('<a href="https://x.org/a?b=1&amp;c">here</a>', "here <https://x.org/a?b=1&c>"),
        ('<a href="https://x.org">https://x.org</a>', "https://x.org"),
        ('<a href="javascript:alert(1)">here</a>', "here"),
        ("<blockquote>q<blockquote>r</blockquote></blockquote>own", "> q\n> > r\nown"),
        ('<img src=x alt="Logo">', "[Logo]"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc"),
        ("1 < 2 &amp; 3 > 2 &nbsp;&#x41;&#99999999;", "1 < 2 & 3 > 2 A\ufffd"),
        ("&#" + "1" * 5000 + ";", "&#" + "1" * 5000 + ";"),
        ("<!DOCTYPE html><?xml x?>a", "a"),
    ],
)
def test_html_becomes_text(source: str, text: str) -> None:
    assert text_of_html(source) == text


@pytest.mark.parametrize("piece", ["<", "<!--", "<a ", "<title>x", "<script", "</", "<blockquote>", "&#1", '<a href="'])
def test_hostile_html_costs_no_more_than_its_length(piece: str) -> None:
    started = time.process_time()

    text_of_html((piece * 200_000)[:200_000])

    assert time.process_time() - started < 2


@given(st.text(st.sampled_from("<>/!-ab pscript=\"'&#;1 \n"), max_size=200))
def test_no_html_raises(source: str) -> None:
    assert isinstance(text_of_html(source), str)
