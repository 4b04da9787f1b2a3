"""From a made order to an empty gate in a real browser, each step by the person who does it."""

from odoo.tests import HttpCase, tagged

from .common import CantoneiraDispatchCase


class DispatchTours(CantoneiraDispatchCase, HttpCase):
    language = "en_US"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang(cls.language)
        if cls.language != "en_US":
            addons = [
                "cantoneira_stock",
                "cantoneira_mrp",
                "cantoneira_sale",
                "cantoneira_dispatch",
            ]
            cls.env["ir.module.module"]._load_module_terms(addons, [cls.language])
        (cls.stock_user | cls.dispatch_user).lang = cls.language
        # A name that a database with other orders cannot mistake.
        cls.customer.name = "Metalúrgica do passeio"
        cls.profile.bundles_per_pallet = 2

    def tour(self, name, user, path):
        self.start_tour(
            f"/odoo/{path}", f"cantoneira_dispatch_{name}_{self.language}", login=user.login
        )


@tagged("post_install", "-at_install")
class TestDispatchTours(DispatchTours):
    browser_size = "1366x768"

    def test_pack_and_let_out(self):
        """The storekeeper proposes pallets and moves five pieces; the dispatcher lets both out."""
        picking = self.made(self.composite(60, 2500))
        self.tour("pack", self.stock_user, "cantoneira-dispatch")
        self.assertEqual(
            [sum(content.values()) for content in self.contents(picking)],
            [25, 35],
        )
        self.tour("gate", self.dispatch_user, f"cantoneira-gate?code={self.code(picking)}")
        self.assertEqual(picking.pallet_out_count, 1)
        self.assertEqual(picking.pallet_ids.filtered("gate_date").gate_user_id, self.dispatch_user)


@tagged("post_install", "-at_install")
class TestDispatchToursOnPhone(TestDispatchTours):
    browser_size = "390x844"
    touch_enabled = True
    language = "pt_BR"
