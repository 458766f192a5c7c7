"""Every page of the catalogue, in pairs of everything that can differ, for everybody to use."""

from __future__ import annotations

import pytest

from tests.browser.catalogue import PAGES, Visit, visits
from tests.browser.showroom import Showroom, axe_complaints

pytestmark = pytest.mark.browser
ALL = [visit for page in PAGES for visit in visits(page)]


@pytest.mark.parametrize("visit", ALL, ids=lambda visit: visit.name)
def test_nothing_keeps_anybody_out(showroom: Showroom, visit: Visit) -> None:
    page = showroom.show(visit)
    wide = page.evaluate(
        "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    assert wide <= 0, f"{wide} pixels too wide"
    found = axe_complaints(page)
    assert not found, "\n".join(found)
    assert not showroom.complaints, "\n".join(showroom.complaints)
