"""What may come in as a file, under which name, and where it is kept. Real bytes."""

from __future__ import annotations

import io
import os
import stat
from pathlib import Path

import pytest
from PIL import Image

from portal.portfolio.files import (
    LONGEST_NAME,
    MAX_BYTES,
    Refusal,
    Refused,
    Store,
    accept,
    clean_name,
)
from tests.factories.portfolio import a_pdf, a_picture, a_zip

PDF = a_pdf()


@pytest.mark.parametrize(
    ("name", "data", "kept", "media_type"),
    [
        ("diploma.pdf", PDF, "diploma.pdf", "application/pdf"),
        ("foto.jpg", a_picture("JPEG"), "foto.jpg", "image/jpeg"),
        ("foto.PNG", a_picture("PNG"), "foto.png", "image/png"),
        ("foto.webp", a_picture("WEBP"), "foto.webp", "image/webp"),
        # The content says what it is, not the name.
        ("foto.png", a_picture("JPEG"), "foto.jpg", "image/jpeg"),
        ("zonder einde", PDF, "zonder einde.pdf", "application/pdf"),
    ],
)
def test_what_comes_in(name: str, data: bytes, kept: str, media_type: str) -> None:
    found = accept(name, data)
    assert (found.name, found.media_type) == (kept, media_type)


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("leeg.pdf", b"", Refusal.EMPTY),
        ("groot.pdf", b"%PDF-1.7\n" + bytes(MAX_BYTES), Refusal.TOO_LARGE),
        ("diploma.pdf", a_zip(), Refusal.ARCHIVE),
        ("diploma.pdf", PDF + a_zip(), Refusal.ARCHIVE),
        ("brief.docx", a_zip("word/document.xml"), Refusal.OFFICE),
        ("diploma.pdf", b"<!DOCTYPE html><script>alert(1)</script>", Refusal.MARKUP),
        ("plaatje.png", b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>", Refusal.MARKUP),
        ("diploma.pdf", b"%PDF-1.7\n<html><script>x()</script>\n%%EOF", Refusal.MARKUP),
        (
            "diploma.pdf",
            PDF.replace(b"/Catalog", b"/Catalog /OpenAction << /S /JavaScript >>"),
            Refusal.ACTIVE,
        ),
        ("diploma.pdf", b"MZ\x90\x00" + bytes(200), Refusal.PROGRAM),
        ("diploma.pdf", b"\x7fELF" + bytes(200), Refusal.PROGRAM),
        ("diploma.pdf", b"#!/bin/sh\nrm -rf ~\n", Refusal.PROGRAM),
        ("diploma.pdf.exe", PDF, Refusal.PROGRAM),
        ("diploma.exe.pdf", PDF, Refusal.PROGRAM),
        ("diploma.html", PDF, Refusal.PROGRAM),
        ("foto.heic", b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic", Refusal.HEIC),
        ("half.pdf", PDF[: len(PDF) // 2], Refusal.BROKEN),
        ("half.jpg", a_picture("JPEG", size=(400, 400))[:600], Refusal.BROKEN),
        ("tekst.txt", b"Ik heb een diploma.", Refusal.UNKNOWN),
    ],
)
def test_what_stays_out(name: str, data: bytes, why: Refusal) -> None:
    with pytest.raises(Refused) as refused:
        accept(name, data)
    assert refused.value.refusal is why


def test_a_picture_of_a_great_many_pixels_stays_out() -> None:
    out = io.BytesIO()
    Image.new("1", (12_000, 12_000)).save(out, "PNG")
    assert len(out.getvalue()) < MAX_BYTES
    with pytest.raises(Refused) as refused:
        accept("bom.png", out.getvalue())
    assert refused.value.refusal is Refusal.TOO_LARGE


@pytest.mark.parametrize("kind", ["JPEG", "WEBP"])
def test_a_picture_loses_what_a_camera_told_and_stands_upright(kind: str) -> None:
    sent = a_picture(kind)
    assert b"Samira" in sent
    kept = accept("foto", sent).data
    assert b"Samira" not in kept
    with Image.open(io.BytesIO(kept)) as opened:
        assert not opened.getexif()
        assert opened.size == (30, 60)


def test_what_hides_behind_a_picture_is_gone() -> None:
    kept = accept("foto.jpg", a_picture("JPEG") + a_zip()).data
    assert b"PK\x03\x04" not in kept


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        ("..\\..\\windows\\diploma.pdf", "diploma.pdf"),
        ("diploma.pdf.jpg", "diploma.pdf"),
        ("mijn.diploma.2019.pdf", "mijn diploma 2019.pdf"),
        ("dip\u202efdp.exe", "dipfdp.pdf"),
        ("dip\x00lo\r\nma\t.pdf", "diploma.pdf"),
        ('a"b;c<d>.pdf', "a b;c d.pdf"),
        ("...", "bestand.pdf"),
        ("", "bestand.pdf"),
        (".htaccess", "htaccess.pdf"),
        ("diplôme für çà.pdf", "diplôme für çà.pdf"),
    ],
)
def test_names_are_cleaned(name: str, clean: str) -> None:
    assert clean_name(name, ".pdf") == clean


def test_a_long_name_is_cut_before_its_ending() -> None:
    name = clean_name("a" * 400 + ".pdf", ".pdf")
    assert len(name) == LONGEST_NAME
    assert name.endswith(".pdf")


def test_a_file_is_written_for_its_owner_alone_under_a_key_nobody_guesses(tmp_path: Path) -> None:
    store = Store(tmp_path / "files")
    one, other = store.put(b"een"), store.put(b"een")
    assert one != other
    assert len(one) == 32
    assert store.path(one).read_bytes() == b"een"
    assert stat.S_IMODE(store.path(one).stat().st_mode) == 0o600
    assert not list(tmp_path.rglob("*.new"))


@pytest.mark.parametrize("key", ["../../../etc/passwd", "A" * 32, "", "a" * 31])
def test_a_key_of_somebody_else_leads_nowhere(tmp_path: Path, key: str) -> None:
    with pytest.raises(ValueError, match="key"):
        Store(tmp_path).path(key)


def test_what_was_written_goes_when_the_work_around_it_fails(tmp_path: Path) -> None:
    store = Store(tmp_path)
    with pytest.raises(RuntimeError), store.writing() as put:
        key = put(b"een")
        raise RuntimeError
    assert not store.path(key).exists()
    with store.writing() as put:
        kept = put(b"twee")
    assert store.path(kept).exists()


def test_a_sweep_takes_what_no_row_knows_and_leaves_what_is_young(tmp_path: Path) -> None:
    store = Store(tmp_path)
    known, old, young = store.put(b"1"), store.put(b"2"), store.put(b"3")
    for key in (known, old):
        os.utime(store.path(key), (1_000, 1_000))
    assert store.sweep(frozenset({known}), older_than=2_000) == 1
    assert store.path(known).exists()
    assert not store.path(old).exists()
    assert store.path(young).exists()
