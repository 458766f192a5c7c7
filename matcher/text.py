"""From what people type to the pieces that are compared."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

MAX_PIECES = 60
"""A profile is cut into at most this many pieces, so that a very long text stays quick."""

_TAG = re.compile(r"<[^<>]{0,200}>")
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+|[\n\r]+|\s[•*]\s|\s[-–—]\s")
_CLAUSE_END = re.compile(r"[;:,()]\s*|\s+(?:maar|but|terwijl|while)\s+")
_SPACES = ("Cc", "Zl", "Zp", "Zs")
_UNSEEN = ("Cf", "Cs", "Co", "Cn")
_LETTERS = re.compile(r"[^\W\d_]{2,}")
_NEGATED = re.compile(
    r"\b(?:niet|niets|niks|geen|nooit|zonder|noch|behalve|uitgezonderd|hekel\s+aan"
    r"|no|not|nothing|never|neither|nor|without|except|unable\s+to"
    r"|(?:do|does|did|is|was|are|were|have|has|had|ca|could|wo|would|should)n['’]?t|cannot"
    r"|rather\s+not)\b",
    re.IGNORECASE,
)
# Turns of phrase in which the word of denial denies nothing.
_NOT_NEGATED = re.compile(
    r"\b(?:"
    # Praise of oneself by what one is not.
    r"niet\s+(?:(?:zo\s+)?(?:snel|gauw|makkelijk|zomaar)|alleen|enkel|slechts|eng|bang|lui|verlegen"
    r"|vies|vreemd|onbekend|onhandig|moeilijk|minder|voor\s+niets|kinderachtig|te\s+(?:beroerd|stoppen)"
    r"|kapot\s+te\s+krijgen|weg\s+te\s+(?:denken|slaan)|op\s+(?:mijn|m'n|het)\s+(?:mondje|achterhoofd)"
    r"|uit\s+de\s+weg|zonder|stil\s*(?:te\s+)?(?:zitten|staan))"
    r"|(?:niets|niks)\s+is\s+(?:(?:me|mij)\s+)?te\s+\w+|(?:kan|kon)(?:\s+(?:bijna|haast|echt|gewoon))?\s+niet\s+wachten|waarom\s+niet|of\s+niet|loop\s+(?:ik\s+)?niet\s+weg|niet\s+erg(?!\s+(?:goed|handig|sterk|sportief"
    r"|geduldig|technisch|sociaal|graag|veel|creatief|netjes|precies))"
    r"|(?:kan|kon)\s+(?:ik\s+)?niet\s+(?:laten|stilzitten|stil\s+zitten)"
    r"|hand(?:en)?\s+niet\s+(?:voor\s+)?om|ma(?:akt|ken)\s+(?:(?:me|mij|ons)\s+)?(?:niet|niks|niets)\s+uit"
    r"|geeft\s+(?:niet|niks|niets)|(?:schrik|schrikt|klaag|mopper|zeur|vergeet|verveel"
    r"|deins|schroom)(?:\s+(?:me|mij|ik))?\s+(?:niet|niets|niks|nooit|geen\s+\w+|nergens)"
    r"(?:\s+(?:af|weg|terug|snel))?"
    r"|(?:niets|niks)\s+(?:liever|leuker|mooier|fijner|beters?|te\s+(?:gek|veel|zwaar|vies|moeilijk)"
    r"|menselijks)|geen\s+(?:enkel\s+)?(?:probleem|problemen|bezwaar|moeite|angst|hekel|idee"
    r"|diploma|diploma's|papieren|opleiding|hoogtevrees|half\s+werk|moment|twijfel|klachten|nee)"
    r"|geen\s+(?:enkele\s+|één\s+)?dag\s+(?:\w+\s+)?(?:ziek|gemist|overgeslagen|verzuimd|te\s+laat|spijt)"
    r"|geen\s+ervaring(?=\s+(?:nodig|vereist|gevraagd|noodzakelijk))"
    r"|nooit\s+(?:te\s+(?:beroerd|laat|oud|moe|veel)|ziek|nee|bang|boos|saai|stil\w*|genoeg"
    r"|verveeld|vergeten|opgegeven|klagen|geklaagd|gemist|een\s+dag|één\s+dag|spijt)"
    r"|zonder\s+(?:hulp|moeite|problemen|mopperen|morren|klagen|zeuren|stress|fouten|haast|ruzie"
    r"|diploma|papieren|opleiding|twijfel|pauze|begeleiding|aarzelen|dat\s+(?:iemand|het))"
    # The same in English.
    r"|not\s+(?:only|just|merely|afraid|scared|shy|lazy|fussy|squeamish|fazed|bothered|easily|quickly"
    r"|(?:a|one|a\s+single|missed\s+a)\s+(?:sick\s+)?day)|why\s+not|or\s+not"
    r"|no\s+(?:problem|problems|idea|diploma|diplomas|stranger\s+to|trouble|issue|doubt|fear|fuss"
    r"|bother|qualms|hurry|papers|experience\s+(?:needed|necessary|required))"
    r"|nothing\s+(?:(?:that\s+)?(?:i|i'd|i\s+would)\s+(?:like|love|enjoy|rather)|better|nicer|is\s+too"
    r"|makes\s+me\s+happier)"
    r"|(?:can['’]?t|can\s?not|could(?:n['’]?t|\s+not))\s+(?:wait|help\s+(?:but|\w+ing)|(?:live|do|be)\s+without"
    r"|sit\s+still)|(?:do|did|would)(?:n['’]?t|\s+not)\s+(?:mind|panic|scare|forget|give\s+up|complain"
    r"|shy\s+away|get\s+(?:upset|tired|bored|stressed))"
    r"|never\s+(?:(?:been\s+|was\s+)?(?:late|ill|sick|tired|bored|afraid|unkind)|too|miss(?:ed)?"
    r"|forgets?|forgot|complain(?:ed)?|g[ai]ve\s+up|lost\s+(?:my|a)|called\s+in|say\s+no|a\s+dull)"
    r"|without\s+(?:any\s+)?(?:help|trouble|problems|complaining|(?:a\s+)?fuss|mistakes|stress"
    r"|supervision|being\s+asked|a\s+diploma|papers|hesitation)"
    r")\b",
    re.IGNORECASE,
)
_DENIES = r"(?:niet|geen|niets|niks|nooit|not|never|no|nothing|\w+n['’]t|cannot)\b(?!\s+dat\s+ik\b)"
_PERSON = (
    r"(?:iemand|mensen|mens|kinderen|kind|ouderen|jongeren|bewoners?|cliënte?n?|patiënte?n?|gasten"
    r"|klanten|leerlinge?n?|vader|moeder|pa|ma|opa|oma|man|vrouw|zoon|dochter|broer|zus|tante|oom"
    r"|neef|nicht|buurman|buurvrouw|buren|vriend(?:in)?|schoonmoeder|schoonvader|mevrouw|meneer"
    r"|someone|somebody|people|children|kids|those|residents?|clients?|patients?|guests?|customers?"
    r"|mother|father|mum|dad|gran|nan|grandmother|grandfather|grandma|grandad|husband|wife|partner"
    r"|son|daughter|brother|sister|aunt|uncle|neighbours?|friends?|woman|lady)"
)
_WORDS = r"(?:(?!(?:ik|i|i'm|wij|we|mij)\b)[\w'’-]+\s+)"
# What others cannot or will not says nothing against the writer: "mijn oma kan niet bukken".
_OF_OTHERS = re.compile(
    rf"\b{_PERSON}\s+(?:die|dat|wie|who|whose|that)\s+{_WORDS}{{0,6}}?{_DENIES}"
    rf"|\b(?:hij|zij|ze|he|she|they)\s+{_WORDS}{{0,4}}?{_DENIES}"
    rf"|\b(?:kan|kon|wil|wilde|mag|mocht|durft|durfde)\s+(?:hij|zij|ze)\s+{_DENIES}"
    rf"|\b(?:mijn|m'n|ons|onze|zijn|haar|een|de|my|our|his|her|the|an?)\s+(?:\w+\s+)?{_PERSON}\s+"
    rf"(?:{_WORDS}{{1,3}}?{_DENIES}|\w+n['’]t\b)",
    re.IGNORECASE,
)
# In a sentence that denies something, what has its own verb is told apart: "ik kook graag en heb
# geen rijbewijs" denies no cooking. Without a verb it goes along: "niet koken en wassen".
_OWN_VERB = re.compile(
    r"\s+(?:(?:en|and|dus|so|want|because|omdat|of|or|wel)\s+)?(?=(?:behalve|except)\b)"
    r"|\s+(?:en|and|dus|so|want|because)\s+(?=(?:ik|i|i'm|we|wij|heb|had|ben|was|kan|kon|wil|wou|zou"
    r"|mag|doe|deed|vind|vond|ga|ging|zoek|werk|werkte|help|hielp|houd|hou|weet|kook|zorg|rijd"
    r"|have|am|can|could|want|would|do|did|like|love|know|don['’]?t|can['’]?t)\b)",
    re.IGNORECASE,
)
# A full stop behind these does not end a sentence.
_SHORT = re.compile(
    r"(?<![\w.])(?:o\.a|bijv|bv|b\.v|d\.w\.z|i\.v\.m|d\.m\.v|m\.b\.t|t\.a\.v|n\.a\.v"
    r"|t\.b\.v|i\.p\.v|z\.g|p\.w|p\.u|m\.n|i\.c\.m|e\.v|vnl|dhr|mevr|mw|dr|drs|ir|mr|mrs|ms|prof|st"
    r"|ca|circa|evt|incl|excl|max|nr|tel|resp|o\.l\.v|z\.o\.z|gem|e\.g|i\.e|approx|vs)\.$",
    re.IGNORECASE,
)
# These may stand at the end; a small letter behind them tells that they do not.
_SHORT_OR_LAST = re.compile(
    r"(?<![\w.])(?:e\.d|enz|etc|e\.a|a\.u\.b|z\.s\.m|m\.b\.o|h\.b\.o|min|u)\.$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence or clause of a profile; `sentence` is the whole sentence it stands in."""

    text: str
    sentence: str
    negated: bool = False


