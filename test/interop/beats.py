"""A Flask-Sijax application of our own, for what its examples do not do: work without end, calls side by side."""

import time

import flask_sijax
from flask import Flask, g

app = Flask(__name__)
flask_sijax.Sijax(app)


def beat(obj_response, pause):
    """Never ends by itself."""
    while True:
        obj_response.html_append("#beats", ".")
        yield obj_response
        time.sleep(pause)


def count(obj_response, name, number, pause):
    for step in range(number):
        obj_response.html_append("#" + name, "%s%d " % (name, step))
        yield obj_response
        time.sleep(pause)


def say(obj_response, text):
    obj_response.html("#said", text)
    yield obj_response
    # What a browser hears together with the break of a connection may be lost.
    time.sleep(0.3)


@flask_sijax.route(app, "/")
def index():
    g.sijax.register_comet_callback("beat", beat)
    g.sijax.register_comet_callback("count", count)
    g.sijax.register_comet_callback("say", say)
    return g.sijax.process_request() if g.sijax.is_sijax_request else "This backend only answers calls."
