"""The whole example is loaded once and asked many things; it takes half a minute."""

from collections import Counter
from io import StringIO
from random import SystemRandom
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from accounts.actors import Actor
from accounts.demo_logins import LOGINS
from accounts.models import Membership, User
from agreements.demo.macro_figures import CODES
from agreements.demo.papers import make_papers
from agreements.models import BeritaAcara
from agreements.services.sign import open_signatories
from agreements.verify import verify_all
from core.example import example_note, example_step
from desks.chain import hash_of
from desks.choices import ItemState, SessionState
from desks.models import Event, Item, MacroAction, Meja, Readiness, Round, Session
from indicators.models import Figure
from tests.desks.chain import verify_chain
from tests.indicators.shown import missing_on_page, reader, ten_pairs

pytestmark = pytest.mark.django_db


def load(**options) -> str:
    out = StringIO()
    call_command("load_demo", stdout=out, **options)
    return out.getvalue()


def test_refused_outside_a_demo_installation(settings):
    settings.DEMO = False
    with pytest.raises(CommandError, match="DEMO=1"):
        load()
    assert User.objects.count() == 0


def test_the_whole_example(settings):
    settings.DEMO = True
    printed = load()
    assert settings.DEMO_PASSWORD in printed
    running = Round.objects.get(plan_year=2027, level="national")
    last = Round.objects.get(plan_year=2026, level="national")
    _numbers(running, last)
    _states(running)
    _chains()
    _figures_in_bounds()
    _logins(settings.DEMO_PASSWORD)
    _papers(running)
    _usulan(running)
    _macro(running)
    _every_figure_is_shown()
    _pages()
    assert make_papers() == 0
    before = (Event.objects.count(), Figure.objects.count(), User.objects.count())
    assert load().splitlines()[0] == "Data contoh sudah dimuat."
    assert (Event.objects.count(), Figure.objects.count(), User.objects.count()) == before
    assert example_note() == ""
    _sizes()
    settings.DEMO = False
    with pytest.raises(CommandError, match="Kata sandi contoh masih berlaku"):
        call_command("refuse_demo_passwords")


def _numbers(running: Round, last: Round) -> None:
    for round_ in (running, last):
        urusan = round_.desks.filter(strand="urusan")
        assert (urusan.count(), round_.items.filter(strand="urusan").count()) == (33, 67 * 38)
        assert round_.mejas.filter(desk__strand="kewilayahan").count() == 38
    others = running.mejas.exclude(desk__strand="kewilayahan")
    assert (others.count(), running.items.filter(strand="makro").count()) == (34 * 38, 8 * 38)
    assert set(last.items.filter(strand="urusan").values_list("state", flat=True)) == {ItemState.AGREED}
    agreed = Figure.objects.filter(source="rakortek", kind="agreement", year=2026, simulated=True)
    assert agreed.count() == 67 * 38
    outcome = Figure.objects.filter(indicator__strand="urusan", region__level="province").exclude(source="rpjmn")
    assert not outcome.filter(simulated=False).exists()
    assert Figure.objects.filter(source="bps", simulated=True).count() == 0


def _states(running: Round) -> None:
    assert set(running.items.values_list("state", flat=True)) == set(ItemState)
    sessions = Counter(Session.objects.filter(desk__round=running).values_list("state", flat=True))
    assert sessions[SessionState.OPEN] == 35
    assert min(sessions[SessionState.CLOSED], sessions[SessionState.PLANNED]) > 300
    open_now = Session.objects.get(state="open", desk__code="1.03", desk__round=running)
    assert [meja.region.kode for meja in open_now.mejas.all()] == ["32"]
    assert open_now.starts < timezone.now()
    for session in Session.objects.prefetch_related("mejas__region"):
        for meja in session.mejas.all():
            begins, ends = (at.astimezone(ZoneInfo(meja.region.tz)) for at in (session.starts, session.ends))
            assert 8 <= begins.hour < ends.hour < 17 or ends.hour == 17 > begins.hour, (meja.region.name, begins, ends)
    assert not Event.objects.filter(at__gt=timezone.now()).exists()