def clean(text: str) -> str:
    """Normalise what was typed: no control characters, no markup, one kind of white space.

    Line breaks stay, because they end a sentence.
    """
    composed = unicodedata.normalize("NFKC", text).replace("\r\n", "\n").replace("\r", "\n")
    # A text has few different characters: judge each once, and let C do the rest.
    without_tags = _TAG.sub(" ", composed.translate({ord(c): _shown(c) for c in set(composed)}))
    lines = (" ".join(line.split()) for line in without_tags.split("\n"))
    return "\n".join(line for line in lines if line)


def _shown(character: str) -> str | None:
    """What stands for a character in a cleaned text; None where it goes."""
    category = unicodedata.category(character)
    if character == "\n" or category not in _SPACES + _UNSEEN:
        return character
    return " " if category in _SPACES else None


def has_words(text: str) -> bool:
    """Whether there is anything to read: at least one word of two letters, in any script."""
    return _LETTERS.search(clean(text)) is not None


def sentences(text: str) -> list[str]:
    """The sentences of a text, in order, without empty ones."""
    whole = clean(text)
    parts: list[str] = []
    start = 0
    for end in _SENTENCE_END.finditer(whole):
        if not _goes_on(whole, end):
            parts.append(whole[start : end.start()])
            start = end.end()
    parts.append(whole[start:])
    return [part.strip(" -•*–—") for part in parts if _LETTERS.search(part)]


