"""Static files with the hash of their content in the name, compressed once."""

from __future__ import annotations

from typing import Any

from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage


class PortalStaticStorage(CompressedManifestStaticFilesStorage):
    """Only gzip: brotli takes a minute for what comes with the packages, and nginx as shipped does not serve it.

    Modules name each other by their hashed names too: after an update no browser mixes an old module with a new one.
    """

    support_js_module_import_aggregation = True

    def create_compressor(self, **kwargs: Any) -> Compressor:
        """The compressor, without brotli."""
        return Compressor(use_brotli=False, **kwargs)
