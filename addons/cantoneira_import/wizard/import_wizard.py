"""Upload, read the report, import."""

import base64
import binascii

from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from ..models.import_kind import MAX_PROBLEMS

KINDS = {
    "customer": "cantoneira.import.customer",
    "paper": "cantoneira.import.paper",
    "profile": "cantoneira.import.profile",
    "price": "cantoneira.import.price",
}


class CantoneiraImport(models.TransientModel):
    """A sheet on its way in: nothing is written before all of it is well."""

    _name = "cantoneira.import"
    _description = "Import and export"

    kind = fields.Selection(
        "_kinds",
        "What",
        required=True,
        default=lambda self: self._kinds()[0][0] if self._kinds() else None,
    )
    # attachment=False: the file dies with the row.
    file = fields.Binary("Spreadsheet", attachment=False)
    file_name = fields.Char()
    state = fields.Selection(
        [
            ("draft", "To check"),
            ("wrong", "To correct"),
            ("well", "Ready to import"),
            ("done", "Imported"),
        ],
        compute="_compute_state",
        store=True,
        readonly=False,
    )
    problem_ids = fields.One2many(
        "cantoneira.import.problem",
        "import_id",
        "What is wrong",
        compute="_compute_state",
        store=True,
        readonly=False,
    )
    problem_count = fields.Integer("Problems", compute="_compute_state", store=True, readonly=False)
    created_count = fields.Integer("New", readonly=True)
    updated_count = fields.Integer("Changed", readonly=True)
    unchanged_count = fields.Integer("As they are", readonly=True)

    def _compute_display_name(self):
        self.display_name = self.env._("Import and export")

    @api.model
    def _kinds(self):
        """Those that the user's role exchanges."""
        names = {
            "customer": self.env._("Customers and suppliers"),
            "paper": self.env._("Papers and supplies"),
            "profile": self.env._("Edge protectors and recipes"),
            "price": self.env._("Prices"),
        }
        return [(kind, name) for kind, name in names.items() if self._kind_model(kind)._may()]

    @api.model
    def _kind_model(self, kind):
        """The ``cantoneira.import.kind`` of ``kind``, None where there is none."""
        return self.env[KINDS[kind]] if kind in KINDS else None

    @api.depends("kind", "file")
    def _compute_state(self):
        """Another file has to be checked again."""
        self.state = "draft"
        self.problem_count = 0
        self.problem_ids = [Command.clear()]

    # ------------------------------------------------------------------ buttons
    def action_check(self):
        """Do everything and take it back; the report says what would happen."""
        self._run(commit=False)

    def action_import(self):
        """Import all of it, or nothing and the report."""
        self._run(commit=True)

    def action_template(self):
        return self._download(template=1)

    def action_export(self):
        return self._download(template=0)

    def _download(self, template):
        self.ensure_one()
        self._kind_model(self.kind)._check_role()
        return {
            "type": "ir.actions.act_url",
            "url": f"/cantoneira/sheet/{self.kind}?template={template}",
            "target": "download",
        }

    def _run(self, commit):
        self.ensure_one()
        if not self.file:
            raise UserError(self.env._("Choose a spreadsheet first."))
        try:
            content = base64.b64decode(self.file, validate=True)
        except binascii.Error:
            raise UserError(self.env._("The file did not arrive whole. Choose it again.")) from None
        outcome = self._kind_model(self.kind)._run(self.file_name or "", content, commit=commit)
        problems = outcome.problems
        self.write(
            {
                "state": "wrong" if problems else "done" if commit else "well",
                "problem_count": len(problems),
                "created_count": outcome.created,
                "updated_count": outcome.updated,
                "unchanged_count": outcome.unchanged,
                "problem_ids": [
                    Command.clear(),
                    *(
                        Command.create({**problem._asdict(), "row": problem.row})
                        for problem in problems[:MAX_PROBLEMS]
                    ),
                ],
            }
        )


class CantoneiraImportProblem(models.TransientModel):
    _name = "cantoneira.import.problem"
    _description = "Problem of an import"
    _order = "row, id"

    import_id = fields.Many2one("cantoneira.import", required=True, ondelete="cascade")
    row = fields.Integer(readonly=True, help="Row of the sheet; 0 is the file as a whole.")
    column = fields.Char(readonly=True)
    value = fields.Char("What it says", readonly=True)
    message = fields.Char("What to do", readonly=True)
