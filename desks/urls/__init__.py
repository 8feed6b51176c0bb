"""Routes of the desks, one module per area."""

from desks.urls import (
    alignment,
    bahan,
    board,
    documents,
    helpdesk,
    home,
    isian,
    macro,
    overview,
    penyiapan,
    room,
    search,
    setup,
)

app_name = "desks"
urlpatterns = [
    *alignment.urlpatterns,
    *home.urlpatterns,
    *isian.urlpatterns,
    *macro.urlpatterns,
    *board.urlpatterns,
    *bahan.urlpatterns,
    *documents.urlpatterns,
    *room.urlpatterns,
    *penyiapan.urlpatterns,
    *setup.urlpatterns,
    *overview.urlpatterns,
    *helpdesk.urlpatterns,
    *search.urlpatterns,
]
