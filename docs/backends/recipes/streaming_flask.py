"""An event stream with Flask. Run: gunicorn --threads 100 streaming_flask:app"""

import json
import os
import time
from contextlib import contextmanager
from threading import Condition

from flask import Flask, Response, request

HEARTBEAT = int(os.environ.get("HEARTBEAT", 15_000)) / 1000  # seconds
KEPT = 1000  # messages that a client may miss

app = Flask(__name__)
messages = []  # the last ones, as pairs of a number and a text
news = Condition()
status = {"streams": 0, "answers": 0}


def newest():
    return messages[-1][0] if messages else 0


@app.get("/events")
def events():
    last_id = request.headers.get("Last-Event-ID") or request.args.get("lastEventId", "")
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


@app.post("/publish")
def publish():
    with news:
        messages.append((newest() + 1, request.get_data(as_text=True)))
        del messages[:-KEPT]
        news.notify_all()
    return "", 204


@app.post("/answer")
def answer():
    return stream_of(words_of(request.get_json(force=True)["prompt"]))


def words_of(prompt):
    """As a language model does: word by word, until there are no more or the client has gone."""
    with counted("answers"):
        for word in prompt.split(" "):
            yield data_lines(json.dumps({"word": word})) + "\n"
            time.sleep(0.05)
        yield data_lines("[DONE]") + "\n"


def stream_of(generator):
    headers = {"Cache-Control": "no-cache", "X-Accel-Buffering": "no"}  # the second is for nginx
    return Response(generator, mimetype="text/event-stream", headers=headers)


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


@app.get("/status")
def get_status():
    return status
