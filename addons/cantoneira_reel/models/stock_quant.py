from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.cantoneira_stock.tools import format_number

from .receipt import APPROVERS


class StockQuant(models.Model):
    _inherit = "stock.quant"

    reel_blocked = fields.Boolean(related="lot_id.reel_blocked")

    def _get_gather_domain(
        self,
        product_id,
        location_id,
        lot_id=None,
        package_id=None,
        owner_id=None,
        strict=False,
    ):
        """Never propose or reserve a blocked reel; one that is named is still found.

        ``strict`` is how core finds the stock that a movement changes. Guarded by
        ``test_blocked``.
        """
        domain = super()._get_gather_domain(
            product_id, location_id, lot_id, package_id, owner_id, strict
        )
        if strict or product_id.tracking == "none":
            return domain
        free = Domain("lot_id", "=", False) | Domain("lot_id.reel_blocked", "=", False)
        return Domain(domain) & free

    def _gather(
        self,
        product_id,
        location_id,
        lot_id=None,
        package_id=None,
        owner_id=None,
        strict=False,
        qty=0,
    ):
        """An order is not given what turns on another line. Guarded by ``test_other_line``."""
        quants = super()._gather(product_id, location_id, lot_id, package_id, owner_id, strict, qty)
        line = self.env.context.get("reels_of_line")
        if strict or not line or product_id.tracking == "none":
            return quants
        return quants.filtered(lambda quant: quant.lot_id.workcenter_id.id in (False, line))

    # --------------------------------------------------------------------- counts
    def _apply_inventory(self, date=None):
        """Differences beyond the limit are approved; who loses cover is told.

        However it was counted. Guarded by ``test_limit_everywhere`` and ``test_lost_cover``.
        """
        self._check_count_limit()
        name = self.env.context.get("inventory_name")
        why = self.env._("Count (%(name)s)", name=name) if name else self.env._("Count")
        with self.env["cantoneira.availability"]._watch_cover(
            self.product_id, self.location_id.warehouse_id, why
        ):
            return super()._apply_inventory(date)

    def _check_count_limit(self):
        """Refuse a difference that somebody else has to accept; an opening balance is none."""
        if self.env.su or self.env.context.get("count_approved"):
            return
        if self.env.user.has_group(APPROVERS):
            return
        known = {
            product
            for (product,) in self.env["stock.move"]._read_group(
                [("product_id", "in", self.product_id.ids), ("state", "=", "done")], ["product_id"]
            )
        }
        for quant in self.filtered(lambda quant: quant.product_id in known):
            company = quant.company_id or self.env.company
            difference = quant.inventory_quantity - quant.quantity
            if company._is_beyond_count_limit(quant.product_id, difference):
                raise UserError(
                    self.env._(
                        "%(product)s: a difference of %(difference)s %(unit)s has to be approved. "
                        "Begin a count (Stock > Counts), finish it, and let someone with the right "
                        "“Approve differences of stock” approve it.",
                        product=quant.display_name,
                        difference=format_number(self.env, difference),
                        unit=quant.product_uom_id.name,
                    )
                )

    # -------------------------------------------------------------------- screens
    def action_count_stock(self):
        """Ask how much is there, and why."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Count"),
            "res_model": "cantoneira.quick.count",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_quant_id": self.id},
        }

    def action_move_stock(self):
        """Ask where this goes; the button on cards and reels."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Move"),
            "res_model": "cantoneira.reel.move",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_quant_id": self.id},
        }

    def action_weigh_back(self):
        """Ask what the scale says of this reel; the button on the phone."""
        self.ensure_one()
        return self.lot_id.action_weigh_back()

    def action_open_reel(self):
        """The reel's own form."""
        self.ensure_one()
        view = self.env.ref("cantoneira_reel.stock_lot_view_form_reel")
        return {
            "type": "ir.actions.act_window",
            "res_model": "stock.lot",
            "res_id": self.lot_id.id,
            "views": [(view.id, "form")],
        }
