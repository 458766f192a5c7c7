"""Which language a text is in, told by its small words: one of our two, or another.

Enough to know how far to trust an encoder that learnt one of them; a library that knows a
hundred languages takes a second to load and errs more on a clause of four words.
"""

from __future__ import annotations

import re
import unicodedata

_WORDS = re.compile(r"[a-zà-ÿ']+")
_DUTCH = frozenset(
    _WORDS.findall(
        """
        de het een en ik je mijn hij zij we wij ze er dat die dit deze niet geen ook wel nog al
        maar of want dus als dan toen om te van voor met bij naar uit op aan in is was ben bent
        zijn waren had heb heeft hebben kan kon kunnen wil wilde willen ga graag altijd vaak
        veel meer jaar jaren mensen werk werken gewerkt gedaan thuis door over onder tussen
        zonder tot iets iemand alles
        """
    )
)
_ENGLISH = frozenset(
    _WORDS.findall(
        """
        the a an and i you my he she we they it that this these those not no also but or because
        so if then when to of for with at from out on in is was am are be been were had have has
        can could want wanted would like always often much more year years people work worked
        working done home by about under between without until something someone everything did
        do our their
        """
    )
)


def is_english(text: str) -> bool:
    """Whether a text is English rather than Dutch; what shows neither counts as Dutch."""
    words = _WORDS.findall(text.lower())
    english = sum(word in _ENGLISH for word in words)
    dutch = sum(word in _DUTCH for word in words)
    return english > dutch


_LATIN_WORDS = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
# German, French, Polish, Turkish, Spanish, Portuguese, Italian, Romanian and Somali.
_FOREIGN = frozenset(
    _LATIN_WORDS.findall("""
    ich und der das nicht mit ist ein eine einen habe haben auf für auch sehr gerne gern bin war
    wir sie mir mich meine meinen mein bei oder aber wenn gearbeitet arbeiten arbeite seit jahre
    jahren möchte von zu dem den menschen kinder immer
    je suis et les des une un pas pour avec dans mais sur mes mon ma aime travaillé travailler
    ans ai été j'ai j'aime c'est très vous nous depuis que qui du au aux personnes comme
    jestem nie się z i w na jako mam chcę lubię dla bardzo pracować pracowałam pracowałem lat
    przez oraz ale że do od jest moje ludźmi dziećmi pracy
    ben bir ve için ile çok çalıştım çalışmak istiyorum yıl olarak da bu ama var gibi benim
    seviyorum yaptım insanlarla çocuk çocuklarla yaşlı
    yo soy y el los las una con por para pero muy trabajé trabajar trabajo trabajado años gusta
    quiero tengo mi mis que como niños personas mayores desde también he
    eu sou com para não muito trabalhei trabalhar anos gosto quero tenho crianças meu minha
    sono ho lavorato lavorare per con anni che mi piace molto anche bambini gli nel della
    sunt am lucrat și cu pentru ani vreau să îmi place foarte copii
    waxaan ahay iyo oo ka ku waa aan shaqo shaqeeyay carruurta
    """)
)
_FOREIGN_LETTERS = re.compile(r"[ąćęłńśźżğışßñãõșțěřůőűäåøæ]|[¿¡]")
_OUR_LOOK = re.compile(
    r"ij|sch|aa|ee|oo|oe|ui|eu|uu|th|sh|ck|ng$|er$|en$|je$|tje|tion|ly$|ed$|cht|wh|ght"
)
_ENOUGH = 4
"""Fewer words tell too little."""


def known_language(text: str) -> bool:
    """Whether a text is in Dutch or English, as far as can be told.

    True for fewer than four words, for dialect and for bad spelling: only what is plainly in
    another language, or in another script, is not known.
    """
    letters = [character for character in text if character.isalpha()]
    latin = sum(unicodedata.name(one, "").startswith("LATIN") for one in letters)
    if latin < len(letters) / 2:
        # Some scripts put no space between words.
        return len(letters) < 2 * _ENOUGH
    words = _LATIN_WORDS.findall(text.replace("’", "'").lower())
    if len(words) < _ENOUGH:
        return True
    ours = sum(word in _DUTCH or word in _ENGLISH for word in words)
    foreign = sum(
        (word in _FOREIGN and word not in _DUTCH and word not in _ENGLISH)
        or _FOREIGN_LETTERS.search(word) is not None
        for word in words
    )
    if foreign >= 2 and foreign > 1.5 * ours:
        return False
    # A language without a list here: none of our small words, and words of another build.
    looks = sum(_OUR_LOOK.search(word) is not None for word in words)
    return ours > 0 or len(words) < 2 * _ENOUGH or looks >= len(words) / 4
