"""The form of an usulan: its head as fields, its locations and readiness as numbered rows that keep what was typed."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.core.files.uploadedfile import UploadedFile

from accounts.choices import InstitutionKind, RegionLevel
from accounts.models import Institution
from core.files import EVIDENCE, store_upload
from core.models import StoredFile
from core.money import Unit
from core.numbers import format_number
from desks.choices import GONE_PLACES, ReadinessStatus
from desks.forms import RefusableForm
from desks.forms_aim import aim_context, aim_data, aim_initial
from desks.models import Meja, Usulan
from desks.selectors.usulan.facts import money
from desks.services.usulan.read import PlaceData, ReadinessData, UsulanData, regions_for
from planning.forms import NodeGroup, PriorityField
from planning.models import ReadinessCriterion, RincianOutput

EMPTY_ROWS: Final = 2
MOST_ROWS: Final = 60
READY_FIELDS: Final = (("status", "rc"), ("month", "bulan"), ("link", "tautan"))
PLACE_FIELDS: Final = ("lokasi", "rinci", "volume", "alokasi")


class UsulanForm(RefusableForm):
    """What is typed of an usulan; every rule is the service's."""

    title = forms.CharField(label="Judul usulan", max_length=300)
    unit = forms.CharField(label="Satuan volume", max_length=60, required=False)
    amount_unit = forms.ChoiceField(label="Alokasi ditulis dalam", choices=Unit.choices, initial=Unit.RIBU)
    opd = forms.ModelChoiceField(
        Institution.objects.none(), label="Perangkat daerah", required=False, empty_label="— pilih —"
    )
    justification = forms.CharField(
        label="Justifikasi", required=False, max_length=20_000, widget=forms.Textarea(attrs={"rows": 5})
    )
    priorities = PriorityField()

    def __init__(self, *args: Any, meja: Meja, usulan: Usulan | None = None, person: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.meja, self.usulan, self.person = meja, usulan, person
        field = self.fields["opd"]
        assert isinstance(field, forms.ModelChoiceField)
        kinds = [InstitutionKind.OPD, InstitutionKind.BAPPEDA]
        field.queryset = Institution.objects.filter(region_id=meja.region_id, kind__in=kinds, active=True).order_by(
            "name"
        )
        words = meja.round.words
        field.label = f"{words.opd[0].upper()}{words.opd[1:]}"
        self.fields["title"].help_text = "Sebut pekerjaan dan objeknya, misalnya “Pembangunan jembatan Cikaso”."
        aim = words.aim
        self.fields["unit"].help_text = f"Kosongkan untuk memakai satuan {aim.in_sentence}."
        self.fields["justification"].help_text = aim.justify
        self.fields["unit"].widget.attrs["class"] = "w-medium"
        self.kept: dict[int, StoredFile] = {}
        self.priority_field.offer(meja.round.plan_year)

    @property
    def priority_field(self) -> PriorityField:
        """The nodes of the plan year."""
        field = self.fields["priorities"]
        assert isinstance(field, PriorityField)
        return field

    def priority_groups(self) -> list[NodeGroup]:
        """The trees with their nodes, ticked as typed, else as they stand."""
        return self.priority_field.groups(self["priorities"].value() or ())

    @property
    def within(self) -> bool:
        """Whether a kabupaten/kota files it, so that all locations lie in that one."""
        return self.meja.region.level == RegionLevel.KABKOTA

    def aim_context(self) -> dict[str, Any]:
        """The choices of what it is filed against: what the search found, and what is chosen now."""
        return aim_context(self.meja.round, self.data if self.is_bound else self.initial)

    def place_rows(self) -> list[dict[str, Any]]:
        """The rows of locations: as typed, else as they stand, and some empty ones."""
        rows: list[dict[str, Any]] = []
        if self.is_bound:
            rows = [
                {name: str(self.data.get(f"{name}-{no}", "")) for name in PLACE_FIELDS} for no in range(self._count())
            ]
        elif self.usulan is not None:
            rows = [
                {"lokasi": str(row.region_id), "rinci": row.detail, "volume": format_number(row.volume_proposed),
                 "alokasi": money(row.amount_proposed, self.usulan.amount_unit)}
                for row in self.usulan.places.all() if row.verdict not in GONE_PLACES
            ]  # fmt: skip
        more = EMPTY_ROWS + 3 if self.data.get("langkah") == "baris" else EMPTY_ROWS
        filled = [row for row in rows if any(row.values())]
        rows = filled + [dict.fromkeys(PLACE_FIELDS, "") for _ in range(more if filled else 3)]
        return [{"no": no, **row} for no, row in enumerate(rows[:MOST_ROWS])]

    def _count(self) -> int:
        text = str(self.data.get("baris", "0"))
        return min(int(text), MOST_ROWS) if text.isdecimal() else 0

    def regions(self) -> list[tuple[str, str]]:
        """The locations to choose from."""
        own, *others = regions_for(self.meja)
        if self.within:
            return [(str(own.pk), own.name)]
        return [*((str(row.pk), row.name) for row in others), (str(own.pk), f"{own.name} (lintas kabupaten/kota)")]

    def criteria(self) -> list[ReadinessCriterion]:
        """The criteria that the RO asks for, all general ones where it names none, and whatever was answered before."""
        kept = self.aim_context()["kept"]
        asked = list(kept.criteria.all()) if isinstance(kept, RincianOutput) else []
        known = {row.criterion_id: row.criterion for row in self.usulan.readiness.all()} if self.usulan else {}
        found = {row.pk: row for row in asked or ReadinessCriterion.objects.filter(scope="umum")} | known
        return sorted(found.values(), key=lambda row: (row.order, row.pk))

    def readiness_rows(self) -> list[dict[str, Any]]:
        """The rows of readiness: as typed, else as they stand; with the file that is there or was just uploaded."""
        had = {row.criterion_id: row for row in self.usulan.readiness.all()} if self.usulan else {}
        rows = []
        for criterion in self.criteria():
            row, pk = had.get(criterion.pk), criterion.pk
            stands = {"status": row.status, "month": row.month, "link": row.link} if row else {}
            if self.is_bound:
                stands = {name: str(self.data.get(f"{field}-{pk}", "")) for name, field in READY_FIELDS}
            rows.append({
                "criterion": criterion, **stands, "statuses": ReadinessStatus.choices, "file": row.file if row else None,
                "kept": self.kept.get(pk),
            })  # fmt: skip
        return rows

    def keep_uploads(self) -> None:
        """Store what was uploaded; kept under its code in the form, so that a refusal elsewhere does not lose it. Raises InvalidInput."""
        for criterion in self.criteria():
            uploaded = self.files.get(f"bukti-{criterion.pk}")
            code = str(self.data.get(f"simpan-{criterion.pk}", ""))
            if isinstance(uploaded, UploadedFile):
                self.kept[criterion.pk] = store_upload(uploaded, allowed=EVIDENCE, by=self.person)
            elif code and (found := StoredFile.objects.filter(code=code, by=self.person).first()):
                self.kept[criterion.pk] = found

    def usulan_data(self) -> UsulanData:
        """The typed usulan for the service."""
        data = self.cleaned_data
        return UsulanData(
            data["title"], aim_data(self.data), data["unit"], data["amount_unit"],
            data["opd"].pk if data["opd"] else None, data["justification"], tuple(self._places()), tuple(self._readiness()),
            tuple(node.key for node in data["priorities"]),
        )  # fmt: skip

    def _places(self) -> list[PlaceData]:
        rows = [row for row in self.place_rows() if any(row[name] for name in PLACE_FIELDS)]
        return [
            PlaceData(
                int(row["lokasi"]) if row["lokasi"].isdecimal() else self.meja.region_id if self.within else 0,
                row["rinci"],
                row["volume"],
                row["alokasi"],
            )
            for row in rows
        ]

    def _readiness(self) -> list[ReadinessData]:
        return [
            ReadinessData(
                row["criterion"].pk, row["status"], row["month"], row["link"], row["kept"].pk if row["kept"] else None
            )
            for row in self.readiness_rows()
        ]


def initial_of(usulan: Usulan) -> dict[str, Any]:
    """The head of an usulan as the form begins with it."""
    return {
        "title": usulan.title, "unit": usulan.unit, "amount_unit": usulan.amount_unit, "opd": usulan.opd_id, **aim_initial(usulan),
        "justification": usulan.item.proposal_note, "priorities": [tag.node.key for tag in usulan.priorities.all()],
    }  # fmt: skip
