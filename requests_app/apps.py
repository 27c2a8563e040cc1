from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class RequestsConfig(AppConfig):
    name = "requests_app"
    verbose_name = _("依申请公开")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from requests_app.management.shipped import load_after_migrate
        from requests_app.models.protection import install_after_migrate

        post_migrate.connect(install_after_migrate, sender=self)
        post_migrate.connect(load_after_migrate, sender=self)
