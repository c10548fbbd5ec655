"""Lets streams of Sijax 0.3.2 end as they should on Python 3.7 and later. Import it once, where the app begins."""

from types import GeneratorType

from sijax.response import StreamingIframeResponse


def process_callback(self, callback, args):
    response = self._perform_handler_call(callback, args)
    # What is left over in the end goes out with what follows: Sijax calls its events by this function, too.
    for _ in response if isinstance(response, GeneratorType) else [response]:
        if self._commands:
            yield self._flush()


StreamingIframeResponse._process_callback = process_callback
