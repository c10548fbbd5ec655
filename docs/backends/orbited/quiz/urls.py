from django.contrib.auth import views as auth
from django.urls import path

from . import views

urlpatterns = [
    path("", views.home, name="home"),
    path("login", auth.LoginView.as_view(template_name="quiz/login.html"), name="login"),
    path("logout", auth.LogoutView.as_view(), name="logout"),
    path("games", views.game_create, name="create"),
    path("games/<int:game_id>", views.game, name="game"),
    path("games/<int:game_id>/state", views.game_state, name="state"),
    path("games/<int:game_id>/start", views.game_start, name="start"),
    path("games/<int:game_id>/join", views.game_join, name="join"),
    path("games/<int:game_id>/answer", views.game_answer, name="answer"),
    path("games/<int:game_id>/events", views.game_events, name="events"),
]
