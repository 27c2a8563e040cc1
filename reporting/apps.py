from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class ReportingConfig(AppConfig):
    name = "reporting"
    verbose_name = _("统计与年度报告")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from reporting.models import protection, sealed

        for kept in (protection, sealed):
            post_migrate.connect(kept.install_after_migrate, sender=self)
