"""Which of our two languages a text is in, told by its small words.

Enough to know how far to trust an encoder that learnt one of them; a library that knows a
hundred languages takes a second to load and errs more on a clause of four words.
"""

from __future__ import annotations

import re

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
