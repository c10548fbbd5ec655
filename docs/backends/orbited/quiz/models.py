from django.conf import settings
from django.db import models, transaction
from django.utils import timezone

from . import news
from .questions import QUESTIONS


class GameError(Exception):
    pass


class Game(models.Model):
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE)
    start_time = models.DateTimeField(null=True)
    question = models.IntegerField(default=0)

    def status(self):
        if self.start_time is None:
            return {"state": "waiting"}
        if self.question == len(QUESTIONS):
            return {"state": "over"}
        text, choices, _ = QUESTIONS[self.question]
        return {"state": "running", "number": self.question, "question": text, "choices": choices}

    def scores(self):
        players = self.players.select_related("user").order_by("-score", "id")
        return {"players": [{"name": player.user.username, "score": player.score} for player in players]}

    # Each of these is carried out and told, or neither: where the news cannot be sent, nothing is kept.

    @transaction.atomic
    def join(self, user):
        if self.start_time is not None:
            raise GameError("It has started already.")
        _, is_new = self.players.get_or_create(user=user)
        if is_new:
            self.tell(players=self.scores())

    @transaction.atomic
    def start(self):
        if not Game.objects.filter(pk=self.pk, start_time=None).update(start_time=timezone.now()):
            raise GameError("It has started already.")
        self.refresh_from_db()
        self.tell(status=self.status())

    @transaction.atomic
    def answer(self, user, number, choice):
        if self.start_time is None or not 0 <= number < len(QUESTIONS):
            raise GameError("There is no such question.")
        if choice != QUESTIONS[number][2]:
            raise GameError("That is wrong.")
        # Of several that are right at the same time, one is the first.
        if not Game.objects.filter(pk=self.pk, question=number).update(question=number + 1):
            raise GameError("Somebody was faster.")
        self.players.filter(user=user).update(score=models.F("score") + 1)
        self.refresh_from_db()
        self.tell(players=self.scores(), status=self.status())

    def tell(self, **messages):
        try:
            news.send(self.pk, messages)
        except OSError as error:
            raise GameError("The players cannot be reached.") from error


class Player(models.Model):
    game = models.ForeignKey(Game, models.CASCADE, related_name="players")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE)
    score = models.IntegerField(default=0)

    class Meta:
        unique_together = ["game", "user"]


class News(models.Model):
    """What was told, in order: its key is the id of its event. Used where Django streams the news itself."""

    game = models.ForeignKey(Game, models.CASCADE)
    destination = models.TextField()
    body = models.TextField()
