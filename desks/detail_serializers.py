"""How the API tells the surroundings of a row: figures beside it, figures on the table, sub kegiatan, notes."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from core.money import Unit


class FigureShownSerializer(serializers.Serializer[Any]):
    """A figure beside the target, with its source."""

    label = serializers.CharField(help_text="Misalnya Capaian 2025 atau Target RPJMN 2027.")  # type: ignore[assignment]
    text = serializers.CharField(help_text="Angka seperti dicetak; kosong bila tidak ada.")
    mark = serializers.CharField(help_text="Keterangan, misalnya simulasi atau perlu verifikasi.")
    origin = serializers.CharField(help_text="Sumber.")
    year = serializers.IntegerField()


class StanceShownSerializer(serializers.Serializer[Any]):
    """A stance on a figure."""

    institution = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    text = serializers.CharField()
    recorded = serializers.CharField(help_text="Pencatat bila disampaikan lisan.")


class OfferSerializer(serializers.Serializer[Any]):
    """A figure on the table with the stances it met."""

    seq = serializers.IntegerField()
    value = serializers.CharField()
    institution = serializers.CharField()
    reason = serializers.CharField()
    newest = serializers.BooleanField()
    stances = StanceShownSerializer(many=True)


class SupportShownSerializer(serializers.Serializer[Any]):
    """A supporting sub kegiatan."""

    id = serializers.IntegerField(source="pk")
    kode = serializers.CharField()
    name = serializers.CharField()
    opd = serializers.CharField()
    volume = serializers.CharField()
    places = serializers.CharField()
    total = serializers.CharField(help_text="Pagu seperti dicetak.")
    verdict = serializers.CharField()
    note = serializers.CharField()
    at_desk = serializers.BooleanField(help_text="Ditambahkan di desk.")


class NoteShownSerializer(serializers.Serializer[Any]):
    """A note block."""

    institution = serializers.CharField(source="institution.short_name")
    kind = serializers.CharField()
    version = serializers.IntegerField()
    text = serializers.CharField()


class ItemDetailsSerializer(serializers.Serializer[Any]):
    """Everything around one row that the page of the row shows."""

    code = serializers.CharField()
    version = serializers.IntegerField()
    figures = FigureShownSerializer(many=True)
    offers = OfferSerializer(many=True)
    supports = SupportShownSerializer(many=True)
    notes = NoteShownSerializer(many=True)
    moves = serializers.ListField(child=serializers.CharField(), help_text="Tindakan yang terbuka bagi Anda sekarang.")


class NoteWriteSerializer(serializers.Serializer[Any]):
    """A note block as typed."""

    text = serializers.CharField(allow_blank=True, max_length=20_000)
    version = serializers.IntegerField(min_value=0, help_text="Versi catatan yang menjadi dasar; 0 bila belum ada.")
    internal = serializers.BooleanField(default=False, help_text="Hanya untuk lembaga sendiri.")
    for_institution = serializers.CharField(
        required=False, allow_blank=True, max_length=60, help_text="Dicatat untuk lembaga yang berbicara, jenis:kode."
    )


class NoteAnswerSerializer(serializers.Serializer[Any]):
    """The block after writing."""

    version = serializers.IntegerField()
    text = serializers.CharField()


class FundWriteSerializer(serializers.Serializer[Any]):
    """Pagu of one sumber dana."""

    fund = serializers.CharField(max_length=20, help_text="Kode sumber dana.")
    amount = serializers.CharField(max_length=40, help_text="Jumlah seperti diketik, misalnya 1.250.000.")
    unit = serializers.ChoiceField(choices=[(unit.value, unit.value) for unit in Unit], default=Unit.RP.value)


class SupportWriteSerializer(serializers.Serializer[Any]):
    """A sub kegiatan to link, by codes."""

    version = serializers.IntegerField(min_value=0, help_text="Versi butir yang menjadi dasar.")
    kode = serializers.CharField(max_length=24, help_text="Kode sub kegiatan pada nomenklatur terbaru.")
    opd = serializers.CharField(max_length=60, help_text="Perangkat daerah, jenis:kode.")
    volume = serializers.CharField(required=False, allow_blank=True, max_length=40, default="")
    volume_unit = serializers.CharField(required=False, allow_blank=True, max_length=60, default="")
    places = serializers.ListField(child=serializers.CharField(max_length=13), default=list, max_length=600)
    funds = FundWriteSerializer(many=True, default=list)


class SupportRowSerializer(serializers.Serializer[Any]):
    """One sub kegiatan of a batch: its key, the version of the row it was seen at, and what is typed."""

    item = serializers.CharField(max_length=10, help_text="Kode butir.")
    version = serializers.IntegerField(min_value=0, help_text="Versi butir yang menjadi dasar.")
    nomenclature = serializers.CharField(max_length=24, help_text="Kode sub kegiatan.")
    opd = serializers.CharField(max_length=60, help_text="Perangkat daerah, jenis:kode.")
    changes = serializers.DictField(
        child=serializers.CharField(allow_blank=True, max_length=4000),
        required=False,
        default=dict,
        help_text="volume, volume_unit, places (kode wilayah dengan koma), pagu.<kode sumber dana>, dan unit (Rp, ribu, juta, "
        "miliar) bagi pagu dalam baris ini; yang tidak disebut tetap.",
    )
    delete = serializers.BooleanField(default=False, help_text="Hapus sub kegiatan ini dari butir.")


class SupportSaveSerializer(serializers.Serializer[Any]):
    """A batch of at most 2,000 sub kegiatan."""

    rows = SupportRowSerializer(many=True, allow_empty=False)
