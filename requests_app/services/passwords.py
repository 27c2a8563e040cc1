"""What a password must be: so many characters, of so many kinds."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

KINDS = (str.islower, str.isupper, str.isdigit, lambda c: not c.isalnum())


class ClassesValidator:
    """小写字母、大写字母、数字、符号: as many of the four as the installation asks for."""

    def __init__(self, classes: int = 3) -> None:
        self.classes = classes

    def validate(self, password: str, user=None) -> None:
        has = sum(any(kind(c) for c in password) for kind in KINDS)
        if has < self.classes:
            raise ValidationError(self.get_help_text(), code="too_few_classes")

    def get_help_text(self) -> str:
        told = _("密码须含小写字母、大写字母、数字、符号中的至少 %(n)s 类。")
        return told % {"n": self.classes}
