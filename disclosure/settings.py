"""Settings, all from the environment (INTERFACES §6); an empty variable is an absent one."""

import os
from datetime import timedelta
from ipaddress import ip_network
from pathlib import Path

import dj_database_url
from django.core.exceptions import ImproperlyConfigured
from django.templatetags.static import static
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from wireup.integration.django import WireupSettings

from disclosure.release import release

BASE_DIR = Path(__file__).resolve().parent.parent


def env(name: str, default: str = "") -> str:
    return os.environ.get(name) or default


def pairs(name: str) -> dict[str, str]:
    """`a=1,b=2` as a mapping."""
    told = [word.partition("=") for word in env(name).split(",") if word.strip()]
    if not all(key.strip() and value.strip() for key, _, value in told):
        raise ImproperlyConfigured(f"{name} is not a list like a=1,b=2: {env(name)}")
    return {key.strip(): value.strip() for key, _, value in told}


DEBUG = env("DEBUG").lower() in {"1", "true", "yes", "on"}


def secret(name: str, in_development: str) -> str:
    """A secret; with DEBUG on, a missing one gets a development value."""
    value = env(name, in_development if DEBUG else "")
    if not value:
        raise ImproperlyConfigured(
            f"{name} is not set. Set it in the environment, or DEBUG=1 for a try-out."
        )
    return value


SECRET_KEY = secret("SECRET_KEY", "development-only-" + "x" * 40)
FIELD_ENCRYPTION_KEYS = secret("FIELD_ENCRYPTION_KEYS", "development-only").split(",")
ALLOWED_HOSTS = [
    h.strip() for h in env("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
]

DATABASES = {
    "default": dj_database_url.parse(
        env("DATABASE_URL", f"sqlite:///{BASE_DIR / 'db.sqlite3'}"),
        conn_max_age=0,
    )
}
if DATABASES["default"]["ENGINE"].endswith("postgresql"):
    DATABASES["default"].setdefault("OPTIONS", {})["pool"] = {
        "min_size": 1,
        "max_size": 8,
        "timeout": 5,  # then the database counts as away
    }
else:
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
    }

REDIS_URL = env("REDIS_URL")
CELERY_BROKER_URL = REDIS_URL or None
CELERY_TASK_ALWAYS_EAGER = not REDIS_URL
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_TIME_LIMIT = 1800
CELERY_TASK_IGNORE_RESULT = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 3600,  # longer than the longest task (MEASURED B1)
    "unacked_restore_interval": 1,
    "unacked_restore_throttle": 1,
    "socket_connect_timeout": 2,  # a bell that cannot ring holds up no act of the office
}
CELERY_TIMEZONE = "Asia/Shanghai"
CELERY_TASK_DEFAULT_QUEUE = env("CELERY_QUEUE", "disclosure")

INSTALLED_APPS = [
    "wireup.integration.django",
    "unfold",
    "unfold.contrib.filters",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "requests_app.apps.RequestsConfig",
    "reporting.apps.ReportingConfig",
]
MIDDLEWARE = [
    "disclosure.health.health",
    "wireup.integration.django.wireup_middleware",
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "requests_app.admin.addresses.no_nul",
    "requests_app.admin.sessions.Sessions",
    "axes.middleware.AxesMiddleware",
]
if not DEBUG:  # with DEBUG on, Django itself serves what is not collected yet
    MIDDLEWARE.insert(3, "whitenoise.middleware.WhiteNoiseMiddleware")
WIREUP = WireupSettings(injectables=["disclosure.wiring"], auto_inject_views=False)

ROOT_URLCONF = "disclosure.urls"
WSGI_APPLICATION = "disclosure.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [  # before unfold's own
            BASE_DIR / "requests_app" / "templates",
            BASE_DIR / "reporting" / "templates",
        ],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "requests_app.admin.banners.banners",
            ]
        },
    }
]
AUTH_USER_MODEL = "requests_app.Staff"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "requests_app.services.backend.StaffBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": int(env("PASSWORD_LENGTH", "10"))},
    },
    {
        "NAME": "requests_app.services.passwords.ClassesValidator",
        "OPTIONS": {"classes": int(env("PASSWORD_CLASSES", "3"))},
    },
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
#: five failures shut out the pair of account and address, so that nobody can shut out an
#: office's last administrator from everywhere
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=30)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_CLIENT_IP_CALLABLE = "requests_app.services.sign_in.address"
AXES_LOCKOUT_CALLABLE = "requests_app.admin.sign_in.locked"
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
OTP_TOTP_ISSUER = "依申请公开"
#: roles (and `superuser`) that have to enrol a second factor: "office_head,superuser"
SECOND_FACTOR_ROLES = [r.strip() for r in env("SECOND_FACTOR_ROLES").split(",") if r]


