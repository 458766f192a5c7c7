"""In which language somebody wrote, as far as its small words and its script tell.

A guess for a label beside what was measured, never a reason to refuse a text. Only languages
that are plainly told apart are named; for any other the answer is empty.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from typing import Final

WORD: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_ENOUGH: Final = 2
"""One small word may be a name, or a title that somebody quotes."""
_SMALL_WORDS: Final[Mapping[str, str]] = {
    "nl": "ik het een en van niet met voor heb mijn wil graag bij ook naar maar zijn jaar werk "
    "mensen te dat hem haar daarna deed",
    "en": "i the and of to with for my not worked have a would like want people was years also "
    "but at them her who did",
    # Its neighbours would not like to hear that they wrote German.
    "li": "ich höb han mien mit gaer jraag veur häör neet waor jaor d'n 'ne sjoon auw luuj kinger "
    "kinjer gewirk altied ummer 't mieng oug waar dèks dik sjpelkes",
    "de": "ich und nicht mit für auch habe der das dem den eine einen sehr gern gerne möchte wir "
    "war von bei menschen jahre seit zu im",
    "fr": "je suis et les des une pas pour avec dans mais très nous du au aux sur mes mon ma qui "
    "que j'ai j'aime ans travaillé",
    "es": "yo soy y los las una con por para muy trabajé quiero tengo años que mis he mi la el "
    "les del",
    "pt": "eu sou com não muito trabalhei gosto quero anos tenho uma meu minha em para os do da",
    "it": "sono ho lavorato per con che molto anche gli nel della anni mia mio piace di il",
    "pl": "jestem nie się w na jako mam chcę dla przez oraz lat z i do jest bardzo lubię mojej "
    "jej nimi",
    "tr": "ve bir için ile çok ben olarak bu yıl istiyorum severim onlarla büyük eskiden bana "
    "anneme",
    "ro": "sunt am și cu pentru ani vreau să în foarte la mea meu copii îmi",
}
_SCRIPTS: Final[Mapping[str, str]] = {"ARABIC": "ar", "GREEK": "el", "CJK": "zh"}
_LETTERS: Final[Mapping[str, tuple[str, str]]] = {
    # Letters that one language of a script has and its neighbours have not. To call somebody's
    # Ukrainian Russian would hurt, so without such a letter neither is named.
    "uk": ("CYRILLIC", "іїєґ"),
    "ru": ("CYRILLIC", "ыэъё"),
    "fa": ("ARABIC", "پچژگ"),
}
IN_OWN_WORDS: Final[Mapping[str, str]] = {
    "de": "Wir verstehen nur Niederländisch und Englisch gut. Schreib bitte in einer dieser "
    "Sprachen. Auch einzelne Wörter helfen.",
    "fr": "Nous comprenons bien seulement le néerlandais et l’anglais. Écris dans une de ces "
    "langues. Quelques mots suffisent.",
    "es": "Solo entendemos bien el neerlandés y el inglés. Escribe en uno de estos idiomas. "
    "También ayudan palabras sueltas.",
    "pt": "Só entendemos bem neerlandês e inglês. Escreve numa destas línguas. Palavras soltas "
    "também ajudam.",
    "it": "Capiamo bene solo l’olandese e l’inglese. Scrivi in una di queste lingue. Bastano "
    "anche poche parole.",
    "pl": "Dobrze rozumiemy tylko niderlandzki i angielski. Napisz w jednym z tych języków. "
    "Wystarczą pojedyncze słowa.",
    "tr": "Yalnızca Felemenkçe ve İngilizceyi iyi anlıyoruz. Lütfen bu dillerden birinde yaz. "
    "Tek tek kelimeler de yeterli.",
    "ro": "Înțelegem bine doar neerlandeza și engleza. Scrie într-una dintre aceste limbi. Ajută "
    "și câteva cuvinte.",
    "uk": "Ми добре розуміємо лише нідерландську та англійську. Напиши однією з цих мов. "
    "Достатньо окремих слів.",
    "ru": "Мы хорошо понимаем только нидерландский и английский. Напиши на одном из этих языков. "
    "Хватит и отдельных слов.",
    "ar": "نفهم الهولندية والإنجليزية فقط جيدًا. اكتب بإحدى هاتين اللغتين. حتى كلمات قليلة تكفي.",
    "fa": "ما فقط هلندی و انگلیسی را خوب می‌فهمیم. لطفاً به یکی از این زبان‌ها بنویس. چند کلمه هم کافی است.",  # noqa: E501 - cut in two it is read in the wrong order
    "zh": "我们只能很好地理解荷兰语和英语。请用其中一种语言书写，几个词也可以。",
}
"""What to do, for who reads neither Dutch nor English easily; shown whatever the page speaks."""


def written_in(text: str) -> str:
    """Return the code of the language of a text; empty when it does not tell."""
    words = [word.replace("’", "'") for word in WORD.findall(text.lower())]
    letters = [letter for word in words for letter in word if letter.isalpha()]
    if not letters:
        return ""
    script, number = Counter(_script(letter) for letter in letters).most_common(1)[0]
    if script != "LATIN":
        return _of_script(script, letters) if number > len(letters) / 2 else ""
    counts = sorted(
        ((sum(word in small for word in words), code) for code, small in _SMALL.items()),
        reverse=True,
    )
    (most, code), (next_most, _other) = counts[:2]
    # Two languages side by side are a mixture, and no label fits it.
    return code if most >= _ENOUGH and most > 1.5 * next_most else ""


_SMALL: Final = {code: frozenset(WORD.findall(words)) for code, words in _SMALL_WORDS.items()}


def _script(letter: str) -> str:
    return unicodedata.name(letter, "").partition(" ")[0]


def _of_script(script: str, letters: list[str]) -> str:
    for code, (of_script, own) in _LETTERS.items():
        if script == of_script and any(letter in own for letter in letters):
            return code
    return _SCRIPTS.get(script, "")
