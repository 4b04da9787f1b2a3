from odoo.tests import tagged
from odoo.tools import convert_file

from ..hooks import post_init_hook
from .common import DemoCase

TOLD = (
    "sale.order",
    "purchase.order",
    "mrp.production",
    "stock.picking",
    "account.move",
    "res.partner",
    "res.users",
    "product.product",
    "mrp.bom",
    "product.supplierinfo",
)


@tagged("post_install", "-at_install")
class TestOnce(DemoCase):
    """The story is told once, and what people changed stays changed."""

    def counts(self):
        return {
            model: self.env[model].with_context(active_test=False).search_count([])
            for model in TOLD
        }

    def test_installing_again_tells_nothing_twice(self):
        before = self.counts()
        post_init_hook(self.env)
        self.assertEqual(self.counts(), before)

    def test_an_update_changes_nothing(self):
        before = self.counts()
        self.demo("user_vendas").name = "Valéria"
        self.demo("profile_50").list_price = 9
        self.env.ref("base.main_company").name = "Outra Ltda."
        module = self.env["ir.module.module"].get_module_info("cantoneira_demo")
        for path in module["data"]:
            convert_file(self.env, "cantoneira_demo", path, {}, mode="update", noupdate=True)
        self.assertEqual(self.counts(), before)
        self.assertEqual(self.demo("user_vendas").name, "Valéria")
        self.assertEqual(self.demo("profile_50").list_price, 9)
        self.assertEqual(self.env.ref("base.main_company").name, "Outra Ltda.")
