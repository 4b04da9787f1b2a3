"""What the reports of this addon have in common."""

from odoo import models
from odoo.tools import SQL

COST_GROUP = "cantoneira_stock.group_see_cost"


class ResultReport(models.AbstractModel):
    """Figures that are a share of two others are added up before they are divided.

    ``_ratios``: ``{field: (above, below, factor)}``. Of a group the field is
    ``factor × Σ above ÷ Σ below`` over the rows that have ``below``: metres per hour of a month
    are its metres by its hours, whatever the single orders were.
    """

    _name = "cantoneira.result.report"
    _description = "Report of results"
    _ratios = {}

    def _read_group_select(self, aggregate_spec, query):
        """See the class. Guarded by ``test_ratio_of_sums``."""
        name, _colon, function = aggregate_spec.partition(":")
        if function != "avg" or name not in self._ratios:
            return super()._read_group_select(aggregate_spec, query)
        above, below, factor = self._ratios[name]
        return SQL(
            "%(factor)s * SUM(%(above)s) FILTER (WHERE %(below)s > 0) / NULLIF(SUM(%(below)s), 0)",
            factor=factor,
            above=self._field_to_sql(self._table, above, query),
            below=self._field_to_sql(self._table, below, query),
        )

    def action_open(self):
        """What the row is about: a manufacturing order, or a customer's."""
        self.ensure_one()
        record = self[self._rec_name]
        if record._name not in ("mrp.production", "sale.order"):
            record = self.production_id
        return {
            "type": "ir.actions.act_window",
            "res_model": record._name,
            "res_id": record.id,
            "views": [(False, "form")],
        }

    def _kilograms(self, unit):
        """SQL: what one of ``unit`` (an alias of ``uom_uom``) weighs in kg; NULL of no weight.

        The query joins ``uom_uom`` once more as ``kilogram``.
        """
        return SQL(
            """
            CASE WHEN split_part(%(unit)s.parent_path, '/', 1)
                      = split_part(kilogram.parent_path, '/', 1)
                 THEN %(unit)s.factor / kilogram.factor END
            """,
            unit=SQL.identifier(unit),
        )

    def _kilogram_id(self):
        return self.env["ir.model.data"]._xmlid_to_res_id("uom.product_uom_kgm")
