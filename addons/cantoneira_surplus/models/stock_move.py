from odoo import api, fields, models

from odoo.addons.cantoneira_stock import arithmetic


class StockMove(models.Model):
    _inherit = "stock.move"

    surplus_production_ids = fields.Many2many(
        "mrp.production",
        "stock_move_surplus_production_rel",
        "move_id",
        "production_id",
        "Surplus made by",
        readonly=True,
        copy=False,
        help="Which manufacturing orders made the pieces that went to surplus with this move.",
    )

    @api.depends("origin")
    def _compute_reference(self):
        """What went to surplus says which order it came from. See ``test_beyond_goes_to_surplus``."""
        result = super()._compute_reference()
        for move in self:
            if not move.reference and move.location_dest_id.piece_length_mm:
                move.reference = move.origin
        return result

    @api.model
    def _move_to_surplus(self, product, pieces, length_mm, source, warehouse, makers, origin=""):
        """Put ``pieces`` of ``product`` that lie in ``source`` where surplus of their length lies.

        :param makers: the manufacturing orders that made them, to be found again
        :param origin: the document they come from, when it is another
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
                "origin": origin or makers[:1].name,
                "surplus_production_ids": makers.ids,
            }
        )
        move._action_confirm(merge=False)
        move.quantity = metres
        move.picked = True
        move._action_done()
        return place
