"""Orders with a link for the customer, opened as anyone who has it, over real HTTP."""

import base64
from io import BytesIO

from PIL import Image

from odoo.tests import HttpCase

from odoo.addons.cantoneira_sale.tests.common import CantoneiraSaleCase


def signature():
    """A small picture, as the signature pad sends it."""
    picture = BytesIO()
    Image.new("RGB", (40, 20), "white").save(picture, "PNG")
    return base64.b64encode(picture.getvalue()).decode()


class CantoneiraPortalCase(CantoneiraSaleCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.portal_confirmation_sign = True
        (cls.sales_user | cls.env.ref("base.user_admin")).lang = "en_US"
        cls.company.country_id = cls.env.ref("base.br")
        cls.customer.write(
            {"phone": "(19) 98765-4321", "email": "compras@boavista.example", "lang": "en_US"}
        )
        (cls.profile | cls.tape).taxes_id = False

    def sent_order(self, *lines, **values):
        """A quotation in the customer's hands, with its link."""
        order = self.make_order(*(lines or [self.composite(10, 2500)]), **values)
        order.write({"state": "sent", "require_signature": True, "require_payment": False})
        order._portal_ensure_token()
        return order

    def page(self, order, token=True):
        """The portal page as someone without a user: with the link's token, or another."""
        token = order.access_token if token is True else token
        query = f"?access_token={token}" if token else ""
        return self.url_open(f"/my/orders/{order.id}{query}")

    def accept(self, order, token=True):
        """Sign on the portal; the JSON answer."""
        token = order.access_token if token is True else token
        answer = self.url_open(
            f"/my/orders/{order.id}/accept",
            json={
                "params": {
                    "access_token": token,
                    "name": "Ana Compradora",
                    "signature": signature(),
                }
            },
        ).json()
        order.invalidate_recordset()
        return answer
