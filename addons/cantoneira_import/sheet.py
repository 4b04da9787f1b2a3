"""Spreadsheets to rows and back. Free of the ORM.

>>> rows("a.csv", "Nome;Preço\\r\\nFita;12,50\\r\\n;\\r\\n".encode("latin-1"))
[(1, ['Nome', 'Preço']), (2, ['Fita', '12,50'])]
>>> rows("a.xlsx", write("Preços", ["Nome", "Preço"], [["=1+1", 12.5]], []))
[(1, ['Nome', 'Preço']), (2, ['=1+1', 12.5])]
"""

from __future__ import annotations

import csv
import io
import zipfile
from enum import StrEnum

import openpyxl
import xlsxwriter

MAX_BYTES = 10_000_000
#: A workbook is a zip file: what it may hold when unpacked.
MAX_UNPACKED, MAX_MEMBERS = 80_000_000, 500
MAX_ROWS, MAX_COLUMNS, MAX_SCANNED = 5_000, 60, 100_000


class Unreadable(StrEnum):
    """Why a file gives no rows."""

    EMPTY = "empty"
    TYPE = "type"
    OLD = "old"
    BROKEN = "broken"
    TOO_LARGE = "too_large"
    TOO_MANY_ROWS = "too_many_rows"
    TOO_MANY_COLUMNS = "too_many_columns"


class SheetProblem(ValueError):
    """The file cannot be read; ``why`` says it."""

    def __init__(self, why: Unreadable):
        super().__init__(why)
        self.why = why


Rows = list[tuple[int, list[object]]]


def rows(name: str, content: bytes) -> Rows:
    """Return ``(number, cells)`` of every row that holds something, of the first sheet.

    :raises SheetProblem: for what is no spreadsheet, or larger than anybody's.
    """
    if not content.strip():
        raise SheetProblem(Unreadable.EMPTY)
    if len(content) > MAX_BYTES:
        raise SheetProblem(Unreadable.TOO_LARGE)
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise SheetProblem(Unreadable.OLD)
    if content.startswith(b"PK"):
        found = _read_workbook(content)
    elif name.lower().endswith((".csv", ".txt", ".tsv")):
        found = _read_csv(content)
    else:
        raise SheetProblem(Unreadable.TYPE)
    if not found:
        raise SheetProblem(Unreadable.EMPTY)
    return found


def _filled(numbered) -> Rows:
    """Rows that hold something, counted while they are read: nobody reads a million."""
    found = []
    for position, cells in numbered:
        if position > MAX_SCANNED:
            raise SheetProblem(Unreadable.TOO_MANY_ROWS)
        cells = list(cells)
        while cells and (cells[-1] is None or cells[-1] == "" or str(cells[-1]).isspace()):
            cells.pop()
        if len(cells) > MAX_COLUMNS:
            raise SheetProblem(Unreadable.TOO_MANY_COLUMNS)
        if cells:
            found.append((position, cells))
        if len(found) > MAX_ROWS + 1:
            raise SheetProblem(Unreadable.TOO_MANY_ROWS)
    return found


def _read_workbook(content: bytes) -> Rows:
    _check_archive(content)
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
        sheet = book.worksheets[0]
        # What the file says of its size may be wrong, in either direction.
        sheet.reset_dimensions()
        return _filled(enumerate(sheet.iter_rows(values_only=True), start=1))
    except SheetProblem:
        raise
    # openpyxl lets through whatever the parts of a damaged workbook make it raise.
    except Exception:  # noqa: BLE001
        raise SheetProblem(Unreadable.BROKEN) from None


def _check_archive(content: bytes) -> None:
    """Refuse what unpacks to something huge, what is no workbook, and documents with entities."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            unpacked = sum(member.file_size for member in members)
            if unpacked > MAX_UNPACKED or len(members) > MAX_MEMBERS:
                raise SheetProblem(Unreadable.TOO_LARGE)
            names = {member.filename for member in members}
            if "xl/workbook.xml" not in names:
                raise SheetProblem(Unreadable.TYPE)
            for member in members:
                with archive.open(member) as part:
                    if b"<!DOCTYPE" in part.read(2_000).replace(b"\0", b""):
                        raise SheetProblem(Unreadable.BROKEN)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError):
        raise SheetProblem(Unreadable.BROKEN) from None


def _read_csv(content: bytes) -> Rows:
    words = _decoded(content)
    first = words.lstrip().split("\n", 1)[0]
    delimiter = max(";\t,", key=first.count)
    reader = csv.reader(io.StringIO(words, newline=""), delimiter=delimiter)
    try:
        return _filled(
            (position, [c or None for c in cells]) for position, cells in enumerate(reader, 1)
        )
    except csv.Error:
        raise SheetProblem(Unreadable.BROKEN) from None


def _decoded(content: bytes) -> str:
    """UTF-8 with or without mark, UTF-16 with one, else what Windows writes in Brazil."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ("utf-16",)
    else:
        encodings = ("utf-8-sig", "cp1252", "latin-1")
    for encoding in encodings:
        try:
            words = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in words:
            raise SheetProblem(Unreadable.TYPE)
        return words
    raise SheetProblem(Unreadable.BROKEN)


def write(
    title: str, headings: list[str], lines: list[list[object]], notes: list[list[str]]
) -> bytes:
    """Return a workbook: ``lines`` under ``headings``, and ``notes`` on a second sheet.

    Text stays text: what begins with = is no formula for whoever opens the file.
    """
    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(target, options) as book:
        bold = book.add_format({"bold": True, "bg_color": "#E8E0D4", "text_wrap": True})
        wrap = book.add_format({"text_wrap": True, "valign": "top"})
        # Codes, CNPJ and CEP keep their zeros only in cells of text.
        as_text = book.add_format({"num_format": "@"})
        sheet = book.add_worksheet(title)
        sheet.freeze_panes(1, 0)
        for position, heading in enumerate(headings):
            sheet.set_column(position, position, max(12, len(heading) + 2))
        sheet.write_row(0, 0, headings, bold)
        for position, cells in enumerate(lines, start=1):
            for column, cell in enumerate(cells):
                if isinstance(cell, str):
                    sheet.write_string(position, column, cell, as_text)
                elif cell is not None:
                    sheet.write_number(position, column, cell)
        if notes:
            guide = book.add_worksheet("Como preencher")
            guide.set_column(0, 0, 28)
            guide.set_column(1, 2, 60)
            for position, line in enumerate(notes):
                guide.write_row(position, 0, line, bold if not position else wrap)
    return target.getvalue()
