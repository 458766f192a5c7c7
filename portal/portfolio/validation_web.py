"""The blueprint of signing, which who signs and who asks share."""

from __future__ import annotations

from typing import Final

from flask import Blueprint

blueprint: Final = Blueprint("validations", __name__)
