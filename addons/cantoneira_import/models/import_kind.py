"""What the kinds of sheets have in common: read, check everything, then write or not."""

from dataclasses import dataclass, field
from typing import NamedTuple

import psycopg2

from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import float_compare

from .. import cells, sheet
from ..cells import CellProblem, Wrong
from ..sheet import SheetProblem, Unreadable

#: More than these are not told one by one: the file is the wrong one.
MAX_PROBLEMS = 200


@dataclass(frozen=True)
class Column:
    """A column: its ``name`` in code, its Portuguese heading, how its cells are read."""

    name: str
    heading: str
    read: object = cells.text
    help: str = ""
    options: dict = field(default_factory=dict)
    required: bool = False
    also: tuple = ()

    @property
    def keys(self):
        return {cells.header(name) for name in (self.heading, self.name, *self.also)}


class Problem(NamedTuple):
    """What is wrong in ``row`` (0: in the file), ``column`` and ``value`` where it is a cell."""

    row: int
    column: str
    value: str
    message: str


class Row:
    """A row of the sheet: what its cells say, by column name; empty cells are absent."""

    def __init__(self, number, raw):
        self.number, self.raw, self.values = number, raw, {}

    def get(self, name, default=None):
        return self.values.get(name, default)


@dataclass
class Item:
    """A record to be: the row it is told by, the existing ``record`` or none, its values."""

    row: Row
    record: object
    vals: dict
    extra: dict = field(default_factory=dict)


@dataclass
class Outcome:
    """What an import did, or would do."""

    problems: list = field(default_factory=list)
    created: int = 0
    updated: int = 0
    unchanged: int = 0


class _Undo(Exception):
    """Everything went well and is taken back."""


