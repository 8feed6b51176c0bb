import datetime as dt
from decimal import Decimal

import pytest
from django.template import Context, Engine
from django.test import RequestFactory
from lucide import IconDoesNotExist

from core.choices import TONE_ICONS, Tone
from core.pagination import PortalCursorPagination
from core.templatetags.rakortek import icon
from core.values import Value

ENGINE = Engine(builtins=["core.templatetags.rakortek"])


def drawn(source, **context):
    return ENGINE.from_string(source).render(Context(context))


@pytest.mark.parametrize(
    ("source", "value", "expected"),
    [
        ("{{ v|angka }}", Decimal("1234567.890"), "1.234.567,89"),
        ("{{ v|angka:2 }}", 5, "5,00"),
        ("{{ v|persen }}", 71, "71%"),
        ("{{ v|persen }}", Decimal("4.50"), "4,5%"),
        ("{{ v|persen }}", None, ""),
        ("{{ v|angka }}", None, ""),
        ("{{ v|angka }}", "", ""),
        ("{{ v|nilai }}", Value.range(Decimal("5.3"), Decimal("5.7"), decimals=1), "5,3–5,7"),
        ("{{ v|nilai }}", Value.words("<b>"), "&lt;b&gt;"),
        ("{{ v|nilai }}", None, ""),
        ("{{ v|rupiah }}", 81_592_294_466_063, "Rp81.592.294.466.063"),
        ("{{ v|rupiah }}", None, ""),
        ("{{ v|tanggal }}", dt.date(2025, 4, 15), "Selasa, 15 April 2025"),
        ("{{ v|tanggal_pendek }}", dt.date(2025, 4, 15), "15 Apr 2025"),
        ("{{ v|waktu:'Asia/Jayapura' }}", dt.datetime(2026, 2, 20, 15, 30, tzinfo=dt.UTC), "21 Feb 2026 00.30 WIT"),
        ("{{ v|waktu:none }}", dt.datetime(2026, 2, 20, 9, tzinfo=dt.UTC), "20 Feb 2026 16.00 WIB"),
        ("{{ v|waktu }}", None, ""),
    ],
)
def test_filters(source, value, expected):
    assert drawn(source, v=value, none=None) == expected


def test_an_icon_is_silent_and_of_one_line():
    svg = drawn("{% icon 'circle-check' %}")
    assert svg == (
        '<svg width="24" height="24" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" '
        'stroke-linecap="round" stroke-linejoin="round" class="icon" aria-hidden="true">'
        '<circle cx="12" cy="12" r="10"/><path d="m9 12 2 2 4-4"/></svg>'
    )


def test_an_unknown_icon_is_a_mistake_of_ours():
    with pytest.raises(IconDoesNotExist):
        drawn("{% icon 'tidak-ada' %}")


@pytest.mark.parametrize("tone", Tone)
def test_a_badge_is_word_icon_and_tone(tone):
    expected = f'<span class="badge tone-{tone.value}">{icon(TONE_ICONS[tone])}disepakati</span>'
    assert drawn("{% badge 'disepakati' tone %}", tone=tone) == expected
    assert drawn("{% badge 'disepakati' tone %}", tone=tone.value) == expected


def test_a_badge_takes_another_icon_and_escapes_its_word():
    assert drawn("{% badge word 'merah' 'clock' %}", word="<i>") == (
        f'<span class="badge tone-merah">{icon("clock")}&lt;i&gt;</span>'
    )


def test_url_with_changes_only_what_it_names():
    request = RequestFactory().get("/isian/", {"q": "a&b", "page": "2", "sort": "kode"})
    assert drawn("{% url_with request page=3 sort='' %}", request=request) == "?q=a%26b&amp;page=3"
    assert drawn("{% url_with request q=none page=none sort=none %}", request=request, none=None) == "?"


def test_pages_of_the_api_are_bounded():
    pagination = PortalCursorPagination()
    sizes = [pagination.get_page_size(_Query(query)) for query in ({}, {"page_size": "7"}, {"page_size": "9999"})]
    assert sizes == [100, 7, 500]
    assert pagination.ordering == "pk"


class _Query:
    def __init__(self, query):
        self.query_params = query
