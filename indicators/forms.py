"""What people type about documents and priority trees."""

from __future__ import annotations

from typing import Any, Final

from django import forms

from accounts.actors import Actor, can
from accounts.choices import InstitutionKind
from accounts.models import Institution
from core.errors import InvalidInput
from core.files import CSV, XLSX, sniff
from planning.choices import OWNER_KINDS, DocumentKind, DocumentStage
from planning.selectors import writable_owners
from planning.services.documents import DocumentHead

MOST_BYTES: Final = 20 * 1024 * 1024


class TableFileField(forms.FileField):
    """A workbook or CSV, found by its content."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", "Berkas .xlsx atau .csv")
        super().__init__(widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}), **kwargs)

    def clean(self, data: Any, initial: Any = None) -> Any:
        """The uploaded file, refused in words where it is too large or of another type."""
        file = super().clean(data, initial)
        if file.size > MOST_BYTES:
            raise forms.ValidationError("Berkas melebihi 20 MB. Pecah menjadi beberapa dokumen.")
        if sniff(file) not in (XLSX, CSV):
            raise forms.ValidationError(
                "Berkas ini bukan .xlsx atau .csv. Buka di Excel, simpan ulang sebagai .xlsx, lalu unggah lagi."
            )
        return file


def show_refusal(form: forms.Form, error: InvalidInput) -> None:
    """Say why above the form; of a file every bad row, the first fifty."""
    problems = getattr(error, "problems", None)
    if not problems:
        form.add_error(None, error.message)
        return
    form.add_error(None, f"{len(problems)} baris bermasalah; tidak ada yang dimuat.")
    for problem in problems[:50]:
        form.add_error(None, str(problem))


class DocumentForm(forms.Form):
    """What the document is, and the file with its lines."""

    error_heading = "Dokumen belum dimuat:"

    kind = forms.ChoiceField(label="Jenis", widget=forms.Select(attrs={"class": "w-medium"}))
    owner = forms.ModelChoiceField(label="Pemilik", queryset=Institution.objects.none(), empty_label=None)
    year_from = forms.IntegerField(
        label="Tahun awal", min_value=2000, max_value=2100, widget=forms.NumberInput(attrs={"class": "w-short"}),
        help_text="RKP, RKPD, Renja, APBN dan APBD mencakup satu tahun.",
    )  # fmt: skip
    year_to = forms.IntegerField(
        label="Tahun akhir", required=False, min_value=2000, max_value=2100, widget=forms.NumberInput(attrs={"class": "w-short"}),
        help_text="Kosong berarti sama dengan tahun awal.",
    )  # fmt: skip
    stage = forms.ChoiceField(
        label="Tahapan", choices=DocumentStage.choices, widget=forms.RadioSelect, initial=DocumentStage.RANWAL,
        help_text="Sebelum penetapan, dokumen hanya dibaca pemiliknya dan pemerintah pusat.",
    )  # fmt: skip
    title = forms.CharField(label="Judul", max_length=300)
    source = forms.CharField(
        label="Dasar atau sumber", max_length=300, required=False, help_text="Misalnya nomor peraturan penetapan."
    )
    file = TableFileField(help_text="Pakai templat dari halaman ini. Berkas dimuat utuh atau tidak sama sekali.")

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owners = writable_owners(actor)
        if can(actor, "planning.edit_reference") and actor.central:
            owners = owners.exclude(kind__in=[InstitutionKind.OPD, InstitutionKind.OTHER])
        owner: Any = self.fields["owner"]
        owner.queryset = owners
        owner.label_from_instance = lambda each: each.name
        owner.initial = actor.institution.pk
        kinds = set(owners.order_by().values_list("kind", flat=True).distinct())
        self.fields["kind"].choices = [  # type: ignore[attr-defined]
            choice for choice in DocumentKind.choices if kinds & set(OWNER_KINDS[choice[0]])
        ]

    def head(self) -> DocumentHead:
        """What was typed."""
        data = self.cleaned_data
        return DocumentHead(
            data["kind"], data["owner"], data["year_from"], data["year_to"] or data["year_from"], data["stage"], data["title"].strip(),
            data["source"].strip(),
        )  # fmt: skip

    def refuse(self, error: InvalidInput) -> None:
        """Show a refusal above the form."""
        show_refusal(self, error)


class PriorityFileForm(forms.Form):
    """A file of nodes or of tags."""

    error_heading = "Belum dimuat:"

    file = TableFileField(help_text="Lembar Simpul dan Tautan dari templat; CSV memuat salah satunya.")

    def refuse(self, error: InvalidInput) -> None:
        """Show a refusal above the form."""
        show_refusal(self, error)
