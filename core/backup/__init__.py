"""One archive with everything an installation holds, and its way back: `manage.py cadangkan` and `manage.py pulihkan`.

Keys are never inside: whoever finds an archive can read it, but not seal a berita acara.
"""

from core.backup.make import Made, make_backup
from core.backup.restore import Restored, restore_backup

__all__ = ["Made", "Restored", "make_backup", "restore_backup"]
