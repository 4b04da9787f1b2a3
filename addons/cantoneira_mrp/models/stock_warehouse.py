from odoo import models


class StockWarehouse(models.Model):
    """Manufacturing orders are called OP and take their reels when they start."""

    _inherit = "stock.warehouse"

    def _get_picking_type_create_values(self, max_sequence):
        """Papers are promised by demand and reserved at the start, see docs/architecture.md.

        A company that chose otherwise for its first warehouse has it so in the next one.
        Guarded by ``test_warehouse``.
        """
        values, sequence = super()._get_picking_type_create_values(max_sequence)
        first = self._first_of_company().manu_type_id
        values["manu_type_id"]["reservation_method"] = first.reservation_method or "manual"
        return values, sequence

    def _get_sequence_values(self, name=False, code=False):
        """``OP-0001`` instead of ``WH/MO/00001``, unless the company chose another name.

        Guarded by ``test_warehouse``.
        """
        values = super()._get_sequence_values(name=name, code=code)
        # sudo: sequences are the administrator's.
        given = self._first_of_company().sudo().manu_type_id.sequence_id.prefix
        if not given or given.startswith("OP-"):
            values["manu_type_id"].update(prefix=self._manufacturing_prefix(code), padding=4)
        return values

    def _manufacturing_prefix(self, code=False):
        """``OP-`` for the company's first warehouse, with the code of the warehouse after it.

        Two sequences of one company may not give the same name.
        """
        first = self._first_of_company()
        return "OP-" if not first or first == self else f"OP-{code or self.code}-"

    def _first_of_company(self):
        company = self.company_id or self.env.company
        return self.with_context(active_test=False).search(
            [("company_id", "=", company.id)], order="id", limit=1
        )

    def _prepare_manufacturing(self):
        """Bring warehouses that were there before the addon to the same."""
        for warehouse in self.filtered("manu_type_id"):
            operation = warehouse.manu_type_id
            operation.reservation_method = "manual"
            # sudo: sequences are the administrator's.
            operation.sequence_id.sudo().write(
                {"prefix": warehouse._manufacturing_prefix(), "padding": 4}
            )
