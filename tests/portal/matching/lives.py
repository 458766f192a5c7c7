"""Six short lives in eleven tongues, each the same as the first."""

from __future__ import annotations

from pathlib import Path

import yaml

LIVES: dict[str, list[str]] = yaml.safe_load(
    Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8")
)
