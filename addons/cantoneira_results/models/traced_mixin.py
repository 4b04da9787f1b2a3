"""What is at one end of the trace: a reel, a manufacturing order, a customer's order."""

from odoo import fields, models


class TracedMixin(models.AbstractModel):
    """``_trace_domain`` says which uses of reels belong to the records."""

    _name = "cantoneira.traced.mixin"
    _description = "End of a trace"

    trace_count = fields.Integer(
        "Reels or orders", compute="_compute_trace_count", help="At the other end of the trace."
    )

    def _trace_domain(self):
        raise NotImplementedError

    def _compute_trace_count(self):
        """How many reels (of an order) or orders (of a reel) there are, of those one may see."""
        uses = self.env["cantoneira.reel.use"]
        if not uses.has_access("read"):
            self.trace_count = 0
            return
        here, there = self._trace_ends()
        counts = {
            record.id: count
            for record, count in uses._read_group(self._trace_domain(), [here], [there])
        }
        for record in self:
            record.trace_count = counts.get(record.id, 0)

    def _trace_ends(self):
        """Of ``cantoneira.reel.use``: the field of these records, and what is counted."""
        return {
            # One row for each order that got something of it, also by surplus.
            "stock.lot": ("lot_id", "__count"),
            "mrp.production": ("production_id", "lot_id:count_distinct"),
            "sale.order": ("sale_order_id", "lot_id:count_distinct"),
        }[self._name]

    def _action_trace(self, target):
        """The list of uses whose rows open ``target``: ``reel`` or ``order``."""
        xmlid = f"cantoneira_results.action_trace_{target}"
        action = self.env["ir.actions.act_window"]._for_xml_id(xmlid)
        return {
            **action,
            "domain": self._trace_domain(),
            "context": {"trace_to": target, "trace_of": (self._name, self.ids), "create": 0},
        }

    def _trace_rows(self):
        """What the printed list shows, oldest first."""
        return self.env["cantoneira.reel.use"].search(self._trace_domain(), order="date, id")

    def _trace_file_name(self):
        return self.env._("Trace of %(name)s", name=self.display_name)
