#!/usr/bin/env python3
"""Runs the quiz: Django, Orbited with its broker, and nginx in front of both. Ctrl+C ends it.

    python start.py              http://127.0.0.1:8000, with Orbited
    python start.py --today      the same without Orbited: Django streams the news
    python start.py --help       another port, another broker

It installs nothing, and says what is missing. Sign in as ada, who has made the first game, or as ben: the
password is the name. What is played is gone at the end.
"""

import argparse
import importlib.util
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent

# Seconds that starting may take.
PATIENCE = 30


def main():
    options = read_options()
    missing = list(what_is_missing(options))
    if missing:
        sys.exit("\n".join(missing))
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    programs = []
    with tempfile.TemporaryDirectory(prefix="quiz-") as folder:
        try:
            start(options, Path(folder), programs)
            print(f"The quiz is at http://127.0.0.1:{options.port}", flush=True)
            while all(program.poll() is None for program in programs):
                time.sleep(0.2)
            sys.exit("A program has ended: so does the quiz.")
        except KeyboardInterrupt:
            pass
        finally:
            for program in programs:
                program.terminate()
            for program in programs:
                program.wait()


def read_options():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--today", action="store_true", help="without Orbited")
    parser.add_argument("--port", type=int, default=8000, help="where the pages are (8000)")
    parser.add_argument("--orbited", default="orbited", help="the command that starts Orbited (orbited)")
    parser.add_argument("--nginx", default="nginx", help="the command that starts nginx (nginx)")
    parser.add_argument("--stomp", help="HOST:PORT of a broker that runs already; else morbid, in Orbited")
    parser.add_argument("--rabbitmq", action="store_true", help="that broker is RabbitMQ")
    return parser.parse_args()


def what_is_missing(options):
    for module, package in {"django": "Django", "stomp": "stomp.py"}.items():
        if importlib.util.find_spec(module) is None and not (options.today and module == "stomp"):
            yield f"{package} is missing. Try, in a virtual environment: pip install {package}"
    if options.today:
        return
    if shutil.which(options.orbited) is None:
        yield "Orbited 0.7.10 is missing, or not on the PATH: name it by --orbited. It takes Python 2.7."
    if shutil.which(options.nginx) is None:
        yield "nginx is missing. Try: apt-get install nginx"


def start(options, folder, programs):
    environment = {
        "PYTHONPATH": str(HERE),
        "PYTHONDONTWRITEBYTECODE": "1",
        "DJANGO_SETTINGS_MODULE": "quiz.settings",
        "QUIZ_DATABASE": str(folder / "quiz.sqlite3"),
        "QUIZ_SECRET": os.urandom(32).hex(),
        "QUIZ_NEWS": "django" if options.today else "orbited",
    }
    pages = options.port if options.today else free_port()
    if not options.today:
        stomp = options.stomp or f"127.0.0.1:{free_port()}"
        environment["STOMP_HOST"], environment["STOMP_PORT"] = stomp.split(":")
        if options.rabbitmq:
            environment.update(RABBITMQ)
        orbited = free_port()
        run_orbited(options, folder, programs, orbited, stomp)
        run_nginx(options, folder, programs, pages, orbited)
        wait_for(programs, orbited, int(stomp.split(":")[1]), options.port)
    environment = {**os.environ, **environment}
    subprocess.run([sys.executable, "-c", SET_UP], env=environment, check=True)
    django = [sys.executable, "-m", "django", "runserver", "--noreload", "--skip-checks", f"127.0.0.1:{pages}"]
    programs.append(subprocess.Popen(django, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))
    wait_for(programs, pages)


def run_orbited(options, folder, programs, port, stomp):
    config = (HERE / "orbited.cfg").read_text()
    config = config.replace("http://127.0.0.1:8080", f"http://127.0.0.1:{port}")
    if options.stomp:
        config = config.replace("stomp://127.0.0.1:61613", "")
    config = config.replace("127.0.0.1:61613", stomp)
    if os.getuid() == 0:
        # It will not stay root unless it is told to.
        config = config.replace("[global]", "[global]\nuser=root\ngroup=root")
    (folder / "orbited.cfg").write_text(config)
    command = [options.orbited, "--config", str(folder / "orbited.cfg")]
    programs.append(subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))


def run_nginx(options, folder, programs, pages, orbited):
    config = (HERE / "nginx.conf").read_text()
    config = config.replace("listen 8000", f"listen 127.0.0.1:{options.port}")
    config = config.replace("127.0.0.1:8001", f"127.0.0.1:{pages}").replace("127.0.0.1:8080", f"127.0.0.1:{orbited}")
    # All that it writes is here: nobody need be root for it.
    temporary = [f"{use}_temp_path {folder};" for use in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")]
    config = config.replace("http {", "http { access_log off; " + " ".join(temporary))
    (folder / "nginx.conf").write_text(config)
    orders = f"daemon off; pid {folder}/nginx.pid;" + (" user root;" if os.getuid() == 0 else "")
    command = [options.nginx, "-p", str(folder), "-e", "stderr", "-c", str(folder / "nginx.conf"), "-g", orders]
    programs.append(subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))


# The users of rabbitmq.json, and destinations as RabbitMQ takes them.
RABBITMQ = {
    "STOMP_DESTINATION": "/topic/games.{game}.{kind}",
    "STOMP_USER": "quiz",
    "STOMP_PASSWORD": "quiz",
    "STOMP_PAGE_USER": "page",
    "STOMP_PAGE_PASSWORD": "page",
}

# Tables, two users and a game.
SET_UP = """
import django
django.setup()
from django.contrib.auth.models import User
from django.core.management import call_command
call_command("migrate", run_syncdb=True, verbosity=0)
from quiz.models import Game
ada, ben = [User.objects.create_user(name, password=name) for name in ("ada", "ben")]
Game.objects.create(author=ada)
"""


def free_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


def wait_for(programs, *ports):
    deadline = time.monotonic() + PATIENCE
    for port in ports:
        while socket.socket().connect_ex(("127.0.0.1", port)):
            if time.monotonic() > deadline or any(program.poll() is not None for program in programs):
                sys.exit(f"Nothing answers on port {port}.")
            time.sleep(0.05)


if __name__ == "__main__":
    main()
