"""文书: the letters that go out, the office's own templates, and what a letter has to know
of its agency: the word in its numbers, the review body and the court by date."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from requests_app.domain.letters import LetterKind
from requests_app.domain.templates import EVERY
from requests_app.domain.vocabulary import Outcome
from requests_app.models.agencies import Agency
from requests_app.models.language import choices
from requests_app.models.requests import DisclosureRequest


class OfAgencyQuerySet(models.QuerySet):
    def visible_to(self, user) -> "OfAgencyQuerySet":
        return self.filter(agency__in=Agency.objects.visible_to(user))


class LetterNumbering(models.Model):
    """发文字号 of an agency; each 文种 counts its own series, apart from the registry."""

    agency = models.OneToOneField(
        Agency, models.PROTECT, verbose_name=_("机关"), related_name="letter_numbering"
    )
    word = models.CharField(
        _("机关代字"), max_length=20, help_text=_("如：云府、云发改")
    )
    pattern = models.CharField(
        _("文号格式"), max_length=60, default="{word}{sort}〔{year}〕{serial}号",
        help_text=_("可用 {word} 机关代字、{sort} 文种、{year} 年度、{serial} 流水号"),
    )  # fmt: skip

    objects = OfAgencyQuerySet.as_manager()

    class Meta:
        verbose_name = _("文书编号")
        verbose_name_plural = pgettext_lazy("plural", "文书编号")
        ordering = ["agency__code"]

    def __str__(self) -> str:
        return f"{self.agency.name} {self.word}"


class RemedyBodyQuerySet(OfAgencyQuerySet):
    def on(self, agency: Agency, day: date) -> "RemedyBody | None":
        """Those of the agency that stood on that day."""
        return self.filter(agency=agency, from_on__lte=day).order_by("from_on").last()


class RemedyBody(models.Model):
    """复议机关和管辖法院 of an agency, from a day on."""

    agency = models.ForeignKey(Agency, models.PROTECT, verbose_name=_("机关"))
    from_on = models.DateField(
        _("自"), help_text=_("2024年起由本级人民政府复议（行政复议法第二十四条）")
    )
    review_body = models.CharField(_("行政复议机关"), max_length=200)
    court = models.CharField(_("管辖法院"), max_length=200)

    objects = RemedyBodyQuerySet.as_manager()

    class Meta:
        verbose_name = _("救济机关")
        verbose_name_plural = pgettext_lazy("plural", "救济机关")
        ordering = ["agency__code", "-from_on"]
        constraints = [
            models.UniqueConstraint(
                name="an_agency_has_one_pair_of_remedy_bodies_from_a_day",
                fields=["agency", "from_on"],
            )
        ]

    def __str__(self) -> str:
        return f"{self.agency.name} {self.from_on}"


class LetterTemplateQuerySet(OfAgencyQuerySet):
    def in_use(self, agency: Agency, kind: str) -> "LetterTemplate | None":
        """The last version; None where the shipped one is in use."""
        last = self.filter(agency=agency, kind=kind).order_by("version").last()
        return last if last and last.stored else None


class LetterTemplate(models.Model):
    """An office's own template, one row a version, never changed: a letter points to the
    version it was made from. A row without a file goes back to the shipped one."""

    agency = models.ForeignKey(Agency, models.PROTECT, verbose_name=_("机关"))
    kind = models.CharField(_("文书"), max_length=32, choices=choices(EVERY))
    version = models.PositiveIntegerField(_("版本"))
    name = models.CharField(_("文件名"), max_length=150, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    stored = models.CharField(max_length=100, blank=True, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+",
        verbose_name=_("上传人"),
    )  # fmt: skip
    made_at = models.DateTimeField(_("上传时间"))

    objects = LetterTemplateQuerySet.as_manager()

    class Meta:
        verbose_name = _("文书模板")
        verbose_name_plural = pgettext_lazy("plural", "文书模板")
        ordering = ["agency__code", "kind", "-version"]
        constraints = [
            models.UniqueConstraint(
                name="a_version_of_a_template_is_one_row",
                fields=["agency", "kind", "version"],
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.version}"


class LetterQuerySet(models.QuerySet["Letter"]):
    def visible_to(self, user) -> "LetterQuerySet":
        visible = DisclosureRequest.objects.visible_to(user)
        return self.filter(disclosure_request__in=visible)

    def answering(self, found: DisclosureRequest | int) -> "LetterQuerySet":
        """Its own, and those of others that answer it too (并案答复)."""
        shared = Letter.also.through.objects.filter(disclosurerequest=found)
        return self.filter(
            Q(disclosure_request=found) | Q(pk__in=shared.values("letter"))
        )

    def standing(self) -> "LetterQuerySet":
        return self.filter(issued_at__isnull=False, voided_at=None)


class Letter(models.Model):
    """A draft until it is issued; from then on its words, number and file stand. Its log
    entry names it by id."""

    disclosure_request = models.ForeignKey(
        DisclosureRequest, models.PROTECT, related_name="letters",
        verbose_name=_("申请"),
    )  # fmt: skip
    #: 并案答复: further requests that the reply answers (`services/together.py`)
    also = models.ManyToManyField(
        DisclosureRequest, related_name="+", verbose_name=_("并案答复")
    )
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    kind = models.CharField(_("文书"), max_length=32, choices=choices(LetterKind))
    outcome = models.CharField(
        _("答复类别"), max_length=32, blank=True, choices=choices(Outcome)
    )
    dated_on = models.DateField(_("成文日期"))
    addressee = models.CharField(_("收件人"), max_length=200, blank=True)
    facts = models.TextField(_("申请事实"))
    decision = models.TextField(_("处理决定"))
    revision = models.PositiveIntegerField(default=1, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+",
        verbose_name=_("拟稿人"),
    )  # fmt: skip
    made_at = models.DateTimeField(_("拟稿时间"))
    revised_by = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="+", verbose_name=_("改稿人")
    )
    # --- written once, when it is issued ---
    number = models.CharField(_("文号"), max_length=100, blank=True)
    template = models.ForeignKey(LetterTemplate, models.PROTECT, null=True)
    sha256 = models.CharField(max_length=64, blank=True)
    stored = models.CharField(max_length=100, blank=True)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+",
        verbose_name=_("签发人"),
    )  # fmt: skip
    issued_at = models.DateTimeField(_("签发时间"), null=True)
    # --- and once, when it is voided: the number is not given again ---
    voided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    voided_at = models.DateTimeField(_("作废时间"), null=True)
    void_reason = models.TextField(_("作废理由"), blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("文书")
        verbose_name_plural = pgettext_lazy("plural", "文书")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="a_letter_is_issued_with_number_and_file",
                condition=Q(issued_at=None, number="", sha256="", stored="")
                | Q(issued_at__isnull=False)
                & ~Q(number="")
                & ~Q(sha256="")
                & ~Q(stored=""),
            ),
            models.UniqueConstraint(
                name="a_letters_number_is_used_once_in_its_agency",
                fields=["agency", "number"],
                condition=~Q(number=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}".strip()

    @property
    def is_draft(self) -> bool:
        return self.issued_at is None

    def answered(self) -> list[DisclosureRequest]:
        """Every request that it answers, its own first."""
        return [self.disclosure_request, *self.also.order_by("pk")]

    def served_version(self) -> "ServedFile | None":
        """The last file that was found clean or cleared: what the reader has in hand."""
        return next((f for f in reversed(self.files.all()) if f.is_clear), None)


class ServedFile(models.Model):
    """盖章件: the stamped scan or signed PDF of a letter, with what the check found."""

    letter = models.ForeignKey(Letter, models.PROTECT, related_name="files")
    name = models.CharField(_("文件名"), max_length=150)
    media_type = models.CharField(_("类型"), max_length=100)
    size = models.PositiveIntegerField(_("字节数"))
    sha256 = models.CharField(max_length=64)
    stored = models.CharField(max_length=100, editable=False)
    findings = models.JSONField(_("检查所见"), default=list)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    uploaded_at = models.DateTimeField(_("上传时间"))
    cleared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    cleared_at = models.DateTimeField(_("核对时间"), null=True)
    clearance = models.TextField(_("核对说明"), blank=True)

    class Meta:
        verbose_name = _("盖章件")
        verbose_name_plural = pgettext_lazy("plural", "盖章件")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="a_letter_keeps_a_file_once", fields=["letter", "sha256"]
            )
        ]

    @property
    def is_clear(self) -> bool:
        return not self.findings or self.cleared_at is not None