class ImportKind(models.AbstractModel):
    """A kind of sheet. Its models say the columns, the group, and what a row is.

    The order is always the same: read every cell, look up what the rows name, and if all is well
    write all of it in one transaction. Checking does the same and takes it back, so that every
    constraint of every model is asked; what one refuses is traced to its row by halves.
    """

    _name = "cantoneira.import.kind"
    _description = "Kind of sheet"

    _title = ""
    _group = "base.group_system"

    # --------------------------------------------------------- what a kind says
    @api.model
    def _columns(self):
        """``[Column]`` in the order of the template."""
        raise NotImplementedError

    @api.model
    def _examples(self):
        """Lines of the template: ``[{column name: cell}]``."""
        raise NotImplementedError

    @api.model
    def _items(self, rows, problems):
        """``[Item]`` of the rows; what cannot be is added to ``problems``."""
        raise NotImplementedError

    @api.model
    def _apply(self, items):
        """Create and write the records of ``items``, in batches."""
        raise NotImplementedError

    @api.model
    def _lines(self):
        """Everything there is, as ``[{column name: cell}]``: what :meth:`_items` reads back."""
        raise NotImplementedError

    # ------------------------------------------------------------------- access
    @api.model
    def _may(self):
        return self.env.su or self.env.user.has_group(self._group)

    @api.model
    def _check_role(self):
        if not self._may():
            # sudo: the name of a role, for the sentence.
            group = self.env.ref(self._group).sudo().display_name
            raise AccessError(
                self.env._(
                    "Only people with the role %(role)s exchange this sheet. Ask whoever "
                    "administers the system for it.",
                    role=group,
                )
            )

    # -------------------------------------------------------------------- files
    @api.model
    def _template(self):
        """The workbook to fill in, with examples and a guide."""
        columns = self._columns()
        guide = [["Coluna", "O que preencher", "Obrigatória"]]
        guide += [[c.heading, c.help, "sim" if c.required else ""] for c in columns]
        guide += [
            [],
            ["", "Apague as linhas de exemplo antes de importar. Não mude os títulos das colunas."],
            ["", "Célula vazia não muda o que já existe no sistema."],
        ]
        return self._workbook(self._examples(), guide)

    @api.model
    def _export(self):
        """The workbook of all there is: edit it and import it again."""
        return self._workbook(self._lines(), [])

    def _workbook(self, lines, guide):
        columns = self._columns()
        content = [[line.get(column.name) or None for column in columns] for line in lines]
        return sheet.write(self._title, [c.heading for c in columns], content, guide)

    # ---------------------------------------------------------------------- run
    @api.model
    def _run(self, name, content, commit=False):
        """Check the file; with ``commit`` and nothing wrong, import it. An :class:`Outcome`."""
        self._check_role()
        # Creating two thousand records tells nobody two thousand times.
        quiet = self.with_context(mail_create_nolog=True, mail_create_nosubscribe=True)
        return quiet._check_and_apply(name, content, commit)

    def _check_and_apply(self, name, content, commit):
        problems = []
        rows = self._read(name, content, problems)
        items = self._items(rows, problems) if rows else []
        wrong = {problem.row for problem in problems}
        good = [item for item in items if item.row.number not in wrong]
        outcome = Outcome(problems)
        for item in good:
            if not item.record:
                outcome.created += 1
            elif self._changes(item):
                outcome.updated += 1
            else:
                outcome.unchanged += 1
        self._try(good, problems, commit=commit and not problems)
        problems.sort(key=lambda problem: problem.row)
        return outcome

    def _try(self, items, problems, commit):
        """Apply ``items``; without ``commit`` take them back. Refusals become problems."""
        error = self._refusal(items, commit)
        before = len(problems)
        # Where so much is wrong already, nobody waits for more.
        if not error or before >= MAX_PROBLEMS:
            return
        self._trace(items, error, problems)
        if len(problems) == before:
            # Each alone is well, together they are not.
            problems.append(Problem(items[0].row.number, "", "", error))

    def _trace(self, items, error, problems):
        """Find whose refusal ``error`` is, by halves."""
        if len(problems) >= MAX_PROBLEMS:
            return
        if len(items) == 1:
            problems.append(Problem(items[0].row.number, "", "", error))
            return
        middle = len(items) // 2
        for half in (items[:middle], items[middle:]):
            if refusal := self._refusal(half, commit=False):
                self._trace(half, refusal, problems)

    def _refusal(self, items, commit):
        """The sentence that refuses ``items``, None when they can be; kept only on ``commit``."""
        try:
            with self.env.cr.savepoint():
                self._apply(items)
                self.env.flush_all()
                if not commit:
                    raise _Undo
        except _Undo:
            return None
        except UserError as refusal:
            return str(refusal)
        except (psycopg2.IntegrityError, psycopg2.DataError) as refusal:
            return self.env._(
                "The database refuses it: %s", str(refusal).strip().split("\n", maxsplit=1)[0]
            )
        return None

    # ------------------------------------------------------------------ reading
    def _read(self, name, content, problems):
        """``[Row]`` of the file, every cell read; problems of cells and headings are added."""
        try:
            numbered = sheet.rows(name, content)
        except SheetProblem as found:
            problems.append(Problem(0, "", name or "", self._sheet_sentence(found.why)))
            return []
        columns = self._match_headings(*numbered[0], problems)
        if problems:
            return []
        rows = [self._read_row(number, line, columns, problems) for number, line in numbered[1:]]
        if not rows:
            problems.append(
                Problem(0, "", name, self.env._("Below the headings there is nothing to import."))
            )
        return rows

    def _match_headings(self, number, headings, problems):
        """``{position: Column}``"""
        columns, found = self._columns(), {}
        for position, heading in enumerate(headings):
            if cells.is_empty(heading):
                continue
            key = cells.header(heading)
            column = next((c for c in columns if key in c.keys), None)
            shown = cells.shown(heading)
            if not column:
                sentence = self.env._(
                    "There is no column with this heading. Delete it, or use one of: %s.",
                    ", ".join(c.heading for c in columns),
                )
            elif column in found.values():
                sentence = self.env._("This heading stands twice. Delete one of the two columns.")
            else:
                found[position] = column
                continue
            problems.append(Problem(number, shown, shown, sentence))
        for column in columns:
            if column.required and column not in found.values():
                sentence = self.env._("This column is missing. Take the template and fill it in.")
                problems.append(Problem(number, column.heading, "", sentence))
        return found

    def _read_row(self, number, line, columns, problems):
        row = Row(number, {})
        for position, column in columns.items():
            cell = line[position] if position < len(line) else None
            if cells.is_empty(cell):
                if column.required:
                    self._complain(row, column, CellProblem(Wrong.MISSING), problems)
                continue
            row.raw[column.name] = cell
            try:
                row.values[column.name] = column.read(cell, **column.options)
            except CellProblem as problem:
                self._complain(row, column, problem, problems)
        return row

    def _complain(self, row, column, problem, problems):
        sentence = self._cell_sentence(problem)
        value = cells.shown(row.raw.get(column.name))
        problems.append(Problem(row.number, column.heading, value, sentence))

    def _object(self, row, name, sentence, problems):
        """Add a problem with the cell ``name`` of ``row``."""
        column = next(column for column in self._columns() if column.name == name)
        value = cells.shown(row.raw.get(name))
        problems.append(Problem(row.number, column.heading, value, sentence))

    # ---------------------------------------------------------------- comparing
    def _changes(self, item):
        """Whether importing ``item`` would change its record."""
        return bool(self._changed(item.record, item.vals))

    def _changed(self, record, vals):
        """Those of ``vals`` that ``record`` does not have already."""
        changed = {}
        for name, value in vals.items():
            kind = record._fields[name].type
            current = record[name].id if kind == "many2one" else record[name]
            if kind in ("float", "monetary"):
                same = float_compare(current, value, 6) == 0
            else:
                same = (current or False) == (value or False)
            if not same:
                changed[name] = value
        return changed

    def _write_changes(self, items):
        """Write what changed, one write for all records that change alike."""
        alike = {}
        for item in items:
            if item.record and (changed := self._changed(item.record, item.vals)):
                key = tuple(sorted(changed.items()))
                alike[key] = alike.get(key, item.record.browse()) | item.record
        for changed, records in alike.items():
            records.write(dict(changed))

    def _check_twice(self, keyed, problems):
        """``keyed`` is ``[(key, row, column name)]``: each key may stand once."""
        seen = {}
        for key, row, name in keyed:
            if key in seen:
                sentence = self.env._(
                    "The same stands in row %s already. Delete one of the two rows.",
                    seen[key].number,
                )
                self._object(row, name, sentence, problems)
            seen.setdefault(key, row)

    # ---------------------------------------------------------------- sentences
    def _sheet_sentence(self, why):
        sentences = {
            Unreadable.EMPTY: self.env._("The file is empty. Take the template and fill it in."),
            Unreadable.TYPE: self.env._(
                "This is neither an Excel workbook (.xlsx) nor a CSV file. Save your sheet as "
                ".xlsx and choose it again."
            ),
            Unreadable.OLD: self.env._(
                "This is an old Excel file (.xls), or one with a password. Open it and save it as "
                ".xlsx without a password."
            ),
            Unreadable.BROKEN: self.env._(
                "The file is damaged and cannot be read. Open it, save it again as .xlsx, and "
                "choose it again."
            ),
            Unreadable.TOO_LARGE: self.env._(
                "The file is too large: at most %(megabytes)s MB, unpacked %(unpacked)s MB. Copy "
                "the rows into a new sheet without pictures.",
                megabytes=sheet.MAX_BYTES // 1_000_000,
                unpacked=sheet.MAX_UNPACKED // 1_000_000,
            ),
            Unreadable.TOO_MANY_ROWS: self.env._(
                "The sheet has more than %s rows. Split it into several files.", sheet.MAX_ROWS
            ),
            Unreadable.TOO_MANY_COLUMNS: self.env._(
                "The sheet has more than %s columns. Take the template.", sheet.MAX_COLUMNS
            ),
        }
        return sentences[why]

    def _cell_sentence(self, problem):
        sentences = {
            Wrong.MISSING: self.env._("This cell has to be filled in."),
            Wrong.FORMULA: self.env._(
                "This is a formula. Copy the column and paste it as values only."
            ),
            Wrong.ERROR: self.env._("The spreadsheet shows an error here. Correct the formula."),
            Wrong.DATE: self.env._(
                "This is a date. Format the cell as text or as a number and type it again."
            ),
            Wrong.TRUTH: self.env._("This is true or false, where a text or a number belongs."),
            Wrong.NOT_A_NUMBER: self.env._("This is no number. Type only figures, as in 12,50."),
            Wrong.AMBIGUOUS: self.env._(
                "Is this %(one)s or %(other)s? Type it in one of these two ways."
            ),
            Wrong.NEGATIVE: self.env._("This is below zero. Type a number above zero."),
            Wrong.ZERO: self.env._("This has to be above zero."),
            Wrong.FRACTION: self.env._("This has to be a whole number."),
            Wrong.TOO_FINE: self.env._(
                "At most %(digits)s digits after the comma are kept. Round it first."
            ),
            Wrong.TOO_LARGE: self.env._("This number is too large to be meant."),
            Wrong.TOO_LONG: self.env._(
                "This text has %(count)s characters; at most %(most)s are kept. Shorten it."
            ),
            Wrong.ROUNDED: self.env._(
                "The spreadsheet has rounded this number. Format the cell as text and type it "
                "again."
            ),
            Wrong.CHOICE: self.env._("This is none of the words to choose from: %(choices)s."),
        }
        return sentences[problem.wrong] % problem.values
