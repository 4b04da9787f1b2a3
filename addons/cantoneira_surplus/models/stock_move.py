from odoo import api, models

from odoo.addons.cantoneira_stock import arithmetic


class StockMove(models.Model):
    _inherit = "stock.move"

    @api.depends("origin")
    def _compute_reference(self):
        """What went to surplus says which order it came from. See ``test_beyond_goes_to_surplus``."""
        result = super()._compute_reference()
        for move in self:
            if not move.reference and move.location_dest_id.piece_length_mm:
                move.reference = move.origin
        return result

    @api.model
    def _move_to_surplus(self, product, pieces, length_mm, source, warehouse, origin):
        """Put ``pieces`` of ``product`` that lie in ``source`` where surplus of their length lies.

        :param origin: the document they come from
        :return: the place
        """
        place = warehouse._surplus_place(length_mm)
        metres = float(arithmetic.metres(pieces, length_mm))
        # sudo: who closes an order moves nothing else of the stock.
        move = self.sudo().create(
            {
                "product_id": product.id,
                "product_uom": product.uom_id.id,
                "product_uom_qty": metres,
                "piece_length_mm": length_mm,
                "location_id": source.id,
                "location_dest_id": place.id,
                "company_id": warehouse.company_id.id,
                "origin": origin,
            }
        )
        move._action_confirm(merge=False)
        move.quantity = metres
        move.picked = True
        move._action_done()
        return place
