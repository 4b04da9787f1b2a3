from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import CantoneiraReelCase


@tagged("post_install", "-at_install")
class TestReelReports(CantoneiraReelCase):
    def report(self, user=None):
        self.env.flush_all()
        report = self.env["cantoneira.reel.age.report"].with_user(user or self.stock_user)
        return report.search([("product_id", "=", self.paper_core.id)])

    def test_ages(self):
        """A reel is in the bucket of its days; what was used up is in none."""
        days = {0: "a", 30: "a", 31: "b", 60: "b", 61: "c", 90: "c", 91: "d", 180: "d", 181: "e"}
        now = fields.Datetime.now()
        for number in days:
            date = now - timedelta(days=number)
            self.make_reel(self.paper_core, 28, name=f"D-{number}", date=date)
        self.make_reel(self.paper_core, 28, name="D-gone")._set_weight(0, "Fim")
        rows = self.report()
        self.assertEqual({int(row.lot_id.name[2:]): row.age for row in rows}, days)
        self.assertEqual({row.days: row.age for row in rows}, days)
        self.assertEqual((set(rows.mapped("weight")), set(rows.mapped("metres"))), ({28}, {1000}))

    def test_who_sees_costs(self):
        self.make_reel(self.paper_core, 10)
        self.assertEqual(self.report(self.approver).amount, 120)
        self.assertEqual(self.report().weight, 10)
        with self.assertRaises(AccessError):
            self.report().read(["amount"])
        visitor = self.make_user("visita_teste", "base.group_user")
        with self.assertRaises(AccessError):
            self.report(visitor)

    def test_two_places(self):
        """Half of a reel elsewhere is half of its metres there."""
        reel = self.make_reel(self.paper_core, 28)
        action = reel.with_user(self.stock_user).action_move()
        wizard = self.env[action["res_model"]].with_user(self.stock_user)
        wizard.with_context(**action["context"]).create(
            {"location_dest_id": self.make_place("Prateleira B").id, "quantity": 7}
        ).action_move()
        self.assertEqual(sorted(self.report().mapped("metres")), [250, 750])
