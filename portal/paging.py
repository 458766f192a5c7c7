"""The pages of a list."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

Link = tuple[int | None, str, bool]
"""Number, address, and whether it is this page; None and no address for a gap."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pages:
    """Where in a list somebody is, and the way to the other pages."""

    number: int
    count: int
    total: int
    size: int
    links: tuple[Link, ...] = ()
    prev_url: str = ""
    next_url: str = ""

    @property
    def has_prev(self) -> bool:
        """Whether there is a page before this one."""
        return self.number > 1

    @property
    def has_next(self) -> bool:
        """Whether there is a page after this one."""
        return self.number < self.count

    @property
    def offset(self) -> int:
        """How many of the list come before this page."""
        return (self.number - 1) * self.size


def wanted_page(text: str | None) -> int:
    """Read the number of a page; anything that is none means the first."""
    digits = (text or "").strip()
    return max(1, int(digits)) if digits.isdecimal() and len(digits) < 8 else 1


def paginate(total: int, wanted: int, *, size: int, url: Callable[[int], str]) -> Pages:
    """Return the pages of `total` things; who asks for one past the end gets the last."""
    count = max(1, -(-total // size))
    number = min(max(1, wanted), count)
    near = sorted({1, count, *range(max(1, number - 2), min(count, number + 2) + 1)})
    links: list[Link] = []
    for before, page in zip([0, *near], near, strict=False):
        if page > before + 1:
            links.append((None, "", False))
        links.append((page, url(page), page == number))
    return Pages(
        number=number,
        count=count,
        total=total,
        size=size,
        links=tuple(links),
        prev_url=url(number - 1) if number > 1 else "",
        next_url=url(number + 1) if number < count else "",
    )
