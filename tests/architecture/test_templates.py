"""Templates that nobody shows, and what a strict CSP would refuse in them."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = ROOT / "templates"
NAMES = sorted(p.relative_to(TEMPLATES).as_posix() for p in TEMPLATES.rglob("*") if p.is_file())
MAIL = ("mail/letter.html",)
"""Mail programs drop a stylesheet, so what a letter looks like stands at each part of it. A letter
is read in a mailbox; at our own address it is shown in a frame that runs nothing."""
OF_FLASK_SECURITY = re.compile(r"security/(email/)?[a-z_]+\.(html|txt)")


def test_every_template_is_used() -> None:
    sources = [*(ROOT / "portal").rglob("*.py"), *(p for p in TEMPLATES.rglob("*") if p.is_file())]
    named = set(
        re.findall(
            r"[\"']([\w/-]+\.(?:html|txt|svg|xml))[\"']",
            "\n".join(source.read_text(encoding="utf-8") for source in sources),
        )
    )
    unused = [n for n in NAMES if n not in named and not OF_FLASK_SECURITY.fullmatch(n)]
    assert not unused


def test_overrides_of_flask_security_exist_there() -> None:
    import flask_security

    theirs = Path(flask_security.__file__).parent / "templates"
    for name in NAMES:
        if OF_FLASK_SECURITY.fullmatch(name) and not Path(name).name.startswith("_"):
            assert (theirs / name).exists(), name


@pytest.mark.parametrize("name", [n for n in NAMES if n.endswith(".html")])
def test_nothing_inline(name: str) -> None:
    source = (TEMPLATES / name).read_text(encoding="utf-8")
    source = re.sub(r"{[%#{].*?[%#}]}", "", source, flags=re.DOTALL)
    assert not re.search(r"<style|\son[a-z]+\s*=\s*[\"']|javascript:", source)
    assert name in MAIL or not re.search(r"\sstyle\s*=", source)
    assert not re.search(r"<script(?![^>]*\bsrc=)", source)
