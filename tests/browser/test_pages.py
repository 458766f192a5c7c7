"""Every page of the catalogue for everybody to use, at every width, and light.

In pairs of everything that can differ axe-core finds nothing; every state fits every width; the
first state of a page is weighed. A page is opened once for all that is to be seen in one visit.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser.catalogue import PAGES, Visit, first_visit, visits
from tests.browser.showroom import Showroom, axe_complaints
from tests.browser.weights import weigh
from tests.browser.widths import misfits

pytestmark = pytest.mark.browser
PAIRED = {visit for page in PAGES for visit in visits(page)}
MEASURED = {first_visit(page, view) for page in PAGES for view in page.views}
WEIGHED = {first_visit(page, page.views[0]) for page in PAGES}
ALL = sorted(PAIRED | MEASURED, key=lambda visit: visit.name)


@pytest.mark.parametrize("visit", ALL, ids=lambda visit: visit.name)
def test_everybody_can_use_it(
    showroom: Showroom, visit: Visit, record_property: Callable[[str, object], None]
) -> None:
    page = showroom.show(visit)
    found: list[str] = []
    if visit in WEIGHED:
        weight = weigh(page)
        found += weight.complaints
        row = (visit.page.name, weight.page, weight.assets, weight.script)
        record_property("weight", row)
    if visit in PAIRED:
        wide = page.evaluate(
            "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        found += [f"{wide} pixels too wide"] if wide > 0 else []
        found += axe_complaints(page)
    if visit in MEASURED:
        found += misfits(page)
    found += showroom.complaints
    assert not found, "\n".join(found)
