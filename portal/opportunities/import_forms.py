"""The form that a spreadsheet comes in with."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired

from portal.forms import PortalForm


class UploadForm(PortalForm):
    """One file."""

    file = FileField(_l("Je bestand"), [FileRequired(_l("Kies eerst een bestand."))])
