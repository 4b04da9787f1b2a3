"""What is free to promise, and what happens when it is not enough."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import NamedTuple

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError

from .. import arithmetic
from ..tools import format_number

OVERRIDE_GROUP = "cantoneira_stock.group_shortage_override"
#: Digits of a quantity in a message; smaller than a gram is noise to a person.
MESSAGE_DIGITS = 3


class Availability(NamedTuple):
    """What there is of one product in one warehouse; quantities in the product's own unit.

    ``free`` is ``on_hand − promised`` and negative when more is promised than there is.
    ``on_hand`` is what may be used: without what is set aside.
    ``promised`` is all open outgoing demand, reserved or not.
    """

    product: models.Model
    needed: float
    on_hand: float
    promised: float
    free: float
    #: Free plus what is to come in (and less what is to go out) until the date asked for.
    forecast: float
    #: What ``free`` lacks to cover ``needed``; 0 when it does.
    missing: float


class ShortageError(UserError):
    """A promise that the free stock does not cover.

    ``shortages`` is the list of :class:`Availability` with something missing; the text
    names each of them.
    """

    #: The web client knows its dialogs by the name of the class; this one is shown like its
    #: parent, not as a program's crash (tour ``cantoneira_sale_shortage``).
    context = {"exception_class": "odoo.exceptions.UserError"}

    def __init__(self, message, shortages=()):
        super().__init__(message)
        self.shortages = list(shortages)


class AvailabilityService(models.AbstractModel):
    """Free to promise = on hand − all open outgoing demand, in one warehouse.

    Demand and not reservation: a manufacturing order half done un-reserves the rest of its
    paper, which stays promised all the same.
    """

    _name = "cantoneira.availability"
    _description = "What is free to promise"

    @api.model
    def _report(self, needs, warehouse, date=None):
        """Return what there is of what is needed; read only, no lock.

        :param dict needs: ``{product.product: quantity}`` in the product's unit.
        :param warehouse: one ``stock.warehouse``.
        :param date: until when the forecast looks (``date``, ``datetime`` or their text), a day
            until its end; None: as far as anything is planned. The past is read as now.
        :return: ``list[Availability]`` in the order of ``needs``; what is not stocked is
            left out. The number of queries does not depend on how many are asked for.
        """
        products = self.env["product.product"].concat(*needs)
        # sudo: a total is only right when it counts every move and quant of the warehouse,
        # whatever single documents the reader may see. Nothing but totals leaves this method.
        products = products.sudo().filtered("is_storable")
        if not products:
            return []
        quantities = self._quantities(products, warehouse)
        forecasts = self._quantities(products, warehouse, date) if date else quantities
        return [
            self._availability(
                product, needed, quantities[product.id], forecasts[product.id]["virtual_available"]
            )
            for product, needed in needs.items()
            if product.id in quantities
        ]

    @api.model
    def _quantities(self, products, warehouse, date=None):
        """Core's own totals, without what is set aside (:meth:`_set_aside_quantities`).

        :return: ``{id: {qty_available, outgoing_qty, virtual_available, ...}}``.
        """
        products = products.with_context(
            warehouse_id=warehouse.id, location=False, search_location=False
        )
        quantities = products._compute_quantities_dict(
            None, None, None, to_date=self._not_past(date)
        )
        # What is set aside (a blocked reel) is there, but not to be used.
        for product_id, aside in products._set_aside_quantities().items():
            for total in ("qty_available", "virtual_available"):
                quantities[product_id][total] -= aside
        return quantities

    @api.model
    def _not_past(self, date):
        """The moment until which a forecast looks; a day counts until its end."""
        if not date:
            return False
        moment = fields.Datetime.to_datetime(date)
        if not isinstance(date, datetime) and len(str(date)) <= len("2026-12-31"):
            moment = datetime.combine(moment, time.max)
        # Core answers a moment in the past with history instead of a forecast, and it looks at
        # the clock later than this line.
        return max(moment, fields.Datetime.now() + timedelta(minutes=1))

    @api.model
    def _availability(self, product, needed, quantities, forecast):
        unit = product.uom_id
        on_hand, promised = quantities["qty_available"], quantities["outgoing_qty"]
        free = unit.round(on_hand - promised)
        missing = unit.round(needed - free)
        return Availability(
            product=product,
            needed=unit.round(needed),
            on_hand=on_hand,
            promised=promised,
            free=free,
            forecast=forecast,
            missing=missing if unit.compare(missing, 0) > 0 else 0.0,
        )

    # --------------------------------------------------------------- promise
    @api.model
    def _promise(self, document, needs, warehouse, date=None):
        """Take the gate, then promise ``needs`` or refuse, as the company decided.

        Call it before the demand is created. With something missing the promise passes
        only when the company merely warns, or when the context key
        ``shortage_override_reason`` has a reason and the user may override; the list then
        goes to the chatter of ``document``.

        :param document: the record that needs it (with a chatter).
        :return: the report, as :meth:`_report`.
        :raises ShortageError: listing all that is missing.
        """
        stocked = {p: quantity for p, quantity in needs.items() if p.is_storable}
        products = self.env["product.product"].concat(*stocked)
        self.env["cantoneira.promise.gate"]._pass(warehouse, products)
        report = self._report(stocked, warehouse, date)
        shortages = [line for line in report if line.missing]
        if shortages:
            self._apply_policy(document, shortages, warehouse.company_id)
        return report

    @api.model
    def _apply_policy(self, document, shortages, company):
        lines = [self._shortage_line(shortage) for shortage in shortages]
        reason = self._override_reason()
        # sudo: the policy is a setting that every user of the company is subject to.
        if not reason and company.sudo().shortage_policy == "warn":
            title = self.env._("Confirmed although this is missing:")
            self._note(document, [title], lines)
            return
        self._override_or_raise(
            document,
            self.env._("Not enough free stock:") + "\n" + "\n".join(lines),
            lambda message: ShortageError(message, shortages),
        )

    @api.model
    def _override_or_raise(self, document, message, error=UserError):
        """Raise ``error(message)`` unless it is overridden with a reason and the right.

        The context key ``shortage_override_reason`` holds the reason; it is kept with
        ``message`` in the chatter of ``document``.
        """
        reason = self._override_reason()
        if not reason:
            raise error(message)
        if not self.env.user.has_group(OVERRIDE_GROUP):
            raise error(
                message
                + "\n"
                + self.env._(
                    "%(user)s may not confirm in spite of this. Ask someone with the right "
                    "“Confirm in spite of shortage”.",
                    user=self.env.user.name,
                )
            )
        title = self.env._("Confirmed in spite of this. Reason: %(reason)s", reason=reason)
        headline, *lines = message.split("\n")
        self._note(document, [title, headline], lines)

    @api.model
    def _override_reason(self):
        return (self.env.context.get("shortage_override_reason") or "").strip()

    @api.model
    def _note(self, document, paragraphs, lines):
        """Keep ``paragraphs`` and the list of ``lines`` in the chatter, as one message."""
        body = Markup().join(Markup("<p>%s</p>") % text for text in paragraphs)
        if lines:
            body += Markup("<ul>%s</ul>") % Markup().join(
                Markup("<li>%s</li>") % line for line in lines
            )
        for record in document:
            record.message_post(body=body)

    @api.model
    def _shortage_line(self, shortage):
        """``Bobina 400g-70: need 2.8 kg, free 1.9 kg, missing 0.9 kg``."""

        def number(quantity):
            digits = MESSAGE_DIGITS
            if quantity and not arithmetic.round_half_up(quantity, digits):
                digits = arithmetic.QUANTITY_DIGITS
            return format_number(self.env, quantity, digits)

        return self.env._(
            "%(product)s: need %(needed)s %(unit)s, free %(free)s %(unit)s, "
            "missing %(missing)s %(unit)s",
            product=shortage.product.display_name,
            needed=number(shortage.needed),
            free=number(shortage.free),
            missing=number(shortage.missing),
            unit=shortage.product.uom_id.name,
        )
