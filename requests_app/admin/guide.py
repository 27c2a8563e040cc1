"""办理指引 on the request page: a question at a time, each answer an entry of the log."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html, strip_tags
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wireup import Injected
from wireup.integration.django import inject_app

from requests_app.admin.acts import entries_of, in_sight, repeated, since
from requests_app.admin.letter_acts import HERE
from requests_app.admin.letter_forms import new_letter
from requests_app.admin.wording import DONE_ALREADY, happening, refused, said, sentence
from requests_app.dependencies import Dependencies
from requests_app.domain import guide, lifecycle
from requests_app.domain.events import Replied, StepDecided, SubmittedForReview
from requests_app.domain.grounds import article
from requests_app.domain.guide import Course, Step
from requests_app.domain.guide_evidence import written
from requests_app.domain.lifecycle import Stage
from requests_app.domain.regimes import NotAllowed
from requests_app.domain.vocabulary import Outcome
from requests_app.models import DisclosureRequest, LogEntry, Staff
from requests_app.models.language import heard
from requests_app.models.requests import in_legal_order
from requests_app.services import guidance, letters, offers
from requests_app.services.guidance import answered, course_of
from requests_app.services.recording import RecordedMeanwhile

GUIDE = "admin:requests_app_disclosurerequest_guide"
ACT = "admin:requests_app_disclosurerequest_act"


class StepForm(forms.Form):
    choice = forms.ChoiceField(label=gettext_lazy("选择"), widget=forms.RadioSelect)

    def __init__(self, *args, step: Step, on, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["choice"].choices = [
            (c.key, worded(heard(c.said), c.article))
            for c in guide.choices_on(step, on)
        ]
        self.step = step
        for field in step.evidence:
            self.fields[field.key] = forms.CharField(
                label=heard(field.said),
                required=step.always_weighed,
                max_length=1500,
                widget=forms.Textarea(attrs={"rows": 2}),
            )
        self.fields["remark"] = forms.CharField(
            label=_("说明"),
            required=False,
            max_length=2000,
            widget=forms.Textarea(attrs={"rows": 3}),
        )

    def clean(self):
        """What is told to be elsewhere, or asked of others first, is not weighed yet."""
        cleaned = super().clean()
        chosen = self.step.choice(cleaned.get("choice", ""))
        if self.step.always_weighed or chosen is None or not chosen.weighed:
            return cleaned
        for field in self.step.evidence:
            if not cleaned.get(field.key) and field.key not in self.errors:
                self.add_error(
                    field.key,
                    _("作此答复须写明权衡的理由（%(article)s）。")
                    % {"article": self.step.article},
                )
        return cleaned


def worded(told: str, article: str) -> str:
    """An article is quoted in Chinese whoever reads."""
    if not article:
        return told
    return format_html('{}<span lang="zh">（{}）</span>', told, article)


@dataclass(frozen=True, kw_only=True)
class Told:
    """A step as the page lists it: what was answered last, by whom and when."""

    step: Step
    answer: str
    entry: LogEntry | None
    here: bool


@inject_app
def page(request, pk: int, site, deps: Injected[Dependencies], step: str = ""):
    """A question; without one, where the answers lead so far."""
    found = in_sight(request, pk)
    if step and step not in guide.BY_KEY:
        raise Http404
    if not offers.entrusted(request.user, StepDecided) or not offers.acts_here(
        request.user, found
    ):
        raise PermissionDenied
    entries = entries_of(found)
    open_ = is_open(found, entries, request.user, deps)
    if step and not open_:
        return redirect(GUIDE, found.pk)
    answers = answered(entries)
    context = {
        **site.each_context(request),
        "title": f"{_('办理指引')} · {found}",
        "found": found,
        "open": open_,
        "steps": list(told(answers, step)),
        "course": course_of(answers),
        "answered": bool(answers),
        "seen": entries[-1].sequence,
    }
    if step:
        answer = ask(request, found, guide.BY_KEY[step], entries, context, deps)
        if answer is not None:
            return answer
    else:
        context |= led_to(context["course"], found, entries, request.user, deps)
        context["letters"] = list(going_out(context["course"], found, request.user))
    return TemplateResponse(request, "requests_app/guide.html", context)


def is_open(
    found: DisclosureRequest,
    entries: Sequence[LogEntry],
    user: Staff,
    deps: Dependencies,
) -> bool:
    """Whether the user may answer now, by the Regulations whose questions these are."""
    known = deps.clock.today() >= guide.FIRST_DAY
    return known and StepDecided in offers.offered(found, entries, user=user, deps=deps)


def told(answers: Mapping[str, LogEntry], here: str):
    for step in guide.STEPS:
        entry = answers.get(step.key)
        choice = step.choice(entry.details["choice"]) if entry else None
        yield Told(
            step=step,
            answer=heard(choice.said) if choice else "",
            entry=entry,
            here=step.key == here,
        )


def ask(request, found, step: Step, entries, context, deps: Dependencies):
    """Records the answer and goes on, or fills `context` to draw the question again with
    everything typed."""
    form = StepForm(request.POST or None, step=step, on=deps.clock.today())
    meanwhile = since(entries, request.POST.get("seen"))
    if request.method == "POST" and form.is_valid():
        event = StepDecided(
            on=deps.clock.today(), step=step.key, choice=form.cleaned_data["choice"]
        )
        if repeated(meanwhile, event, request.user, deps):
            messages.info(request, DONE_ALREADY)
            return onward(found)
        text = written(step, form.cleaned_data, form.cleaned_data["remark"])
        if not meanwhile:
            try:
                guidance.answer(
                    found, event, by=request.user, deps=deps, evidence=text,
                    seen=entries[-1].sequence,
                )  # fmt: skip
                return onward(found)
            except RecordedMeanwhile as error:
                meanwhile = list(error.entries)
            except NotAllowed as error:
                form.add_error(None, refused(error))
    context |= {
        "step": step,
        "form": form,
        "meanwhile": [(sentence(e), e) for e in meanwhile],
    }
    if meanwhile:
        context["seen"] = meanwhile[-1].sequence
    return None


def onward(found: DisclosureRequest):
    """To the next open question, or to where the answers lead."""
    course = course_of(answered(entries_of(found)))
    if course.next is None:
        return redirect(GUIDE, found.pk)
    return redirect(f"{GUIDE}_step", found.pk, course.next.key)


def led_to(
    course: Course,
    found: DisclosureRequest,
    entries: Sequence[LogEntry],
    user: Staff,
    deps: Dependencies,
) -> dict[str, str]:
    """What is proposed, and the act that does it where the user may do it now."""
    now = lifecycle.standing(in_legal_order(entries), deps.calendar)
    act = course.act
    asked: dict[str, str] = {}
    needs_no_review = course.outcome in offers.WITHOUT_LETTER
    if course.outcome and (now.stage is Stage.REVIEWED or needs_no_review):
        act, asked = Replied, {"outcome": course.outcome.value}
    elif act is SubmittedForReview and course.outcome:
        asked = {
            "outcome": course.outcome.value,
            "remark": strip_tags(proposal(course.outcome, deps)),
        }
    context = {"proposed": proposal(course.outcome, deps) if course.outcome else ""}
    if act and act in offers.offered(found, entries, user=user, deps=deps):
        url = reverse(ACT, args=[found.pk, act.kind])
        context |= {
            "act": happening(act),
            "act_url": f"{url}?{urlencode(asked)}" if asked else url,
        }
    return context


def proposal(outcome: Outcome, deps: Dependencies) -> str:
    return worded(said(outcome), article(outcome, deps.clock.today()))


@dataclass(frozen=True, kw_only=True)
class GoingOut:
    """A letter that the answers lead to: the one there is, or where it is drafted."""

    name: str
    url: str
    drafted: bool


def going_out(
    course: Course, found: DisclosureRequest, user: Staff
) -> Iterator[GoingOut]:
    makes = letters.makes(user, found)
    for kind, outcome in course.letters:
        one = letters.last_of(found, kind, outcome)
        url = reverse(HERE, args=[found.pk, one.pk]) if one else ""
        if makes and one is None:
            url = new_letter(found, kind, outcome)
        yield GoingOut(name=said(kind), url=url, drafted=one is not None)
