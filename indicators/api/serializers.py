"""How the API writes documents, figures, indicators and nodes of priority trees."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from core.serializers import ValueSerializer
from indicators.choices import Aggregation, Direction, FigureKind, Strand
from planning.choices import DocumentKind, DocumentStage, PriorityTree


class DocumentSerializer(serializers.Serializer[Any]):
    """A document without its lines."""

    id = serializers.IntegerField(source="pk")
    kind = serializers.ChoiceField(choices=DocumentKind.choices)
    owner = serializers.CharField(source="owner.code", help_text="Pemilik, jenis:kode lembaga.")
    owner_name = serializers.CharField(source="owner.name")
    region = serializers.CharField(source="owner.region.kode", help_text="Kode wilayah pemilik; 00 untuk pusat.")
    year_from = serializers.IntegerField()
    year_to = serializers.IntegerField()
    version = serializers.IntegerField()
    stage = serializers.ChoiceField(choices=DocumentStage.choices)
    published = serializers.BooleanField(help_text="Sudah ditetapkan; selain itu hanya terbaca pemilik dan pusat.")
    title = serializers.CharField()
    source = serializers.CharField()  # type: ignore[assignment]
    simulated = serializers.BooleanField()
    loaded_at = serializers.DateTimeField(allow_null=True)
    lines = serializers.IntegerField(source="line_count", help_text="Banyaknya baris.")


class LineYearSerializer(serializers.Serializer[Any]):
    """What a line says of one year."""

    year = serializers.IntegerField()
    target = serializers.CharField(help_text="Seperti tertulis; kosong bila tidak ada.")
    amount = serializers.IntegerField(allow_null=True, help_text="Pagu dalam rupiah penuh.")
    amount_unit = serializers.CharField(help_text="Satuan asal pagu: rp, ribu, juta, atau miliar.")


class LineFigureSerializer(serializers.Serializer[Any]):
    """A target of an indicator of the catalogue that a line states."""

    indicator = serializers.CharField(source="code")
    region = serializers.CharField(source="region_code")
    year = serializers.IntegerField()
    period = serializers.CharField()
    value = ValueSerializer()


class LineSerializer(serializers.Serializer[Any]):
    """A line of a document with all it says."""

    code = serializers.CharField(source="line.line_code")
    parent = serializers.CharField(source="line.parent.line_code", default="", help_text="Kode baris induk.")  # type: ignore[assignment]
    level = serializers.CharField(source="line.level")
    text = serializers.CharField(source="line.text")
    nomenclature = serializers.CharField(source="line.nomenclature.kode", default="")
    institution = serializers.CharField(source="line.institution.code", default="", help_text="Pelaksana, jenis:kode.")
    region = serializers.CharField(source="line.region.kode", default="")
    location = serializers.CharField(source="line.location")
    indicator_text = serializers.CharField(source="line.indicator_text")
    unit = serializers.CharField(source="line.unit")
    years = LineYearSerializer(many=True)
    figures = LineFigureSerializer(many=True)


class FigureDocumentSerializer(serializers.Serializer[Any]):
    """Where in a document a figure stands."""

    id = serializers.IntegerField()
    title = serializers.CharField()
    stage = serializers.ChoiceField(choices=DocumentStage.choices)
    version = serializers.IntegerField()
    line = serializers.CharField(help_text="Kode baris.")


class FigureSerializer(serializers.Serializer[Any]):
    """A number that somebody stated, with its source."""

    id = serializers.IntegerField()
    indicator = serializers.CharField()
    name = serializers.CharField(help_text="Rumusan terbaru indikator.")
    region = serializers.CharField(help_text="Kode wilayah Kemendagri; 00 untuk nasional.")
    region_name = serializers.CharField()
    year = serializers.IntegerField()
    period = serializers.CharField()
    kind = serializers.ChoiceField(choices=FigureKind.choices)
    source = serializers.CharField(help_text="Kode sumber, misalnya bps, rpjmn, rakortek.")  # type: ignore[assignment]
    origin = serializers.CharField(help_text="Asal seperti dikutip, misalnya nomor berita acara.")
    value = ValueSerializer()
    simulated = serializers.BooleanField()
    needs_check = serializers.BooleanField()
    document = FigureDocumentSerializer(allow_null=True)


class IndicatorSerializer(serializers.Serializer[Any]):
    """An indicator of the catalogue."""

    code = serializers.CharField()
    name = serializers.CharField(source="latest_name", allow_null=True, help_text="Rumusan terbaru.")
    strand = serializers.ChoiceField(choices=Strand.choices)
    bidang = serializers.CharField(
        source="bidang.kode", default="", help_text="Kode bidang urusan; kosong bila tidak ada."
    )
    unit = serializers.CharField()
    decimals = serializers.IntegerField()
    direction = serializers.ChoiceField(choices=Direction.choices, allow_null=True)
    gov_levels = serializers.CharField(help_text="Tingkat pemerintahan yang mengisinya.")
    aggregation = serializers.ChoiceField(
        choices=Aggregation.choices, help_text="Cara nilai daerah menjadi nilai nasional."
    )
    weigher = serializers.CharField(source="weigher.code", default="", help_text="Indikator penimbang.")
    simulated = serializers.BooleanField()


class VersionSerializer(serializers.Serializer[Any]):
    """The wording of an indicator in a plan year."""

    year = serializers.IntegerField()
    no = serializers.IntegerField()
    name = serializers.CharField()
    unit = serializers.CharField()
    in_words = serializers.BooleanField()
    outcome = serializers.CharField()
    definition = serializers.CharField()
    formula = serializers.CharField()
    source = serializers.CharField()  # type: ignore[assignment]


class NodeSerializer(serializers.Serializer[Any]):
    """A node of a priority tree."""

    key = serializers.CharField(help_text="pohon:tahun:kode, seperti dipakai saringan `prioritas`.")
    tree = serializers.ChoiceField(choices=PriorityTree.choices)
    year = serializers.IntegerField()
    code = serializers.CharField()
    name = serializers.CharField()
    parent = serializers.CharField(source="parent.key", default="", help_text="Kunci simpul induk; kosong di puncak.")  # type: ignore[assignment]
    source = serializers.CharField()  # type: ignore[assignment]


class IndicatorDetailSerializer(IndicatorSerializer):
    """An indicator with its wordings, codes elsewhere and priorities."""

    versions = VersionSerializer(source="wordings", many=True)
    codes = serializers.ListField(child=serializers.CharField(), help_text="Padanan kode, skema:kode.")
    priorities = serializers.ListField(child=serializers.CharField(), help_text="Kunci simpul prioritas.")


class NodeDetailSerializer(NodeSerializer):
    """A node with what hangs on it and below."""

    children = serializers.ListField(child=serializers.CharField(), help_text="Kunci simpul langsung di bawahnya.")
    indicators = serializers.ListField(
        child=serializers.CharField(), help_text="Kode indikator, termasuk pada turunannya."
    )
    sub_kegiatan = serializers.ListField(
        child=serializers.CharField(), help_text="jenis pemda:kode, termasuk pada turunannya."
    )
