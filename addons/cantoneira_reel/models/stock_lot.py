"""A reel: a lot of a paper, with its weight, its metres, its measures and its state."""

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.cantoneira_stock.models.product_template import PAPER
from odoo.addons.cantoneira_stock.tools import format_number

from .. import reels

#: Locations whose stock is ours.
OURS = ("internal", "transit")


class StockLot(models.Model):
    _name = "stock.lot"
    _inherit = ["stock.lot", "cantoneira.batch.mixin"]

    # Which quants may be reserved is remembered during long calls.
    _forget_fields = frozenset({"reel_blocked"})
    _forget_topics = ("quants",)

    is_reel = fields.Boolean(compute="_compute_is_reel", store=True, index=True)
    initial_weight = fields.Float(
        "Initial weight (kg)",
        digits="Product Unit",
        copy=False,
        readonly=True,
        help="What the reel weighed when it came.",
    )
    current_weight = fields.Float(
        "Weight (kg)",
        digits="Product Unit",
        compute="_compute_current_weight",
        store=True,
        help="What is on hand of this reel. It changes with receipts, production and counts only.",
    )
    metres_left = fields.Float(
        "Metres left",
        digits=(16, 1),
        compute="_compute_metres_left",
        store=True,
        help="Weight ÷ grams per metre, as measured on the reel when it was, else of its paper.",
    )
    received_date = fields.Datetime("Received on", copy=False, readonly=True)
    vendor_id = fields.Many2one("res.partner", "Supplier", copy=False, readonly=True)
    receipt_id = fields.Many2one("stock.picking", copy=False, readonly=True)
    supplier_batch = fields.Char(
        "Supplier's batch", copy=False, help="What the supplier calls this reel or its batch."
    )
    measured_width_mm = fields.Float(
        "Measured width (mm)", digits=(10, 2), copy=False, help="0: not measured."
    )
    measured_grammage = fields.Float(
        "Measured grammage (g/m²)", digits=(10, 2), copy=False, help="0: not measured."
    )
    measure_off = fields.Boolean(
        "Out of tolerance",
        compute="_compute_measure_off",
        store=True,
        help="A measure differs from the paper's by more than the company tolerates.",
    )
    measure_warning = fields.Char("Warning", compute="_compute_measure_warning")
    reel_state = fields.Selection(
        [
            ("full", "Full"),
            ("opened", "Opened"),
            ("on_machine", "On machine"),
            ("blocked", "Blocked"),
            ("finished", "Finished"),
        ],
        string="State",
        compute="_compute_reel_state",
        store=True,
        index=True,
        help="Full: nothing was taken from it. Opened: something was. Finished: nothing is left.",
    )
    workcenter_id = fields.Many2one(
        "mrp.workcenter", "Machine", copy=False, readonly=True, index="btree_not_null"
    )
    reel_blocked = fields.Boolean(
        "Blocked", copy=False, readonly=True, tracking=True, index="btree_not_null"
    )
    blocked_reason = fields.Char("Why it is blocked", copy=False, readonly=True, tracking=True)

    # -------------------------------------------------------------- computes
    @api.depends("product_id.material_type")
    def _compute_is_reel(self):
        for lot in self:
            lot.is_reel = lot.product_id.material_type == PAPER

    @api.depends("product_id")
    def _compute_name(self):
        """A reel that nobody named gets the next number of reels. Guarded by ``test_numbers``."""
        unnamed = self.filtered(lambda lot: not lot.name and lot.product_id._is_reel_paper())
        for lot, name in zip(unnamed, self._next_numbers(len(unnamed)), strict=True):
            lot.name = name
        return super()._compute_name()

    @api.model
    def _next_numbers(self, count):
        """The next ``count`` numbers of reels, in one go."""
        sequence = self.env.ref("cantoneira_reel.sequence_reel")
        return sequence._next_many(count) if count else []

    @api.depends("quant_ids.quantity", "quant_ids.location_id.usage")
    def _compute_current_weight(self):
        for lot in self:
            # sudo: what a reel holds does not depend on which places its reader may see.
            ours = lot.sudo().quant_ids.filtered(lambda quant: quant.location_id.usage in OURS)
            lot.current_weight = lot.product_id.uom_id.round(sum(ours.mapped("quantity")))

    @api.depends("quant_ids", "quant_ids.quantity", "is_reel")
    def _compute_single_location(self):
        """Where a reel stands. Core counts what was consumed or lost as a second place.

        Guarded by ``test_state_follows_the_stock``.
        """
        found = self.filtered("is_reel")
        for lot in found:
            # sudo: as current_weight.
            places = lot.sudo().quant_ids.filtered(
                lambda quant: quant.quantity > 0 and quant.location_id.usage in OURS
            )
            lot.location_id = places.location_id if len(places.location_id) == 1 else False
        return super(StockLot, self - found)._compute_single_location()

    @api.depends(
        "current_weight",
        "measured_width_mm",
        "measured_grammage",
        "product_id.grammage",
        "product_id.reel_width_mm",
        "is_reel",
    )
    def _compute_metres_left(self):
        for lot in self:
            lot.metres_left = float(lot._metres_left())

    def _metres_left(self):
        """The metres of paper still on this reel, exactly; 0 of what is no reel."""
        if not self.is_reel:
            return reels.exact(0)
        return reels.metres_left(max(self.current_weight, 0), self._grams_per_metre())

    def _grams_per_metre(self):
        """g/m of this reel (Decimal), as measured on it when it was."""
        paper = self.product_id
        return reels.reel_linear_weight(
            paper.grammage, paper.reel_width_mm, self.measured_grammage, self.measured_width_mm
        )

    @api.depends(
        "measured_width_mm", "measured_grammage", "product_id.grammage", "product_id.reel_width_mm"
    )
    def _compute_measure_off(self):
        for lot in self:
            lot.measure_off = any(lot._measures_off())

    def _measures_off(self):
        """``(width, grammage)``: whether each is beyond the company's tolerance."""
        # sudo: a setting every user of the company is subject to.
        company = (self.company_id or self.env.company).sudo()
        paper = self.product_id
        return (
            reels.is_off_width(
                paper.reel_width_mm, self.measured_width_mm, company.reel_width_tolerance_mm
            ),
            reels.is_off_grammage(
                paper.grammage, self.measured_grammage, company.reel_grammage_tolerance_percent
            ),
        )

    @api.depends("measure_off", "measured_width_mm", "measured_grammage")
    def _compute_measure_warning(self):
        for lot in self:
            lot.measure_warning = " ".join(lot._measure_sentences()) or False

    def _measure_sentences(self):
        width_off, grammage_off = self._measures_off()
        sentences, paper = [], self.product_id
        if width_off:
            sentences.append(
                self.env._(
                    "%(reel)s measures %(found)s mm, its paper %(nominal)s mm.",
                    reel=self.name or self.env._("The reel"),
                    found=format_number(self.env, self.measured_width_mm, 2),
                    nominal=format_number(self.env, paper.reel_width_mm, 2),
                )
            )
        if grammage_off:
            sentences.append(
                self.env._(
                    "%(reel)s has %(found)s g/m², its paper %(nominal)s g/m².",
                    reel=self.name or self.env._("The reel"),
                    found=format_number(self.env, self.measured_grammage, 2),
                    nominal=format_number(self.env, paper.grammage, 2),
                )
            )
        return sentences

    @api.depends("current_weight", "initial_weight", "reel_blocked", "workcenter_id", "is_reel")
    def _compute_reel_state(self):
        for lot in self:
            lot.reel_state = lot.is_reel and lot._current_state()

    def _current_state(self):
        compare = self.product_id.uom_id.compare
        if compare(self.current_weight, 0) <= 0:
            return "finished" if self.initial_weight else False
        if self.reel_blocked:
            return "blocked"
        if self.workcenter_id:
            return "on_machine"
        return "opened" if compare(self.current_weight, self.initial_weight) < 0 else "full"

    # ---------------------------------------------------------------- guards
    @api.constrains("measured_width_mm", "measured_grammage", "initial_weight")
    def _check_measures(self):
        for lot in self:
            for name in ("measured_width_mm", "measured_grammage", "initial_weight"):
                if lot[name] < 0:
                    raise ValidationError(
                        self.env._(
                            "%(reel)s: %(field)s is %(value)s; a measure cannot be below zero.",
                            reel=lot.name,
                            field=self._fields[name]._description_string(self.env),
                            value=format_number(self.env, lot[name]),
                        )
                    )

    @api.constrains("reel_blocked", "blocked_reason")
    def _check_reason(self):
        for lot in self:
            if lot.reel_blocked and not (lot.blocked_reason or "").strip():
                raise ValidationError(
                    self.env._("Say why the reel %(reel)s is blocked.", reel=lot.name)
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_history(self):
        """What happened to a reel stays; core would stop with a database error."""
        # sudo: history that the user may not see is history too.
        lines = self.env["stock.move.line"].sudo()
        quants = self.env["stock.quant"].sudo()
        used = (
            lines.search([("lot_id", "in", self.ids)]).lot_id
            | quants.search([("lot_id", "in", self.ids)]).lot_id
        )
        if used:
            raise UserError(
                self.env._(
                    "%(reels)s cannot be deleted: there are movements or stock of it. A reel that "
                    "should not be used can be blocked.",
                    reels=self.env["product.product"]._name_some(used.mapped("name")),
                )
            )

    # ---------------------------------------------------------- first weights
    def _remember_first_weight(self):
        """Reels from before this addon: what they hold before they are first touched."""
        for lot in self:
            if lot.is_reel and not lot.initial_weight and lot.current_weight > 0:
                lot.initial_weight = lot.current_weight
