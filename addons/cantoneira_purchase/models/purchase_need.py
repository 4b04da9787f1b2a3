"""What has to be bought: the numbers behind the screen, for any number of materials at once."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from odoo import api, fields, models

from odoo.addons.cantoneira_stock.models.arrival import OPEN_MOVES
from odoo.addons.cantoneira_stock.models.availability import Availability

from ..proposal import Terms, best_terms, order_quantity

#: Of the orders that need a material so many are named.
NAMED_ORDERS = 4


class Need(NamedTuple):
    """One material to buy, or that need not be; quantities in the product's own unit."""

    product: models.Model
    there: Availability
    minimum: float
    #: Confirmed receipts to come and requests that are still drafts.
    on_order: float
    #: What free and on order lack to cover open orders and the minimum.
    missing: float
    #: The day from which open orders lack it; None when what is there and on order covers them.
    need_date: date | None
    #: Which orders, the earliest first.
    orders: tuple[str, ...]
    #: ``product.supplierinfo`` to order by; empty without a supplier.
    offer: models.Model
    #: How much to order, in the unit of the offer.
    quantity: float
    #: Receipts that should have come before today, the oldest first.
    late_receipts: tuple[str, ...] = ()
    #: Days since the oldest of them was due; 0: nothing is late.
    late_days: int = 0

    @property
    def order_by(self):
        """The last day on which ordering is in time: the need less the supplier's lead time."""
        return self.need_date and self.need_date - timedelta(days=self.offer.delay)


