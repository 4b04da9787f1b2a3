from odoo import api, fields, models

from odoo.addons.cantoneira_stock import arithmetic

#: States of an order whose consumption can no longer change.
ENDED = ("done", "cancel")


class ReelMount(models.Model):
    """A reel on an unwinder: from when to when, mounted by whom, kilograms in and back."""

    _name = "cantoneira.reel.mount"
    _description = "Reel on a machine"
    _order = "date_start desc, id desc"
    _rec_name = "lot_id"

    unwinder_id = fields.Many2one(
        "cantoneira.unwinder", required=True, readonly=True, ondelete="restrict", index=True
    )
    machine_id = fields.Many2one(
        related="unwinder_id.machine_id", string="Production line", store=True, index=True
    )
    company_id = fields.Many2one(related="unwinder_id.company_id", store=True, index=True)
    lot_id = fields.Many2one(
        "stock.lot", "Reel", required=True, readonly=True, ondelete="restrict", index=True
    )
    product_id = fields.Many2one(
        related="lot_id.product_id", string="Paper", store=True, index=True
    )
    user_id = fields.Many2one("res.users", "Mounted by", required=True, readonly=True)
    date_start = fields.Datetime("Mounted", required=True, readonly=True)
    weight_in = fields.Float(
        "In (kg)", digits="Product Unit", readonly=True, help="What it held when it was mounted."
    )
    end_user_id = fields.Many2one("res.users", "Taken off by", readonly=True)
    date_end = fields.Datetime("Taken off", readonly=True, help="Empty while it is mounted.")
    weight_back = fields.Float("Back (kg)", digits="Product Unit", readonly=True)
    consumed = fields.Float(
        "Consumed (kg)",
        digits="Product Unit",
        compute="_compute_consumed",
        store=True,
        help="In − back; nothing while it is mounted.",
    )
    use_ids = fields.One2many("cantoneira.reel.run", "mount_id", "Orders")
    production_ids = fields.Many2many(
        "mrp.production", string="For orders", compute="_compute_production_ids"
    )

    _one_reel = models.UniqueIndex("(unwinder_id) WHERE date_end IS NULL")
    _one_place = models.UniqueIndex("(lot_id) WHERE date_end IS NULL")
    _ends_later = models.Constraint(
        "CHECK (date_end IS NULL OR date_end >= date_start)",
        "A reel is taken off after it was mounted.",
    )

    @api.depends("date_end", "weight_in", "weight_back")
    def _compute_consumed(self):
        for mount in self:
            used = arithmetic.exact(mount.weight_in) - arithmetic.exact(mount.weight_back)
            mount.consumed = float(used) if mount.date_end else 0

    @api.depends("use_ids.production_id")
    def _compute_production_ids(self):
        for mount in self:
            mount.production_ids = mount.use_ids.production_id

    def _end(self, weight):
        """It is taken off and holds ``weight``."""
        for mount in self:
            mount.write(
                {
                    "date_end": max(fields.Datetime.now(), mount.date_start),
                    "end_user_id": self.env.uid,
                    "weight_back": weight,
                }
            )

    def _use_for(self, order):
        """From now on ``order`` runs from these reels."""
        # sudo: as in _weigh_back.
        self.env["cantoneira.reel.run"].sudo().create(
            [
                {
                    "mount_id": mount.id,
                    "production_id": order.id,
                    "metres_before": order.qty_producing,
                }
                for mount in self
            ]
        )

    def _weigh_back(self, weight, order):
        """The reel is taken off and weighs ``weight``: orders consumed what is not there any more.

        :param order: the ``mrp.production`` that runs from it, or none.
        :return: the kilograms that were consumed.
        :raises UserError: when the books are so wrong that somebody else has to approve.
        """
        self.ensure_one()
        reel = self.lot_id
        uses = self.use_ids.filtered(
            lambda use: use.state == "open" and use.production_id.state not in ENDED
        )
        kilos = self._share_scale(uses, weight, order)
        consumed = float(sum(map(arithmetic.exact, kilos.values())))
        reel._weigh(float(arithmetic.exact(weight) + arithmetic.exact(consumed)))
        # sudo: mounts and what they gave are written here only, not by hand.
        for use, share in kilos.items():
            use.sudo().write({"weight": share, "state": "weighed"})
            use.production_id._floor_take_weighed(reel.product_id)
        self.sudo()._end(weight)
        reel._open_on(self.env["mrp.workcenter"])
        return consumed

    def _share_scale(self, uses, weight, order):
        """``{use: kg}``: who consumed what the reel does not hold any more.

        Orders that stand paused took what their pieces need; the rest is of ``order``. A reel
        heavier than the books say: all took what their pieces need.
        """
        reel = self.lot_id
        unit = reel.product_id.uom_id
        rest = arithmetic.exact(reel._held_weights()[reel]) - arithmetic.exact(weight)
        current = uses.filtered(lambda use: use.production_id == order) or uses[-1:]
        kilos = {}
        for use in uses - current if rest >= 0 else uses:
            by_recipe = use.production_id._floor_by_recipe(reel)
            share = min(by_recipe, rest) if rest >= 0 else by_recipe
            kilos[use] = unit.round(float(share))
            rest -= share
        if current and current not in kilos:
            kilos[current] = unit.round(float(rest))
        return kilos
