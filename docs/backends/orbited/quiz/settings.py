"""The settings of the quiz. What depends on its surroundings is in the environment, as start.py sets it."""

import os
from pathlib import Path

FOLDER = Path(__file__).parent
ENCKE = FOLDER.parent.parent.parent.parent / "dist"

# Which server the news go through: "orbited", or "django", which streams them itself.
NEWS = os.environ.get("QUIZ_NEWS", "django")

# The broker, as this program and the pages reach it.
STOMP_HOST = os.environ.get("STOMP_HOST", "127.0.0.1")
STOMP_PORT = int(os.environ.get("STOMP_PORT", 61613))
STOMP_USER = os.environ.get("STOMP_USER", "guest")
STOMP_PASSWORD = os.environ.get("STOMP_PASSWORD", "guest")
# Everyone who has the page can read these. They should allow no more than to subscribe.
STOMP_PAGE_USER = os.environ.get("STOMP_PAGE_USER", "guest")
STOMP_PAGE_PASSWORD = os.environ.get("STOMP_PAGE_PASSWORD", "guest")
# As morbid and ActiveMQ take it. RabbitMQ wants "/topic/games.{game}.{kind}".
STOMP_DESTINATION = os.environ.get("STOMP_DESTINATION", "/games/{game}/{kind}")

DEBUG = True
SECRET_KEY = os.environ.get("QUIZ_SECRET", "change me")
ALLOWED_HOSTS = ["127.0.0.1", "localhost"]
ROOT_URLCONF = "quiz.urls"
LOGIN_URL = LOGIN_REDIRECT_URL = LOGOUT_REDIRECT_URL = "/"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": os.environ.get("QUIZ_DATABASE", "quiz.sqlite3"),
        # Who writes waits for who writes.
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20},
    }
}

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "quiz",
]

MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
            ]
        },
    }
]

# /static/ is Orbited's.
STATIC_URL = "/files/"
STATICFILES_DIRS = [("encke", ENCKE)]
