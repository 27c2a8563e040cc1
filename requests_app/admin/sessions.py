"""How long a session lives, and that nothing typed is lost when it has ended."""

from collections.abc import Callable

from django.contrib import admin
from django.contrib.auth import login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from requests_app.admin.sign_in import SignInForm
from requests_app.services.sign_in import MUST_ENROL

SEEN = "seen"  # in the session: when somebody last did something, to the minute
NOT_KEPT = {"csrfmiddlewaretoken", "confirm", "username", "password", "code", "to"}


#: what our scripts send along: they ask for a piece of a page, not for a page
FRAGMENT = "X-Fragment"


class Sessions:
    """After the check of the form's token: what is handed back was sent from our pages."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and not request.path.endswith("/progress/"):
            still_here(request)
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs) -> HttpResponse | None:
        start = reverse("admin:index")
        if request.user.is_authenticated:
            return enrol_first(request)
        open_ = {reverse(f"admin:{name}") for name in ("login", "logout", "resume")}
        inside = request.path.startswith(start) and request.path not in open_
        if request.method == "POST" and inside:
            return asked_again(request, SignInForm(request), request.path, request.POST)
        return None


def still_here(request: HttpRequest) -> None:
    """Moves the end of the session, once a minute and not with every page."""
    now = int(timezone.now().timestamp()) // 60
    if request.session.get(SEEN) != now:
        request.session[SEEN] = now


def enrol_first(request: HttpRequest) -> HttpResponse | None:
    """Where the installation requires a second factor, before anything else."""
    if not request.session.get(MUST_ENROL):
        return None
    open_ = {reverse(f"admin:{name}") for name in ("security", "logout", "jsi18n")}
    if request.path in open_ or request.path == reverse("set_language"):
        return None
    if request.path.startswith("/api/"):  # which answers in its own form
        return None
    if request.path.startswith(reverse("admin:index")):
        return redirect("admin:security")
    raise PermissionDenied


def asked_again(request, form: SignInForm, to: str, typed) -> HttpResponse:
    """The sign-in with everything typed beside it: kept in the page, nowhere else. A script
    that asked for a piece of a page is told 401: it would put the sign-in into the form."""
    if request.headers.get(FRAGMENT):
        return HttpResponse(status=401)
    context = {
        "form": form,
        "to": to,
        "kept": kept(typed),
        "files": bool(request.FILES),
        **admin.site.each_context(request),
    }
    return TemplateResponse(request, "requests_app/resume.html", context).render()


def kept(typed) -> list[tuple[str, str]]:
    return [(k, v) for k, values in typed.lists() for v in values if k not in NOT_KEPT]


def resume(request, site) -> HttpResponse:
    """Signed in again: the form goes on where it was, by the user's own click."""
    to = request.POST.get("to", "")
    start = reverse("admin:index")
    ours = to.startswith(start) and url_has_allowed_host_and_scheme(to, None)
    if request.method != "POST" or not ours:
        raise Http404
    form = SignInForm(request, request.POST)
    if not form.is_valid():
        return asked_again(request, form, to, request.POST)
    login(request, form.get_user())
    return handed_back(request, to, _("已重新登录。"))


def handed_back(request, to: str, told: str, status: int = 200) -> HttpResponse:
    context = {
        "to": to,
        "told": told,
        "kept": kept(request.POST),
        "files": bool(request.FILES),
        **admin.site.each_context(request),
    }
    return TemplateResponse(
        request, "requests_app/resumed.html", context, status=status
    ).render()


def stale(request, reason: str = "") -> HttpResponse:
    """The page is older than the last sign-in, as one left open in another tab: what was
    typed is handed back, where the browser says that our own page sent it."""
    ours = f"{request.scheme}://{request.get_host()}"
    open_ = {reverse(f"admin:{name}") for name in ("login", "logout", "resume")}
    inside = request.path.startswith(reverse("admin:index"))
    if request.headers.get("Origin") != ours or not inside or request.path in open_:
        return TemplateResponse(request, "stale.html", status=403).render()
    if not request.user.is_authenticated:
        return asked_again(request, SignInForm(request), request.path, request.POST)
    return handed_back(request, request.path, _("此页打开后又登录过。"), status=403)
