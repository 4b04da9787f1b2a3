"""Where a delivery stands on its way to the gate, and what keeps it from leaving."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL, formatLang

DISPATCH_STATES = [
    ("waiting", "Being made"),
    ("to_pack", "To pack"),
    ("ready", "Ready to leave"),
    ("leaving", "Leaving"),
    ("left", "Left"),
]
CLOSED = ("done", "cancel")


class StockPicking(models.Model):
    _inherit = "stock.picking"

    pallet_ids = fields.One2many("stock.package", "dispatch_picking_id", "Pallets", readonly=True)
    pallet_count = fields.Integer("Number of pallets", compute="_compute_pallet_count")
    pallet_out_count = fields.Integer("Pallets out", compute="_compute_pallet_count")
    pallet_progress = fields.Char("Out of the gate", compute="_compute_pallet_count")
    dispatch_state = fields.Selection(
        DISPATCH_STATES,
        "Dispatch",
        compute="_compute_dispatch_state",
        store=True,
        index="btree_not_null",
        copy=False,
        group_expand=True,
        help="Being made; to pack once all is in stock; ready to leave once all is on pallets; "
        "leaving while the gate lets them out; left when delivered.",
    )
    dispatch_hold = fields.Char(
        "Held",
        compute="_compute_dispatch_hold",
        help="Why it may not leave, apart from not being ready.",
    )
    dispatch_net_weight = fields.Float(
        "Net weight (kg)", digits=(16, 3), compute="_compute_dispatch_weights"
    )
    dispatch_gross_weight = fields.Float(
        "Gross weight (kg)", digits=(16, 3), compute="_compute_dispatch_weights"
    )
    # Only the gate writes it: the row that two scans of one delivery both have to update.
    gate_passes = fields.Integer(readonly=True, copy=False)

    # ---------------------------------------------------------------- where it stands
    @api.depends("pallet_ids.gate_date")
    def _compute_pallet_count(self):
        for picking in self:
            pallets = picking.pallet_ids
            picking.pallet_count = len(pallets)
            picking.pallet_out_count = len(pallets.filtered("gate_date"))
            picking.pallet_progress = (
                f"{picking.pallet_out_count}/{picking.pallet_count}" if pallets else False
            )

    @api.depends(
        "picking_type_id.code",
        "state",
        "move_ids.state",
        "move_line_ids.quantity",
        "move_line_ids.pallet_id",
        "pallet_ids.gate_date",
    )
    def _compute_dispatch_state(self):
        for picking in self:
            picking.dispatch_state = picking._dispatch_state()

    def _dispatch_state(self):
        if self.picking_type_id.code != "outgoing" or self.state in ("draft", "cancel"):
            return False
        if self.state == "done":
            return "left"
        if any(self.pallet_ids.mapped("gate_date")):
            return "leaving"
        if self._unreserved_moves():
            return "waiting"
        return "to_pack" if self._loose_lines() else "ready"

    def _compute_dispatch_hold(self):
        for picking in self:
            held = picking.dispatch_state not in (False, "left")
            picking.dispatch_hold = held and " ".join(picking._dispatch_holds())

    @api.depends("move_line_ids.net_weight", "pallet_ids.tare_weight", "move_ids.composite_weight")
    def _compute_dispatch_weights(self):
        for picking in self:
            lines = picking.move_line_ids
            # Nothing of it is here yet: what it is going to weigh.
            weights = lines.mapped("net_weight") or picking.move_ids.mapped("composite_weight")
            picking.dispatch_net_weight = sum(weights)
            picking.dispatch_gross_weight = picking.dispatch_net_weight + sum(
                picking.pallet_ids.mapped("tare_weight")
            )

    def _unreserved_moves(self):
        """Moves of which something is not in stock yet."""
        return self.move_ids.filtered(lambda move: move.state not in ("assigned", *CLOSED))

    def _loose_lines(self):
        """What is reserved and lies on no pallet of this delivery."""
        return self.move_line_ids.filtered(lambda line: line.quantity and not line.pallet_id)

    def _format_kg(self, kilos):
        """Always to the gram: ``48,610``."""
        return formatLang(self.env, kilos, digits=3)

    def _packing_list_file_name(self):
        return self.env._("Packing list %s", self.name).replace("/", "-")

    # ---------------------------------------------------------------- what keeps it
    def _dispatch_holds(self):
        """Sentences that forbid this delivery to leave, on whatever way. Extend with ``super()``."""
        self.ensure_one()
        return []

    def _dispatch_blockers(self):
        """Sentences that keep its pallets behind the gate: holds, and what is not ready."""
        blockers = self._dispatch_holds()
        for move in self._unreserved_moves():
            blockers.append(
                self.env._(
                    "%(product)s (%(quantity)s) is not wholly made or in stock.",
                    product=move.product_id.display_name,
                    quantity=move.composite_label
                    or f"{move._format_metres(move.product_uom_qty)} {move.product_uom.name}",
                )
            )
        for line in self._loose_lines():
            blockers.append(
                self.env._(
                    "%(quantity)s of %(product)s lie on no pallet. Pack them, or leave them for a "
                    "later delivery.",
                    quantity=line.pallet_content,
                    product=line.product_id.display_name,
                )
            )
        return blockers

    def _action_done(self):
        """Nothing leaves that is held, nor past a gate the company requires.

        Every way to a done delivery comes through here. Guarded by ``test_past_the_gate`` and
        by the tests of what holds.
        """
        for picking in self.filtered(lambda picking: picking.picking_type_id.code == "outgoing"):
            picking._check_may_leave()
        return super()._action_done()

    def _check_may_leave(self):
        if holds := self._dispatch_holds():
            raise UserError("\n".join([self.env._("%s may not leave yet.", self.name), *holds]))
        at_gate = self._all_out() and not self._loose_lines()
        # sudo: a setting every user of the company is subject to.
        if at_gate or not self.sale_id or not self.company_id.sudo().gate_required:
            return
        raise UserError(
            self.env._(
                "%(picking)s leaves through the gate: it is done when all its pallets were "
                "scanned (%(out)s of %(total)s so far).",
                picking=self.name,
                out=self.pallet_out_count,
                total=self.pallet_count,
            )
        )

    # ---------------------------------------------------------------- gate
    def _pass_gate(self):
        """Update this delivery's row: of two scans at once, one waits and has to run again."""
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                "UPDATE stock_picking SET gate_passes = coalesce(gate_passes, 0) + 1 WHERE id = %s",
                self.id,
            ),
            # That another scan was first is expected, and no error for the log.
            log_exceptions=False,
        )
        self.invalidate_recordset()
        self.pallet_ids.invalidate_recordset()

    def _all_out(self):
        """Whether the gate let out all the pallets there are of this delivery."""
        return bool(self.pallet_ids) and all(self.pallet_ids.mapped("gate_date"))

    def _deliver_at_gate(self):
        """All its pallets are out: it is delivered."""
        self.move_ids.filtered(lambda move: move.state not in CLOSED).picked = True
        picking = self.with_context(skip_backorder=True, skip_sms=True, skip_immediate=True)
        picking.button_validate()
        if self.state != "done":
            raise UserError(
                self.env._(
                    "%s asks for something before it is delivered. Open it and validate it there.",
                    self.name,
                )
            )

    def _gate_progress(self):
        """Plain data for the gate's screen: what of this delivery is out and what is not."""
        self.ensure_one()
        # sudo: names of the order and its customer, for whoever may let it out.
        picking = self.sudo()
        return {
            "picking_id": self.id,
            "picking": self.name,
            "order": picking.sale_id.name or self.name,
            "customer": picking.partner_id.commercial_partner_id.name or "",
            "carrier": picking.carrier_id.name or "",
            "out": self.pallet_out_count,
            "total": self.pallet_count,
            "state": self.dispatch_state,
            "pallets": [
                {
                    "id": pallet.id,
                    "number": pallet.pallet_number,
                    "content": pallet.content_summary,
                    "gross": pallet._format_kg(pallet.gross_weight),
                    "out": bool(pallet.gate_date),
                    "when": pallet._gate_moment() if pallet.gate_date else "",
                    "who": pallet.sudo().gate_user_id.name or "",
                }
                for pallet in self.pallet_ids.sorted("pallet_number")
            ],
        }
