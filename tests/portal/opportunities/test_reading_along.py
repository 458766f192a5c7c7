"""The aid in the employer's form: flags, other words with one click, reasons that are kept."""

import re
from dataclasses import replace
from html import unescape

import pytest

from portal import clock
from portal.candidates.service import ensure
from portal.errors import Invalid
from portal.extensions import db
from portal.matching.reach import Reach, without_diploma
from portal.opportunities import service
from portal.opportunities.reading_along import review, unexplained
from portal.opportunities.service_input import RequirementInput
from portal.opportunities.workflow import Status
from portal.portfolio.models import EvidenceItem, EvidenceKind
from portal.transaction import transaction
from tests.factories import make_employer, make_opportunity, make_site, make_user, opportunity_input
from tests.portal.opportunities.posting import NEW, TEXT, changed, count, edit_url, given, only

pytestmark = pytest.mark.usefixtures("app")
YOUNG = TEXT + " Je komt in een jong team."


def reason(key: str, said: str) -> dict[str, str]:
    return {"kept-0-flag": key, "kept-0-reason": said}


def test_look_at_the_text_without_keeping_anything(client, employer, site) -> None:
    page = client.post(NEW, data=given(site, action="check", text=YOUNG))
    assert page.status_code == 200
    shown = unescape(page.text)
    assert "“jong team”" in shown
    assert "WGBL" in shown
    assert "hecht team" in shown
    assert 'value="take:young-team:jong team"' in shown
    assert "Dit mist nog" in shown
    assert count() == 0


def test_a_text_that_shuts_nobody_out(client, employer, site) -> None:
    sent = given(site, action="check", pay_min="2500", guidance="Een buddy helpt je op weg.")
    assert "sluit niemand uit" in client.post(NEW, data=sent).text


def test_other_words_with_one_click(client, employer, site) -> None:
    title = "Gastvrouw in een jong team"
    sent = given(site, text=YOUNG, title=title, action="take:young-team:jong team", hours_min="x")
    page = unescape(client.post(NEW, data=sent).text)
    assert "Je komt in een hecht team." in page
    assert 'value="Gastvrouw in een hecht team"' in page
    assert 'value="x"' in page, "nothing typed is lost"
    assert "take:host:gastvrouw" in page
    assert "take:young-team" not in page


@pytest.mark.parametrize("action", ["take:", "take:bestaat:niet", "take:" + "x" * 290])
def test_a_flag_that_is_not_there(client, employer, site, action) -> None:
    assert client.post(NEW, data=given(site, text=YOUNG, action=action)).status_code == 200
    assert client.post(NEW, data=given(site, action="take:" + "x" * 999)).status_code == 422


def test_a_flagged_word_needs_a_reason_before_others_see_it(client, employer, site) -> None:
    sent = given(site, text=YOUNG)
    refused = client.post(NEW, data=sent)
    assert refused.status_code == 422
    assert "schrijf waarom dit blijft staan" in unescape(refused.text)
    both = unescape(client.post(NEW, data=given(site, text=YOUNG, closes_on="")).text)
    assert "schrijf waarom dit blijft staan" in both, "in the same round as what is missing"
    assert count() == 0
    assert client.post(NEW, data=given(site, text=YOUNG, action="save")).status_code == 303
    made = only()
    assert made.status == Status.DRAFT
    online = client.post(
        f"/werkgever/aanbod/{made.slug}/online", data={"version": str(made.version)}
    )
    assert online.status_code == 422
    assert "jong team" in online.text
    kept = reason("young-team:jong team", "Zo heet de afdeling: Jong Team.")
    response = client.post(edit_url(made), data=changed(made, text=YOUNG, **kept))
    assert response.status_code == 303
    assert only().status == Status.PUBLISHED
    assert only().kept_words == {"young-team:jong team": "Zo heet de afdeling: Jong Team."}
    again = client.get(edit_url(made))
    assert "Zo heet de afdeling" in again.text, "who edits it sees the reason"
    client.post(edit_url(made), data=changed(only(), **kept))
    assert only().kept_words == {}, "a reason goes with its words"