def kept(name: str, default: int, least: int) -> timedelta:
    """For how many days rows are kept; fewer than the least is refused."""
    told = env(name, str(default))
    if not told.isdigit() or int(told) < least:
        raise ImproperlyConfigured(
            f"{name} is {told!r}: give whole days, {least} or more."
        )
    return timedelta(days=int(told))


API_ANSWERS_KEPT = kept("API_ANSWERS_DAYS", 90, least=7)
API_CALLS_KEPT = kept("API_CALLS_DAYS", 365, least=184)  # 网络安全法第二十一条第三项

#: networks that are not public and may be called back all the same, without TLS too
CALLBACK_NETWORKS = [
    ip_network(told.strip()) for told in env("CALLBACK_NETWORKS").split(",") if told
]

#: lines of the 2018 form chosen by this office: "repeated=3.3.1,petition=3.3.5"
LINES_2018 = pairs("LINES_2018")

#: of the software, named in every report that is signed
RELEASE = release(BASE_DIR / "pyproject.toml", env("RELEASE_COMMIT"))

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
STATIC_URL = "static/"
STATIC_ROOT = env("STATIC_ROOT", str(BASE_DIR / "staticfiles"))
MEDIA_ROOT = env("MEDIA_ROOT", str(BASE_DIR / "media"))
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"
CSRF_FAILURE_VIEW = "requests_app.admin.sessions.stale"
SECURE_CONTENT_TYPE_NOSNIFF = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = int(env("IDLE_MINUTES", "30")) * 60
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "requests_app.api.authentication.StaffSession",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_PARSER_CLASSES": ["requests_app.api.parsers.StrictJSON"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_SCHEMA_CLASS": "requests_app.api.schema.Schema",
    "EXCEPTION_HANDLER": "requests_app.api.problems.handle",
    "NUM_PROXIES": int(env("TRUSTED_PROXIES", "0")),
    "URL_FORMAT_OVERRIDE": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "依申请公开接口 (disclosure on request)",
    "DESCRIPTION": (
        "依照《政府信息公开条例》（国务院令第711号）办理依申请公开：提出申请（第二十九条）、"
        "收到之日（第三十一条）、补正（第三十条）、答复期限（第三十三条）、年度报告（第五十条）。"
        "平台以密钥、工作人员以会话调用；错误一律为 RFC 9457 问题文档。\n\n"
        "Portals call with a key, staff with their session; every error is a problem "
        "document. The first quarter of an hour: `docs/api.md`."
    ),
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    "SERVE_AUTHENTICATION": [],
    "SWAGGER_UI_SETTINGS": {
        "deepLinking": True,
        "validatorUrl": None,  # else the page would show the schema to a foreign host
        "defaultModelsExpandDepth": 0,
    },
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "COMPONENT_SPLIT_REQUEST": True,
    "SCHEMA_PATH_PREFIX": r"/api/v[0-9]",
    "ENUM_NAME_OVERRIDES": {
        "AttachmentKind": "requests_app.models.attachments.HANDED_IN",
    },
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "requests_app.api.schema.components",
    ],
}
UNFOLD = {
    "SITE_TITLE": _("依申请公开"),
    "SITE_HEADER": _("依申请公开办理与统计"),
    "SITE_SYMBOL": "description",
    "SITE_URL": None,
    "SHOW_LANGUAGES": True,
    "DASHBOARD_CALLBACK": "reporting.admin.dashboard.dashboard",
    "SIDEBAR": {"navigation": "reporting.admin.menu.navigation"},
    "ACCOUNT": {
        "navigation": [
            {"title": _("登录与安全"), "link": reverse_lazy("admin:security")},
            {
                "title": _("我的离岗代办"),
                "link": reverse_lazy("admin:requests_app_absence_mine"),
            },
        ]
    },
    "SCRIPTS": [
        lambda request: static("requests_app/once.js"),
        lambda request: static("requests_app/files.js"),
        lambda request: static("requests_app/search.js"),
    ],
    "STYLES": [
        lambda request: static("requests_app/office.css"),
        lambda request: static("reporting/report.css"),
    ],
}
