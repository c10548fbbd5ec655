"""A Sijax backend in one file of Django 5: python sijax_django.py runserver"""

import inspect
import json
import time

from django.conf import settings
from django.core.management import execute_from_command_line
from django.http import HttpResponse, JsonResponse, StreamingHttpResponse
from django.middleware.csrf import get_token
from django.urls import path
from django.utils.html import escape

# It wants a token with every call: as the field csrfmiddlewaretoken, or the header X-CSRFToken.
CSRF = "django.middleware.csrf.CsrfViewMiddleware"
settings.configure(DEBUG=True, SECRET_KEY="change me", ROOT_URLCONF=__name__, MIDDLEWARE=[CSRF])


# A plain call is answered with a list of commands.
def greet(name):
    return [{"type": "html", "selector": "#greeting", "html": f"Hello, {escape(name)}!", "setType": "replace"}]


# A comet call is answered with a list whenever there is something to show.
def work(steps):
    for step in range(1, steps + 1):
        time.sleep(0.1)
        yield [{"type": "css", "selector": "#progress", "key": "width", "value": f"{100 * step // steps}%"}]


functions = {"greet": greet, "work": work}


def page(request):
    return HttpResponse(f'<input type="hidden" name="csrfmiddlewaretoken" value="{get_token(request)}">')


def answer(request):
    function = functions.get(request.POST.get("sijax_rq"))
    if function is None:
        return HttpResponse(status=404)
    try:
        arguments = inspect.signature(function).bind(*json.loads(request.POST.get("sijax_args", "")))
    except (TypeError, ValueError):
        return HttpResponse(status=400)
    commands = function(*arguments.args)
    if not inspect.isgenerator(commands):
        return JsonResponse(commands, safe=False)
    return StreamingHttpResponse(stream(commands), headers={"X-Accel-Buffering": "no"})


def stream(lists):
    # Some browsers wait for the first kilobyte of a frame.
    yield " " * 1024 + "\n"
    for commands in lists:
        # No HTML in a command may end the script.
        script = json.dumps(commands).replace("<", "\\u003c")
        yield f"<script>window.parent.Sijax.processCommands({script});</script>\n"


urlpatterns = [path("", page), path("sijax", answer)]
execute_from_command_line()