def _usulan(running: Round) -> None:
    """Every verdict, mixed outcomes, readiness in all states, one taken over from the closed round."""
    rows = Item.objects.filter(round=running, strand="kewilayahan")
    assert rows.count() >= 20 and rows.values("region").distinct().count() >= 6
    assert set(rows.values_list("state", flat=True)) >= {
        "draft", "submitted", "repair", "discussed", "agreed", "agreed_noted", "declined", "not_discussed", "withdrawn",
    }  # fmt: skip
    mixed = [
        row for row in rows if {place.verdict for place in row.usulan.places.all()} >= {"agreed_noted", "declined"}
    ]
    assert len(mixed) == 2
    assert set(Readiness.objects.values_list("status", flat=True)) == {"ready", "planned", "not_ready", "not_needed"}
    carried = rows.get(carried_from__isnull=False)
    assert carried.carried_from.round.closed_at is not None and carried.carried_from.state == "not_discussed"


def _chains() -> None:
    for meja in Meja.objects.filter(round__plan_year=2027, region__kode__in=["11", "32", "96"]):
        verify_chain(meja)
    for meja in Meja.objects.filter(round__plan_year=2026, region__kode="32"):
        verify_chain(meja)
    for round_ in Round.objects.all():
        verify_chain(round_)
    heads: dict[str, tuple[int, str]] = {}
    for event in Event.objects.select_related("item", "actor", "on_behalf").order_by("chain", "seq").iterator():
        seq, previous = heads.get(event.chain, (0, ""))
        assert (event.seq, event.prev_hash, event.hash) == (seq + 1, previous, hash_of(event))
        heads[event.chain] = (event.seq, event.hash)
    for target in (*Meja.objects.all(), *Round.objects.all()):
        assert heads.get(target.chain, (0, "")) == (target.version, target.head_hash)


def _macro(running: Round) -> None:
    rows = running.items.filter(strand="makro")
    assert {ItemState.DRAFT, ItemState.SUBMITTED, ItemState.REPAIR, ItemState.DISCUSSED, ItemState.AGREED, ItemState.AGREED_NOTED} <= set(
        rows.values_list("state", flat=True)
    )  # fmt: skip
    assert list(rows.order_by("order").values_list("indicator__code", flat=True).distinct()) == list(CODES)
    actions = MacroAction.objects.all()
    assert (actions.count() > 400, actions.exclude(text__contains="simulasi").exists()) == (True, False)
    assert set(actions.values_list("side", flat=True)) == {"pusat", "daerah"}
    assert actions.filter(added_at_desk=True).exists()
    invented = Figure.objects.filter(indicator__code__in=CODES, region__level="province").exclude(
        source__in=("bps", "rpjmn")
    )
    assert invented.exists()
    # One province's RPJMD is published and loaded as it is.
    assert set(invented.filter(simulated=False).values_list("source", "region__kode")) == {("rpjmd", "82")}
    assert not Figure.objects.filter(indicator__code__in=CODES, source__in=("bps", "rpjmn"), simulated=True).exists()


def _figures_in_bounds() -> None:
    shares = Figure.objects.filter(simulated=True, value_unit="%")
    assert not shares.filter(value_max__gt=100).exists()
    assert not Figure.objects.filter(simulated=True, value_min__lt=0).exists()
    assert not Item.objects.filter(value_proposed_unit="%", value_proposed_max__gt=100).exists()


def _logins(password: str) -> None:
    for username, _ in LOGINS:
        assert authenticate(username=username, password=password) is not None, username
    assert User.objects.exclude(full_name__endswith="(contoh)").count() == 0
    seen = {
        membership.user.username: Item.objects.filter(round__plan_year=2027, strand="urusan", locked_at=None)
        .visible_to(Actor(membership.user, membership))
        .count()
        for membership in Membership.objects.filter(
            user__username__in=["bappeda.jabar", "opd.pu.jabar", "moderator.pu", "kl.kesehatan"]
        )
    }
    final = Item.objects.filter(
        round__plan_year=2027, region__kode="32", strand="urusan", locked_at__isnull=False
    ).count()
    assert (seen["bappeda.jabar"], seen["opd.pu.jabar"]) == (67 - final, 8)
    assert 0 < seen["moderator.pu"] < 8 * 38
    assert 0 < seen["kl.kesehatan"] < 38


