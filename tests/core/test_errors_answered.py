"""What page, htmx, JSON client and API each get when something says no."""

import logging

import pytest
from django.conf import settings
from django.test import Client

from core import errors
from core.middleware import RequestIdFilter, current_request_id


@pytest.fixture(autouse=True)
def _own_addresses(settings):
    settings.ROOT_URLCONF = "tests.core.urls"
    settings.LOGIN_URL = "accounts:login"
    settings.MIDDLEWARE = ["core.middleware.RequestIdMiddleware", "core.middleware.DomainErrorMiddleware"]
    options = {"context_processors": ["django.template.context_processors.request"]}
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "OPTIONS": {**settings.TEMPLATES[0]["OPTIONS"], **options}}]


STALE = {
    "type": "urn:portal-rakortek:problem:stale",
    "title": "Keadaan sudah berubah",
    "status": 409,
    "code": "stale",
    "detail": "Isian ini sudah diubah orang lain. Bandingkan lalu pilih nilai yang dipakai.",
    "yours": {"kind": "point", "min": "5", "max": "5", "text": "", "unit": "", "decimals": "2"},
    "theirs": "14,0",
}


@pytest.mark.parametrize(
    ("address", "headers"),
    [
        ("/galat/stale/", {"Accept": "application/json"}),
        ("/galat/stale/", {"Accept": "text/event-stream"}),
        ("/api/v1/galat/stale/", {}),
    ],
)
def test_programs_get_a_problem(client, address, headers):
    answer = client.get(address, headers=headers)
    assert (answer.status_code, answer["Content-Type"]) == (409, "application/problem+json")
    assert answer.json() == STALE


def test_people_get_a_page(client):
    answer = client.get("/galat/invalid/", headers={"Accept": "text/html"})
    assert answer.status_code == 400
    assert [template.name for template in answer.templates][:2] == ["errors/problem.html", "base.html"]
    assert answer.context["error"] == {"code": "bad_cell", "message": "Sel B3 bukan angka.", "status": 400}
    assert answer.content.decode().count("<h1>Sel B3 bukan angka.</h1>") == 1


def test_htmx_gets_a_fragment_of_a_page(client):
    answer = client.get("/galat/stale/", headers={"HX-Request": "true", "Accept": "*/*"})
    assert answer.status_code == 409
    names = [template.name for template in answer.templates]
    assert (names[0], names.count("base.html")) == ("errors/_problem.html", 0)


def test_other_errors_stay_djangos():
    client = Client(raise_request_exception=True)
    with pytest.raises(RuntimeError):
        client.get("/galat/bug/")
    with pytest.raises(RuntimeError):
        client.get("/api/v1/galat/bug/")


@pytest.mark.parametrize(
    ("address", "headers"),
    [
        ("/tertutup/", {"HX-Request": "true"}),
        ("/tertutup/", {"Accept": "application/json"}),
        ("/api/v1/tertutup/", {}),
    ],
)
def test_a_program_is_never_sent_to_the_login_page(client, address, headers):
    answer = client.get(address, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (401, "not_authenticated")


def test_a_person_is_sent_to_the_login_page(client):
    assert client.get("/tertutup/")["Location"] == "/masuk/?next=/isian/"
    assert client.get("/pindah/", headers={"HX-Request": "true"})["Location"] == "/beranda/"


@pytest.mark.parametrize(
    ("what", "status", "code", "errors"),
    [
        ("invalid", 400, "bad_cell", None),
        ("missing", 404, "not_found", None),
        ("forbidden", 403, "not_allowed", None),
        ("validation", 400, "invalid", {"nilai": ["Wajib diisi."]}),
        ("sentence", 400, "invalid", {"": ["Wajib diisi."]}),
        ("serializer", 400, "invalid", {"nilai": ["Wajib diisi."]}),
        ("login", 403, "not_authenticated", None),
        ("slow", 429, "throttled", None),
        ("json", 400, "parse_error", None),
    ],
)
def test_the_api_maps_every_known_error(client, what, status, code, errors):
    answer = client.get(f"/api/v1/galat/{what}/")
    body = answer.json()
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    assert (body["status"], body["code"], body.get("errors")) == (status, code, errors)
    assert body["type"] == f"urn:portal-rakortek:problem:{code}"


def test_the_api_speaks_json_only(client):
    answer = client.get("/api/v1/galat/stale/", headers={"Accept": "text/html"})
    assert (answer.status_code, answer.json()["detail"]) == (406, "Jawaban hanya tersedia sebagai JSON.")


def test_the_api_says_how_long_to_wait(client):
    assert client.get("/api/v1/galat/slow/")["Retry-After"] == "11"


def test_a_wrong_method_is_answered_in_indonesian(client):
    answer = client.post("/api/v1/galat/stale/")
    assert (answer.status_code, answer.json()["detail"]) == (
        405,
        "Alamat ini tidak menerima cara permintaan tersebut.",
    )


def test_a_harmless_request_id_is_kept(client):
    answer = client.get("/siapa/", headers={"X-Request-ID": "abc-12345"})
    assert answer["X-Request-ID"] == "abc-12345"
    assert answer.content == b"abc-12345 abc-12345"
    assert current_request_id() == "-"


@pytest.mark.parametrize("sent", ["", "short", "x" * 65, "abc 12345", "abc\t123456", "é" * 10, "<script>1"])
def test_any_other_request_id_is_replaced(client, sent):
    answer = client.get("/siapa/", headers={"X-Request-ID": sent})
    assert len(answer["X-Request-ID"]) == 32
    assert answer.content.decode() == f"{answer['X-Request-ID']} {answer['X-Request-ID']}"


def test_every_log_line_has_an_id():
    record = logging.LogRecord("x", logging.INFO, __file__, 1, "pesan", None, None)
    assert RequestIdFilter().filter(record) is True
    assert record.request_id == "-"


def test_the_family_of_errors():
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, errors.DomainError)]
    assert {kind.__name__: (kind.status, kind.code) for kind in kinds} == {
        "DomainError": (400, "error"),
        "InvalidInput": (400, "invalid"),
        "AmbiguousNumber": (400, "ambiguous_number"),
        "NotAllowed": (403, "not_allowed"),
        "NotFound": (404, "not_found"),
        "TransitionNotAllowed": (409, "transition_not_allowed"),
        "StageClosed": (409, "stage_closed"),
        "StaleState": (409, "stale"),
        "PreconditionFailed": (412, "precondition_failed"),
        "KeyReused": (422, "key_reused"),
        "OtherPerson": (409, "other_person"),
        "OtherSpeaker": (409, "other_speaker"),
        "PreconditionRequired": (428, "precondition_required"),
        "TooManyAttempts": (429, "too_many_attempts"),
        "Unavailable": (503, "unavailable"),
    }


def test_an_error_of_its_own_code_leaves_the_class_alone():
    own = errors.NotAllowed("Hanya Bappeda.", code="only_bappeda", desk="1.02")
    assert (own.code, own.message, own.status, own.details) == ("only_bappeda", "Hanya Bappeda.", 403, {"desk": "1.02"})
    assert str(own) == "Hanya Bappeda."
    assert errors.NotAllowed().code == "not_allowed"


def test_forms_are_drawn_with_the_portals_templates(client):
    assert settings.FORM_RENDERER == "core.forms.PortalFormRenderer"
    drawn = client.get("/formulir/")
    names = {template.name for template in drawn.templates}
    assert {"components/form.html", "components/field.html", "django/forms/widgets/text.html"} <= names
    assert drawn.content.decode().count('<input type="text" name="name"') == 1
