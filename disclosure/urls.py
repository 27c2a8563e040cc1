from django.contrib import admin
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

from requests_app.api.nowhere import Nowhere

handler400 = "requests_app.api.problems.bad_request"
handler500 = "requests_app.api.problems.server_error"

READ = ["get", "head"]
api = [
    path("", include("requests_app.api.urls")),
    path("", include("reporting.api.urls")),
    path("schema/", SpectacularAPIView.as_view(http_method_names=READ), name="schema"),
    path(
        "docs/",
        SpectacularSwaggerSplitView.as_view(
            url_name="api:schema", http_method_names=READ
        ),
        name="docs",
    ),
    re_path(r"", Nowhere.as_view()),
]
urlpatterns = [
    path("", RedirectView.as_view(pattern_name="admin:index")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("admin/", admin.site.urls),
    path("api/v1/", include((api, "api"))),
]
