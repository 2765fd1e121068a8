"""One settings module for every way of running: what differs is said by the environment.

FABRIQUE_HOME         folder of the database and files
FABRIQUE_URL          address people use (links in mails, QR codes, allowed host)
FABRIQUE_SECRET_KEY   signing key (made and kept in FABRIQUE_HOME otherwise)
FABRIQUE_DEBUG        1 for development
FABRIQUE_THEME        plain (default) or dsfr
FABRIQUE_FORMATS      extra packages of workshop formats, separated by commas
FABRIQUE_TASKS        immediate: slow work is done at once; worker: it waits for `fabrique worker`
                      (not given: `fabrique serve` starts a worker beside it, commands wait)
FABRIQUE_STATIC       folder of the files `fabrique collectstatic` hashed and compressed
FABRIQUE_AGENDA_HOSTS calendar servers of one's own network that may be read, host or host:port
DATABASE_URL          PostgreSQL instead of the embedded SQLite
FABRIQUE_REMINDERS    days before a meeting when its guests are reminded (default: 7,1)
EMAIL_HOST, …         see docs/deploy.md
"""

import os
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_database_url
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from fabrique.config.home import instance_home, secret_key
from fabrique.config.static_files import guard_static_file

PACKAGE = Path(__file__).resolve().parent.parent
REPOSITORY = PACKAGE.parent.parent
FABRIQUE_HOME = instance_home()

DEBUG = os.environ.get("FABRIQUE_DEBUG", "") == "1"
SECRET_KEY = secret_key(FABRIQUE_HOME)
FABRIQUE_URL = os.environ.get("FABRIQUE_URL", "http://127.0.0.1:8000").rstrip("/")
_address = urlsplit(FABRIQUE_URL)
# A seminar room reaches the laptop by whatever address the room's network gave it.
ALLOWED_HOSTS = (
    ["*"] if _address.scheme == "http" else [_address.hostname or "localhost", "127.0.0.1"]
)
CSRF_TRUSTED_ORIGINS = [FABRIQUE_URL] if _address.scheme == "https" else []

FABRIQUE_THEME = os.environ.get("FABRIQUE_THEME", "plain")
FABRIQUE_GALLERY = DEBUG or os.environ.get("FABRIQUE_GALLERY", "") == "1"
FABRIQUE_FORMATS = [
    "fabrique.stages.contribution.formats",
    *filter(None, os.environ.get("FABRIQUE_FORMATS", "").split(",")),
]
FABRIQUE_AGENDA_HOSTS = [*filter(None, os.environ.get("FABRIQUE_AGENDA_HOSTS", "").split(","))]
TERRITORY_SOURCE = (
    REPOSITORY / "frontend" / "node_modules" / "@etalab" / "decoupage-administratif" / "data"
)

INSTALLED_APPS = [
    "fabrique.portal",
    "fabrique.stages.deliverable",
    "fabrique.stages.synthesis",
    "fabrique.stages.contribution",
    "fabrique.stages.seminar",
    "fabrique.stages.programme",
    "fabrique.territory",
    "fabrique.people",
    "fabrique.kit",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "csp",
    "ninja",
    "rules.apps.AutodiscoverRulesConfig",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "fabrique.config.api.refusals_as_json",
    "fabrique.config.addresses.no_null_characters",
]

ROOT_URLCONF = "fabrique.config.urls"
ASGI_APPLICATION = "fabrique.config.asgi.application"

_template_loaders = [
    "django.template.loaders.app_directories.Loader",
    "fabrique.stages.contribution.formats.registry.TemplateLoader",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "loaders": _template_loaders
            if DEBUG
            else [("django.template.loaders.cached.Loader", _template_loaders)],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "fabrique.portal.navigation.navigation",
            ],
        },
    }
]

_on_sqlite = {
    "ENGINE": "django.db.backends.sqlite3",
    "NAME": FABRIQUE_HOME / "fabrique.sqlite3",
    "OPTIONS": {
        # An acknowledgement means committed: readers never block, commits reach the disk.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
            " PRAGMA cache_size=-20000; PRAGMA mmap_size=134217728;"
        ),
    },
}
_database: dict[str, Any] = _on_sqlite
if os.environ.get("DATABASE_URL"):
    _database = {**dj_database_url.config()}
    _database["OPTIONS"] = {
        **_database.get("OPTIONS", {}),
        "pool": {"min_size": 2, "max_size": 20, "timeout": 20},
    }
DATABASES = {"default": _database}
CACHES = {
    "default": {
        # Counts of wrong room codes, seen by every worker; losing them costs nothing.
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": FABRIQUE_HOME / "cache",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = [
    "fabrique.people.backends.EmailBackend",
    "sesame.backends.ModelBackend",
    "rules.permissions.ObjectPermissionBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
LOGIN_URL = "people:sign-in"
LOGIN_REDIRECT_URL = "home"
SESAME_MAX_AGE = 60 * 60 * 24 * 7
SESAME_TOKEN_NAME = "jeton"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", _("Français")), ("en", _("Anglais"))]
LOCALE_PATHS = [PACKAGE / "locale"]
FORMAT_MODULE_PATH = ["fabrique.kit.formats"]
TIME_ZONE = "Europe/Paris"
USE_TZ = True

STATIC_URL = "/static/"
_collected = os.environ.get("FABRIQUE_STATIC", "")
STATIC_ROOT = Path(_collected or REPOSITORY / ".build" / "static")
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": FABRIQUE_HOME / "files"},
    },
    "staticfiles": {
        "BACKEND": "servestatic.storage.CompressedManifestStaticFilesStorage"
        if _collected
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
SERVESTATIC_USE_FINDERS = not _collected
SERVESTATIC_AUTOREFRESH = DEBUG
SERVESTATIC_ADD_HEADERS_FUNCTION = guard_static_file

EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = FABRIQUE_HOME / "mails"
if os.environ.get("EMAIL_HOST"):
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST = os.environ["EMAIL_HOST"]
    EMAIL_PORT = int(os.environ.get("EMAIL_PORT", "587"))
    EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
    EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
    EMAIL_USE_TLS = os.environ.get("EMAIL_USE_TLS", "1") == "1"
    EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = os.environ.get("DEFAULT_FROM_EMAIL", "fabrique@localhost")
FABRIQUE_REMINDERS = [
    int(days)
    for days in os.environ.get("FABRIQUE_REMINDERS", "7,1").split(",")
    if days.strip().isdecimal()
]

_task_backends = {
    "immediate": "django_tasks.backends.immediate.ImmediateBackend",
    "worker": "django_tasks_db.DatabaseBackend",
}
TASKS = {"default": {"BACKEND": _task_backends[os.environ.get("FABRIQUE_TASKS") or "immediate"]}}

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
if _address.scheme == "https":
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31_536_000
CSRF_FAILURE_VIEW = "fabrique.portal.views.errors.csrf_failure"

MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
