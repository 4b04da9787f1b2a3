"""The dialog in which a receipt's reels are weighed, one by one or from a list."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.cantoneira_stock.tools import format_number

from .. import reels
from ..reels import PasteProblem, Verdict

APPROVERS = "cantoneira_reel.group_approve_differences"


class ReelReceipt(models.TransientModel):
    _name = "cantoneira.reel.receipt"
    _description = "Weigh reels"

    picking_id = fields.Many2one("stock.picking", "Receipt", required=True, readonly=True)
    product_ids = fields.Many2many("product.product", compute="_compute_product_ids")
    product_id = fields.Many2one(
        "product.product",
        "Paper",
        domain="[('id', 'in', product_ids)]",
        compute="_compute_product_id",
        store=True,
        readonly=False,
        help="Of the weights typed below.",
    )
    noted = fields.Float(
        "On the supplier's note (kg)",
        digits="Product Unit",
        compute="_compute_noted",
        inverse="_inverse_noted",
        readonly=False,
        help="Of this paper. Empty: as ordered. Reports compare it with what was weighed.",
    )
    typed = fields.Text(
        "Weights",
        help="One reel per line: its weight in kg (312,5), or number;kg, or number;kg;supplier's "
        "batch. A list copied from a spreadsheet can be pasted.",
    )
    line_ids = fields.One2many(
        "cantoneira.reel.receipt.line",
        "wizard_id",
        "Reels",
        compute="_compute_line_ids",
        store=True,
        readonly=False,
    )
    summary = fields.Text(compute="_compute_summary")
    over = fields.Boolean(compute="_compute_summary")
    short = fields.Boolean(compute="_compute_summary")
    rest = fields.Selection(
        [("later", "Will come later"), ("never", "Will not come")],
        string="What is missing",
        default="later",
        required=True,
    )
    may_approve = fields.Boolean(compute="_compute_may_approve")
    reason = fields.Char("Why it is accepted", help="Kept in the receipt.")

    @api.depends("picking_id")
    def _compute_product_ids(self):
        for wizard in self:
            wizard.product_ids = wizard.picking_id._origin._reel_moves().product_id

    @api.depends("product_ids")
    def _compute_product_id(self):
        for wizard in self:
            wizard.product_id = wizard.product_ids._origin[:1]

    @api.depends("product_id")
    def _compute_noted(self):
        for wizard in self:
            wizard.noted = sum(wizard._moves_of(wizard.product_id).mapped("noted_qty"))

    def _inverse_noted(self):
        """On the first of several lines of one paper: their sum is what counts."""
        for wizard in self:
            moves = wizard._moves_of(wizard.product_id)
            moves.noted_qty = 0
            moves[:1].noted_qty = wizard.noted

    def _moves_of(self, product):
        moves = self.picking_id._origin._reel_moves()
        return moves.filtered(lambda move: move.product_id == product._origin)

    @api.depends("picking_id")
    def _compute_line_ids(self):
        """What was weighed before and kept."""
        for wizard in self:
            lines = wizard.picking_id._origin._reel_moves().move_line_ids
            wizard.line_ids = [
                fields.Command.create(
                    {
                        "product_id": line.product_id.id,
                        "name": line.lot_name,
                        "weight": line.quantity_product_uom,
                        "supplier_batch": line.supplier_batch,
                        "measured_width_mm": line.measured_width_mm,
                        "measured_grammage": line.measured_grammage,
                    }
                )
                for line in lines.filtered("lot_name")
            ]

    def _compute_may_approve(self):
        self.may_approve = self.env.user.has_group(APPROVERS)

    @api.depends("line_ids.weight", "line_ids.product_id", "picking_id")
    def _compute_summary(self):
        for wizard in self:
            sentences, verdicts = [], set()
            # sudo: a setting every user of the company is subject to.
            tolerance = wizard.picking_id.company_id.sudo().receipt_tolerance_percent
            for product in wizard.product_ids:
                moves = wizard._moves_of(product)
                ordered = sum(moves.mapped("product_qty"))
                lines = wizard.line_ids.filtered(
                    lambda line, product=product: line.product_id._origin == product._origin
                )
                weighed = sum(reels.exact(line.weight) for line in lines)
                sentences.append(wizard._summary_sentence(product, ordered, weighed, len(lines)))
                if moves.purchase_line_id:
                    verdicts.add(reels.receipt_verdict(ordered, weighed, tolerance))
            wizard.summary = "\n".join(sentences)
            wizard.over = Verdict.OVER in verdicts
            wizard.short = Verdict.UNDER in verdicts

    def _summary_sentence(self, product, ordered, weighed, count):
        values = {
            "paper": product.display_name,
            "ordered": format_number(self.env, ordered),
            "weighed": format_number(self.env, weighed),
            "count": count,
            "percent": format_number(self.env, reels.difference_percent(ordered, weighed) or 0, 1),
        }
        if not count:
            return self.env._("%(paper)s: %(ordered)s kg expected, nothing weighed", **values)
        return self.env._(
            "%(paper)s: %(ordered)s kg expected, %(weighed)s kg in %(count)s reels (%(percent)s %%)",
            **values,
        )

    # -------------------------------------------------------------------- typing
    def action_add(self):
        """Turn what was typed or pasted into reels; nothing is lost when a line cannot be read."""
        self.ensure_one()
        found, bad = reels.read_list(self.typed)
        if bad:
            raise UserError("\n".join(self._bad_line(line) for line in bad))
        if found and not self.product_id:
            raise UserError(self.env._("Choose the paper of these reels."))
        self.write(
            {
                "typed": False,
                "line_ids": [
                    fields.Command.create(
                        {
                            "product_id": self.product_id.id,
                            "name": reel.name,
                            "weight": float(reel.weight_kg),
                            "supplier_batch": reel.supplier_batch,
                        }
                    )
                    for reel in found
                ],
            }
        )
        return self._again()

    def _again(self):
        """Stay in the dialog."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Weigh reels"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "new",
        }

    def _bad_line(self, line):
        why = {
            PasteProblem.NOT_A_WEIGHT: self.env._("is no weight"),
            PasteProblem.AMBIGUOUS: self.env._(
                "may be thousands or thousandths; write it with a comma or without the point"
            ),
            PasteProblem.NOT_POSITIVE: self.env._("is nothing"),
            PasteProblem.TOO_HEAVY: self.env._("is too heavy for a reel"),
            PasteProblem.REPEATED: self.env._("has a number that was already there"),
        }[line.problem]
        return self.env._(
            "Line %(number)s: “%(text)s” %(why)s.", number=line.number, text=line.text, why=why
        )

    # ------------------------------------------------------------------ applying
    def action_keep(self):
        """Keep what was weighed so far in the receipt; the rest is weighed another time."""
        self._take_typed()
        self._write_lines()
        return {"type": "ir.actions.act_window_close"}

    def action_receive(self):
        """Receive what was weighed."""
        self.ensure_one()
        self._take_typed()
        if not self.line_ids:
            raise UserError(self.env._("Type the weight of the first reel."))
        self._write_lines()
        picking = self.picking_id.with_context(receipt_difference_reason=self.reason)
        # What is no reel comes as it was expected, unless somebody typed something else.
        others = picking.move_ids - picking._reel_moves()
        others.filtered(lambda m: m.state not in ("done", "cancel") and m.quantity).picked = True
        option = "picking_ids_not_to_backorder"
        chosen = {option: picking.ids} if self.rest == "never" else {}
        picking.with_context(skip_backorder=True, **chosen).button_validate()
        return {"type": "ir.actions.act_window_close"}

    def action_receive_and_print(self):
        """The same, and a label for every reel."""
        self.action_receive()
        report = self.env.ref("cantoneira_reel.action_report_receipt_labels")
        return report.report_action(self.picking_id)

    def _take_typed(self):
        """What is still in the box counts too: on a phone the button is easily forgotten."""
        if (self.typed or "").strip():
            self.action_add()

    def _write_lines(self):
        """One line of the receipt per reel, each with its number."""
        self.ensure_one()
        moves = self.picking_id._reel_moves()
        if self.picking_id.state in ("done", "cancel") or not moves:
            raise UserError(
                self.env._("%(receipt)s has nothing left to weigh.", receipt=self.picking_id.name)
            )
        self._check_lines(moves)
        unnamed = self.line_ids.filtered(lambda line: not (line.name or "").strip())
        names = self.env["stock.lot"]._next_numbers(len(unnamed))
        for line, name in zip(unnamed, names, strict=True):
            line.name = name
        moves.move_line_ids.unlink()
        self.env["stock.move.line"].create(
            [
                values
                for product, lines in self.line_ids.grouped("product_id").items()
                for values in lines._prepare_move_lines(
                    moves.filtered(lambda move, product=product: move.product_id == product)
                )
            ]
        )
        moves.filtered("move_line_ids").picked = True

    def _check_lines(self, moves):
        for line in self.line_ids:
            if line.product_id not in moves.product_id:
                raise UserError(
                    self.env._(
                        "%(receipt)s brings no %(paper)s.",
                        receipt=self.picking_id.name,
                        paper=line.product_id.display_name or "",
                    )
                )
            if not 0 < line.weight <= reels.MAX_REEL_KG:
                raise UserError(
                    self.env._(
                        "%(reel)s of %(paper)s: %(weight)s kg is no weight of a reel.",
                        reel=line.name or self.env._("A reel"),
                        paper=line.product_id.display_name,
                        weight=format_number(self.env, line.weight),
                    )
                )
        self._check_numbers()

    def _check_numbers(self):
        """Every reel is another one: neither twice in the list nor there already."""
        keys = [(line.product_id, line.name.strip()) for line in self.line_ids if line.name]
        twice = {name for product, name in keys if name and keys.count((product, name)) > 1}
        # sudo: numbers of reels the user may not see are taken too.
        known = (
            self.env["stock.lot"]
            .sudo()
            .search(
                [
                    ("product_id", "in", self.line_ids.product_id.ids),
                    ("name", "in", [name for _product, name in keys]),
                ]
            )
            .filtered(lambda lot: (lot.product_id.with_env(self.env), lot.name) in keys)
        )
        if taken := sorted(twice | set(known.mapped("name"))):
            raise UserError(
                self.env._(
                    "There is already a reel with the number %(numbers)s. Give the new one another "
                    "number, or leave it empty for the next free one.",
                    numbers=", ".join(taken),
                )
            )


