"""How the API reads and writes usulan."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from core.money import Unit
from desks.choices import CorrectedField, PlaceVerdict, ReadinessStatus, ReasonCode


class PlaceTypedSerializer(serializers.Serializer[Any]):
    """A location as typed."""

    region = serializers.CharField(help_text="Kode wilayah Kemendagri kabupaten/kota, atau daerah pengusul sendiri.")
    detail = serializers.CharField(max_length=200, allow_blank=True, default="")
    volume = serializers.CharField(max_length=40, allow_blank=True, default="", help_text="Seperti diketik: 2,5.")
    amount = serializers.CharField(max_length=40, allow_blank=True, default="", help_text="Dalam amount_unit: 1.500.")


class ReadinessTypedSerializer(serializers.Serializer[Any]):
    """A readiness criterion as typed; files are uploaded on the page of the usulan."""

    criterion = serializers.CharField(help_text="Kode kriteria, misalnya DED.")
    status = serializers.ChoiceField(choices=ReadinessStatus.choices)
    month = serializers.CharField(max_length=7, allow_blank=True, default="", help_text="Tahun-bulan untuk planned.")
    link = serializers.CharField(max_length=500, allow_blank=True, default="")


class AimSerializer(serializers.Serializer[Any]):
    """What an usulan is filed against."""

    ro = serializers.CharField(
        allow_blank=True,
        default="",
        help_text="Penyelenggaraan nasional: kode K/L:kode RO, misalnya 033:FC.7691.RBB.001.",
    )
    program = serializers.CharField(
        allow_blank=True,
        default="",
        help_text="Penyelenggaraan provinsi: kode program atau sub kegiatan provinsi, misalnya 1.03.10.",
    )
    grant = serializers.BooleanField(
        default=False, help_text="Penyelenggaraan provinsi: Bantuan Keuangan, tanpa program."
    )
    charge = serializers.CharField(
        allow_blank=True,
        default="",
        help_text="Penyelenggaraan provinsi: jenis:kode perangkat daerah provinsi, misalnya opd:36.1.03.",
    )


class UsulanTypedSerializer(AimSerializer):
    """An usulan as typed."""

    title = serializers.CharField(max_length=300)
    unit = serializers.CharField(
        max_length=60, allow_blank=True, default="", help_text="Kosong: satuan RO atau program."
    )
    amount_unit = serializers.ChoiceField(choices=Unit.choices, default=Unit.RIBU)
    opd = serializers.CharField(allow_blank=True, default="", help_text="jenis:kode lembaga perangkat daerah.")
    justification = serializers.CharField(max_length=20_000, allow_blank=True, default="")
    places = PlaceTypedSerializer(many=True, default=list)
    readiness = ReadinessTypedSerializer(many=True, default=list)
    priorities = serializers.ListField(
        child=serializers.CharField(max_length=60), max_length=60, required=False,
        help_text="Kunci simpul prioritas (pohon:tahun:kode); tanpa bidang ini yang sudah ada tetap.",
    )  # fmt: skip


class ChipSerializer(serializers.Serializer[Any]):
    """A node of a priority tree that the usulan serves."""

    key = serializers.CharField(help_text="pohon:tahun:kode.")
    short = serializers.CharField()
    name = serializers.CharField()


class NewUsulanSerializer(UsulanTypedSerializer):
    """A new usulan and the meja at which it is filed."""

    meja = serializers.CharField(max_length=10, help_text="Kode meja desk kewilayahan.")


class PlaceShownSerializer(serializers.Serializer[Any]):
    """A location as it stands; volumes and allocations as printed, the latter in amount_unit."""

    code = serializers.CharField()
    name = serializers.CharField()
    detail = serializers.CharField()
    volume = serializers.CharField()
    amount = serializers.CharField()
    available_volume = serializers.CharField()
    available_amount = serializers.CharField()
    newest_volume = serializers.CharField()
    newest_amount = serializers.CharField()
    agreed_volume = serializers.CharField()
    agreed_amount = serializers.CharField()
    verdict = serializers.CharField()
    verdict_label = serializers.CharField(source="label")
    reason = serializers.CharField()
    note = serializers.CharField()


class ReadyShownSerializer(serializers.Serializer[Any]):
    """A readiness criterion as it stands."""

    criterion = serializers.CharField(help_text="Kode kriteria.")
    name = serializers.CharField()
    words = serializers.CharField()
    link = serializers.CharField()
    file = serializers.CharField(help_text="Kode berkas, kosong bila tidak ada.")


class UsulanShownSerializer(serializers.Serializer[Any]):
    """An usulan as the speaker may read it."""

    code = serializers.CharField()
    version = serializers.IntegerField(source="item.version")
    state = serializers.CharField(source="item.state")
    state_label = serializers.CharField(source="state")
    title = serializers.CharField()
    unit = serializers.CharField()
    amount_unit = serializers.CharField()
    ro = serializers.DictField(
        allow_null=True,
        help_text="kl, code, name, simulated; pada penyelenggaraan provinsi kl memuat perangkat daerah provinsi, code dan name programnya.",
    )
    justification = serializers.CharField()
    opd = serializers.CharField()
    volume = serializers.CharField()
    amount = serializers.CharField()
    places = PlaceShownSerializer(many=True)
    readiness = ReadyShownSerializer(many=True)
    priorities = ChipSerializer(source="chips", many=True)


class PlaceActSerializer(serializers.Serializer[Any]):
    """An act on one location in a sitting."""

    item = serializers.CharField(max_length=10)
    version = serializers.IntegerField(min_value=0)
    place = serializers.CharField(max_length=10, help_text="Kode lokasi.")
    act = serializers.ChoiceField(choices=[("offer", "tawarkan"), ("settle", "putuskan"), ("available", "tersedia")])
    verdict = serializers.ChoiceField(choices=PlaceVerdict.choices, allow_blank=True, default="")
    volume = serializers.CharField(max_length=40, allow_blank=True, default="")
    amount = serializers.CharField(max_length=40, allow_blank=True, default="")
    reason = serializers.ChoiceField(choices=ReasonCode.choices, allow_blank=True, default="")
    text = serializers.CharField(
        max_length=20_000, allow_blank=True, default="", help_text="Alasan tawaran atau catatan lokasi."
    )


class EvidenceSerializer(serializers.Serializer[Any]):
    """An uploaded evidence; a status or month that is left out stays as it is."""

    file = serializers.FileField(help_text="PDF, JPEG, PNG, XLSX, atau DOCX, paling besar 20 MB.")
    status = serializers.CharField(
        max_length=10,
        required=False,
        allow_blank=True,
        default="",
        help_text="ready, planned, not_ready, atau not_needed.",
    )
    month = serializers.CharField(max_length=7, required=False, allow_blank=True, default="")


class UsulanActSerializer(AimSerializer):
    """An act of the chair on an usulan in discussion; which other fields count follows from `verb`: what it is filed against, for correct and split."""

    item = serializers.CharField(max_length=10, help_text="Kode butir usulan.")
    version = serializers.IntegerField(min_value=0)
    verb = serializers.ChoiceField(
        choices=[("correct", "koreksi"), ("merge", "gabung"), ("split", "pecah"), ("tag", "prioritas")]
    )
    field = serializers.ChoiceField(
        choices=CorrectedField.choices, allow_blank=True, default="", help_text="correct: yang semula keliru."
    )
    unit = serializers.CharField(max_length=60, allow_blank=True, default="", help_text="correct: satuan yang benar.")
    place = serializers.CharField(
        max_length=10, allow_blank=True, default="", help_text="correct: kode lokasi yang keliru."
    )
    region = serializers.CharField(
        max_length=13, allow_blank=True, default="", help_text="correct: kode wilayah yang benar."
    )
    detail = serializers.CharField(
        max_length=200,
        allow_blank=True,
        default="",
        help_text="correct: lokasi rinci yang benar di dalam kabupaten/kota.",
    )
    other = serializers.CharField(
        max_length=10, allow_blank=True, default="", help_text="merge: kode usulan yang digabungkan."
    )
    places = serializers.ListField(
        child=serializers.CharField(max_length=10),
        max_length=60,
        default=list,
        help_text="split: kode lokasi yang dipindah.",
    )
    title = serializers.CharField(max_length=300, allow_blank=True, default="", help_text="split: judul usulan baru.")
    text = serializers.CharField(
        max_length=5_000, allow_blank=True, default="", help_text="Alasan koreksi atau catatan."
    )
    priorities = serializers.ListField(
        child=serializers.CharField(max_length=60),
        max_length=60,
        default=list,
        help_text="tag: kunci simpul, seluruhnya.",
    )
