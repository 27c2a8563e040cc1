"""The product's addresses with the bare views beside them; apart from `bare.py`, which the
container imports before the admin's pages are known."""

from django.urls import include, path

from benchmarks.bare import Bare, BareStatus
from disclosure.urls import urlpatterns as ours

urlpatterns = [
    path("bare/", Bare.as_view()),
    path("bare/<str:reference>/", BareStatus.as_view()),
    path("", include(ours)),
]