def _goes_on(text: str, end: re.Match[str]) -> bool:
    """Whether what looks like the end of a sentence is only that of an abbreviation."""
    stop = end.start()
    if text[stop - 1 : stop] != "." or "\n" in end[0]:
        return False
    start = max(0, stop - 12)
    if _SHORT.search(text, start, stop):
        return True
    return _SHORT_OR_LAST.search(text, start, stop) is not None and text[end.end()].islower()


def pieces(text: str) -> list[Piece]:
    """What can support a requirement: each sentence, and each clause of two words or more.

    A clause that denies (*geen kinderen*, *not at night*) is marked, and so is a sentence of one
    clause. Beside a denial a single word counts too: *koken, geen kinderen* denies no cooking,
    and neither does *ik kook graag en heb geen rijbewijs*. A turn of phrase in which nothing is
    denied (*zonder hulp*, *can't wait to*) counts as said.
    At most `MAX_PIECES` are returned, the first ones.
    """
    found: list[Piece] = []
    for sentence in sentences(text):
        clauses = [part.strip() for part in _CLAUSE_END.split(sentence) if _LETTERS.search(part)]
        if any(is_negated(part) for part in clauses):
            clauses = [
                part
                for clause in clauses
                for part in (_OWN_VERB.split(clause) if is_negated(clause) else (clause,))
                if _LETTERS.search(part)
            ]
        if len(clauses) > 1 and any(is_negated(part) for part in clauses):
            found.extend(Piece(part, sentence, is_negated(part)) for part in clauses)
            continue
        found.append(Piece(sentence, sentence, is_negated(sentence)))
        longer = [part for part in clauses if len(_LETTERS.findall(part)) >= 2]
        if len(longer) > 1:
            found.extend(Piece(part, sentence) for part in longer)
    return found[:MAX_PIECES]


def is_negated(clause: str) -> bool:
    """Whether a clause says that its writer does not want something, or cannot do it.

    What others cannot do is no denial: *mijn oma kan niet bukken* is where help was given.
    """
    if not _NEGATED.search(clause):
        return False
    return _NEGATED.search(_OF_OTHERS.sub(" ", _NOT_NEGATED.sub(" ", clause))) is not None
