"""Serves the `app` of Flask modules of a folder, each on a port of its own: serve.py FOLDER SERVER MODULE...

The ports, all of the loopback interface, are written to file descriptor 3; what the servers say goes to the file
server.log. GET /ledger tells, as JSON, what was asked and how the answers ended.
"""

import importlib
import json
import os
import sys
import threading


class Ledger:
    """Wraps an application and remembers every request, but not those for files."""

    def __init__(self, application):
        self.application = application
        self.entries = []
        self.one_at_a_time = threading.Lock()

    def __call__(self, environ, start_response):
        path = environ["PATH_INFO"]
        if path == "/ledger":
            body = json.dumps(self.entries).encode("utf-8")
            start_response("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(body)))])
            return [body]
        # Flask-Sijax keeps what it knows of a request at the application: a request for an icon, while it looks at a
        # call, makes it answer with the page. Only the streaming behind this goes on side by side.
        with self.one_at_a_time:
            answer = self.application(environ, start_response)
        if path.startswith("/static/"):
            return answer
        entry = {"method": environ["REQUEST_METHOD"], "path": path, "parts": 0, "end": "open"}
        self.entries.append(entry)
        return Answer(answer, entry)


class Answer:
    """An answer on its way: its entry says how many parts there were, and whether they came to an end."""

    def __init__(self, whole, entry):
        self.whole = whole
        self.parts = iter(whole)
        self.entry = entry

    def __iter__(self):
        return self

    def __next__(self):
        try:
            part = next(self.parts)
        except StopIteration:
            self.entry["end"] = "complete"
            raise
        except Exception as error:
            self.entry["end"] = str(error)
            raise
        self.entry["parts"] += 1
        return part

    def close(self):
        if self.entry["end"] == "open":
            self.entry["end"] = "left"
        if hasattr(self.whole, "close"):
            self.whole.close()


def with_werkzeug(application):
    from werkzeug.serving import make_server

    server = make_server("127.0.0.1", 0, application, threaded=True)
    return server.port, server.serve_forever


def with_waitress(application):
    from waitress.server import create_server

    server = create_server(application, host="127.0.0.1", port=0, threads=8)
    return server.effective_port, server.run


SERVERS = {"werkzeug": with_werkzeug, "waitress": with_waitress}


def main(folder, server, *modules):
    os.chdir(folder)
    log = os.open("server.log", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(log, 1)
    os.dup2(log, 2)
    sys.path.insert(0, folder)
    imported = [importlib.import_module(module) for module in modules]
    started = [SERVERS[server](Ledger(module.app)) for module in imported if hasattr(module, "app")]
    for _, run in started:
        threading.Thread(target=run).start()
    with os.fdopen(3, "w") as ready:
        ready.write(" ".join(str(port) for port, _ in started) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
