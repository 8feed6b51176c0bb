"""Pages of planning: the list of documents, the catalogue of RO, the sheet of pagu."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.actors import Actor, can
from accounts.http import speaker_of, speaker_required
from accounts.lists import list_tools, opened
from core.dates import read_date
from core.errors import InvalidInput, NotAllowed
from core.listing import page_of, workbook_response
from core.money import Unit, amount_as_typed
from planning.exports import documents_workbook
from planning.exports.outputs import outputs_workbook
from planning.exports.pagu import pagu_workbook
from planning.filters import DocumentFilter, OutputFilter
from planning.forms import PaguFileForm
from planning.imports.pagu import read_pagu
from planning.lists import DOCUMENTS, OUTPUTS, PAGU
from planning.selectors import documents
from planning.selectors.nomenclature import find_programs, provincial_programs
from planning.selectors.outputs import find_outputs, outputs
from planning.selectors.pagu import PaguRow, pagu_rows, pagu_years
from planning.services.pagu import PaguResult, PaguWrite, set_pagu


@require_safe
@speaker_required
def document_list(request: HttpRequest) -> HttpResponse:
    """Documents as filtered; `?format=xlsx` is the same list as a workbook."""
    actor = speaker_of(request)
    filters = DocumentFilter(request.GET, queryset=documents(actor), actor=actor)
    if (saved := opened(request, DOCUMENTS, lambda: filters.form)) is not None:
        return saved
    tools = list_tools(request, DOCUMENTS)
    if request.GET.get("format") == "xlsx":
        return workbook_response(documents_workbook(filters.qs, tools.hidden), "dokumen")
    context = {
        "section": "dokumen",
        "tools": tools,
        "filter": filters.form,
        "page": page_of(request, filters.qs, "dokumen"),
        "may_add": can(actor, "planning.write_document"),
    }
    return render(request, "planning/document_list.html", context)


@require_safe
@speaker_required
def program_choices(request: HttpRequest, year: int) -> HttpResponse:
    """Programs and sub kegiatan of provinces as the choices of a form's search."""
    words, chosen = request.GET.get("program_cari", "").strip(), request.GET.get("program", "")
    kept = provincial_programs(year).filter(pk=int(chosen)).first() if chosen.isdecimal() else None
    return render(
        request, "planning/_programs.html", {"found": find_programs(year, words), "kept": kept, "words": words}
    )


