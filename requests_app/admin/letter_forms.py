"""The forms of a letter: which one, its words, its stamped copy, why it is voided."""

from collections.abc import Iterator

from django import forms
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from requests_app.admin.act_forms import DayInput
from requests_app.domain.letters import SHAPES, LetterKind
from requests_app.domain.vocabulary import Outcome, Term, term
from requests_app.models import DisclosureRequest, Letter
from requests_app.models.language import spoken

Chosen = tuple[LetterKind, Outcome | None]
Group = tuple[str, list[tuple[str, str]]]


def said(told: Term) -> str:
    return spoken(told.zh, told.en)


def which_of() -> Iterator[Group]:
    """The steps of the work, then a reply for each outcome."""
    steps = [k for k, shape in SHAPES.items() if not shape.outcomes]
    yield _("办理中的文书"), [(kind.value, said(kind)) for kind in steps]
    yield (
        _("答复"),
        [
            (chosen_as(kind, outcome), f"{said(kind)} · {said(outcome)}")
            for kind, shape in SHAPES.items()
            for outcome in shape.outcomes
        ],
    )


def chosen_as(kind: LetterKind, outcome: Outcome | None) -> str:
    return f"{kind.value}:{outcome.value}" if outcome else kind.value


class NewLetterForm(forms.Form):
    which = forms.ChoiceField(label=gettext_lazy("文书"))

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["which"].choices = list(which_of())

    def chosen(self) -> Chosen:
        return read(self.cleaned_data["which"])

    def offered(self) -> Chosen | None:
        """What it is drawn with; None where nothing, or no such letter, was asked for."""
        which = self.initial.get("which", "")
        known = [key for _group, rows in which_of() for key, _label in rows]
        return read(which) if which in known else None


def read(which: str) -> Chosen:
    kind, _colon, outcome = which.partition(":")
    return term(LetterKind, kind), term(Outcome, outcome) if outcome else None


def new_letter(
    found: DisclosureRequest, kind: LetterKind, outcome: Outcome | None
) -> str:
    """Where it is drafted, with nothing left to choose."""
    at = reverse("admin:requests_app_disclosurerequest_letter_new", args=[found.pk])
    return f"{at}?{urlencode({'which': chosen_as(kind, outcome)})}"


def chinese(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "lang": "zh"})


class DraftForm(forms.ModelForm):
    seen = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = Letter
        fields = ("dated_on", "addressee", "facts", "decision")
        widgets = {
            "dated_on": DayInput(),
            "facts": chinese(3),
            "decision": chinese(8),
        }
        help_texts = {
            "decision": gettext_lazy("【】内的内容须填写；另起一行即另起一段"),
            "dated_on": gettext_lazy("法律依据和救济条款按成文日期"),
        }

    def __init__(self, *args, instance: Letter, **kwargs) -> None:
        first = {"seen": instance.revision}
        super().__init__(*args, instance=instance, initial=first, **kwargs)
        self.fields["addressee"].required = False


class StampedForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("盖章扫描件或签名 PDF"),
        help_text=gettext_lazy("PDF、JPG、PNG、DOCX、OFD，10 MB 以内；上传时即检查"),
    )


class WhyForm(forms.Form):
    """Whoever clears a finding or voids a letter says why."""

    text = forms.CharField(max_length=4000, widget=forms.Textarea(attrs={"rows": 2}))
