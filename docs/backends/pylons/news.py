"""hello/controllers/news.py: a stream without an end, which resumes after an id, and long polls at the same address."""

import json
import threading
import time

from pylons import request, response

from hello.lib.base import BaseController

KEPT = 1000  # messages that a client may miss
HEARTBEAT = 15  # seconds
HOLD = 20  # seconds that a long poll waits for a message

messages = []  # the last ones, as pairs of an id and a text
streams = []  # those that are open
news = threading.Condition()


def newest():
    return messages[-1][0] if messages else 0


class NewsController(BaseController):

    def publish(self):
        """Takes a POST whose body is JSON."""
        data = json.dumps(json.loads(request.body))  # a text without line ends
        with news:
            number = newest() + 1
            messages.append((number, 'id: %d\ndata: %s\n\n' % (number, data)))
            del messages[:-KEPT]
            news.notify_all()
        response.status_int = 204
        return ''

    def events(self):
        """An event stream. A long poll gets one that ends with its first messages."""
        response.headers['content-type'] = 'text/event-stream'
        response.headers['x-accel-buffering'] = 'no'  # for nginx
        last_id = request.headers.get('Last-Event-ID') or request.GET.get('lastEventId', '')
        last = int(last_id) if last_id.isdigit() else newest()
        if last > newest():  # an id of an earlier run
            last = 0
        return self._go(last, request.GET.get('transport') == 'long-poll')

    def status(self):
        response.content_type = 'application/json'
        return json.dumps({'streams': len(streams)})

    def _go(self, last, is_poll):
        end = time.time() + HOLD
        streams.append(self)
        try:
            yield 'id: %d\n\n' % last  # shows that nothing holds the stream back
            while True:
                with news:
                    if newest() <= last:
                        news.wait(HEARTBEAT)
                    fresh = [text for number, text in messages if number > last]
                    last = newest()
                yield ''.join(fresh) or ':\n\n'
                if is_poll and (fresh or time.time() > end):
                    return
        finally:
            streams.remove(self)
