"""When what is missing will be there."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from odoo import api, fields, models
from odoo.tools import format_date

from .. import arithmetic
from ..tools import format_number

OPEN_MOVES = ("waiting", "confirmed", "assigned", "partially_available")


class Source(StrEnum):
    """What an arrival rests on."""

    RECEIPT = "receipt"
    SUPPLIER = "supplier"
    UNKNOWN = "unknown"


class Arrival(NamedTuple):
    """When the ``missing`` of a product is there; ``date`` is None when nobody can tell."""

    product: models.Model
    missing: float
    date: datetime | None
    source: Source
    #: The receipt or the supplier.
    origin: str

    def as_dict(self):
        """Plain data, for programs and the web client."""
        return {
            "product_id": self.product.id,
            "product": self.product.name,
            "missing": self.missing,
            "unit": self.product.uom_id.name,
            "date": fields.Datetime.to_string(self.date) if self.date else False,
            "source": str(self.source),
            "origin": self.origin,
        }


class ArrivalService(models.AbstractModel):
    """The receipt that covers what is missing, else the supplier's lead time from today.

    What others were promised comes first: ``missing`` counts it (see ``cantoneira.availability``),
    and open receipts cover it in the order of their dates.
    """

    _name = "cantoneira.arrival"
    _description = "When missing material arrives"

    @api.model
    def _arrivals(self, missing, warehouse, now=None):
        """Return an :class:`Arrival` for each of ``missing``.

        :param dict missing: ``{product.product: quantity}`` in the product's unit, all positive.
        :param warehouse: one ``stock.warehouse``.
        :param now: ``datetime``; a receipt that is overdue counts as coming now.
        :return: ``{product: Arrival}``. A constant number of queries.
        """
        if not missing:
            return {}
        now = now or fields.Datetime.now()
        # sudo: whoever sells may not read receipts or what suppliers offer; they are told when.
        products = self.env["product.product"].concat(*missing).sudo()
        receipts = self._open_receipts(products, warehouse)
        arrivals = {
            product: self._covered(product, quantity, receipts.get(product, ()), now)
            for product, quantity in missing.items()
        }
        uncovered = [product for product in missing if not arrivals[product]]
        offers = self._offers(uncovered, warehouse.company_id, fields.Date.to_date(now))
        for product in uncovered:
            arrivals[product] = self._supplied(product, missing[product], offers, now)
        return arrivals

    @api.model
    def _open_receipts(self, products, warehouse):
        """``{product: open incoming moves of the warehouse, by date}``."""
        _stock, incoming, _outgoing = products.with_context(
            warehouse_id=warehouse.id, location=False, search_location=False
        )._get_domain_locations()
        # sudo: whoever sells may not read receipts; they are told when.
        moves = (
            self.env["stock.move"]
            .sudo()
            .search_fetch(
                [("product_id", "in", products.ids), ("state", "in", OPEN_MOVES), *incoming],
                ["product_id", "product_qty", "date", "reference"],
                order="date, id",
            )
        )
        return moves.grouped("product_id")

    @api.model
    def _covered(self, product, quantity, moves, now):
        """The receipt with which all of ``quantity`` has come, if any."""
        left = quantity
        for move in moves:
            left -= move.product_qty
            if product.uom_id.compare(left, 0) <= 0:
                origin = move.reference or ""
                return Arrival(product, quantity, max(move.date, now), Source.RECEIPT, origin)
        return None

    @api.model
    def _offers(self, products, company, today):
        """``{template: suppliers' offers that are valid today, the first one first}``."""
        if not products:
            return {}
        products = self.env["product.product"].concat(*products)
        # sudo: as above; only a date and the supplier's name are told.
        offers = (
            self.env["product.supplierinfo"]
            .sudo()
            .search_fetch(
                [
                    ("product_tmpl_id", "in", products.product_tmpl_id.ids),
                    ("product_id", "in", [False, *products.ids]),
                    ("company_id", "in", [False, company.id]),
                    "|",
                    ("date_start", "=", False),
                    ("date_start", "<=", today),
                    "|",
                    ("date_end", "=", False),
                    ("date_end", ">=", today),
                ],
                ["product_tmpl_id", "product_id", "partner_id", "delay"],
            )
        )
        return offers.grouped("product_tmpl_id")

    @api.model
    def _supplied(self, product, quantity, offers, now):
        """What the first supplier says; without one nobody knows."""
        for offer in offers.get(product.product_tmpl_id, ()):
            if offer.product_id.id in (False, product.id):
                date = now + timedelta(days=offer.delay)
                name = offer.partner_id.name or ""
                return Arrival(product, quantity, date, Source.SUPPLIER, name)
        return Arrival(product, quantity, None, Source.UNKNOWN, "")

    # --------------------------------------------------------------- in words
    @api.model
    def _sentence(self, arrival, day):
        """``Bobina 130g: 12.5 kg missing until 27/11/2026 (WH/IN/00012)``.

        :param day: the arrival's date, as people read it.
        """
        quantity = format_number(self.env, arrival.missing, 3)
        if not arithmetic.round_half_up(arrival.missing, 3):
            quantity = format_number(self.env, arrival.missing, arithmetic.QUANTITY_DIGITS)
        values = {
            "product": arrival.product.name,
            "quantity": quantity,
            "unit": arrival.product.uom_id.name,
            "day": day,
            "origin": arrival.origin,
        }
        match arrival.source:
            case Source.RECEIPT:
                return self.env._(
                    "%(product)s: %(quantity)s %(unit)s missing until %(day)s (%(origin)s)",
                    **values,
                )
            case Source.SUPPLIER:
                return self.env._(
                    "%(product)s: %(quantity)s %(unit)s missing until %(day)s (lead time of "
                    "%(origin)s, not ordered yet)",
                    **values,
                )
        return self.env._(
            "%(product)s: %(quantity)s %(unit)s missing, with neither a receipt nor a supplier",
            **values,
        )

    @api.model
    def _when(self, arrival):
        """``there on 27/11/2026 (WH/IN/00012)``, in the user's language and time zone."""
        day = ""
        if arrival.date:
            moment = fields.Datetime.context_timestamp(self, arrival.date)
            day = format_date(self.env, moment.date())
        match arrival.source:
            case Source.RECEIPT:
                return self.env._("there on %(day)s (%(origin)s)", day=day, origin=arrival.origin)
            case Source.SUPPLIER:
                return self.env._(
                    "not ordered yet; %(origin)s could bring it by %(day)s",
                    origin=arrival.origin,
                    day=day,
                )
        return self.env._("neither a receipt nor a supplier")
