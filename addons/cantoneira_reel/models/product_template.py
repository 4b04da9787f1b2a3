"""Papers that are tracked by reel, and what becomes of the stock they had before."""

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.cantoneira_stock.models.product_product import OPEN_STATES
from odoo.addons.cantoneira_stock.models.product_template import PAPER
from odoo.addons.cantoneira_stock.tools import format_number


class ProductTemplate(models.Model):
    _inherit = "product.template"

    @api.model
    def default_get(self, fields):
        """A new paper is tracked where the company says so. Guarded by ``test_company_setting``."""
        defaults = super().default_get(fields)
        if "tracking" in fields and self._is_tracked_from_the_start(defaults):
            defaults["tracking"] = "lot"
        return defaults

    @api.depends("material_type")
    def _compute_tracking(self):
        """The same while a new product becomes a paper. Guarded by ``test_company_setting``."""
        result = super()._compute_tracking()
        for template in self.filtered(lambda t: not t._origin.id and t.tracking == "none"):
            values = {name: template[name] for name in ("material_type", "is_storable")}
            if self._is_tracked_from_the_start({**values, "company_id": template.company_id.id}):
                template.tracking = "lot"
        return result

    @api.model_create_multi
    def create(self, vals_list):
        """The same for programs that say nothing of it. Guarded by ``test_company_setting``."""
        return super().create([self._with_tracking(vals) for vals in vals_list])

    @api.model
    def _with_tracking(self, vals):
        if "tracking" not in vals and self._is_tracked_from_the_start(vals):
            return {**vals, "tracking": "lot"}
        return vals

    @api.model
    def _is_tracked_from_the_start(self, vals):
        """Whether a product of these values is a paper of a company that tracks its reels."""
        if vals.get("material_type") != PAPER or not vals.get("is_storable"):
            return False
        company = self.env["res.company"].browse(vals.get("company_id") or self.env.company.id)
        # sudo: a setting every user of the company is subject to.
        return company.sudo().track_reels

    def write(self, vals):
        """What was in stock becomes reels, and reels in stock stay reels.

        Core leaves the old stock without lot, where no order may consume it. Guarded by
        ``test_stock_becomes_reels`` and ``test_tracking_stays``.
        """
        tracking = vals.get("tracking")
        papers = self.filtered(lambda t: t.material_type == PAPER and t.is_storable)
        starting = (
            papers.filtered(lambda t: t.tracking == "none") if tracking == "lot" else papers[:0]
        )
        if tracking == "none":
            papers._check_no_reels()
        result = super().write(vals)
        starting._stock_becomes_reels()
        return result

    def _check_no_reels(self):
        reels = self.env["stock.lot"].search(
            [("product_id.product_tmpl_id", "in", self.ids), ("current_weight", ">", 0)]
        )
        if reels:
            raise UserError(
                self.env._(
                    "%(paper)s has reels in stock (%(reels)s), so it stays tracked by reel. Use "
                    "them up or count them to zero first.",
                    paper=reels[:1].product_id.display_name,
                    reels=self.env["product.product"]._name_some(reels.mapped("name")),
                )
            )

    def _stock_becomes_reels(self):
        """Put what is in stock without a reel into one new reel per place; nothing moves.

        What orders had reserved of it is reserved again, from the new reels.
        """
        if not self:
            return
        # sudo: all stock of the paper, whatever companies the user sees; amounts do not change.
        quants = self.env["stock.quant"].sudo()
        loose = quants.search(
            [
                ("product_id.product_tmpl_id", "in", self.ids),
                ("lot_id", "=", False),
                ("quantity", ">", 0),
                ("location_id.usage", "in", ("internal", "transit")),
            ]
        )
        if not loose:
            return
        lines = self.env["stock.move.line"].sudo()
        open_lines = lines.search(
            Domain("product_id", "in", loose.product_id.ids)
            & Domain("lot_id", "=", False)
            & Domain("state", "in", OPEN_STATES)
            & Domain("location_id", "in", loose.location_id.ids)
        )
        moves = open_lines.move_id
        moves._do_unreserve()
        reels = (
            self.env["stock.lot"]
            .sudo()
            .create([{"product_id": quant.product_id.id} for quant in loose])
        )
        for quant, reel in zip(loose, reels, strict=True):
            reel._take_over(quant)
        moves._action_assign()


class StockLot(models.Model):
    _inherit = "stock.lot"

    def _take_over(self, quant):
        """Become what ``quant`` is, which has no lot: a change of name, not of stock."""
        weight, place = quant.quantity, (quant.product_id, quant.location_id)
        kept = {"package_id": quant.package_id, "owner_id": quant.owner_id}
        self.initial_weight, self.received_date = weight, quant.in_date
        quant._update_available_quantity(*place, -weight, **kept)
        quant._update_available_quantity(*place, weight, lot_id=self, in_date=quant.in_date, **kept)
        self.message_post(
            body=self.env._(
                "%(weight)s kg of %(paper)s were in stock when it began to be tracked by reel.",
                weight=format_number(self.env, weight),
                paper=quant.product_id.display_name,
            )
        )