@require_safe
@speaker_required
def output_list(request: HttpRequest) -> HttpResponse:
    """The catalogue of RO as filtered; `?format=xlsx` the same as a workbook, `?pilihan=2027` the choices of a form's search."""
    if (year := request.GET.get("pilihan", "")).isdecimal():
        words, chosen = request.GET.get("ro_cari", "").strip(), request.GET.get("ro", "")
        found = find_outputs(int(year), words)
        kept = outputs().filter(pk=int(chosen)).first() if chosen.isdecimal() else None
        return render(request, "planning/_outputs.html", {"found": found, "kept": kept, "words": words})
    filters = OutputFilter(request.GET, queryset=outputs())
    if (saved := opened(request, OUTPUTS, lambda: filters.form)) is not None:
        return saved
    if request.GET.get("format") == "xlsx":
        return workbook_response(outputs_workbook(filters.qs), "rincian-output")
    page, tools = page_of(request, filters.qs, "rincian output"), list_tools(request, OUTPUTS)
    context = {"section": "dokumen", "tools": tools, "filter": filters.form, "page": page}
    return render(request, "planning/output_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@speaker_required
def pagu_list(request: HttpRequest) -> HttpResponse:
    """The sheet of pagu of a year in one unit; the Bappeda types into it. `?format=xlsx` is the sheet that the upload reads."""
    actor = speaker_of(request)
    if request.method == "POST":
        return _save_pagu(request, actor)
    if (saved := opened(request, PAGU)) is not None:
        return saved
    year, unit = _sheet(request, actor)
    if request.GET.get("format") == "xlsx":
        title = f"Pagu {actor.institution.region.name} {year}"
        return workbook_response(pagu_workbook(title, year, unit, pagu_rows(actor, year, unit)), title)
    return _show_pagu(request, actor, year, unit, pagu_rows(actor, year, unit))


@require_POST
@speaker_required
def pagu_upload(request: HttpRequest) -> HttpResponse:
    """A workbook or CSV of pagu, taken whole or not at all."""
    actor = speaker_of(request)
    if not can(actor, "planning.set_pagu"):
        raise NotAllowed("Pagu perangkat daerah diunggah oleh Bappeda.")
    year, unit = _sheet(request, actor)
    form = PaguFileForm(request.POST, request.FILES)
    problems: list[str] = []
    if form.is_valid():
        unit, uploaded = Unit(form.cleaned_data["satuan"]), form.cleaned_data["file"]
        try:
            writes = read_pagu(actor, year, uploaded.read(), uploaded.name or "berkas", unit)
            results = set_pagu(actor, year, writes, unit)
        except InvalidInput as error:
            problems = [str(each) for each in getattr(error, "problems", None) or [error.message]]
        else:
            _tell(request, results)
            return redirect(f"{reverse('planning:pagu_list')}?tahun={year}&satuan={unit}")
    return _show_pagu(request, actor, year, unit, pagu_rows(actor, year, unit), upload=form, problems=problems)


def _sheet(request: HttpRequest, actor: Actor) -> tuple[int, Unit]:
    """The year and unit asked for; the newest year and whole rupiah where nothing sensible is."""
    given = request.POST if request.method == "POST" else request.GET
    asked, years = given.get("tahun", ""), pagu_years(actor)
    year = (
        int(asked)
        if asked.isascii() and asked.isdigit() and len(asked) == 4
        else next(iter(years), timezone.localdate().year + 1)
    )
    return year, Unit(given["satuan"]) if given.get("satuan") in Unit.values else Unit.RP


def _save_pagu(request: HttpRequest, actor: Actor) -> HttpResponse:
    if not can(actor, "planning.set_pagu"):
        raise NotAllowed("Pagu perangkat daerah ditetapkan oleh Bappeda.")
    year, unit = _sheet(request, actor)
    rows = {row.key: row for row in pagu_rows(actor, year, unit)}
    writes, bad = {}, 0
    for key, row in rows.items():
        row.typed = _texts(request, key) if f"p.{key}" in request.POST else None
        try:
            if (write := _typed(request, key)) is not None:
                writes[key] = write
        except InvalidInput as error:
            row.message, bad = error.message, bad + 1
    results = dict(zip(writes, set_pagu(actor, year, list(writes.values()), unit), strict=True))
    for key, result in results.items():
        rows[key].message = result.message
    if bad or not all(result.ok for result in results.values()):
        return _show_pagu(
            request,
            actor,
            year,
            unit,
            list(rows.values()),
            saved=sum(result.status == "saved" for result in results.values()),
        )
    _tell(request, list(results.values()))
    return redirect(f"{reverse('planning:pagu_list')}?tahun={year}&satuan={unit}")


def _texts(request: HttpRequest, key: str) -> tuple[str, str, str, str]:
    """Amount, status, basis and date of a line as posted."""
    amount, status, source, date = (request.POST.get(f"{part}.{key}", "").strip() for part in "psot")
    return amount, status, source, date


def _typed(request: HttpRequest, key: str) -> PaguWrite | None:
    """A line of the posted sheet that differs from what the page showed (`d.<key>` = version and its texts); None where it does not."""
    version, _, shown = request.POST.get(f"d.{key}", "").partition("|")
    amount, status, source, date = texts = _texts(request, key)
    if not version.isdecimal() or "|".join(texts) == shown:
        return None
    institution, _, bidang = key.partition(".")
    return PaguWrite(int(institution), int(bidang), amount, status != "tetap", source, read_date(date), int(version))


def _show_pagu(
    request: HttpRequest, actor: Actor, year: int, unit: Unit, rows: list[PaguRow], *, upload: PaguFileForm | None = None,
    problems: list[str] | None = None, saved: int | None = None,
) -> HttpResponse:  # fmt: skip
    known = [row.pagu.amount for row in rows if row.pagu]
    context = {
        "section": "dokumen", "rows": rows, "year": year, "unit": unit, "units": Unit.choices, "years": pagu_years(actor) or [year],
        "may_set": can(actor, "planning.set_pagu"), "total": amount_as_typed(sum(known), unit), "missing": len(rows) - len(known),
        "upload": upload or PaguFileForm(initial={"satuan": unit.value}), "problems": problems or [], "saved": saved,
        "bad": [row for row in rows if row.message], "tools": list_tools(request, PAGU), "bar_region": actor.institution.region.name,
    }  # fmt: skip
    status = 422 if problems or context["bad"] or upload is not None else 200
    return render(request, "planning/pagu_list.html", context, status=status)


def _tell(request: HttpRequest, results: list[PaguResult]) -> None:
    saved, same = sum(row.status == "saved" for row in results), sum(row.status == "same" for row in results)
    bad = [row.message for row in results if not row.ok]
    messages.success(request, f"{saved} pagu tersimpan, {same} tetap." if saved or same else "Tidak ada perubahan.")
    for message in bad:
        messages.error(request, message)
