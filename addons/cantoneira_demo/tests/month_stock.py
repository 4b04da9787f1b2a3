"""What buyers and storekeepers do in the month: order, weigh, count, block, move, scrap."""

from decimal import Decimal

from odoo import Command
from odoo.exceptions import UserError

from .month_book import exact
from .month_case import GLUE, GOODS, INK, PAPERS
from .month_sales import MonthSales

KILOS = (250, 400, 600, 900)


class MonthStock(MonthSales):
    def setUp(self):
        super().setUp()
        self.coming, self.purchases, self.received = [], [], []

    # ------------------------------------------------------------------ buying
    def buy_what_lacks(self):
        """One click of the buyer, on all that is proposed of the month's things."""
        lines = [line for product, line in self.open_plan().items() if product in self.names]
        lines = self.env["cantoneira.purchase.plan.line"].with_user(self.buyer).concat(*lines)
        lines = lines.filtered("quantity")
        if not lines:
            return
        for line in lines:
            line.quantity += self.dice.choice((0, 100, 300))
        for order in self.as_user(self.buyer, self.request(lines)):
            self._order(order)

    def buy(self, goods):
        """An order typed by hand: ``{item: quantity}``."""
        lines = []
        for item, quantity in goods.items():
            product = self.things[item]
            unit = self.dozen if item in GOODS else product.uom_id
            lines.append(
                {"product_id": product.id, "product_qty": quantity, "product_uom_id": unit.id}
            )
        order = (
            self.env["purchase.order"]
            .with_user(self.buyer)
            .create(
                {
                    "partner_id": self.vendor.id,
                    "order_line": [self.line_values(line) for line in lines],
                }
            )
        )
        self._order(order)

    def _order(self, order):
        with self.counted("purchases"):
            order.order_line.tax_ids = False
            for line in order.order_line:
                base = self._price(self.name_of(line.product_id))
                price = round(base * self.dice.uniform(0.97, 1.04), 2)
                line.price_unit = price * line.product_uom_id._compute_quantity(
                    1, line.product_id.uom_id
                )
            order.button_confirm()
            self.purchases.append(order)
            self.coming += list(self.as_user(self.stock_user, order.picking_ids))

    def _price(self, item):
        prices = {name: values[2] for name, values in PAPERS.items()}
        prices |= {name: values[0] for name, values in GOODS.items()} | {GLUE: 30, INK: 45}
        return prices[item]

    # ------------------------------------------------------------------ receiving
    def receive(self, picking):
        """Weigh what came; too much of it is refused until somebody accepts it."""
        self.coming.remove(picking)
        self._type_others(picking)
        user, values = self.stock_user, {}
        if picking.has_reels:
            wizard = self._weigh(picking)
            if wizard.over:
                with self.assertRaisesRegex(UserError, "the tolerance is"):
                    with self.env.cr.savepoint():
                        wizard.action_receive()
                user, values = self.approver, {"reason": "Veio assim"}
                self.done["too much"] += 1
            wizard = wizard.with_user(user)
            wizard.write(values)
            wizard.action_receive()
        else:
            picking.move_ids.picked = True
            self.answer(picking.button_validate(), self.stock_user)
        self.assertEqual(picking.state, "done")
        with self.counted("receipts"):
            self._note_receipt(picking)

    def _type_others(self, picking):
        for move in picking.move_ids.filtered(lambda m: not m.product_id.reel_width_mm):
            item = self.name_of(move.product_id)
            if item in (GLUE, INK) and self.chance(50):
                move.quantity = round(move.product_uom_qty * self.dice.uniform(0.96, 1.04), 3)

    def _weigh(self, picking):
        kind = self.dice.choice(("as ordered", "as ordered", "short", "over"))
        factor = {"as ordered": 1, "short": 0.6, "over": 1.08}[kind]
        lines = []
        for move in picking._reel_moves():
            total = Decimal(str(round(move.product_uom_qty * factor, 1)))
            count = int(total // 180) + 1
            weights = [round(total / count, 1)] * (count - 1)
            weights.append(total - sum(weights, Decimal(0)))
            lines += [{"product_id": move.product_id.id, "weight": float(kg)} for kg in weights]
        action = picking.action_weigh_reels()
        wizard = self.env[action["res_model"]].with_user(self.stock_user)
        wizard = wizard.with_context(**action["context"]).create({})
        wizard.line_ids = [Command.create(line) for line in lines]
        return wizard

    def _note_receipt(self, picking):
        rows = {}
        for line in picking.move_line_ids.filtered("quantity"):
            order_line = line.move_id.sudo().purchase_line_id
            per = order_line.product_uom_id._compute_quantity(
                1, order_line.product_id.uom_id, round=False
            )
            price = Decimal(str(order_line.price_unit)) / Decimal(str(per))
            quantity = exact(line.quantity_product_uom)
            item, reel = self.name_of(line.product_id), line.lot_id.name
            row = self.book.move(item, "purchase", quantity, price=price, reel=reel)
            rows[row] = (line.move_id, quantity)
        self.received.append((picking, rows))
        self.coming += list(
            self.as_user(
                self.stock_user, picking.backorder_ids.filtered(lambda p: p.state != "cancel")
            )
        )

    def add_freight(self):
        """The carrier's bill of a receipt of kilograms."""
        paper = [
            (picking, rows)
            for picking, rows in self.received
            if set(picking.move_ids.product_id.mapped("uom_id.id")) == {self.kg.id}
        ]
        if not paper:
            return
        picking, rows = self.dice.choice(paper)
        self.received.remove((picking, rows))
        action = self.as_user(self.buyer, picking).action_freight()
        cost = self.env["stock.landed.cost"].with_user(self.buyer)
        cost = cost.with_context(**action["context"]).create({})
        amount = self.dice.randint(50, 400)
        cost.cost_lines.price_unit = amount
        with self.counted("freights"):
            cost.button_validate()
            total = sum(quantity for _move, quantity in rows.values())
            for row, (_move, quantity) in rows.items():
                self.book.freight[row] += amount * quantity / total

    # ------------------------------------------------------------------ counting
    def count(self):
        """A few reels and shelves; what differs much is approved by somebody else."""
        count = (
            self.env["cantoneira.count"].with_user(self.stock_user).create({"reason": "Contagem"})
        )
        count.action_start()
        lines = count.line_ids.filtered(lambda line: line.product_id in self.names)
        found = {}
        for line in self.dice.sample(list(lines), min(4, len(lines))):
            off = Decimal(self.dice.choice(("0", "-0.5", "-2.25", "1.5", "-21")))
            item = self.name_of(line.product_id)
            if item in GOODS or not line.product_id.material_type:
                off = off.to_integral_value()
            there = exact(line.expected_qty)
            if line.product_id.composite_length or there + off < 0:
                continue
            line.counted_qty = float(there + off)
            line.is_counted = True
            found[line] = (item, off, line.lot_id.name)
        if not found:
            return
        count.action_finish()
        if count.state == "approval":
            self.done["approved"] += 1
            self.as_user(self.approver, count).action_approve()
        self.assertEqual(count.state, "done")
        with self.counted("counts"):
            for item, off, reel in found.values():
                if off:
                    self.book.move(item, "count", off, reel=reel)
                    self.done["surprises"] += 1

    # ------------------------------------------------------------------ reels
    def some_reel(self, **states):
        reels = self.env["stock.lot"].with_user(self.stock_user)
        names = [name for name, (_item, kg) in self.book.reels.items() if kg > 0]
        domain = [("name", "in", names), *((key, "=", value) for key, value in states.items())]
        found = reels.search(domain, order="id")
        return self.dice.choice(found) if found else None

    def block(self):
        reel = self.some_reel(reel_blocked=False)
        if reel:
            with self.counted("blocked"):
                wizard = self.env["cantoneira.reel.block"].with_user(self.stock_user)
                wizard.create({"lot_ids": reel.ids, "reason": "Molhada"}).action_block()
                self.book.blocked.add(reel.name)
                self.done["surprises"] += 1

    def unblock(self):
        reel = self.some_reel(reel_blocked=True)
        if reel:
            with self.counted("unblocked"):
                reel.action_unblock()
                self.book.blocked.discard(reel.name)

    def move_reel(self):
        reel = self.some_reel(location_id=self.stock_location.id)
        if reel:
            with self.counted("moved"):
                action = reel.action_move()
                wizard = self.env[action["res_model"]].with_user(self.stock_user)
                wizard.with_context(**action["context"]).create(
                    {"location_dest_id": self.shelf.id}
                ).action_move()

    def scrap(self):
        item = self.dice.choice([GLUE, INK, *GOODS])
        quantity = Decimal(1)
        if self.book.stock[item] < 20:
            return
        with self.counted("scrapped"):
            scrap = (
                self.env["stock.scrap"]
                .with_user(self.stock_user)
                .create({"product_id": self.things[item].id, "scrap_qty": float(quantity)})
            )
            scrap.action_validate()
            self.assertEqual(scrap.state, "done")
            self.book.move(item, "scrap", -quantity)

    def send_back(self):
        """Goods go back to their supplier."""
        goods = [(p, rows) for p, rows in self.received if not p.move_ids.lot_ids]
        if not goods:
            return
        picking, rows = goods[self.dice.randrange(len(goods))]
        move, _quantity = self.dice.choice(list(rows.values()))
        item = self.name_of(move.product_id)
        one = exact(move.product_uom._compute_quantity(1, move.product_id.uom_id))
        if self.usable(item) < one or move.quantity < 1:
            return
        self.received.remove((picking, rows))
        wizard = self.env["stock.return.picking"].with_user(self.stock_user)
        wizard = wizard.with_context(active_id=picking.id, active_model="stock.picking").create({})
        wizard.product_return_moves.quantity = 0
        wizard.product_return_moves.filtered(lambda line: line.move_id == move).quantity = 1
        back = self.env["stock.picking"].browse(wizard.action_create_returns()["res_id"])
        back = self.as_user(self.stock_user, back)
        back.move_ids.quantity = 1
        back.move_ids.picked = True
        self.answer(back.button_validate(), self.stock_user)
        with self.counted("sent back"):
            self.assertEqual(back.state, "done")
            self.book.move(item, "supplier return", -one)

    def bill(self, order):
        """The supplier's bill of what came."""
        order = self.as_user(self.clerk, order)
        if order.invoice_status != "to invoice":
            return
        with self.counted("billed"):
            order.action_create_invoice()
            bills = order.invoice_ids.filtered(lambda move: move.state == "draft")
            bills.invoice_date = self.clock().date()
            for bill in bills:
                # The number of the supplier's paper.
                bill.l10n_latam_document_number = str(1000 + bill.id)
            bills.action_post()
