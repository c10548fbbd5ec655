"""An event stream with Starlette and sse-starlette. Run: uvicorn streaming_starlette:app"""

import asyncio
import json
import os
from contextlib import contextmanager

from sse_starlette import EventSourceResponse
from starlette.applications import Starlette
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

HEARTBEAT = int(os.environ.get("HEARTBEAT", 15_000)) / 1000  # seconds
KEPT = 1000  # messages that a client may miss

messages = []  # the last ones, as pairs of a number and a text
clients = set()  # a queue for each stream
status = {"streams": 0, "answers": 0}


async def events(request):
    last_id = request.headers.get("Last-Event-ID") or request.query_params.get("lastEventId", "")
    queue = asyncio.Queue()
    for message in after(last_id):
        queue.put_nowait(message)

    async def stream():
        clients.add(queue)
        try:
            with counted("streams"):
                yield {"comment": ""}  # shows at once that nothing holds the stream back
                while True:
                    number, text = await queue.get()
                    yield {"id": str(number), "data": text}
        finally:
            clients.discard(queue)

    # sse-starlette sends the heartbeat, and ends the generator when the client has gone.
    return EventSourceResponse(stream(), ping=HEARTBEAT)


def after(last_id):
    """What came after an id; everything, when it is not an id of ours."""
    if last_id == "":
        return []
    newest = messages[-1][0] if messages else 0
    last = int(last_id) if last_id.isdecimal() and int(last_id) <= newest else 0
    return [message for message in messages if message[0] > last]


async def publish(request):
    message = (messages[-1][0] + 1 if messages else 1, (await request.body()).decode())
    messages.append(message)
    del messages[:-KEPT]
    for queue in clients:
        queue.put_nowait(message)
    return Response(status_code=204)


async def answer(request):
    """As a language model does: word by word, until there are no more or the client has gone."""
    prompt = (await request.json())["prompt"]

    async def words():
        with counted("answers"):
            for word in prompt.split(" "):
                yield {"data": json.dumps({"word": word})}
                await asyncio.sleep(0.05)
            yield {"data": "[DONE]"}

    return EventSourceResponse(words())


@contextmanager
def counted(what):
    status[what] += 1
    try:
        yield
    finally:
        status[what] -= 1


async def get_status(request):
    return JSONResponse(status)


app = Starlette(
    routes=[
        Route("/events", events),
        Route("/publish", publish, methods=["POST"]),
        Route("/answer", answer, methods=["POST"]),
        Route("/status", get_status),
    ]
)
