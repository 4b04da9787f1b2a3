"""What is bought comes: reels weighed, goods counted, freight in the cost."""

from odoo import Command
from odoo.tests import Form, tagged

from .common import CantoneiraReelCase


@tagged("post_install", "-at_install")
class TestReceipt(CantoneiraReelCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.buyer = cls.make_user("compras_teste", "purchase.group_purchase_user")

    def buy(self, goods):
        """A confirmed purchase of ``{product: quantity or (quantity, unit)}``; its receipt."""
        lines = []
        for product, quantity in goods.items():
            quantity, unit = quantity if isinstance(quantity, tuple) else (quantity, product.uom_id)
            lines.append(
                Command.create(
                    {
                        "product_id": product.id,
                        "product_qty": quantity,
                        "product_uom_id": unit.id,
                        "price_unit": 12,
                    }
                )
            )
        order = self.env["purchase.order"].create(
            {"partner_id": self.vendor.id, "order_line": lines}
        )
        order.button_confirm()
        return order.picking_ids

    def weigh(self, receipt, typed="", user=None, **values):
        """The dialog, opened as a storekeeper does."""
        receipt = receipt.with_user(user or self.stock_user)
        action = receipt.action_weigh_reels()
        return (
            self.env[action["res_model"]]
            .with_user(user or self.stock_user)
            .with_context(**action["context"])
            .create({"typed": typed, **values})
        )

    def reels(self, receipt):
        return receipt.move_line_ids.lot_id.sorted("id")

    # ------------------------------------------------------------------ weighing
    def test_weighed_list(self):
        receipt = self.buy({self.paper_core: 1000})
        wizard = self.weigh(receipt)
        self.assertEqual(wizard.product_id, self.paper_core)
        wizard.typed = "312,5\nK-1;287,5\nK-2;400;LOTE 9"
        wizard.action_add()
        self.assertFalse(wizard.typed)
        wizard.line_ids[1].measured_width_mm = 75
        self.assertIn("75 mm", wizard.line_ids[1].measure_warning)
        self.assertIn("1,000 kg in 3 reels", wizard.summary)
        self.assertFalse(wizard.over or wizard.short)
        action = wizard.action_receive_and_print()
        self.assertEqual(action["type"], "ir.actions.report")
        self.assertEqual(receipt.state, "done")
        found = self.reels(receipt)
        self.assertEqual(sorted(found.mapped("current_weight")), [287.5, 312.5, 400])
        self.assertEqual(set(found.mapped("reel_state")), {"full"})
        named = found.filtered(lambda reel: reel.name == "K-2")
        self.assertEqual((named.supplier_batch, named.vendor_id), ("LOTE 9", self.vendor))
        self.assertTrue(found.filtered(lambda reel: reel.name == "K-1").measure_off)
        self.assertEqual(self.paper_core.qty_available, 1000)
        html, _kind = self.env["ir.actions.report"]._render_qweb_html(
            "cantoneira_reel.report_receipt_labels", receipt.ids
        )
        self.assertEqual(html.decode().count("data:image/png;base64,"), 3)

    def test_bad_list(self):
        wizard = self.weigh(self.buy({self.paper_core: 1000}), "312,5\nabc\n1.312")
        with self.assert_refused("Line 2: “abc” is no weight.\nLine 3: “1.312” may be thousands"):
            wizard.action_receive()
        self.assertFalse(wizard.line_ids)
        wizard.typed = ""
        with self.assert_refused("Type the weight of the first reel"):
            wizard.action_receive()

    def test_numbers_are_new(self):
        known = self.make_reel(self.paper_core, 5, name="K-1")
        receipt = self.buy({self.paper_core: 10})
        with self.assert_refused("already a reel with the number K-1"):
            self.weigh(receipt, "K-1;10").action_receive()
        wizard = self.weigh(receipt, "K-3;5")
        wizard.action_add()
        wizard.typed = "K-3;5"
        with self.assert_refused("already a reel with the number K-3"):
            wizard.action_receive()
        self.assertEqual(known.current_weight, 5)

    def test_kept_for_later(self):
        receipt = self.buy({self.paper_core: 1000})
        self.weigh(receipt, "K-1;500").action_keep()
        self.assertEqual(receipt.state, "assigned")
        self.assertFalse(self.env["stock.lot"].search([("name", "=", "K-1")]))
        wizard = self.weigh(receipt, "500")
        self.assertEqual(wizard.line_ids.mapped("name"), ["K-1"])
        wizard.action_receive()
        self.assertEqual(self.paper_core.qty_available, 1000)
        self.assertEqual(len(self.reels(receipt)), 2)

    def test_two_papers(self):
        receipt = self.buy({self.paper_core: 100, self.paper_liner: 50, self.tape: 4})
        wizard = self.weigh(receipt, "100")
        wizard.action_add()
        wizard.product_id = self.paper_liner
        wizard.typed = "30\n20"
        wizard.action_receive()
        self.assertEqual(receipt.state, "done")
        got = [
            self.paper_core.qty_available,
            self.paper_liner.qty_available,
            self.tape.qty_available,
        ]
        self.assertEqual(got, [100, 50, 4])

    def test_validate_weighs(self):
        receipt = self.buy({self.paper_core: 100}).with_user(self.stock_user)
        action = receipt.button_validate()
        self.assertEqual(action["res_model"], "cantoneira.reel.receipt")
        self.assertEqual(receipt.state, "assigned")

    def test_in_the_form(self):
        """As it is typed in the client, field by field."""
        receipt = self.buy({self.paper_core: 100}).with_user(self.stock_user)
        action = receipt.action_weigh_reels()
        with Form(
            self.env[action["res_model"]]
            .with_user(self.stock_user)
            .with_context(**action["context"])
        ) as form:
            with form.line_ids.new() as line:
                line.product_id = self.paper_core
                line.weight = 60
            self.assertTrue(form.short)
            with form.line_ids.new() as line:
                line.product_id = self.paper_core
                line.weight = 60
            self.assertTrue(form.over)

    # ----------------------------------------------------------------- tolerance
    def test_tolerance(self):
        receipt = self.buy({self.paper_core: 100})
        self.weigh(receipt, "97").action_receive()
        self.assertEqual((receipt.state, receipt.move_ids.quantity), ("done", 97))
        self.assertFalse(receipt.backorder_ids, "3 kg less is what was ordered")
        receipt = self.buy({self.paper_core: 100})
        with self.assert_refused("ordered 100 kg, came 106 kg, 6 % more; the tolerance is 5 %"):
            self.weigh(receipt, "106", reason="Só hoje").action_receive()
        self.weigh(receipt, "106", user=self.approver, reason="Preço bom").action_receive()
        self.assertEqual((receipt.state, self.paper_core.qty_available), ("done", 203))
        self.assertIn("Preço bom", receipt.message_ids[0].body + receipt.message_ids[1].body)

    def test_rest_comes_later_or_never(self):
        receipt = self.buy({self.paper_core: 100})
        self.weigh(receipt, "60").action_receive()
        self.assertEqual(receipt.backorder_ids.move_ids.product_uom_qty, 40)
        rest = receipt.backorder_ids
        with self.assert_refused("less, and the rest would not be waited for"):
            self.weigh(rest, "20", rest="never").action_receive()
        self.weigh(
            rest, "20", user=self.approver, rest="never", reason="Acabou no fornecedor"
        ).action_receive()
        self.assertEqual(rest.state, "done")
        self.assertFalse(rest.backorder_ids)
        self.assertEqual(self.paper_core.qty_available, 80)

    def test_noted(self):
        """What the supplier's note says is kept with the receipt, else what was ordered."""
        receipt = self.buy({self.paper_core: 100})
        self.weigh(receipt, "97").action_receive()
        self.assertEqual(receipt.move_ids.noted_qty, 100)
        receipt = self.buy({self.paper_core: 100, self.glue: 50})
        wizard = self.weigh(receipt, "60", noted=62)
        self.assertEqual((wizard.product_id, wizard.noted), (self.paper_core, 62))
        wizard.action_receive()
        noted = {move.product_id: move.noted_qty for move in receipt.move_ids}
        self.assertEqual(noted, {self.paper_core: 62, self.glue: 50})
        rest = self.weigh(receipt.backorder_ids, "10")
        self.assertFalse(rest.noted)
        rest.action_receive()
        self.assertFalse(rest.picking_id.move_ids.filtered("quantity")[:1].noted_qty, "30 to come")

    # --------------------------------------------------------------- other goods
    def test_goods_for_resale_raise_stock(self):
        """Fault 7 of the peer, and by the box."""
        box = self.env["uom.uom"].create(
            {"name": "Caixa 12", "relative_factor": 12, "relative_uom_id": self.unit.id}
        )
        self.tape.uom_ids = box
        receipt = self.buy({self.tape: (2, box)}).with_user(self.stock_user)
        receipt.button_validate()
        self.assertEqual((receipt.state, self.tape.qty_available), ("done", 24))
        self.assertEqual(self.tape.standard_price, 1)

    def test_glue_and_ink(self):
        litre = self.env.ref("uom.product_uom_litre")
        ink = self.make_material("Tinta azul", "ink", uom_id=litre.id)
        receipt = self.buy({self.glue: 50, ink: 5}).with_user(self.stock_user)
        receipt.move_ids.filtered(lambda m: m.product_id == self.glue).quantity = 51.5
        receipt.button_validate()
        self.assertEqual((self.glue.qty_available, ink.qty_available), (51.5, 5))

    # ------------------------------------------------------------------- freight
    def test_freight_is_part_of_the_cost(self):
        receipt = self.buy({self.paper_core: 100, self.paper_liner: 300})
        wizard = self.weigh(receipt, "100")
        wizard.action_add()
        wizard.write({"product_id": self.paper_liner.id, "typed": "300"})
        wizard.action_receive()
        action = receipt.with_user(self.buyer).action_freight()
        with Form(
            self.env["stock.landed.cost"].with_user(self.buyer).with_context(**action["context"])
        ) as form:
            with form.cost_lines.edit(0) as line:
                line.price_unit = 200
        form.record.button_validate()
        # 0.50 a kg on both, as they weigh the same by the kilo.
        self.assertEqual(
            (self.paper_core.standard_price, self.paper_liner.standard_price), (12.5, 12.5)
        )
        self.assertEqual(self.paper_core.total_value, 1250)

    def test_freight_is_accounted(self):
        """Where stock is valued at once, a plain buyer's freight makes its journal entry."""
        stock, freight = self.env["account.account"].create(
            [
                {"name": "Estoque", "code": "199901", "account_type": "asset_current"},
                {"name": "Frete", "code": "199902", "account_type": "expense"},
            ]
        )
        self.paper_core.categ_id.write(
            {"property_valuation": "real_time", "property_stock_valuation_account_id": stock.id}
        )
        self.env.ref("cantoneira_reel.product_freight").property_account_expense_id = freight
        receipt = self.buy({self.paper_core: 100})
        self.weigh(receipt, "100").action_receive()
        action = receipt.with_user(self.buyer).action_freight()
        costs = self.env["stock.landed.cost"].with_user(self.buyer)
        cost = costs.with_context(**action["context"]).create({})
        cost.cost_lines.price_unit = 200
        cost.button_validate()
        entry = cost.sudo().account_move_id
        self.assertEqual(entry.state, "posted")
        lines = entry.line_ids.filtered(lambda line: line.account_id == stock)
        self.assertEqual(lines.balance, 200)
