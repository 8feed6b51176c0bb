"""Rules of templates, scripts and vendored files that no browser would tell us about."""

from __future__ import annotations

import gzip
import hashlib
import re
from pathlib import Path

import pytest
from django.template.loader import get_template, render_to_string

pytestmark = pytest.mark.static

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
INLINE = re.compile(
    r"\sstyle\s*=|<style|<script(?![^>]*\bsrc=)|\son[a-z]+\s*=\s*[\"']|javascript:|https?://", re.IGNORECASE
)


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_nothing_inline_and_nothing_from_elsewhere(path: Path) -> None:
    assert INLINE.findall(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", sorted((ROOT / "static/js").glob("*.js")), ids=name_of)
def test_scripts_are_short(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 80


@pytest.mark.parametrize("folder", ["static/vendor", "tests/vendor"])
def test_vendored_files_are_the_recorded_ones(folder: str) -> None:
    base = ROOT / folder
    lines = (base / "CHECKSUMS.txt").read_text(encoding="utf-8").splitlines()
    recorded = {name: digest for digest, name in (line.split("  ", 1) for line in lines if line[:1] != "#")}
    present = [path for path in base.rglob("*") if path.is_file() and path.name != "CHECKSUMS.txt"]
    assert recorded == {str(path.relative_to(base)): hashlib.sha256(path.read_bytes()).hexdigest() for path in present}


def test_vendored_files_carry_no_source_map() -> None:
    texts = [path for path in (ROOT / "static/vendor").rglob("*") if path.suffix in {".css", ".js"}]
    assert [name_of(path) for path in texts if "sourceMappingURL" in path.read_text(encoding="utf-8")] == []


def test_assets_of_the_base_page_stay_light() -> None:
    base = (ROOT / "templates/base.html").read_text(encoding="utf-8")
    assets = re.findall(r"\{% static '([^']+)' %\}", base)
    assert len(assets) > 10
    assert sum(len(gzip.compress((ROOT / "static" / asset).read_bytes(), 9)) for asset in assets) <= 60_000


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_every_template_compiles(path: Path) -> None:
    name = str(path.relative_to(ROOT / "templates"))
    assert get_template(name).template.name == name


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "409", "429", "500"])
def test_error_pages_need_no_context(name: str) -> None:
    assert render_to_string(f"{name}.html").count("<h1>") == 1


def test_a_stale_write_shows_the_three_versions_and_escapes_them() -> None:
    error = {
        "message": "Sudah diubah.",
        "code": "stale",
        "yours": {"Target": "<b>14,5</b>"},
        "theirs": "14,0",
        "base": None,
    }
    html = render_to_string("errors/_problem.html", {"error": error})
    assert "".join(re.findall(r"<h2>(.*?)</h2>", html)) == "Sudah diubah."
    assert re.findall(r'<th scope="row">(.*?)</th>', html) == ["Punya Anda", "Punya mereka", "Dasar"]
    assert re.findall(r'class="prewrap">(.*?)</', html) == ["&lt;b&gt;14,5&lt;/b&gt;", "14,0", "–"]


def test_a_timeline_tells_what_comes_next_when_empty() -> None:
    html = render_to_string("components/timeline.html", {"events": []})
    assert re.findall(r"<p[^>]*>(.*?)</p>", html) == [
        "Belum ada riwayat. Setiap perubahan baris ini akan tercatat di sini."
    ]
