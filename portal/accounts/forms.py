"""The forms of Flask-Security, whose fields have our names in the list of what is wrong too."""

from __future__ import annotations

from typing import Any, ClassVar, Final

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_security import forms
from flask_security.recovery_codes import MfRecoveryForm
from flask_security.utils import get_message
from wtforms import EmailField, Field, HiddenField, PasswordField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, StopValidation

from portal.forms import PortalForm
from portal.languages import languages
from portal.opportunities.fields import LineField, OneField

NAME_LENGTH: Final = 160
PASSWORD_LENGTH: Final = 1000


def _is_name(form: object, field: Field) -> None:
    """Refuse what nobody can be called."""
    if not any(character.isalpha() for character in field.data or ""):
        raise StopValidation(_("Vul je naam in."))


def _is_short(form: object, field: Field) -> None:
    """Refuse a password that is a book."""
    if len(field.data or "") > PASSWORD_LENGTH:
        field.data = ""
        raise StopValidation(_("Maak je wachtwoord korter dan 1.000 tekens."))


class _OurForm:
    labels: ClassVar[dict[str, Any]] = {
        "email": _l("E-mailadres"),
        "password": _l("Wachtwoord"),
        "password_confirm": _l("Nog een keer je wachtwoord"),
        "new_password": _l("Nieuw wachtwoord"),
        "new_password_confirm": _l("Nog een keer je nieuwe wachtwoord"),
        "remember": _l("Laat mij ingelogd op dit apparaat"),
        "code": _l("Code"),
    }

    class Meta(PortalForm.Meta):
        """The library speaks as in our own forms."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        form: Any = self
        for name, label in self.labels.items():
            if name in form:
                form[name].label.text = label
        for field in form:
            if isinstance(field, PasswordField):
                # Longer ones are refused by what computes the hash, with an error of its own.
                field.validators = [*field.validators, _is_short]


class LoginForm(_OurForm, forms.LoginForm):
    """Sign in; who came for no page in particular goes to their own."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        # Else the library would come back here after the code of a second factor.
        self.next.data = self.next.data or url_for("accounts.after_sign_in")


class RegisterForm(_OurForm, forms.RegisterFormV2):
    """Make an account. `keep` is the token of a quick match that goes along."""

    labels: ClassVar[dict[str, Any]] = {**_OurForm.labels}
    name = LineField(_l("Naam"), [_is_name, Length(max=NAME_LENGTH)])
    keep = HiddenField(default="")


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


class PasswordForm(_OurForm, forms.ChangePasswordForm):
    """Choose another password, with the one of now."""

    labels: ClassVar[dict[str, Any]] = {**_OurForm.labels, "password": _l("Wachtwoord van nu")}


class CodeForm(_OurForm, forms.TwoFactorVerifyCodeForm):
    """The code of an authenticator app, at signing in."""


class RecoveryForm(_OurForm, MfRecoveryForm):
    """A recovery code, for who has no phone at hand."""

    labels: ClassVar[dict[str, Any]] = {**_OurForm.labels, "code": _l("Herstelcode")}
    code = LineField(_l("Herstelcode"), [DataRequired(message=_l("Typ een van je herstelcodes."))])

    def validate(self, **kwargs: object) -> bool:
        """Read the code as people type it over."""
        self.code.data = (self.code.data or "").lower()
        return bool(super().validate(**kwargs))


class AccountForm(PortalForm):
    """The name of an account and the language of its mail."""

    name = LineField(_l("Naam"), [_is_name, Length(max=NAME_LENGTH)])
    language = OneField(_l("Taal van je mail"))

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.language.choices = [
            # Each in its own language, for who cannot read the others.
            SelectChoice(one.code, one.name, render_kw={"lang": one.tag})
            for one in languages().values()
        ]


class ProveForm(PortalForm):
    """The password once more, before something that keeps others out or lets them in."""

    password = PasswordField(
        _l("Wachtwoord"), [DataRequired(message=_l("Vul je wachtwoord in.")), _is_short]
    )


class SecondFactorForm(ProveForm):
    """The first code of an authenticator app, with the password."""

    code = LineField(
        _l("Code uit de app"), [DataRequired(message=_l("Typ de zes cijfers uit je app."))]
    )
