"""One weight, from the recipe once: SPEC §7, fault 12."""

import random
import re
from decimal import Decimal

from lxml import etree

from odoo.tests import tagged

from odoo.addons.cantoneira_stock import arithmetic

from .common import CantoneiraDispatchCase


def text_of(env, report, record):
    html = env["ir.actions.report"]._render_qweb_html(report, record.ids)[0]
    root = etree.fromstring(html, etree.HTMLParser(encoding="utf-8"))
    return " ".join(" ".join(root.itertext()).replace("\xa0", " ").split())


def number(text):
    return Decimal(text.replace(",", ""))


@tagged("post_install", "-at_install")
class TestOneWeight(CantoneiraDispatchCase):
    """Random orders: the order, its stock moves, labels, packing list and invoice agree.

    The addon of the quality report runs it on 100 of them, with its report.
    """

    ORDERS = 20

    def test_one_weight(self):
        dice = random.Random(12)
        self.customer.lang = "en_US"
        self.profile.invoice_policy = "delivery"
        for index in range(self.ORDERS):
            pieces = dice.randint(1, 200)
            length = dice.randint(200, 12_000) / 2
            self.profile.bundles_per_pallet = dice.randint(3, 12)
            order = self.make_order(self.composite(pieces, length)).sudo()
            expected = arithmetic.round_half_up(
                arithmetic.material_kg(
                    arithmetic.metres(pieces, length), self.profile.linear_weight
                ),
                3,
            )
            with self.subTest(index=index, pieces=pieces, length=length):
                self.check(order, expected, documents=index % 10 == 0)

    def deliver_without_making(self, order):
        """The bars are put on the shelf: what is weighed here is not how they are made."""
        order.with_context(promise_kept=True).action_confirm()
        for production in order.order_line.production_ids:
            self.check_production(production)
        picking = order.picking_ids.with_user(self.dispatch_user)
        self.put_in_stock(self.profile, order.order_line.product_uom_qty)
        # Not from production: from the shelf.
        picking.sudo().move_ids.write(
            {"procure_method": "make_to_stock", "move_orig_ids": [(5, 0, 0)]}
        )
        picking.sudo().move_ids._action_assign()
        picking.action_propose_pallets()
        return picking

    def check_production(self, production):
        self.assert_gram(production.composite_weight, self.expected)

    def assert_gram(self, kilos, expected):
        self.assertEqual(arithmetic.round_half_up(kilos, 3), expected)

    def check(self, order, expected, documents):
        self.expected = expected
        picking = self.deliver_without_making(order)
        pallets = picking.pallet_ids.sorted("pallet_number")
        # Another recipe today does not rewrite what was sold: every tenth order.
        if documents:
            line = self.recipe.bom_line_ids.filtered("grams_per_metre")[-1:]
            line.grams_per_metre = 16 if line.grams_per_metre == 15 else 15
            self.env.flush_all()
        move = picking.move_ids
        self.assert_gram(order.net_weight, expected)
        self.assert_gram(order.order_line.composite_weight, expected)
        self.assert_gram(move.composite_weight, expected)
        self.assert_gram(move.weight, expected)
        self.assert_gram(picking.weight, expected)
        self.assert_gram(picking.dispatch_net_weight, expected)
        nets = [arithmetic.round_half_up(p.pallet_net_weight, 3) for p in pallets]
        self.assertEqual(sum(nets), expected)
        if documents:
            self.check_documents(picking, pallets, nets, expected)
        if documents:
            for code in pallets.mapped("gate_code"):
                self.assertTrue(self.check_out(code)["accepted"])
        else:
            picking.button_validate()
        self.assertEqual(picking.state, "done")
        self.assert_gram(move.composite_weight, expected)
        invoice = order._create_invoices()
        self.assert_gram(sum(invoice.invoice_line_ids.mapped("composite_weight")), expected)

    def check_documents(self, picking, pallets, nets, expected):
        """What is printed is the same number."""
        env = self.env(context={"lang": "en_US"})
        for pallet, net in zip(pallets, nets, strict=True):
            text = text_of(env, "cantoneira_dispatch.report_label_roll", pallet)
            printed = re.search(r"Net ([\d.,]+) kg Tare ([\d.,]+) kg Gross ([\d.,]+) kg", text)
            self.assertTrue(printed, text)
            self.assertEqual([number(n) for n in printed.groups()], [net, 10, net + 10])
        text = text_of(env, "cantoneira_dispatch.report_packing_list", picking.sudo())
        printed = re.search(r"Total ([\d.,]+) ([\d.,]+) ([\d.,]+)", text)
        self.assertTrue(printed, text)
        tare = 10 * len(pallets)
        self.assertEqual([number(n) for n in printed.groups()], [expected, tare, expected + tare])

    def test_core_weighs_the_same(self):
        """Core's own weight of a package is the pallet's gross; of resale goods, what is typed."""
        self.tape.weight = 0.25
        picking = self.packed(self.composite(10, 2500), self.resale(10))
        pallet = picking.pallet_ids
        self.assertEqual(pallet.pallet_net_weight, 6.195)
        self.assertEqual(pallet.with_context(picking_id=picking.id).weight, 16.195)
        self.assertEqual(picking.dispatch_net_weight, 6.195)
        self.assertEqual(picking.dispatch_gross_weight, 16.195)

    def test_labels(self):
        """The QR leads to the pallet; several items of one order on one label."""
        picking = self.packed(self.composite(10, 2500), self.composite(4, 1237.5), self.resale(10))
        pallet = picking.pallet_ids
        for report in ("report_label_roll", "report_label_a4"):
            html = self.env["ir.actions.report"]._render_qweb_html(
                f"cantoneira_dispatch.{report}", pallet.ids
            )[0]
            self.assertIn(b"data:image/png;base64", html)
            text = text_of(self.env, f"cantoneira_dispatch.{report}", pallet)
            for words in (
                picking.sale_id.name,
                "Pallet 1 of 1",
                "Metalúrgica Boa Vista",
                "10 pcs × 2,500 mm",
                "4 pcs × 1,237.5 mm",
                "10 Units",
                "Length 2,500 mm",
                pallet.gate_code,
            ):
                self.assertIn(words, text)
