"""One stylesheet and one script, small, and kept only under their own address."""

import gzip
import re

import brotli
import pytest

from portal.assets import Bundle


def _addresses(client) -> dict[str, str]:
    page = client.get("/inloggen").text
    return {
        kind: re.search(rf'"(/assets/[0-9a-f]+/bekwaam\.{kind})"', page)[1]
        for kind in ("css", "js")
    }


@pytest.mark.parametrize(("kind", "mimetype"), [("css", "text/css"), ("js", "text/javascript")])
def test_a_page_names_what_may_be_kept_for_ever(client, kind, mimetype) -> None:
    answer = client.get(_addresses(client)[kind])
    assert answer.status_code == 200
    assert answer.mimetype == mimetype
    assert answer.cache_control.immutable
    assert answer.cache_control.public


def test_an_address_from_before_an_update_still_works(client) -> None:
    answer = client.get("/assets/000000000000/bekwaam.css")
    assert answer.status_code == 200
    assert answer.cache_control.no_cache
    assert not answer.cache_control.immutable


def test_no_other_file_is_behind_it(client) -> None:
    assert client.get("/assets/000000000000/bekwaam.py").status_code == 404


def test_the_order_of_the_layers_comes_first(client) -> None:
    sheet = client.get(_addresses(client)["css"]).text
    first = re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL).strip()
    assert first.startswith("@layer tokens, base, layout, components, utilities, print;")


def test_the_digest_follows_the_content(tmp_path) -> None:
    (tmp_path / "a.css").write_text("p { margin: 0 }")
    before = Bundle(tmp_path, "css").digest
    assert Bundle(tmp_path, "css").digest == before
    (tmp_path / "a.css").write_text("p { margin: 1px }")
    assert Bundle(tmp_path, "css").digest != before


def test_answers_are_compressed_where_that_is_asked(client) -> None:
    plain = client.get("/inloggen")
    assert "Content-Encoding" not in plain.headers
    for name, decompress in (("br", brotli.decompress), ("gzip", gzip.decompress)):
        packed = client.get("/inloggen", headers={"Accept-Encoding": name})
        assert packed.headers["Content-Encoding"] == name
        assert "Accept-Encoding" in packed.headers["Vary"]
        assert len(packed.data) < len(plain.data) / 2
        assert b"</html>" in decompress(packed.data)


def test_the_script_stays_small(client) -> None:
    assert len(client.get(_addresses(client)["js"]).data) < 10 * 1024
