"""A count of a place: what is expected, what was found, why they differ."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.sql import escape_psql

from odoo.addons.cantoneira_stock.tools import clean_code

from .receipt import APPROVERS

#: States in which somebody may still type.
OPEN = ("counting", "approval")


class Count(models.Model):
    _name = "cantoneira.count"
    _description = "Count"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "date desc, id desc"

    name = fields.Char(
        "Number",
        required=True,
        readonly=True,
        copy=False,
        default=lambda self: self.env["ir.sequence"].next_by_code("cantoneira.count"),
    )
    date = fields.Date(default=fields.Date.context_today, required=True)
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, default=lambda self: self.env.company
    )
    location_id = fields.Many2one(
        "stock.location",
        "Place",
        required=True,
        domain="[('usage', '=', 'internal'), ('company_id', 'in', (company_id, False))]",
        default=lambda self: self._default_place(),
        help="With all the places in it.",
    )
    scope = fields.Selection(
        [("reels", "Reels"), ("materials", "Papers and supplies"), ("all", "Everything")],
        "What",
        default="all",
        required=True,
    )
    blind = fields.Boolean(
        default=True, help="Who counts does not see how much is expected until it is finished."
    )
    user_id = fields.Many2one(
        "res.users", "Counted by", default=lambda self: self.env.user, tracking=True
    )
    approved_by_id = fields.Many2one("res.users", "Approved by", readonly=True, copy=False)
    state = fields.Selection(
        [
            ("draft", "New"),
            ("counting", "Counting"),
            ("approval", "To approve"),
            ("done", "Done"),
            ("cancelled", "Cancelled"),
        ],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        tracking=True,
    )
    reason = fields.Char(
        "Reason of the differences", help="Of every line that has no reason of its own."
    )
    line_ids = fields.One2many("cantoneira.count.line", "count_id", "Lines", copy=False)
    line_count = fields.Integer("To count", compute="_compute_progress")
    counted_count = fields.Integer("Counted", compute="_compute_progress")
    difference_count = fields.Integer("Differences", compute="_compute_progress")
    shows_expected = fields.Boolean(compute="_compute_shows_expected")

    def _default_place(self):
        warehouse = self.env["stock.warehouse"].search(
            [("company_id", "=", self.env.company.id)], limit=1
        )
        return warehouse.lot_stock_id

    @api.depends("line_ids.is_counted", "line_ids.difference")
    def _compute_progress(self):
        for count in self:
            counted = count.line_ids.filtered("is_counted")
            count.line_count = len(count.line_ids)
            count.counted_count = len(counted)
            count.difference_count = len(counted.filtered("difference"))

    @api.depends("blind", "state")
    def _compute_shows_expected(self):
        for count in self:
            count.shows_expected = not count.blind or count.state in ("approval", "done")

    # --------------------------------------------------------------------- course
    def action_start(self):
        """List what should be there."""
        for count in self.filtered(lambda count: count.state == "draft"):
            quants = self.env["stock.quant"].search(count._quant_domain())
            groups = quants.grouped(lambda q: (q.location_id, q.product_id, q.lot_id))
            self.env["cantoneira.count.line"].create(
                [
                    {
                        "count_id": count.id,
                        "location_id": location.id,
                        "product_id": product.id,
                        "lot_id": lot.id,
                        "expected_qty": sum(found.mapped("quantity")),
                    }
                    for (location, product, lot), found in groups.items()
                ]
            )
            count.state = "counting"
        return True

    def _quant_domain(self):
        domain = [("location_id", "child_of", self.location_id.id), ("quantity", "!=", 0)]
        if self.scope == "reels":
            domain.append(("lot_id.is_reel", "=", True))
        elif self.scope == "materials":
            domain.append(("product_id.material_type", "!=", False))
        return domain

    def action_rest_is_zero(self):
        """What nobody found is not there."""
        self.line_ids.filtered(lambda line: not line.is_counted).action_zero()
        return True

    def action_finish(self):
        """Compare; apply it, or let somebody approve what is beyond the limit."""
        for count in self.filtered(lambda count: count.state in OPEN):
            counted = count.line_ids.filtered("is_counted")
            if not counted:
                raise UserError(self.env._("%(count)s: nothing was counted yet.", count=count.name))
            counted._check_reasons()
            if counted.filtered("beyond_limit") and not self.env.user.has_group(APPROVERS):
                count.state = "approval"
            else:
                count._apply()
        return True

    def action_approve(self):
        """Apply it, with its differences."""
        if not self.env.user.has_group(APPROVERS):
            raise UserError(
                self.env._(
                    "Only someone with the right “Approve differences of stock” may do this."
                )
            )
        return self.action_finish()

    def action_recount(self):
        """Back to counting."""
        self.filtered(lambda count: count.state == "approval").state = "counting"
        return True

    def action_cancel(self):
        self.filtered(lambda count: count.state != "done").state = "cancelled"
        return True

    def _apply(self):
        self.ensure_one()
        lines = self.line_ids.filtered("is_counted")
        lines._apply()
        values = {"state": "done"}
        if any(lines.mapped("beyond_limit")):
            values["approved_by_id"] = self.env.user.id
        self.write(values)
        left_out = len(self.line_ids) - len(lines)
        if left_out:
            self.message_post(
                body=self.env._("%(count)s lines were not counted; they stay.", count=left_out)
            )

    # ----------------------------------------------------------------------- scan
    def _count_code(self, code, quantity, reason=None):
        """Count what a scanned or typed ``code`` names: a reel's number, or a product's code.

        :return: the line.
        :raises UserError: a sentence for an unknown code, or a reel that should be elsewhere.
        """
        self.ensure_one()
        code = clean_code(code)
        lines = self.line_ids.filtered(lambda line: line._has_code(code))
        if not lines:
            lines = self._unexpected_line(code)
        if len(lines) > 1:
            raise UserError(
                self.env._(
                    "%(code)s is on %(count)s lines. Count it on its line.",
                    code=code,
                    count=len(lines),
                )
            )
        lines.write({"counted_qty": quantity, "is_counted": True})
        if reason:
            lines.reason = reason
        return lines

    def _unexpected_line(self, code):
        """A line for a reel that nobody expected here."""
        reel = self.env["stock.lot"].search([("name", "=ilike", escape_psql(code))], limit=2)
        if len(reel) != 1:
            raise UserError(
                self.env._("There is no reel and no product with the code %(code)s.", code=code)
            )
        place = reel.location_id
        if reel.current_weight > 0:
            raise UserError(
                self.env._(
                    "%(reel)s should be in %(place)s. Move it here first, then count it.",
                    reel=reel.name,
                    place=place.display_name or self.env._("several places"),
                )
            )
        return self.env["cantoneira.count.line"].create(
            {
                "count_id": self.id,
                "location_id": self.location_id.id,
                "product_id": reel.product_id.id,
                "lot_id": reel.id,
            }
        )

    def action_scan(self):
        """Open the dialog in which one thing after the other is scanned and weighed."""
        self.ensure_one()
        return self.env["cantoneira.count.scan"]._open(self)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_started(self):
        if started := self.filtered(lambda count: count.state not in ("draft", "cancelled")):
            raise UserError(
                self.env._(
                    "%(count)s was begun; it stays. Cancel it instead.", count=started[0].name
                )
            )
