"""Lets the streams of Sijax 0.3.2 end as they should on Python 3.7 and later. Import it once, where the app begins.

Without it the end of a handler that yields is an error inside Sijax (PEP 479): what the handler adds behind its last
yield is never sent, and a server that streams in chunks breaks the connection, by which browsers may lose even the
commands of the last yield.
"""

from types import GeneratorType

from sijax.response import StreamingIframeResponse


def process_callback(self, callback, args):
    response = self._perform_handler_call(callback, args)
    # What is left over in the end goes out with what follows: Sijax calls its events by this function, too.
    for _ in response if isinstance(response, GeneratorType) else [response]:
        if self._commands:
            yield self._flush()


StreamingIframeResponse._process_callback = process_callback
