"""The blueprint that both files of routes belong to."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("organisations", __name__)
