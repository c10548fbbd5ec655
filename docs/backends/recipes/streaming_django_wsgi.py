"""An event stream with Django on WSGI. Run: gunicorn --threads 100 streaming_django_wsgi:app"""

import json
import os
import time
from contextlib import contextmanager
from threading import Condition

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse, JsonResponse, StreamingHttpResponse
from django.urls import path

HEARTBEAT = int(os.environ.get("HEARTBEAT", 15_000)) / 1000  # seconds
KEPT = 1000  # messages that a client may miss

GZIP = "django.middleware.gzip.GZipMiddleware"
settings.configure(SECRET_KEY="change me", ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"], MIDDLEWARE=[GZIP])

messages = []  # the last ones, as pairs of a number and a text
news = Condition()
status = {"streams": 0, "answers": 0}


def newest():
    return messages[-1][0] if messages else 0


def events(request):
    last_id = request.headers.get("Last-Event-ID") or request.GET.get("lastEventId", "")
    if last_id == "":
        last = newest()
    else:  # everything, when it is not an id of ours
        last = int(last_id) if last_id.isdecimal() and int(last_id) <= newest() else 0
    return stream_of(messages_after(last))


def messages_after(last):
    with counted("streams"):
        yield ":\n\n"  # shows at once that nothing holds the stream back
        while True:
            with news:
                if newest() <= last:
                    news.wait(HEARTBEAT)
                fresh = [message for message in messages if message[0] > last]
            for last, text in fresh:
                yield f"id: {last}\n{data_lines(text)}\n"
            if not fresh:
                # Without this, nobody notices that the client has gone.
                yield ":\n\n"


def publish(request):
    with news:
        messages.append((newest() + 1, request.body.decode()))
        del messages[:-KEPT]
        news.notify_all()
    return HttpResponse(status=204)


def answer(request):
    return stream_of(words_of(json.loads(request.body)["prompt"]))


def words_of(prompt):
    """As a language model does: word by word, until there are no more or the client has gone."""
    with counted("answers"):
        for word in prompt.split(" "):
            yield data_lines(json.dumps({"word": word})) + "\n"
            time.sleep(0.05)
        yield data_lines("[DONE]") + "\n"


def stream_of(generator):
    response = StreamingHttpResponse(generator, content_type="text/event-stream")
    response["Content-Encoding"] = "identity"  # for GZipMiddleware, which must leave it alone
    response["Cache-Control"] = "no-cache"
    response["X-Accel-Buffering"] = "no"  # for nginx
    return response


def data_lines(text):
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "".join(f"data: {line}\n" for line in lines)


@contextmanager
def counted(what):
    with news:
        status[what] += 1
    try:
        yield
    finally:
        with news:
            status[what] -= 1


def get_status(request):
    return JsonResponse(status)


urlpatterns = [
    path("events", events),
    path("publish", publish),
    path("answer", answer),
    path("status", get_status),
]

app = get_wsgi_application()
