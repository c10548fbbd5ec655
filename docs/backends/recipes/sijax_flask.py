"""A Sijax backend in plain Flask 3: flask --app sijax_flask run"""

import inspect
import json
import time

from flask import Flask, Response, abort, request
from markupsafe import escape

app = Flask(__name__)

functions = {}


def callable_from_pages(function):
    functions[function.__name__] = function
    return function


# A plain call is answered with a list of commands.
@callable_from_pages
def greet(name):
    return [{"type": "html", "selector": "#greeting", "html": f"Hello, {escape(name)}!", "setType": "replace"}]


# A comet call is answered with a list whenever there is something to show.
@callable_from_pages
def work(steps):
    for step in range(1, steps + 1):
        time.sleep(0.1)
        yield [{"type": "css", "selector": "#progress", "key": "width", "value": f"{100 * step // steps}%"}]


@app.post("/sijax")
def answer():
    # Other sites must not call with the cookies of your users.
    if request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
        abort(403)
    function = functions.get(request.form["sijax_rq"]) or abort(404)
    try:
        arguments = inspect.signature(function).bind(*json.loads(request.form["sijax_args"]))
    except (TypeError, ValueError):
        abort(400)
    commands = function(*arguments.args)
    if not inspect.isgenerator(commands):
        return commands
    return Response(stream(commands), headers={"X-Accel-Buffering": "no"})


def stream(lists):
    # Some browsers wait for the first kilobyte of a frame.
    yield " " * 1024 + "\n"
    for commands in lists:
        # No HTML in a command may end the script.
        script = json.dumps(commands).replace("<", "\\u003c")
        yield f"<script>window.parent.Sijax.processCommands({script});</script>\n"
