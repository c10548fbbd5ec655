"""An event stream with Django on ASGI. Run: uvicorn streaming_django_asgi:app"""

import asyncio
import json
import os
from contextlib import contextmanager

from django.conf import settings
from django.core.asgi import get_asgi_application
from django.http import HttpResponse, JsonResponse, StreamingHttpResponse
from django.urls import path

HEARTBEAT = int(os.environ.get("HEARTBEAT", 15_000)) / 1000  # seconds
KEPT = 1000  # messages that a client may miss

GZIP = "django.middleware.gzip.GZipMiddleware"
settings.configure(SECRET_KEY="change me", ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"], MIDDLEWARE=[GZIP])

messages = []  # the last ones, as pairs of a number and a text
clients = set()  # a queue for each stream
status = {"streams": 0, "answers": 0}


async def events(request):
    last_id = request.headers.get("Last-Event-ID") or request.GET.get("lastEventId", "")
    queue = asyncio.Queue()
    for message in after(last_id):
        queue.put_nowait(message)
    return stream_of(messages_of(queue))


async def messages_of(queue):
    clients.add(queue)
    try:
        with counted("streams"):
            yield ":\n\n"  # shows at once that nothing holds the stream back
            while True:
                try:
                    number, text = await asyncio.wait_for(queue.get(), HEARTBEAT)
                    yield f"id: {number}\n{data_lines(text)}\n"
                except TimeoutError:
                    yield ":\n\n"
    finally:
        clients.discard(queue)


def after(last_id):
    """What came after an id; everything, when it is not an id of ours."""
    if last_id == "":
        return []
    newest = messages[-1][0] if messages else 0
    last = int(last_id) if last_id.isdecimal() and int(last_id) <= newest else 0
    return [message for message in messages if message[0] > last]


async def publish(request):
    message = (messages[-1][0] + 1 if messages else 1, request.body.decode())
    messages.append(message)
    del messages[:-KEPT]
    for queue in clients:
        queue.put_nowait(message)
    return HttpResponse(status=204)


async def answer(request):
    return stream_of(words_of(json.loads(request.body)["prompt"]))


async def words_of(prompt):
    """As a language model does: word by word, until there are no more or the client has gone."""
    with counted("answers"):
        for word in prompt.split(" "):
            yield data_lines(json.dumps({"word": word})) + "\n"
            await asyncio.sleep(0.05)
        yield data_lines("[DONE]") + "\n"


def stream_of(generator):
    # Django ends the generator when the client has gone.
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
    status[what] += 1
    try:
        yield
    finally:
        status[what] -= 1


async def get_status(request):
    return JsonResponse(status)


urlpatterns = [
    path("events", events),
    path("publish", publish),
    path("answer", answer),
    path("status", get_status),
]

app = get_asgi_application()
