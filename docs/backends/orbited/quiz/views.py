import json

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpResponseForbidden, JsonResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from . import news
from .models import Game, GameError, News


@require_GET
def home(request):
    return render(request, "quiz/home.html", {"games": Game.objects.select_related("author").order_by("pk")})


@require_POST
@login_required
def game_create(request):
    return redirect("game", Game.objects.create(author=request.user).pk)


@require_GET
@login_required
def game(request, game_id):
    # Read before the game: what comes in between is in the page, and comes once more.
    last = News.objects.filter(game=game_id).order_by("pk").last()
    game = get_object_or_404(Game, id=game_id)
    context = {
        "game": game,
        "is_author": request.user == game.author,
        "state": state_of(game),
        "connection": f"quiz/connection_{settings.NEWS}.html",
        "destinations": [news.destination(game.pk, kind) for kind in ("status", "players")],
        "last_event_id": str(last.pk if last else 0),
        "stomp": {
            "host": settings.STOMP_HOST,
            "port": settings.STOMP_PORT,
            "user": settings.STOMP_PAGE_USER,
            "password": settings.STOMP_PAGE_PASSWORD,
        },
    }
    return render(request, "quiz/game.html", context)


@require_GET
@login_required
def game_state(request, game_id):
    return JsonResponse(state_of(get_object_or_404(Game, id=game_id)))


def state_of(game):
    return {"status": game.status(), "players": game.scores()}


@require_POST
@login_required
def game_start(request, game_id):
    game = get_object_or_404(Game, id=game_id)
    if request.user != game.author:
        return HttpResponseForbidden()
    try:
        # Tells the pages by a message to "/games/{{ game.id }}/status".
        game.start()
    except GameError as error:
        return JsonResponse({"error": str(error)})
    return JsonResponse({})


@require_POST
@login_required
def game_join(request, game_id):
    game = get_object_or_404(Game, id=game_id)
    try:
        game.join(request.user)
    except GameError as error:
        return JsonResponse({"error": str(error)})
    return JsonResponse({})


@require_POST
@login_required
def game_answer(request, game_id):
    game = get_object_or_404(Game, id=game_id)
    try:
        answer = json.loads(request.body)
        game.answer(request.user, int(answer["number"]), int(answer["choice"]))
    except GameError as error:
        return JsonResponse({"error": str(error)})
    except (KeyError, TypeError, ValueError):
        return JsonResponse({"error": "That is no answer."}, status=400)
    return JsonResponse({})


@require_GET
@login_required
def game_events(request, game_id):
    """The same news without a broker."""
    game = get_object_or_404(Game, id=game_id)
    last = request.headers.get("Last-Event-ID") or request.GET.get("last_event_id") or "0"
    events = news.stream(game.pk, int(last) if last.isdecimal() else 0)
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingHttpResponse(events, content_type="text/event-stream", headers=headers)
