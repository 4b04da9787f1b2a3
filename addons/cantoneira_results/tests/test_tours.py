"""The reports and the trace in a real browser, each by who needs it."""

from odoo import fields
from odoo.tests import HttpCase, tagged

from .common import CantoneiraResultsCase


@tagged("post_install", "-at_install")
class TestResultsTours(CantoneiraResultsCase, HttpCase):
    browser_size = "1366x768"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Names that a database with other orders cannot mistake.
        cls.customer.name = "Metalúrgica do passeio"
        cls.machine.name = "Linha do passeio"
        cls.core_reel.name = "BOB-PASSEIO"
        users = cls.sales_user | cls.stock_user | cls.production_user | cls.production_manager
        users.lang = "en_US"

    def tour(self, name, user, path):
        self.start_tour(f"/odoo/{path}", f"cantoneira_results_{name}", login=user.login)

    def test_order_to_reel(self):
        """A salesperson: the reels of an order, and where one came from."""
        order, production = self.make_sold()
        self.finish(production)
        self.tour("order_to_reel", self.sales_user, f"cantoneira-sales/{order.id}")

    def test_reel_to_order(self):
        """A storekeeper: the orders of a bad reel, and what was made for one; no prices."""
        _order, production = self.make_sold()
        self.finish(production)
        self.tour("reel_to_order", self.stock_user, f"cantoneira-reels/{self.core_reel.id}")

    def test_productivity(self):
        _order, production = self.make_sold()
        self.finish(production)
        self.took(production, 1, start=fields.Datetime.now().replace(day=1, hour=12))
        self.tour("productivity", self.production_manager, "cantoneira-productivity")

    def test_progress(self):
        _order, production = self.make_sold()
        production.action_start()
        production.pieces_producing = 4
        self.tour("progress", self.production_manager, "cantoneira-progress")


@tagged("post_install", "-at_install")
class TestResultsToursOnPhone(TestResultsTours):
    browser_size = "390x844"
    touch_enabled = True
