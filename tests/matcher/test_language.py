"""Dutch and English are known, in dialect and misspelt too; what is neither is told."""

from __future__ import annotations

import pytest

from matcher.language import known_language

KNOWN = [
    "Ik heb jaren voor mijn moeder gezorgd en kook graag.",
    "I like cooking for other people, and I worked in a kitchen.",
    "ik heb jaare gewerk in keuke en vin koke leuk",
    "ik werken veel in restaurant, ik goed koken, ik wil leren",
    "Ich han ummer jraag jekaokt veur de kinjer en de auw luuj in 't dorp",
    "mien moeder heb ik altied verzorgd en ich kook gaer",
    "Ik sprak Duits: ich habe, und, nicht, mit. Verder deed ik de kassa en de winkel.",
    "kok bakker schilder timmerman loodgieter kelner chauffeur schoonmaker",
    "koken",
    "Kuche putzen",
    "",
    "😀 --",
]
FOREIGN = [
    "Ich habe zwanzig Jahre in einem Restaurant gearbeitet und koche gerne.",
    "Haben gearbeitet als Koch",
    "J’ai travaillé dix ans dans un restaurant avec des enfants",
    "Pracowałam w kuchni dziesięć lat i lubię gotować",
    "On yıl boyunca bir mutfakta çalıştım ve yemek yapmayı seviyorum",
    "He trabajado diez años en una cocina con niños",
    "Am lucrat zece ani într-o bucătărie și îmi place să gătesc",
    "Waxaan ahay nin ka shaqeeyay jikada toban sano",
    "أنا عملت في المطبخ عشر سنوات",
    "Я работала на кухне десять лет",
    "我在厨房工作了十年我喜欢做饭",
    "አስር ዓመት በኩሽና ውስጥ ሰርቻለሁ",
    # No list for it: none of our small words is told too.
    "Olen työskennellyt keittiössä kymmenen vuotta ja pidän ruoanlaitosta",
]


@pytest.mark.parametrize("text", KNOWN)
def test_dutch_and_english_are_known(text: str):
    assert known_language(text)


@pytest.mark.parametrize("text", FOREIGN)
def test_another_language_is_told(text: str):
    assert not known_language(text)


def test_a_few_words_tell_too_little():
    assert known_language("Ich habe gearbeitet")
    assert known_language("кухня")
