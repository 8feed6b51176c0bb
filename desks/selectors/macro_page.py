"""What the page of a macro row and the room show of it beside the shared parts: actions, figures, chart."""

from __future__ import annotations

from dataclasses import dataclass

from accounts.actors import Actor
from core.values import Value, format_value
from desks.choices import AGREED_STATES
from desks.levels import LevelWords
from desks.models import Item, Position, Session
from desks.selectors.figures import Shown, beside, figures_of_desk
from desks.selectors.group_figures import group_figures
from desks.selectors.macro import ActionPanel, action_panel
from desks.selectors.macro_chart import Chart, chart_of
from desks.selectors.macro_figures import DocumentFigure, document_figures, with_documents


@dataclass(frozen=True)
class FigureLine:
    """A figure in words: what, value, where from."""

    label: str
    value: str
    mark: str
    origin: str


@dataclass(frozen=True)
class MacroRow:
    """A macro row: both sides' actions, the figures of its form, the series and its chart (None with too few numbers)."""

    actions: ActionPanel
    figures: list[FigureLine]
    series: list[FigureLine]
    chart: Chart | None
    sides: str
    """Both sides in a word each: `pusat dan daerah`."""


def macro_row(actor: Actor, item: Item, session: Session | None = None) -> MacroRow:
    """Everything about a macro row that its pages draw, in a fixed number of queries."""
    assert item.indicator_id is not None
    round_ = item.round
    book = figures_of_desk(round_, [item.indicator_id], [item.region_id], years=True)
    documents = document_figures([item.indicator_id], item.region_id).get(item.indicator_id, [])
    figures = with_documents(round_, beside(book, item.indicator_id, item.region_id), documents)
    groups = group_figures(round_, item.region_id, [item.indicator_id])
    if item.indicator_id in groups:
        figures["rpjmn_group"] = groups[item.indicator_id]
    plan = round_.plan_year
    newest = _newest(item)
    actuals = [(int(key), shown) for key, shown in sorted(figures.items()) if key.isdecimal()]
    chart = chart_of(
        plan,
        actuals,
        documents,
        figures.get("national"),
        newest,
        agreed=item.state in AGREED_STATES,
        area=round_.words.area,
    )
    return MacroRow(
        action_panel(actor, item, session), _lines(plan, round_.words, figures), _series(actuals, documents), chart,
        f"{round_.words.host_side} dan {round_.words.region_side}",
    )  # fmt: skip


def _newest(item: Item) -> Value | None:
    """The figure of the plan year: what was agreed, else the newest on the table."""
    agreed: Value | None = item.value_agreed
    if item.state in AGREED_STATES:
        return agreed
    position = Position.objects.filter(item=item).order_by("-seq").first()
    return position.value if position else None


def _lines(plan: int, words: LevelWords, figures: dict[str, Shown]) -> list[FigureLine]:
    labels = (
        (str(plan - 3), f"Realisasi {plan - 3}"), (str(plan - 2), f"Realisasi {plan - 2}"), ("previous", f"Target {plan - 1}"),
        ("national", f"{words.area.capitalize()} {plan}"), ("rpjmn", "RPJMN wilayah"), ("rpjmn_group", "RPJMN pulau"), ("rpjmd", f"RPJMD {plan}"),
        ("rkpd", f"Ranwal RKPD {plan}"), ("indicative", f"Indikatif {words.host_side} {plan}"),
    )  # fmt: skip
    return [
        FigureLine(label, shown.text, shown.mark, shown.origin)
        for key, label in labels if (shown := figures.get(key)) is not None
    ]  # fmt: skip


def _series(actuals: list[tuple[int, Shown]], documents: list[DocumentFigure]) -> list[FigureLine]:
    """The table beside the chart: every number it draws."""
    rows = [FigureLine(f"Realisasi {year}", shown.text, shown.mark, shown.origin) for year, shown in actuals]
    for row in documents:
        when = row.period or str(row.year)
        marks = ("simulasi" if row.simulated else "", "perlu verifikasi" if row.needs_check else "")
        mark = ", ".join(word for word in marks if word)
        rows.append(FigureLine(f"Target {row.source.upper()} {when}", format_value(row.value), mark, row.origin))
    return rows