def test_the_service_asks_for_the_reason_too() -> None:
    site = make_site()
    user = make_employer(site.organisation)
    said = opportunity_input(site, text=YOUNG)
    now = clock.now()
    with transaction():
        made = service.create_draft(said, actor=user, now=now)
    with pytest.raises(Invalid), transaction():
        service.publish(made.slug, version=made.version, actor=user, now=now)
    kept = {"young-team:jong team": "Zo heet de afdeling."}
    with transaction():
        service.update(
            made.slug, replace(said, kept_words=kept), version=made.version, actor=user, now=now
        )
        service.publish(made.slug, version=made.version, actor=user, now=now)
    with pytest.raises(Invalid), transaction():
        service.update(made.slug, said, version=made.version, actor=user, now=now)


def test_what_closed_is_read_again_before_it_opens() -> None:
    made = make_opportunity(Status.CLOSED, text=YOUNG)
    user = make_employer(made.site.organisation)
    with pytest.raises(Invalid), transaction():
        service.reopen(made.slug, version=made.version, actor=user, now=clock.now())


# A diploma that no task needs


def test_a_needless_diploma_is_flagged_with_what_it_stands_for(client, employer, site) -> None:
    sent = given(site, action="check", diploma_required="y", profession="care-helper-plus")
    page = unescape(client.post(NEW, data=sent).text)
    assert "Is dit diploma echt nodig?" in page
    assert "take:diploma" in page
    assert "Helpen bij" in page or "elp" in page
    without = client.post(NEW, data=sent | {"action": "take:diploma"})
    assert "Is dit diploma echt nodig?" not in without.text


def test_the_law_asks_some_diplomas() -> None:
    site = make_site()
    legal = opportunity_input(site, diploma_required=True, profession="care-assistant-3ig")
    assert review(legal).diploma is None, "a protected title"
    reserved = replace(
        opportunity_input(site, diploma_required=True),
        requirements=(RequirementInput(competence="administer-medication"),),
    )
    plain = replace(reserved, requirements=(RequirementInput(competence="make-contact"),))
    assert review(plain).diploma is not None
    assert review(plain).diploma.competences == ("make-contact",)
    vog = replace(reserved, requirements=(RequirementInput(gate="vog"),))
    assert review(vog).diploma is not None, "no school gives a VOG"
    assert unexplained(review(plain), {"diploma": "De verzekeraar vraagt het."}) == ()


def candidate_who(skills: str) -> int:
    user = make_user()
    now = clock.now()
    with transaction():
        made = ensure(user, now=now)
        made.skills = skills
    return made.id


WASHES = "Ik help mijn moeder elke dag met wassen en aankleden. Ik maak graag een praatje."
ASKED = (
    RequirementInput(competence="help-washing-dressing", critical=True),
    RequirementInput(competence="make-contact"),
)


def test_how_many_more_people_fit(matching) -> None:
    today = clock.local_date(clock.now())
    assert without_diploma(ASKED, today=today) == Reach(0, part=False)
    people = [candidate_who(f"{WASHES} Ik ben nummer {number}.") for number in range(4)]
    candidate_who("Ik repareer fietsen.")
    few = without_diploma(ASKED, today=today)
    assert few == Reach(None, part=False), "fewer than five could tell who it is"
    people += [candidate_who(f"{WASHES} En ik kook ook. {number}") for number in range(2)]
    assert without_diploma(ASKED, today=today) == Reach(6, part=False)
    with transaction():
        now = clock.now()
        db.session.add(
            EvidenceItem(
                candidate_id=people[0],
                kind=EvidenceKind.DIPLOMA,
                title="Helpende",
                created_at=now,
                updated_at=now,
            )
        )
    assert without_diploma(ASKED, today=today) == Reach(5, part=False)
    assert without_diploma((RequirementInput(text="Lief"),), today=today) is None


def test_the_form_never_says_how_few(client, matching, employer, site) -> None:
    candidate_who(WASHES)
    sent = given(site, action="check", diploma_required="y")
    sent |= {"requirements-0-competence": "help-washing-dressing"}
    page = client.post(NEW, data=sent).text
    assert "minder dan 5 mensen" in page
    assert not re.search(r"bij 1 mens", page)