def _papers(running: Round) -> None:
    made = BeritaAcara.objects.filter(round=running).order_by("pk")
    open_ones = {ba.pk: [signatory.user.username for signatory in open_signatories(ba)] for ba in made}
    assert [
        (ba.state, ba.session.desk.code, ba.mejas.get().region.kode, open_ones[ba.pk] if ba.state == "awaiting" else [])
        for ba in made
    ] == [
        ("complete", "1.01", "32", []),
        ("awaiting", "1.02", "32", ["kepala.jabar"]),
        ("awaiting", "1.03", "31", ["penandatangan", "direktur.pu"]),
        ("void", "1.03", "21", []),
        ("draft", "1.03", "33", []),
        ("complete", "M", "11", []),
        ("awaiting", "KW1", "11", ["direktur.pu", "direktur.kelautan", "direktur.kesehatan"]),
        ("draft", "KW1", "12", []),
    ]
    assert made[3].void_reason.startswith("Ditolak oleh Kepala ")
    assert [bool(ba.number) for ba in made] == [True, True, True, True, False, True, True, False]
    assert {ba.round_id for ba in made} == {running.pk}
    report = verify_all()
    assert (report.faults, report.remarks) == ([], [])


def _every_figure_is_shown() -> None:
    """Of ten random pairs of indicator and province every figure of every loaded document stands on "Semua angka" with its source."""
    seed = SystemRandom().randrange(10**6)
    print(f"Pasangan angka dipilih dengan benih {seed}.")
    client, seen = reader("pimpinan"), 0
    for indicator, region in ten_pairs(seed):
        count, lost = missing_on_page(client, indicator, region)
        assert lost == [], (seed, indicator, region, lost)
        seen += count
    assert seen >= 40, seed
    kinds = set(Figure.objects.filter(line__isnull=False).values_list("line__document__kind", flat=True))
    assert kinds >= {"RPJMD", "RKP", "RKPD"}


def _pages() -> None:
    """Each printed login finds something on each page of the navigation, or reads why there is nothing."""
    for username, _ in LOGINS:
        client = Client()
        client.force_login(User.objects.get(username=username))
        wanted = 403 if username == "admin" else 200
        for address in ("/", "/isian/", "/desk/", "/berita-acara/", "/dokumen/"):
            response = client.get(address, follow=True)
            assert (username, address, response.status_code) == (username, address, wanted)


def _sizes() -> None:
    """Rounds of any size stand beside the example: chains hold, all of it simulasi, people are seated, a second load makes nothing."""
    printed = load(size=["nasional:2x5", "provinsi:4x5"])
    rounds = list(Round.objects.filter(no=9).order_by("pk"))
    assert [(each.level, each.simulated, each.items.count()) for each in rounds] == [
        ("national", True, 10),
        ("provincial", True, 20),
    ]
    assert "Ukuran nasional 2 × 5 dimuat: 1 penyelenggaraan, 10 butir," in printed
    for target in (*rounds, *Meja.objects.filter(round__in=rounds)):
        verify_chain(target)
    assert not Meja.objects.filter(round__in=rounds, version=0).exists()
    assert not Figure.objects.filter(indicator__code__startswith="SIM-", simulated=False).exists()
    assert {row.indicator.simulated for row in Item.objects.filter(round__in=rounds)} == {True}
    agreed = rounds[1].items.filter(state="agreed", meja__desk__order=1)
    assert agreed.exists() and agreed.filter(positions__stances__institution=rounds[1].host).exists()
    bappeda = Membership.objects.select_related("user", "institution__region").get(user__username="bappeda.11.01")
    assert Item.objects.filter(round=rounds[1]).visible_to(Actor(bappeda.user, bappeda)).count() >= 5
    events = Event.objects.count()
    assert "Ukuran provinsi 4 × 5 sudah dimuat." in load(size=["nasional:2x5", "provinsi:4x5"])
    assert Event.objects.count() == events


def test_pages_can_say_that_it_is_being_loaded(settings):
    settings.DEMO = True
    example_step("data rujukan")
    assert example_note() == "Data contoh sedang dimuat: data rujukan."
    example_step("selesai")
    assert example_note() == ""
