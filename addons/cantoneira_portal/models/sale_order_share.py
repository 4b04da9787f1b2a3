"""Sent to the customer: by e-mail with the PDF, or as a link over WhatsApp."""

from urllib.parse import quote

from odoo import models
from odoo.exceptions import UserError
from odoo.tools import format_date, formatLang

from ..phone import international_digits

WHATSAPP = "https://wa.me/{number}?text={text}"


class SaleOrder(models.Model):
    _inherit = "sale.order"

    # ----------------------------------------------------------------- e-mail
    def _find_mail_template(self):
        """Our words for quotations. Guarded by ``test_share``."""
        if self.state != "sale" and not self.env.context.get("proforma"):
            template = self.env.ref(
                "cantoneira_portal.mail_template_quotation", raise_if_not_found=False
            )
            if template:
                return template
        return super()._find_mail_template()

    def _get_confirmation_template(self):
        """Our words for orders, unless the company chose its own. Guarded by ``test_share``."""
        template = super()._get_confirmation_template()
        core = self.env.ref("sale.mail_template_sale_confirmation", raise_if_not_found=False)
        if template and template != core:
            return template
        ours = self.env.ref("cantoneira_portal.mail_template_order", raise_if_not_found=False)
        return ours or template

    # --------------------------------------------------------------- WhatsApp
    def action_share_whatsapp(self):
        """Open a conversation with the customer, the message with the link already written.

        A quotation counts as sent from then on.

        :raises UserError: when there is no number it could go to
        """
        self.ensure_one()
        self.check_access("write")
        reader = self._whatsapp_reader()
        number = self._whatsapp_number(reader)
        text = self._whatsapp_text(reader)
        if self.state == "draft":
            self.action_quotation_sent()
        self.message_post(
            body=self.env._(
                "Link for WhatsApp opened, to %(name)s, +%(number)s.",
                name=reader.display_name,
                number=number,
            )
        )
        return {
            "type": "ir.actions.act_url",
            "url": WHATSAPP.format(number=number, text=quote(text, safe="")),
            "target": "new",
        }

    def _whatsapp_reader(self):
        """Who reads it: as with e-mails, the contact that orders; else whoever has a number."""
        reader = self._mail_get_partners()[self.id][:1] or self.partner_id
        people = reader | self.partner_id | self.partner_id.commercial_partner_id
        return people.filtered("phone")[:1] or reader

    def _whatsapp_number(self, partner):
        """The digits WhatsApp wants: country code, area and number (``5519987654321``)."""
        if not partner.phone:
            raise UserError(
                self.env._(
                    "%s has no telephone. Type one on the contact, with its area code, to send "
                    "the link over WhatsApp.",
                    partner.display_name,
                )
            )
        number = international_digits(partner.phone)
        if not number:
            raise UserError(
                self.env._(
                    "“%(phone)s” of %(name)s cannot be dialled. Correct it on the contact: area "
                    "code and number, such as (19) 98765-4321.",
                    phone=partner.phone,
                    name=partner.display_name,
                )
            )
        return number

    def _whatsapp_text(self, reader):
        """The message, in the customer's language: greeting, number, total, date and link."""
        order = self.with_context(lang=reader.lang or self.env.lang)
        texts = order.env
        paragraphs = [
            texts._(
                "Hello, %(customer)s! This is %(company)s.",
                customer=reader.name,
                company=order.company_id.name,
            ),
            "",
            f"*{order.type_name} {order.name}*",
            texts._(
                "Total: %s",
                formatLang(texts, order.amount_total, currency_obj=order.currency_id),
            ),
        ]
        if order.state in ("draft", "sent"):
            if order.validity_date:
                paragraphs.append(
                    texts._("Valid until %s", format_date(texts, order.validity_date))
                )
            invitation = texts._("See it, accept and sign it here:")
        else:
            invitation = texts._("Follow it here:")
        if order.commitment_date:
            day = format_date(texts, order._promised_day())
            paragraphs.append(texts._("Delivery promised for %s", day))
        paragraphs += ["", invitation, order.get_base_url() + order.get_portal_url()]
        return "\n".join(paragraphs)
