"""常用查询: a combination of the list's filters under a name of the user's own."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class SavedSearchQuerySet(models.QuerySet["SavedSearch"]):
    def visible_to(self, user) -> "SavedSearchQuerySet":
        """One's own, and what colleagues of the same agency share. It is a question only:
        whoever asks sees the answer that lies in their own sight."""
        own = Q(owner=user.pk)
        if user.agency_id is None:
            return self.filter(own)
        return self.filter(own | Q(shared=True, owner__agency=user.agency_id))


class SavedSearch(models.Model):
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="searches"
    )
    name = models.CharField(_("名称"), max_length=60)
    query = models.CharField(max_length=2000)  # as in the list's address
    shared = models.BooleanField(_("本机关共用"), default=False)

    objects = SavedSearchQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("常用查询")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="a_search_is_saved_once_by_its_name", fields=["owner", "name"]
            )
        ]

    def __str__(self) -> str:
        return self.name
