"""形式要求: how the applicant wants the information, as the form says it (第二十九条)."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from requests_app.admin.persons import Fact
from requests_app.models import DisclosureRequest, Wording
from requests_app.models.language import spoken


def manner(found: DisclosureRequest) -> Iterator[Fact]:
    """What was asked for; what was left blank is left out."""
    wording = getattr(found, "wording", None)
    told = told_of(wording) if wording else ()
    return (Fact(label=str(label), value=str(value)) for label, value in told if value)


def told_of(wording: Wording) -> Iterator[tuple[str, object]]:
    other = {True: _("可以"), False: _("不可以"), None: ""}
    yield _("索取号"), wording.retrieval_number
    yield _("指定提供方式"), wording.get_provide_as_display()
    yield _("获取信息方式"), wording.get_obtain_by_display()
    yield _("可否接受其他方式"), other[wording.accepts_other]
    yield _("申请时间"), wording.applied_on
    yield _("所需信息的用途"), wording.purpose
    yield _("申请减免费用"), _("是") if wording.fee_waiver else ""


def wanted(found: DisclosureRequest) -> str:
    """第四十条: the reply is given in the form asked for; one line of it for who replies."""
    colon, comma = spoken("：", ": "), spoken("；", "; ")
    asked = manner_of_reply(found)
    return comma.join(f"{fact.label}{colon}{fact.value}" for fact in asked)


def manner_of_reply(found: DisclosureRequest) -> list[Fact]:
    asked = {_("指定提供方式"), _("获取信息方式"), _("可否接受其他方式")}
    return [fact for fact in manner(found) if fact.label in asked]