class PurchaseNeed(models.AbstractModel):
    """Needs of open orders and minimums, against what is there and what was ordered.

    Numbers come from ``cantoneira.availability``; a constant number of queries.
    """

    _name = "cantoneira.purchase.need"
    _description = "What has to be bought"

    @api.model
    def _needs(self, warehouse, extra=None, extra_date=None, keep_minimum=True):
        """Return a :class:`Need` of each material with a minimum or an open demand.

        :param warehouse: one ``stock.warehouse``.
        :param dict extra: ``{product: quantity}`` that a quotation would need besides; then only
            these are looked at.
        :param extra_date: ``date`` of that need; None: today.
        :param keep_minimum: False: only orders count, not the minimum stock.
        """
        wanted = self.env["product.product"].concat(*extra) if extra else None
        demands = self._open_demands(warehouse, wanted)
        products = self._bought(wanted, demands, warehouse.company_id)
        extra = extra or {}
        report = self.env["cantoneira.availability"]._report(
            {product: extra.get(product, 0) for product in products}, warehouse
        )
        # sudo: drafts of others count as well; only totals leave this method.
        requested = products.sudo()._get_quantity_in_progress(warehouse_ids=warehouse.ids)[1]
        offers = self.env["cantoneira.arrival"]._offers(
            list(products), warehouse.company_id, fields.Date.context_today(self)
        )
        late = self._late_receipts(products, warehouse)
        needs = []
        for entry in report:
            product = entry.product
            on_order = entry.forecast - entry.free + requested[product.id, warehouse.id]
            claims = self._claims(demands.get(product, ()))
            if entry.needed:
                claims.append((extra_date or fields.Date.context_today(self), entry.needed, ""))
            minimum = product.min_stock_qty if keep_minimum else 0
            own = [o for o in offers.get(product.product_tmpl_id, ()) if self._fits(o, product)]
            need = self._need(entry, on_order, minimum, claims, own)
            names, days = late.get(product, ((), 0))
            needs.append(need._replace(late_receipts=names, late_days=days))
        return needs

    @api.model
    def _late_receipts(self, products, warehouse):
        """``{product: (names of receipts that were due before today, days of the oldest)}``."""
        today = fields.Date.context_today(self)
        # sudo: who buys is told of every receipt, whoever ordered it.
        receipts = self.env["cantoneira.arrival"]._open_receipts(products.sudo(), warehouse)
        late = {}
        for product, moves in receipts.items():
            due = [
                (fields.Datetime.context_timestamp(self, move.date).date(), move.reference or "")
                for move in moves
            ]
            names = tuple(dict.fromkeys(name for day, name in due if day < today))
            if names:
                late[product.with_env(self.env)] = names, (today - due[0][0]).days
        return late

    @api.model
    def _need(self, entry, on_order, minimum, claims, offers):
        unit = entry.product.uom_id
        missing = max(0.0, unit.round(minimum + entry.needed - entry.free - on_order))
        offer, quantity = self._proposal(entry.product, missing, offers)
        return Need(
            product=entry.product,
            there=entry,
            minimum=minimum,
            on_order=unit.round(on_order),
            missing=missing,
            need_date=self._runs_out(claims, entry.on_hand + on_order, unit),
            orders=tuple(dict.fromkeys(name for _day, _quantity, name in claims if name)),
            offer=offer,
            quantity=quantity,
        )

    # ---------------------------------------------------------------- who needs it
    @api.model
    def _open_demands(self, warehouse, products=None):
        """``{product: open outgoing moves, the earliest first}``."""
        Product = self.env["product.product"].with_context(
            warehouse_id=warehouse.id, location=False, search_location=False
        )
        _stock, _incoming, outgoing = Product._get_domain_locations()
        domain = [("state", "in", OPEN_MOVES), *outgoing]
        if products is not None:
            domain.append(("product_id", "in", products.ids))
        # sudo: a total is only right when it counts every move; only totals and the numbers of
        # orders are told.
        moves = (
            self.env["stock.move"]
            .sudo()
            .search_fetch(domain, ["product_id", "product_qty", "date"], order="date, id")
        )
        return moves.grouped("product_id")

    @api.model
    def _bought(self, wanted, demands, company):
        """Products that are bought at all: stocked, not made, of the company."""
        domain = [
            ("is_storable", "=", True),
            ("purchase_ok", "=", True),
            ("composite_length", "=", False),
            ("product_kind", "!=", "manufactured"),
            ("company_id", "in", [False, company.id]),
        ]
        if wanted is not None:
            domain.append(("id", "in", wanted.ids))
        else:
            demanded = [product.id for product in demands]
            domain += ["|", ("min_stock_qty", ">", 0), ("id", "in", demanded)]
        return self.env["product.product"].search(domain)

    @api.model
    def _claims(self, moves):
        """``[(day, quantity, order)]`` of these moves, the earliest first."""
        return [
            (
                fields.Datetime.context_timestamp(self, move.date).date(),
                move.product_qty,
                self._order_name(move),
            )
            for move in moves
        ]

    @api.model
    def _order_name(self, move):
        """The customer's order where there is one, else the document."""
        production = move.raw_material_production_id
        order = (production.sale_line_id or move.sale_line_id).order_id
        return order.name or production.name or move.reference or ""

    @api.model
    def _runs_out(self, claims, supply, unit):
        """The day of the first claim that ``supply`` does not cover."""
        left = supply
        for day, quantity, _order in sorted(claims, key=lambda claim: claim[0]):
            left -= quantity
            if unit.compare(left, 0) < 0:
                return day
        return None

    # ---------------------------------------------------------------- from whom
    @api.model
    def _fits(self, offer, product):
        return offer.product_id.id in (False, product.id)

    @api.model
    def _proposal(self, product, missing, offers):
        """``(offer, quantity)`` of the first supplier, in the unit of the offer."""
        if not offers:
            return self.env["product.supplierinfo"], missing
        own = [offer for offer in offers if offer.partner_id == offers[0].partner_id]
        terms = [
            Terms(
                offer.min_qty,
                offer.product_uom_id._compute_quantity(1, product.uom_id, round=False),
            )
            for offer in own
        ]
        index = best_terms(missing, terms)
        return own[index], float(order_quantity(missing, terms[index]))
