"""What was written: bidang urusan, nomenclature by version, documents, pagu, priority trees, who holds which bidang."""

from planning.models.documents import Document, DocumentLine, LineYear, Pagu
from planning.models.priorities import NomenclaturePriority, PriorityNode, PriorityTag
from planning.models.reference import (
    BidangHolder,
    BidangUrusan,
    FundingSource,
    Nomenclature,
    NomenclatureVersion,
    ReadinessCriterion,
    RincianOutput,
)
from planning.models.uploads import ColumnMapping, Upload, UploadRow

__all__ = [
    "BidangHolder",
    "BidangUrusan",
    "ColumnMapping",
    "Document",
    "DocumentLine",
    "FundingSource",
    "LineYear",
    "Nomenclature",
    "NomenclaturePriority",
    "NomenclatureVersion",
    "Pagu",
    "PriorityNode",
    "PriorityTag",
    "ReadinessCriterion",
    "RincianOutput",
    "Upload",
    "UploadRow",
]
