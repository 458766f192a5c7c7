"""Tests. Nothing of the portal is imported before it knows that it is under test."""

import os
import tempfile

VAR = tempfile.TemporaryDirectory(prefix="bekwaam-test-")
os.environ |= {"BEKWAAM_ENV": "test", "BEKWAAM_VAR": VAR.name}
# The PostgreSQL of the tests keeps its lock here.
os.environ.setdefault("XDG_RUNTIME_DIR", VAR.name)
for name in ("DATABASE_URL", "SECRET_KEY", "SECURITY_PASSWORD_SALT", "SECURITY_TOTP_SECRETS"):
    os.environ.pop(name, None)
