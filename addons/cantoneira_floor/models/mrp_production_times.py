"""What is kept of the making of an order: who, pauses, scrap, productive time."""

from odoo import api, fields, models


class MrpProduction(models.Model):
    _inherit = "mrp.production"

    floor_user_id = fields.Many2one(
        "res.users",
        "Operator",
        copy=False,
        readonly=True,
        help="Who started or resumed it last on the operator's screen.",
    )
    floor_passes = fields.Integer(
        default=0, copy=False, help="How often somebody worked on it; see _floor_pass."
    )
    floor_state = fields.Selection(
        [
            ("waiting", "Waiting"),
            ("running", "Running"),
            ("paused", "Paused"),
            ("done", "Finished"),
            ("closed", "Not to be made"),
        ],
        "On the line",
        compute="_compute_floor_state",
    )
    stop_ids = fields.One2many("cantoneira.production.stop", "production_id", "Pauses")
    scrap_piece_ids = fields.One2many("cantoneira.production.scrap", "production_id", "Scrap")
    scrapped_pieces = fields.Integer(
        "Pieces scrapped",
        compute="_compute_scrapped_pieces",
        store=True,
        help="Not among the pieces made.",
    )
    stopped_minutes = fields.Float(
        "Paused (min)", digits=(10, 1), compute="_compute_minutes", help="All pauses so far."
    )
    productive_minutes = fields.Float(
        "Productive (min)",
        digits=(10, 1),
        compute="_compute_minutes",
        help="From the real start until the end, or until now, less all pauses.",
    )

    @api.depends("state", "qty_producing", "stop_ids.date_end")
    def _compute_floor_state(self):
        for order in self:
            if order.state in ("done", "cancel", "draft", False):
                order.floor_state = "done" if order.state == "done" else "closed"
            elif order._open_stop():
                order.floor_state = "paused"
            else:
                order.floor_state = "running" if order._is_running() else "waiting"

    def _open_stop(self):
        return self.stop_ids.filtered(lambda stop: not stop.date_end)[:1]

    @api.depends("scrap_piece_ids.piece_qty")
    def _compute_scrapped_pieces(self):
        for order in self:
            order.scrapped_pieces = sum(order.scrap_piece_ids.mapped("piece_qty"))

    @api.depends("state", "date_planned_start", "date_start", "date_finished", "stop_ids.date_end")
    def _compute_minutes(self):
        now = fields.Datetime.now()
        for order in self:
            stopped = sum(
                ((stop.date_end or now) - stop.date_start).total_seconds()
                for stop in order.stop_ids
            )
            # Until production starts, ``date_start`` is only a plan.
            started = order.date_start if order.date_planned_start else None
            end = order.date_finished if order.state == "done" else now
            spent = (end - started).total_seconds() if started and end else 0
            order.stopped_minutes = stopped / 60
            order.productive_minutes = max(0, spent - stopped) / 60

    def _get_backorder_mo_vals(self):
        """The rest stays on its line, in its place. Guarded by ``test_finish_partly``."""
        values = super()._get_backorder_mo_vals()
        if self.is_composite:
            values["machine_id"] = self.machine_id.id
            values["date_start"] = self.date_planned_start or self.date_start
        return values
