"""The guides of docs/panduan as pages: the same text that stands in the repository, with its pictures.

Knows what the guides use: headings, paragraphs, lists, tables, pictures, bold, italic, code and links. Everything else is text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Final

from django.conf import settings
from django.templatetags.static import static
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

FOLDER: Final = "docs/panduan"
_STATIC: Final = re.compile(r"^(?:\.\./)+static/(.+)$")
_PICTURE: Final = re.compile(r"^!\[([^\]]*)\]\(([^)]+)\)$")


@lru_cache(maxsize=8)
def guide_html(name: str) -> SafeString:
    """The guide `docs/panduan/<name>.md` without its title, as HTML; '' where the installation lacks it."""
    path = Path(settings.BASE_DIR) / FOLDER / f"{name}.md"
    if not path.exists():
        return SafeString("")
    lines = path.read_text(encoding="utf-8").splitlines()
    body = [line for line in lines if not line.startswith("# ")]
    return mark_safe("\n".join(_blocks(body)))  # noqa: S308 - every piece of text below is escaped


def _blocks(lines: list[str]) -> Iterator[str]:
    block: list[str] = []
    for line in [*lines, ""]:
        if line.strip():
            block.append(line)
        elif block:
            yield _block(block)
            block = []


def _block(lines: list[str]) -> str:
    first = lines[0]
    if first.startswith("## "):
        return f"<h2>{_inline(first[3:])}</h2>"
    if picture := _PICTURE.match(first):
        return (
            f'<p><img class="guide-picture" src="{_source(picture[2])}" alt="{escape(picture[1])}" loading="lazy"></p>'
        )
    if first.startswith("|"):
        return _table(lines)
    if re.match(r"\d+\. ", first):
        return _list("ol", [re.sub(r"^\d+\. ", "", line) for line in lines])
    if first.startswith("- "):
        return _list("ul", [line.removeprefix("- ") for line in lines])
    return f"<p>{_inline(' '.join(lines))}</p>"


def _list(tag: str, items: list[str]) -> str:
    return f"<{tag}>{''.join(f'<li>{_inline(item)}</li>' for item in items)}</{tag}>"


def _table(lines: list[str]) -> str:
    rows = [
        [_inline(cell.strip()) for cell in line.strip("|").split("|")] for line in lines if not set(line) <= set("|-: ")
    ]
    head = "".join(f'<th scope="col">{cell}</th>' for cell in rows[0])
    body = "".join(
        f'<tr><th scope="row">{row[0]}</th>{"".join(f"<td>{cell}</td>" for cell in row[1:])}</tr>' for row in rows[1:]
    )
    return f'<table class="data"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def _inline(text: str) -> str:
    done = str(escape(text))
    done = re.sub(r"`([^`]+)`", r'<span class="code">\1</span>', done)
    done = re.sub(r"\*\*([^*]+)\*\*", r"<b>\1</b>", done)
    done = re.sub(r"\*([^*]+)\*", r"<i>\1</i>", done)
    return re.sub(r"\[([^\]]+)\]\((/[^)\s]+)\)", r'<a href="\2">\1</a>', done)


def _source(address: str) -> str:
    found = _STATIC.match(address)
    return str(escape(static(found[1]) if found else address))
