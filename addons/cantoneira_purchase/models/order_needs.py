"""What a quotation lacks becomes a request from where it was found."""

from markupsafe import Markup

from odoo import api, fields, models

from odoo.addons.cantoneira_stock.tools import format_number

from .purchase_request import Wish


class OrderNeeds(models.TransientModel):
    _inherit = "cantoneira.order.needs"

    can_request = fields.Boolean(compute="_compute_can_request")

    @api.depends("line_ids.missing", "order_id.state")
    def _compute_can_request(self):
        for needs in self:
            is_open = needs.order_id.state in ("draft", "sent")
            needs.can_request = is_open and bool(needs._requestable())

    def _requestable(self):
        """Lines of what is missing and is bought."""
        return self.line_ids.filtered(
            lambda line: (
                line.missing
                and line.product_id.purchase_ok
                and not line.product_id._is_made_to_order()
            )
        )

    def action_request_missing(self):
        """Ask for what this quotation lacks, in draft purchase orders.

        What is already on order counts, so asking twice orders once.
        """
        self.ensure_one()
        order = self.order_id
        order.check_access("write")
        lines, warehouse = self._requestable(), order.warehouse_id
        # sudo: whoever quotes may not buy. They ask in a draft, of what is missing and nothing
        # else; neither prices nor suppliers' terms are shown to them, and a buyer decides.
        service = self.env["cantoneira.purchase.need"].sudo()
        service._take_turn(warehouse, lines.product_id)
        promised = order.commitment_date or order.expected_date
        needs = service._needs(
            warehouse,
            extra={line.product_id: line.needed for line in lines},
            extra_date=promised and promised.date(),
            keep_minimum=False,
        )
        wishes = [
            Wish(need.product, need.quantity, need.offer.product_uom_id, need.offer.partner_id)
            for need in needs
            if need.quantity and need.offer
        ]
        requests = service._request(wishes, warehouse, order.name)
        orphans = [need.product for need in needs if need.missing and not need.offer]
        sentences = self._request_sentences(wishes, requests, orphans)
        order.message_post(
            body=Markup().join(Markup("<p>%s</p>") % sentence for sentence in sentences)
        )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning" if orphans else "success" if requests else "info",
                "message": "\n".join(sentences),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    def _request_sentences(self, wishes, requests, orphans):
        """What was asked for and what nobody sells, for people."""
        sentences = []
        if wishes:
            wanted = [
                self.env._(
                    "%(quantity)s %(unit)s of %(product)s",
                    quantity=format_number(self.env, wish.quantity),
                    unit=wish.unit.name,
                    product=wish.product.display_name,
                )
                for wish in wishes
            ]
            sentences.append(
                self.env._(
                    "Requested for this quotation: %(goods)s (%(requests)s).",
                    goods=", ".join(wanted),
                    requests=", ".join(requests.mapped("name")),
                )
            )
        if orphans:
            sentences.append(
                self.env._(
                    "Not requested, because no supplier is known: %(products)s.",
                    products=", ".join(product.display_name for product in orphans),
                )
            )
        return sentences or [self.env._("All that is missing is already on order.")]
