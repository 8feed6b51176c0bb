"""While example data is being loaded every page says so; afterwards, and elsewhere, nothing asks."""

from datetime import timedelta

import pytest
from django.utils import timezone

from core import example
from core.example import DONE, STALE, example_expected, example_note, example_step
from core.models import ProcessBeat

pytestmark = pytest.mark.django_db
NOTE = "Data contoh sedang dimuat: data rujukan."


@pytest.fixture(autouse=True)
def demo(settings):
    settings.DEMO = True
    example._ended.clear()
    yield
    example._ended.clear()


def test_the_note_stands_until_the_end_and_is_not_asked_for_again(django_assert_num_queries):
    assert example_note() == ""
    example_step("data rujukan")
    with django_assert_num_queries(1):
        assert example_note() == NOTE
    example_step(DONE)
    assert example_note() == ""
    with django_assert_num_queries(0):
        assert example_note() == ""


def test_a_loading_that_fell_silent_counts_as_ended():
    example_step("data rujukan")
    ProcessBeat.objects.update(at=timezone.now() - STALE - timedelta(seconds=1))
    assert example_note() == ""


def test_no_query_outside_a_demo_installation(settings, django_assert_num_queries, client):
    example_step("data rujukan")
    settings.DEMO = False
    with django_assert_num_queries(0):
        assert example_note() == ""
    assert client.get("/data-contoh/").status_code == 404


def test_a_loading_is_announced_once():
    example_expected()
    assert example_note() == "Data contoh sedang dimuat: persiapan."
    example_step(DONE)
    example_expected()
    assert ProcessBeat.objects.get().detail == DONE


def test_pages_say_so_to_everybody_and_the_notice_ends_by_itself(client):
    example_step("data rujukan")
    page = client.get("/masuk/")
    assert (page.context["example_note"], page.content.decode().count(NOTE)) == (NOTE, 1)
    assert client.get("/data-contoh/").content.decode().count('hx-trigger="every 4s"') == 1
    example_step(DONE)
    assert client.get("/masuk/").content.decode().count("Data contoh sedang") == 0
    ended = client.get("/data-contoh/").content.decode()
    assert (ended.count("selesai dimuat"), ended.count("hx-get")) == (1, 0)
