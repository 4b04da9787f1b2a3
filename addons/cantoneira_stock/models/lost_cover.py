"""Who loses cover when stock turns out to be less than was promised."""

import contextlib

from odoo import api, models

from .. import arithmetic
from ..tools import format_number

OPEN = ("waiting", "confirmed", "partially_available", "assigned")


class AvailabilityService(models.AbstractModel):
    _inherit = "cantoneira.availability"

    @api.model
    @contextlib.contextmanager
    def _watch_cover(self, products, warehouses, why):
        """Tell the documents that lose cover of ``products`` in the block ``why``.

        A count below what was promised, or a reel that must not be used, leaves somebody without.
        They get a message with their numbers and an activity; nothing is cancelled.

        :param warehouses: all of those where the stock changes.
        :param why: a clause, "Count C0001", that a colon can follow.
        """
        before = {each: self._uncovered(products, each) for each in warehouses}
        yield
        for warehouse in warehouses:
            lost = {
                move: missing
                for move, missing in self._uncovered(products, warehouse).items()
                if move.product_id.uom_id.compare(missing, before[warehouse].get(move, 0)) > 0
            }
            self._tell_lost_cover(lost, why)

    @api.model
    def _uncovered(self, products, warehouse):
        """``{stock.move: missing}`` of the open demand that the stock of a warehouse cannot meet.

        What is there goes to what was reserved first, then to what was promised first. Quantities
        in the product's unit; a constant number of queries.
        """
        # sudo: promises count whoever sees them; only their documents are told.
        products = products.sudo().filtered("is_storable")
        if not products:
            return {}
        there = {
            product_id: arithmetic.exact(quantities["qty_available"])
            for product_id, quantities in self._quantities(products, warehouse).items()
        }
        _quants, _moves_in, moves_out = products.with_context(
            warehouse_id=warehouse.id
        )._get_domain_locations()
        moves = products.env["stock.move"].search(
            [("product_id", "in", products.ids), ("state", "in", OPEN), *moves_out], order="id"
        )
        uncovered = {}
        for move in moves.sorted(lambda move: (move.state != "assigned", move.id)):
            asked = arithmetic.exact(move.product_qty)
            given = max(min(asked, there[move.product_id.id]), 0)
            there[move.product_id.id] -= given
            if move.product_id.uom_id.compare(float(asked - given), 0) > 0:
                uncovered[move] = float(asked - given)
        return uncovered

    @api.model
    def _tell_lost_cover(self, lost, why):
        """A message and an activity on every document of ``{move: missing}``."""
        sentences = {}
        for move, missing in lost.items():
            sentence = self.env._(
                "%(product)s: %(missing)s %(unit)s of what was promised are no longer there",
                product=move.product_id.display_name,
                missing=format_number(self.env, missing),
                unit=move.product_id.uom_id.name,
            )
            for document in move._documents_to_warn():
                sentences.setdefault(document, []).append(sentence)
        for document, lines in sentences.items():
            # sudo: who counts need not have access to the orders that lose cover.
            document = document.sudo()
            self._note(document, [f"{why}:"], lines)
            document.activity_schedule(
                "mail.mail_activity_data_warning",
                summary=self.env._("Material is missing"),
                note=f"{why}: " + "; ".join(lines),
                user_id=(document.user_id or self.env.user).id,
            )


class ProductProduct(models.Model):
    _inherit = "product.product"

    def _set_aside_quantities(self):
        """``{product id: quantity}`` that is on hand and nobody may use; none here.

        In the places that the context chooses, as core's own totals. An addon that knows of such
        stock adds to what ``super()`` says, with one query for all products.
        """
        return {}


class StockMove(models.Model):
    _inherit = "stock.move"

    def _documents_to_warn(self):
        """The records (with chatter) of those who wait for this move; addons above add theirs."""
        return [self.picking_id] if self.picking_id else []
