"""What the pages of components are about: each part by name, when to use it, and when not.

The templates show them; a test sees to it that every part is shown, and every macro.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString


@dataclass(frozen=True, slots=True)
class Part:
    """One component. `call` is how a template asks for it; empty where it is only a class."""

    id: str
    name: LazyString
    use: LazyString
    avoid: LazyString
    call: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """A page of components that serve the same end."""

    slug: str
    template: str
    name: LazyString
    about: LazyString
    parts: tuple[Part, ...]


BASICS = Group(
    "basis",
    "gallery/basics.html",
    _l("Basis"),
    _l("Kleur, letter, ruimte, iconen en tekeningen."),
    (
        Part(
            "kleuren",
            _l("Kleuren"),
            _l("Kies een kleur bij naam. Elke naam werkt overdag en in het donker."),
            _l("Gebruik kleur nooit alleen. Zet er een woord of een vorm bij."),
            "var(--pine)",
        ),
        Part(
            "contrast",
            _l("Contrast"),
            _l("Gebruik alleen deze paren. De getallen zijn gemeten."),
            _l("Maak geen nieuw paar zonder het hier bij te zetten."),
        ),
        Part(
            "letters",
            _l("Letters"),
            _l("Eén grote kop per pagina. De rest volgt op volgorde."),
            _l("Kies een kop niet om hoe groot hij is."),
        ),
        Part(
            "ruimte",
            _l("Ruimte, hoeken en schaduw"),
            _l("Zeven maten ruimte, twee soorten hoeken, één schaduw."),
            _l("Gebruik geen losse pixels."),
            "var(--s4)",
        ),
        Part(
            "iconen",
            _l("Iconen"),
            _l("Een icoon helpt het woord ernaast."),
            _l("Laat een icoon niet alleen het werk doen."),
            '{{ icon("check") }}',
        ),
        Part(
            "sectoren",
            _l("Tekening per sector"),
            _l("Bij de naam van een sector, zodat je hem sneller vindt."),
            _l("Niet zonder de naam."),
            '{{ sector_icon("home-care") }}',
        ),
        Part(
            "tekeningen",
            _l("Tekeningen"),
            _l("Om een rustige pagina warmer te maken. Ze zeggen zelf niets."),
            _l("Niet waar iemand moet zoeken of invullen."),
            '{{ drawing("door") }}',
        ),
        Part(
            "taal",
            _l("Taal"),
            _l("De keuze staat boven elke pagina. Een kaart zegt zelf dat haar taal anders is."),
            _l("Wissel nooit vanzelf van taal midden in een pagina."),
            "{{ language_switch(here) }} {{ language_tag(o.language) }} {{ lang_of(o.language) }}",
        ),
    ),
)

FILLING = Group(
    "invullen",
    "gallery/filling.html",
    _l("Knoppen en velden"),
    _l("Waar iemand op klikt, typt en kiest."),
    (
        Part(
            "knoppen",
            _l("Knoppen"),
            _l("Eén volle knop per pagina: wat de meeste mensen nu gaan doen."),
            _l("Gebruik voor een andere pagina een link."),
            '{{ button(_("Bewaar"), look="quiet", mark="plus") }}',
        ),
        Part(
            "velden",
            _l("Velden"),
            _l("Een vraag, uitleg waar nodig, en de fout boven het veld."),
            _l("Zet de vraag niet in het veld zelf. Die verdwijnt als je typt."),
            '{{ field(form.title, hint=_("…"), mark=true) }}',
        ),
        Part(
            "keuzes",
            _l("Keuzes"),
            _l("Voor twee tot zeven keuzes. Alles is meteen te zien."),
            _l("Bij meer dan zeven keuzes is de kiezer hieronder korter."),
            "{{ choices(form.kind) }}",
        ),
        Part(
            "kiezer",
            _l("Kiezer met zoeken"),
            _l("Voor meer keuzes uit een lange lijst. Typ, kies, haal weer weg."),
            _l("Niet voor één keuze, en niet voor een korte lijst."),
            "{{ tag_picker(form.competences) }}",
        ),
        Part(
            "week",
            _l("Week invullen"),
            _l("Als iemand per dag en dagdeel kiest."),
            _l("Gebruik voor “overdag” of “weekend” gewone keuzes."),
            "{{ week_choices(form.day_parts) }}",
        ),
        Part(
            "bestand",
            _l("Bestand"),
            _l("Zeg vooraf wat mag en hoe groot het mag zijn."),
            _l("Vraag geen bestand als een antwoord genoeg is."),
            '{{ file_field(form.paper, types=_("Pdf of foto"), accept=".pdf", limit="5 MB") }}',
        ),
        Part(
            "fouten",
            _l("Fouten bovenaan"),
            _l("Na versturen: wat klopt er niet, met een link naar elk veld."),
            _l("Niet voor een melding van ons. Daarvoor is de melding."),
            "{{ error_summary(form) }}",
        ),
    ),
)

TELLING = Group(
    "melden",
    "gallery/telling.html",
    _l("Meldingen"),
    _l("Wat we zeggen: dat iets lukte, wacht, mist of niet terug kan."),
    (
        Part(
            "bericht",
            _l("Melding"),
            _l("Eén ding dat iemand nu moet weten, en wat er daarna gebeurt."),
            _l("Niet voor uitleg die er altijd staat. Dat is gewone tekst."),
            '{% call notice("info", _("…")) %}…{% endcall %} {{ flash_note(category, message) }}',
        ),
        Part(
            "ongedaan",
            _l("Ongedaan maken"),
            _l("Na iets dat terug kan. Doe het meteen en geef de weg terug."),
            _l("Vraag dan niet eerst of iemand het zeker weet."),
            "{{ undo_note(message) }} · flash_undo(message, url, fields)",
        ),
        Part(
            "bevestigen",
            _l("Bevestigen"),
            _l("Voor wat niet terug kan, of wat anderen meteen merken."),
            _l("Niet als ongedaan maken kan."),
            '{% call confirm(…) %}…{% endcall %} {{ confirm_link(url, _("Sluit")) }}',
        ),
        Part(
            "leeg",
            _l("Niets te zien"),
            _l("Zeg waarom het leeg is, en wat iemand nu kan doen."),
            _l("Laat nooit een lege lijst zonder woorden zien."),
            '{% call empty(_("…")) %}…{% endcall %}',
        ),
        Part(
            "wachten",
            _l("Wachten"),
            _l("Als iets een paar tellen duurt. Zeg wat bewaard is."),
            _l("Niet als het korter duurt dan een tel."),
            '{% include "matching/_waking.html" %}',
        ),
    ),
)

FINDING = Group(
    "vinden",
    "gallery/finding.html",
    _l("Zoeken en vinden"),
    _l("Wat past, waarom, en hoe je verder zoekt."),
    (
        Part(
            "niveaus",
            _l("Niveaus en kleine woorden"),
            _l("Altijd het woord. De vorm en de kleur helpen alleen."),
            _l("Geen procenten: niemand is 83 procent kok."),
            "{{ level_badge(level, label) }} {{ status_tag(status, label) }} {{ facts_line(o) }}"
            " {{ answers_line(text) }}",
        ),
        Part(
            "match",
            _l("Kaart van een match"),
            _l("In vijf tellen te lezen. De redenen staan erachter."),
            _l("Niet zonder tekst van een mens: gebruik dan de gewone kaart."),
            "{{ match_card(card, links) }}",
        ),
        Part(
            "plek",
            _l("Kaart van een plek"),
            _l("In een lijst zonder eigen tekst van de lezer."),
            _l("Niet voor wat gesloten is."),
            "{{ opportunity_card(row, level=3) }}",
        ),
        Part(
            "filteren",
            _l("Filters en bladzijden"),
            _l("Boven of naast een lijst. Wat aan staat, kan met één klik weer uit."),
            _l("Geen bladzijden bij minder dan tien."),
            "{{ filter_panel(form, active) }} {{ used_filters(active) }} {{ pager(pages) }}",
        ),
    ),
)

RECORDS = Group(
    "dossier",
    "gallery/records.html",
    _l("Stappen, bewijs en afspraken"),
    _l("Wat iemand doet, laat zien en afspreekt."),
    (
        Part(
            "stappen",
            _l("Stappen in de tijd"),
            _l("Als iets in een vaste volgorde gebeurt: waar ben je, wat komt er?"),
            _l("Niet voor een gewone lijst."),
            "{{ steps(items, label) }}",
        ),
        Part(
            "bewijs",
            _l("Bewijs"),
            _l("Eén bekwaamheid, hoe sterk het bewijs is, en tot wanneer het geldt."),
            _l("Zeg nooit alleen “nee”. Zeg wat er mist."),
            "{{ evidence(e) }} {{ grade_mark(grade) }}",
        ),
        Part(
            "afspraak",
            _l("Afspraak met handtekeningen"),
            _l("Wat is afgesproken, en wie gaf akkoord voor precies deze tekst?"),
            _l("Niet voor wat één mens alleen beslist."),
            "{% call agreement(a) %}{{ sign_form(url, version) }}{% endcall %}",
        ),
        Part(
            "verloop",
            _l("Verloop"),
            _l("Wie deed wat, wanneer en waarom. Het nieuwste staat boven."),
            _l("Zet er niets in wat een ander niet mag lezen."),
            "{{ history(items, label) }}",
        ),
        Part(
            "postvak",
            _l("Wat op iemand wacht"),
            _l("Eén regel per vraag: van wie, hoe oud, en hoe lang nog."),
            _l("Niet voor wat alleen ter informatie is."),
            "{% call inbox(rows, label) %}…{% endcall %} {{ inbox_row(row) }} {{ deadline(days) }}",
        ),
        Part(
            "tabel",
            _l("Tabel"),
            _l("Om veel rijen te vergelijken. Getallen staan rechts."),
            _l("Niet voor een paar feiten over één ding."),
            "{{ data_table(caption, columns, rows, total, stack=true) }}",
        ),
    ),
)

PICTURES = Group(
    "beelden",
    "gallery/pictures.html",
    _l("Beelden"),
    _l("Tekeningen van feiten, met een tabel erachter."),
    (
        Part(
            "beeld-eisen",
            _l("De eisen"),
            _l("Bij een match: wat laat iemand al zien? Een brede balk is belangrijk."),
            _l("Niet zonder de zin eronder."),
            "{{ coverage_picture(reasons) }}",
        ),
        Part(
            "beeld-kunnen",
            _l("Wat iemand kan"),
            _l("Een portfolio in één blik. Hoe hoger, hoe sterker het te zien is."),
            _l("Niet om mensen te vergelijken: veel is niet hetzelfde als goed."),
            "{{ ability_picture(groups) }}",
        ),
        Part(
            "beeld-kaart",
            _l("De regio"),
            _l("Als afstand telt. De tabel heeft dezelfde links."),
            _l("Niet voor één adres: noem dan de plaats."),
            "{{ region_map(pictures.region(spots, home)) }}",
        ),
        Part(
            "beeld-loon",
            _l("Het loon"),
            _l("Wat iemand verdient, naast de rest van de regio."),
            _l("Niet bij werk zonder loon, en niet als het loon onbekend is."),
            "{{ pay_range(pictures.pay(low, high, region), words) }}",
        ),
        Part(
            "beeld-week",
            _l("De week"),
            _l("Wanneer er werk is. Ook voor twee banen in één week."),
            _l("Niet voor meer dan drie banen."),
            "{{ week_roster([pictures.Job(name, day_parts)], caption) }}",
        ),
        Part(
            "beeld-route",
            _l("De route"),
            _l("Wat iemand leert, in welke week, en wanneer het werk begint."),
            _l("Niet voor stappen zonder duur: gebruik dan de stappen in de tijd."),
            "{{ route_timeline(route, learnt_there) }}",
        ),
        Part(
            "beeld-tabel",
            _l("Hetzelfde als tabel"),
            _l("Achter elk beeld dat meer zegt dan de woorden ernaast."),
            _l("Niet als de woorden ernaast alles al zeggen."),
            "{% call as_table(about) %}…{% endcall %}",
        ),
    ),
)

GROUPS: Final = (BASICS, FILLING, TELLING, FINDING, RECORDS, PICTURES)
