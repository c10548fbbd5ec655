"""How the news of a game reach its pages: by a STOMP broker and Orbited, or by a stream of events."""

import json
import threading

from django.conf import settings
from django.db import close_old_connections, transaction

# Seconds. The client has to know: heartbeat: 15_000
HEARTBEAT = 15

arrived = threading.Condition()
sending = threading.Lock()
connection = None


def destination(game, kind):
    if settings.NEWS == "orbited":
        return settings.STOMP_DESTINATION.format(game=game, kind=kind)
    return f"/games/{game}/{kind}"


def send(game, messages):
    send_all = send_by_stomp if settings.NEWS == "orbited" else keep
    send_all(game, [(destination(game, kind), json.dumps(message)) for kind, message in messages.items()])


def send_by_stomp(game, messages):
    from stomp.exception import StompException

    # One after the other, over one connection: then they arrive in this order.
    with sending:
        try:
            broker = connected_broker()
            for target, body in messages:
                broker.send(target, body, content_type="application/json")
        except StompException as error:
            raise ConnectionError("The broker does not answer.") from error


def connected_broker():
    global connection
    import stomp

    if connection is None or not connection.is_connected():
        # The version of STOMP that morbid speaks.
        connection = stomp.Connection10(
            [(settings.STOMP_HOST, settings.STOMP_PORT)], reconnect_attempts_max=1, timeout=5
        )
        connection.connect(settings.STOMP_USER, settings.STOMP_PASSWORD, wait=True)
    return connection


def keep(game, messages):
    from .models import News

    News.objects.bulk_create(News(game_id=game, destination=target, body=body) for target, body in messages)
    transaction.on_commit(wake)


def wake():
    with arrived:
        arrived.notify_all()


def stream(game, last):
    """The events of a game after the last that a page has. A thread waits here for each page."""
    from .models import News

    yield ": welcome\n\n"
    while True:
        for item in News.objects.filter(game=game, pk__gt=last).order_by("pk"):
            last = item.pk
            yield f"id: {item.pk}\nevent: {item.destination}\ndata: {item.body}\n\n"
        close_old_connections()
        with arrived:
            # With more than one process, look at the database every second instead, or let it call you.
            if not News.objects.filter(game=game, pk__gt=last).exists() and not arrived.wait(HEARTBEAT):
                yield ": still here\n\n"
