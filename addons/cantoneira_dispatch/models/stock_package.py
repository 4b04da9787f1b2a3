from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import formatLang

from odoo.addons.cantoneira_stock.tools import format_number


class StockPackage(models.Model):
    """A pallet: a package that was packed for one delivery, number n of its N.

    Its content are the delivery's move lines, its net weight is theirs: from the recipe, once.
    """

    _inherit = "stock.package"

    dispatch_picking_id = fields.Many2one(
        "stock.picking", "Delivery", index="btree_not_null", copy=False, ondelete="restrict"
    )
    # sudo: an operator packs for orders that are not theirs; the name is on the label.
    sale_order_id = fields.Many2one(
        related="dispatch_picking_id.sale_id", string="Order", compute_sudo=True
    )
    dispatch_partner_id = fields.Many2one(
        related="dispatch_picking_id.partner_id", string="Customer", compute_sudo=True
    )
    delivery_state = fields.Selection(related="dispatch_picking_id.state")
    dispatch_company_id = fields.Many2one(
        related="dispatch_picking_id.company_id",
        string="Company of the delivery",
        store=True,
        index="btree_not_null",
    )
    pallet_number = fields.Integer("Pallet", readonly=True, copy=False)
    pallet_total = fields.Integer("Of", compute="_compute_pallet_total")
    pallet_label = fields.Char("Pallet n of N", compute="_compute_pallet_label")
    content_line_ids = fields.One2many(
        "stock.move.line", "pallet_id", string="Content", readonly=True
    )
    content_summary = fields.Char("What is on it", compute="_compute_weights")
    tare_weight = fields.Float(
        "Tare (kg)",
        digits=(10, 3),
        default=lambda self: self.env.company.pallet_tare_kg,
        help="What the empty pallet weighs.",
    )
    pallet_net_weight = fields.Float("Net (kg)", digits=(16, 3), compute="_compute_weights")
    gross_weight = fields.Float("Gross (kg)", digits=(16, 3), compute="_compute_weights")
    pallet_piece_length_mm = fields.Float(
        "Length (mm)", digits=(10, 2), compute="_compute_weights", help="Of the longest pieces."
    )
    is_overweight = fields.Boolean("Too heavy", compute="_compute_weights")

    _tare_not_negative = models.Constraint(
        "CHECK (tare_weight >= 0)", "The tare of a pallet cannot be below zero."
    )

    # ---------------------------------------------------------------- what it is
    @api.depends("dispatch_picking_id.pallet_ids")
    def _compute_pallet_total(self):
        counts = dict(
            self.env["stock.package"]._read_group(
                [("dispatch_picking_id", "in", self.dispatch_picking_id.ids)],
                ["dispatch_picking_id"],
                ["__count"],
            )
        )
        for package in self:
            package.pallet_total = counts.get(package.dispatch_picking_id, 0)

    @api.depends("pallet_number", "pallet_total", "dispatch_picking_id")
    @api.depends_context("lang")
    def _compute_pallet_label(self):
        for package in self:
            picking = package.dispatch_picking_id.sudo()  # sudo: its number, as on the label
            package.pallet_label = self.env._(
                "%(order)s, pallet %(number)s of %(total)s",
                order=picking.sale_id.name or picking.name or package.name,
                number=package.pallet_number,
                total=package.pallet_total,
            )

    @api.depends("content_line_ids.net_weight", "content_line_ids.pallet_content", "tare_weight")
    @api.depends_context("lang")
    def _compute_weights(self):
        for package in self:
            lines = package.content_line_ids
            package.pallet_net_weight = sum(lines.mapped("net_weight"))
            package.gross_weight = package.pallet_net_weight + package.tare_weight
            package.pallet_piece_length_mm = max(lines.mapped("piece_length_mm"), default=0)
            # sudo: a setting every user of the company is subject to.
            limit = package.dispatch_company_id.sudo().pallet_max_kg
            package.is_overweight = bool(limit and package.pallet_net_weight > limit)
            package.content_summary = "; ".join(
                f"{line.pallet_content} {line.product_id.display_name}" for line in lines
            )

    def _get_weight(self, picking_id=False):
        """A pallet weighs its gross; core multiplies with weights typed on products.

        Guarded by ``test_one_weight``.
        """
        weights = super()._get_weight(picking_id)
        for package in self.filtered("dispatch_picking_id"):
            weights[package] = package.gross_weight
        return weights

    # ---------------------------------------------------------------- what is done with it
    def _renumber(self):
        """Number these pallets of one delivery from 1.

        What is out keeps the number that stands on its label, as long as there are so many.
        """
        kept = self.filtered(
            lambda pallet: pallet.gate_date and 0 < pallet.pallet_number <= len(self)
        )
        free = sorted(set(range(1, len(self) + 1)) - set(kept.mapped("pallet_number")))
        ordered = (self - kept).sorted(
            lambda pallet: (not pallet.gate_date, pallet.pallet_number or len(self) + 1, pallet.id)
        )
        for number, pallet in zip(free, ordered, strict=False):
            if pallet.pallet_number != number:
                pallet.pallet_number = number

    def action_unpack_pallet(self):
        """Take everything off and do away with the pallet."""
        self._check_here()
        pickings = self.dispatch_picking_id
        self.content_line_ids.result_package_id = False
        self.unlink()
        for picking in pickings:
            picking.pallet_ids._renumber()
        return {"type": "ir.actions.act_window_close"}

    def _check_here(self):
        """Refuse what would change a pallet that is out, or one that is delivered."""
        for pallet in self:
            if pallet.gate_date:
                raise UserError(
                    self.env._(
                        "%(pallet)s left at %(when)s and cannot be changed.",
                        pallet=pallet.pallet_label,
                        when=pallet._gate_moment(),
                    )
                )
            if pallet.dispatch_picking_id.state == "done":
                raise UserError(
                    self.env._("%s is delivered and cannot be changed.", pallet.pallet_label)
                )

    def action_print_labels_a4(self):
        return self._print_labels("cantoneira_dispatch.action_report_label_a4")

    def action_print_labels_roll(self):
        return self._print_labels("cantoneira_dispatch.action_report_label_roll")

    def _print_labels(self, report):
        """The PDF with these pallets' labels; a code that expired is renewed first."""
        if not self:
            raise UserError(self.env._("There are no pallets yet. Propose them first."))
        self._renew_codes(only_expired=True)
        return self.env.ref(report).report_action(self)

    def action_open_pallet(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.pallet_label,
            "res_model": "stock.package",
            "res_id": self.id,
            "views": [(self.env.ref("cantoneira_dispatch.view_pallet_form").id, "form")],
        }

    def _label_file_name(self):
        return self.pallet_label.replace("/", "-")

    def _format_kg(self, kilos):
        """Always to the gram: ``48,610``."""
        return formatLang(self.env, kilos, digits=3)

    def _format_mm(self, length):
        return format_number(self.env, length, 1)
