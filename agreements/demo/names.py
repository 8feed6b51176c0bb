"""Short words for logins, and names of people that nobody bears: every one ends in “(contoh)”."""

from __future__ import annotations

from random import Random
from typing import Final

PROVINCES: Final = {
    "11": "aceh", "12": "sumut", "13": "sumbar", "14": "riau", "15": "jambi", "16": "sumsel", "17": "bengkulu", "18": "lampung",
    "19": "babel", "21": "kepri", "31": "dki", "32": "jabar", "33": "jateng", "34": "diy", "35": "jatim", "36": "banten", "51": "bali",
    "52": "ntb", "53": "ntt", "61": "kalbar", "62": "kalteng", "63": "kalsel", "64": "kaltim", "65": "kaltara", "71": "sulut",
    "72": "sulteng", "73": "sulsel", "74": "sultra", "75": "gorontalo", "76": "sulbar", "81": "maluku", "82": "malut", "91": "papua",
    "92": "papuabarat", "93": "papuaselatan", "94": "papuatengah", "95": "papuapegunungan", "96": "papuabaratdaya",
}  # fmt: skip

BIDANG: Final = {
    "1.01": "pendidikan", "1.02": "kesehatan", "1.03": "pu", "1.04": "perumahan", "1.05": "trantib", "1.06": "sosial",
    "2.07": "naker", "2.08": "pppa", "2.09": "pangan", "2.10": "pertanahan", "2.11": "lh", "2.12": "dukcapil", "2.13": "desa",
    "2.14": "kb", "2.15": "perhubungan", "2.16": "kominfo", "2.17": "ukm", "2.18": "pmodal", "2.19": "pora", "2.20": "statistik",
    "2.21": "sandi", "2.22": "budaya", "2.23": "pustaka", "2.24": "arsip", "3.25": "kelautan", "3.26": "pariwisata", "3.27": "tani",
    "3.28": "hutan", "3.29": "esdm", "3.30": "dagang", "3.31": "industri", "3.32": "trans", "8.01": "kesbangpol",
}  # fmt: skip

FIRST: Final = (
    "Arunika", "Bayanaka", "Candrakanti", "Daluwarsa", "Embunsari", "Gantari", "Harsaloka", "Indurasmi", "Jaladara", "Kanigara",
    "Lembayung", "Mandaloka", "Nararya", "Pawana", "Ranubaya", "Sagarmatha", "Taraksa", "Wanodya", "Yuwanata", "Adicara",
)  # fmt: skip
LAST: Final = (
    "Antarloka", "Bumiraya", "Cakralaya", "Dirgapala", "Girinata", "Jenggalu", "Kertaloka", "Laksmiwana", "Megantara", "Nusapala",
    "Pratiloka", "Rimbawan", "Samudrapala", "Tirtawana", "Wanasaba", "Adiwahana",
)  # fmt: skip


def invented_name(random: Random) -> str:
    """A name made of words, marked as an example."""
    return f"{random.choice(FIRST)} {random.choice(LAST)} (contoh)"
