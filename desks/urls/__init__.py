"""Routes of the desks, one module per area."""

from desks.urls import board, home, isian, room, setup

app_name = "desks"
urlpatterns = [*home.urlpatterns, *isian.urlpatterns, *board.urlpatterns, *room.urlpatterns, *setup.urlpatterns]
