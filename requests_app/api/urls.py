from django.urls import path

from requests_app.api.deadlines import Deadlines

urlpatterns = [
    path("deadlines/", Deadlines.as_view(), name="deadlines"),
]
