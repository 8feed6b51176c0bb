"""Writing of indicators: documents with the figures that their lines state."""

from indicators.services.documents import remove_document, take_document

__all__ = ["remove_document", "take_document"]