class ReelReceiptLine(models.TransientModel):
    _name = "cantoneira.reel.receipt.line"
    _description = "Weighed reel"

    wizard_id = fields.Many2one("cantoneira.reel.receipt", required=True, ondelete="cascade")
    product_ids = fields.Many2many(related="wizard_id.product_ids")
    product_id = fields.Many2one(
        "product.product", "Paper", required=True, domain="[('id', 'in', product_ids)]"
    )
    name = fields.Char("Number", help="Empty: the next free number.")
    weight = fields.Float("Weight (kg)", digits="Product Unit", required=True)
    supplier_batch = fields.Char("Supplier's batch")
    measured_width_mm = fields.Float("Width (mm)", digits=(10, 2))
    measured_grammage = fields.Float("g/m²", digits=(10, 2))
    measure_warning = fields.Char("Warning", compute="_compute_measure_warning")

    @api.depends("product_id", "name", "measured_width_mm", "measured_grammage")
    def _compute_measure_warning(self):
        for line in self:
            reel = self.env["stock.lot"].new(
                {
                    "name": line.name or "?",
                    "product_id": line.product_id.id,
                    "measured_width_mm": line.measured_width_mm,
                    "measured_grammage": line.measured_grammage,
                }
            )
            line.measure_warning = line.product_id and reel.measure_warning

    def _prepare_move_lines(self, moves):
        """Values of the receipt's lines: each reel goes to the first of ``moves`` that still waits."""
        waiting = {move: reels.exact(move.product_qty) for move in moves}
        for line in self:
            move = next((move for move, kg in waiting.items() if kg > 0), moves[-1:])
            waiting[move] -= reels.exact(line.weight)
            yield {
                **move._prepare_move_line_vals(quantity=0),
                "product_uom_id": line.product_id.uom_id.id,
                "quantity": line.weight,
                "lot_name": line.name.strip(),
                "picked": True,
                "supplier_batch": line.supplier_batch,
                "measured_width_mm": line.measured_width_mm,
                "measured_grammage": line.measured_grammage,
            }
