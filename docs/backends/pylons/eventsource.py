"""hello/controllers/eventsource.py: a page, its script, and the stream that the script opens."""

import time

from pylons import response, url

from hello.lib.base import BaseController


class EventsourceController(BaseController):

    def page(self):
        """Serve a fully fledged HTML page"""
        return '<script src="%s"></script>Loaded...' % url.current(action='js')

    def js(self):
        """Serve the JavaScript referenced by the previous action"""
        response.content_type = 'text/javascript'
        return """
document.addEventListener('DOMContentLoaded', function () {
  var eventSrc  = new EventSource('%s');
  eventSrc.addEventListener('open', function (event) {
    console.log(event.type);
  });
  eventSrc.addEventListener('message', function (event) {
    console.log(event.type);
    console.log(event.data);
  });
}, false);
""" % url.current(action='event_sender')

    def event_sender(self):
        """Implement a full-blown Event collector and dispatcher"""
        response.headers['content-type'] = 'text/event-stream'
        # Don't use this! It will append a charset=utf-8 and it won't work.
        #response.content_type = 'text/event-stream'
        response.status_int = 200
        def go():
            for x in range(10):
                msg = "data: %s %s\n\n" % (x, time.time())
                yield msg
        return go()
