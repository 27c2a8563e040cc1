"""What the lists are narrowed by, beside the columns with choices of their own."""

from datetime import date

from django.contrib.admin import SimpleListFilter
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import RangeDateFilter
from unfold.contrib.filters.forms import RangeDateForm

from requests_app.domain.vocabulary import AppealResult
from requests_app.models.language import spoken


class NamedDays(RangeDateForm):
    """Two boxes without labels say what they are to whoever hears the page."""

    def __init__(self, name: str, *args, **kwargs) -> None:
        super().__init__(name, *args, **kwargs)
        for end, told in (("from", _("自何日起")), ("to", _("至何日止"))):
            self.fields[f"{name}_{end}"].widget.attrs["aria-label"] = told


class DaysFilter(RangeDateFilter):
    form_class = NamedDays

    def in_words(self) -> str:
        first, last = (
            self.used_parameters.get(f"{self.parameter_name}_{end}")
            for end in ("from", "to")
        )
        return f"{first or '…'} – {last or '…'}" if first or last else ""


class CountedFilter(SimpleListFilter):
    """2018-upheld: the disputes that stood so at the end of that year, each counted once."""

    title = _("年末结果")
    parameter_name = "counted"

    def lookups(self, request, model_admin):
        told = request.GET.get(self.parameter_name, "")
        year, _dash, result = told.partition("-")
        if not told:
            return []
        known = year.isdecimal() and len(year) == 4 and result in list(AppealResult)
        if not known:
            return [(told, "—")]
        return [
            (told, f"{year} {spoken(AppealResult(result).zh, AppealResult(result).en)}")
        ]

    def queryset(self, request, queryset):
        told = self.value()
        if not told:
            return queryset
        year, _dash, result = told.partition("-")
        if not year.isdecimal() or len(year) != 4 or result not in list(AppealResult):
            return queryset.none()
        start, end = date(int(year), 1, 1), date(int(year), 12, 31)
        counted = queryset.without_co_defendants().last_instance_by(end)
        if result == AppealResult.PENDING:
            undecided = Q(decided_on=None) | Q(decided_on__gt=end)
            return counted.filter(undecided, filed_on__lte=end)
        return counted.filter(decided_on__range=(start, end), result=result)
