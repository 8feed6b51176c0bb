"""Static files with the hash of their content in the name, compressed once."""

from __future__ import annotations

from typing import Any

from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage


class PortalStaticStorage(CompressedManifestStaticFilesStorage):
    """Only gzip: brotli takes a minute for what comes with the packages, and nginx as shipped does not serve it."""

    def create_compressor(self, **kwargs: Any) -> Compressor:
        """The compressor, without brotli."""
        return Compressor(use_brotli=False, **kwargs)
