"""Copies of the reference files that a test may break."""

from pathlib import Path

DATA = Path(__file__).resolve().parents[2] / "data"


def broken_copy(folder: Path, name: str, old: str, new: str) -> Path:
    """A folder with the reference files in which `old` of one file reads `new`."""
    for path in DATA.glob("*.csv"):
        (folder / path.name).write_bytes(path.read_bytes())
    text = (folder / name).read_text(encoding="utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    return folder
