"""A client that a stranger generates from docs/openapi.yaml does the main reads and brings one row to an agreement."""

from __future__ import annotations

import importlib
import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from types import ModuleType
from typing import Any

import httpx
import pytest

from accounts.actors import Actor
from core.values import Value
from indicators.services.documents import StatedFigure, write_figures
from planning.choices import DocumentKind, DocumentStage
from planning.services.documents import DocumentHead, LineData, YearData, write_document
from tests.contract.conftest import key_for
from tests.desks.world import World, ready

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]
CONFIG = "post_hooks: []\nproject_name_override: klien_uji\npackage_name_override: klien_uji\n"
KEYS = count(1)


@pytest.fixture(scope="module")
def client_code(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], ModuleType]]:
    """The generated package; its modules by name."""
    folder = tmp_path_factory.mktemp("klien")
    (folder / "config.yaml").write_text(CONFIG)
    subprocess.run(
        [sys.executable, "-m", "openapi_python_client", "generate", "--path", str(ROOT / "docs/openapi.yaml"), "--meta", "none",
         "--config", str(folder / "config.yaml"), "--output-path", str(folder / "klien_uji")],
        check=True, capture_output=True, cwd=folder,
    )  # fmt: skip
    sys.path.insert(0, str(folder))
    yield lambda name: importlib.import_module(f"klien_uji.{name}" if name else "klien_uji")
    sys.path.remove(str(folder))


def _as(client_code: Callable[[str], ModuleType], application: Any, actor: Actor) -> Any:
    transport = httpx.WSGITransport(app=application)
    return client_code("").AuthenticatedClient(
        base_url="http://testserver", token=key_for(actor), prefix="Token", httpx_args={"transport": transport},
        raise_on_unexpected_status=True,
    )  # fmt: skip


def _read_a_document(api: Callable[[str], Any], client: Any, world: World) -> None:
    """A document of its list with its lines and the figure that one of them states."""
    head = DocumentHead(
        DocumentKind.RKPD, world.bappeda_jabar, 2027, 2027, DocumentStage.PENETAPAN, "RKPD Jawa Barat 2027"
    )
    lines = [LineData("1", "Jalan mantap", unit="%", years={2027: YearData("71", 5_000_000)})]
    stated = [StatedFigure("1", world.indicators[0].pk, world.jabar.pk, 2027, Value.point(71, unit="%"))]
    write_figures(write_document(head, lines), stated)
    (document,) = api("dokumen.dokumen_daftar")(client=client, q="RKPD Jawa").results
    assert api("dokumen.dokumen_baca")(id=document.id, client=client).title == "RKPD Jawa Barat 2027"
    (line,) = api("dokumen.dokumen_baris")(id=document.id, client=client).results
    assert (line.years[0].amount, line.figures[0].value.shown) == (5_000_000, "71,00")
    figures = api("angka.angka_daftar")(client=client, sumber="rkpd", wilayah="32").results
    assert [(row.indicator, row.document.id) for row in figures] == [(world.indicators[0].code, document.id)]


def test_reads_and_one_agreement(
    client_code: Callable[[str], ModuleType],
    application: Any,
    world: World,
) -> None:
    session = ready(world, 2)
    speak = {
        name: _as(client_code, application, world.actors()[name])
        for name in ("bappeda", "kl", "kemendagri", "moderator")
    }
    models, api = client_code("models"), lambda name: client_code(f"api.{name}").sync
    me = api("akun.saya")(client=speak["kl"])
    assert me is not None
    _read_a_document(api, speak["bappeda"], world)
    (round_,) = api("penyelenggaraan.penyelenggaraan_daftar")(client=speak["kl"]).results
    rows = api("butir.butir_daftar")(client=speak["kl"], ronde=round_.code).results
    assert [row.state.value for row in rows] == ["submitted", "submitted"]
    first = rows[0]
    around = api("butir.butir_rincian")(code=first.code, client=speak["kl"])
    assert around.version == first.version and around.offers
    for name in ("bappeda", "kl", "kemendagri"):
        body = models.StancesRequest.from_dict(
            {"rows": [{"item": first.code, "position": around.offers[0].seq}], "kind": "setuju"}
        )
        answer = api("sesi.sesi_sikap")(
            code=session.code, client=speak[name], body=body, idempotency_key=f"k{next(KEYS)}"
        )
        assert answer.rows[0].status.value in ("saved", "same")
    current = api("butir.butir_baca")(code=first.code, client=speak["moderator"])
    verdict = models.VerdictRequest.from_dict({"item": first.code, "version": current.version, "action": "agree"})
    agreed = api("sesi.sesi_putusan")(
        code=session.code, client=speak["moderator"], body=verdict, idempotency_key=f"k{next(KEYS)}"
    )
    assert agreed.state.value == "agreed"
    told = api("perubahan.perubahan")(client=speak["bappeda"], after=0)
    assert told.results[-1].action == "agree" and told.results[-1].item == first.code
