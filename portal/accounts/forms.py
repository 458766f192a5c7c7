"""The forms of Flask-Security, whose fields have our names in the list of what is wrong too."""

from __future__ import annotations

from typing import Any, ClassVar

from flask_babel import lazy_gettext as _l
from flask_security import forms
from flask_security.utils import get_message
from wtforms import EmailField, Field
from wtforms.validators import StopValidation

from portal.forms import PortalForm


class _OurForm:
    labels: ClassVar[dict[str, Any]] = {
        "email": _l("E-mailadres"),
        "password": _l("Wachtwoord"),
        "password_confirm": _l("Nog een keer je wachtwoord"),
        "remember": _l("Laat mij ingelogd op dit apparaat"),
    }

    class Meta(PortalForm.Meta):
        """The library speaks as in our own forms."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        form: Any = self
        for name, label in self.labels.items():
            if name in form:
                form[name].label.text = label


class LoginForm(_OurForm, forms.LoginForm):
    """Sign in."""


class RegisterForm(_OurForm, forms.RegisterFormV2):
    """Make an account."""


class AddressField(EmailField):  # type: ignore[misc]
    """An address of somebody who may have an account.

    Flask-Security clears what is wrong with this field, for that could tell who has an account.
    That nothing was typed, or no address, tells nothing: that stays.
    """

    mistake = ""

    @property
    def errors(self) -> list[str]:
        """What is wrong with it."""
        return [self.mistake] if self.mistake else self._errors

    @errors.setter
    def errors(self, found: list[str]) -> None:
        self._errors = found

    def pre_validate(self, form: forms.Form) -> None:
        """Refuse what is no address, before anybody looks for an account."""
        try:
            forms.EmailValidation(verify=True)(form, self) if self.data else self._refuse()
        except StopValidation as error:
            self.mistake = str(error)
            raise

    def _refuse(self) -> None:
        raise StopValidation(get_message("EMAIL_NOT_PROVIDED")[0])


def _address() -> Field:
    return AddressField(_l("E-mailadres"), [forms.IsString(), forms.valid_user_email])


class ForgotPasswordForm(_OurForm, forms.ForgotPasswordForm):
    """Ask for a mail to choose a new password."""

    email = _address()


class ResetPasswordForm(_OurForm, forms.ResetPasswordForm):
    """Choose a new password."""

    labels: ClassVar[dict[str, Any]] = {**_OurForm.labels, "password": _l("Nieuw wachtwoord")}


class SendConfirmationForm(_OurForm, forms.SendConfirmationForm):
    """Ask for the mail that confirms an address again."""

    email = _address()
