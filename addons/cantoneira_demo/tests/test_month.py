"""A month of the factory: random but seeded actions of plain users, recounted on paper.

``MONTH_ORDERS=300`` runs all of it; the number is smaller where tests run at every change.
"""

import logging
import os
from collections import defaultdict
from datetime import timedelta
from decimal import Decimal

from odoo import fields
from odoo.tests import tagged

from .month_book import exact
from .month_case import GLUE, GOODS, INK, LEVELS, PAPERS, PRICES
from .month_stock import KILOS, MonthStock

#: Not below "odoo", whose level is set to warnings: `-o log_cli=true -o log_cli_level=INFO` shows it.
_logger = logging.getLogger("cantoneira.month")

DAYS = 22
ORDERS = int(os.environ.get("MONTH_ORDERS", 40))
SEED = int(os.environ.get("MONTH_SEED", 5))


@tagged("post_install", "-at_install")
class TestMonth(MonthStock):
    def test_month(self):
        self.set_dice(SEED)
        self.told = dict.fromkeys(LEVELS | GOODS, "ok")
        self.activities = dict.fromkeys(self.told, 0)
        for day in range(DAYS):
            self.work_a_day(day)
            self.pass_time(hours=14)
        self.close_the_books()
        self.check_quantities()
        self.check_ledger()
        self.check_reservations()
        self.check_alerts()
        self.check_orders()
        self.check_values()
        _logger.info("month of %s orders: %s", ORDERS, dict(sorted(self.done.items())))

    # ------------------------------------------------------------------ the days
    def work_a_day(self, day):
        for _order in range(self.share(ORDERS, day)):
            self.quote()
        self.purchase(day)
        for picking in self.dice.sample(self.coming, min(len(self.coming), 4)):
            self.receive(picking)
        for order in list(self.quotes):
            self.sales_act(order)
        self.produce()
        for order in list(self.sold):
            if self.chance(50):
                self.deliver(order)
        self.surprises(day)
        for order in self.sold:
            self.invoice(order)
        for order in self.purchases:
            self.bill(order)
        self.tell_alerts()

    def share(self, number, day):
        return number * (day + 1) // DAYS - number * day // DAYS

    def purchase(self, day):
        if not day:
            papers = dict.fromkeys(PAPERS, 600)
            self.buy({**papers, GLUE: 150})
            self.buy({INK: 12, **dict.fromkeys(GOODS, 10)})
        elif self.chance(60):
            self.buy_what_lacks()
        for _more in range(self.share(ORDERS // 8, day)):
            items = self.dice.sample(list(PAPERS), 2)
            self.buy({item: self.dice.choice(KILOS) for item in items})
            if self.chance(30):
                self.buy({self.dice.choice(list(GOODS)): self.dice.randint(2, 9)})

    def sales_act(self, order):
        if self.chance(5):
            self.cancel(order)
        elif self.chance(75):
            self.confirm(order)

    def produce(self):
        for order in list(self.sold):
            if self.chance(8):
                self.change(order)
            elif self.chance(5):
                self.cancel(order)
        for job in list(self.jobs):
            if not job.started:
                self.start(job)
            if job.started and self.chance(70):
                self.finish(job)

    def surprises(self, day):
        for _count in range(self.share(-(-ORDERS // 15), day)):
            self.count()
        for act, percent in (
            (self.block, 20),
            (self.unblock, 40),
            (self.move_reel, 60),
            (self.scrap, 30),
            (self.take_back, 40),
            (self.send_back, 20),
            (self.add_freight, 30),
        ):
            if self.chance(percent):
                act()

    def tell_alerts(self):
        """The hourly job; the clerk notes who should have been told."""
        self.env["product.template"]._cron_tell_alerts()
        urgency = ("ok", "warning", "critical").index
        for item, told in self.told.items():
            level = self.level(item)
            if level != told:
                self.activities[item] = int(urgency(level) > urgency(told))
                self.told[item] = level

    def level(self, item):
        product = self.things[item]
        return self.book.level(item, exact(product.min_stock_qty), exact(product.reorder_point_qty))

    def close_the_books(self):
        """Everything billed and invoiced; then core's closing entry, next noon.

        Core dates it by UTC: made in a Brazilian evening it is of tomorrow, and stays a draft.
        """
        for order in self.sold:
            self.invoice(order)
        for order in self.purchases:
            self.bill(order)
        self.settle()
        self.before_closing = self.accounted()
        self.clock.move_to(fields.Datetime.now().replace(hour=15) + timedelta(days=1))
        self.company.with_user(self.clerk).sudo().action_close_stock_valuation(auto_post=True)

    def accounted(self):
        """``{product: what its own account says}``; the closing entry is of none."""
        lines = self.env["account.move.line"]._read_group(
            [("account_id", "=", self.stock_account.id), ("parent_state", "=", "posted")],
            ["product_id"],
            ["balance:sum"],
        )
        return {product: exact(balance) for product, balance in lines}

    # ------------------------------------------------------------------ the recount
    def internal(self, field, by=()):
        domain = [
            ("product_id", "in", [product.id for product in self.names]),
            ("location_id.usage", "=", "internal"),
        ]
        return self.env["stock.quant"]._read_group(domain, ["product_id", *by], [f"{field}:sum"])

    def check_quantities(self):
        """On hand = receipts − consumption ± counts − sales + returns, to the milligram."""
        there = {
            self.name_of(product): exact(total) for product, total in self.internal("quantity")
        }
        for item in self.things:
            self.assertEqual(there.get(item, 0), self.book.stock[item], item)
        by_reel = self.internal("quantity", ["lot_id"])
        reels = {lot.name: exact(total) for _product, lot, total in by_reel if lot}
        for reel, (item, kilos) in self.book.reels.items():
            self.assertEqual(reels.get(reel, 0), kilos, (item, reel))
            self.assertGreaterEqual(kilos, 0)
        for item in PAPERS:
            of_reels = sum(kg for of, kg in self.book.reels.values() if of == item)
            self.assertEqual(of_reels, self.book.stock[item])

    def check_ledger(self):
        """Every row follows from the one before, and the last says what is there."""
        for item, product in self.things.items():
            rows = self.env["cantoneira.stock.ledger"].with_user(self.stock_user)
            rows = rows.search([("product_id", "=", product.id)])
            balance = Decimal(0)
            for row in rows[::-1]:
                self.assertEqual(exact(row.balance_before), balance, (item, row.reference))
                balance += exact(row.moved_qty)
                self.assertEqual(exact(row.balance_after), balance)
            self.assertEqual(balance, self.book.stock[item], item)
            self.check_reasons(item, rows)

    def check_reasons(self, item, rows):
        told = defaultdict(Decimal)
        for row in rows:
            told[row.reason] += exact(row.moved_qty)
        total = self.book.total
        self.assertEqual(told["purchase"], total(item, "purchase"))
        self.assertEqual(told["production"], total(item, "production", "made"))
        self.assertEqual(told["sale"], total(item, "sale"))
        self.assertEqual(told["return"], total(item, "return", "supplier return"))
        self.assertEqual(told["scrap"], total(item, "scrap"))
        self.assertEqual(told["count"], total(item, "count"))
        self.assertFalse(told["adjustment"] or told["transfer"])

    def check_reservations(self):
        """What is reserved is reserved for an open document that the book knows too."""
        products = [product.id for product in self.names]
        lines = self.env["stock.move.line"].search(
            [("product_id", "in", products), ("state", "not in", ("done", "cancel", "draft"))]
        )
        held = defaultdict(Decimal)
        open_jobs = {job.production.id for job in self.jobs}
        for line in lines.filtered(lambda line: line.location_id.usage == "internal"):
            held[line.product_id, line.location_id, line.lot_id] += exact(line.quantity_product_uom)
            production = line.move_id.raw_material_production_id
            if production:
                self.assertIn(production.id, open_jobs)
                self.assertIn(production.state, ("confirmed", "progress", "to_close"))
            else:
                self.assertEqual(line.move_id.sale_line_id.order_id.state, "sale")
        reserved = self.internal("reserved_quantity", ["location_id", "lot_id"])
        for product, place, lot, total in reserved:
            self.assertEqual(
                exact(total), held.get((product, place, lot), 0), (product.name, lot.name)
            )
        for product, place, lot, total in self.internal("quantity", ["location_id", "lot_id"]):
            self.assertLessEqual(held.get((product, place, lot), 0), exact(total), lot.name)

    def check_alerts(self):
        """What is free, its colour, and who was told, are what the book says."""
        self.settle()
        near = Decimal("0.0001")
        for item in self.told:
            template = self.things[item].product_tmpl_id
            free = exact(template.with_user(self.stock_user).free_to_promise_qty)
            self.assertLess(abs(free - self.book.free(item)), near, item)
            self.assertEqual(template.alert_level, self.level(item), item)
            activities = template.activity_ids.filtered(
                lambda a: (
                    a.activity_type_id.get_external_id()[a.activity_type_id.id]
                    == "cantoneira_purchase.mail_activity_buy"
                )
            )
            self.assertEqual(len(activities), self.activities[item], item)
        low = self.env["product.template"].search([("alert_level", "in", ("warning", "critical"))])
        own = {self.name_of(p) for p in low.product_variant_ids if p in self.names}
        self.assertEqual(own, {item for item in self.told if self.level(item) != "ok"})

    def check_orders(self):
        for order in self.quotes:
            self.assertEqual(order.production_state, "quotation")
        for job in self.jobs:
            self.assertEqual(job.production.piece_qty, job.pieces)
            for move in job.production.move_raw_ids:
                promised = self.book.promised[job.document, self.name_of(move.product_id)]
                self.assertLess(abs(exact(move.product_qty) - promised), Decimal("0.00001"))

    def check_values(self):
        """Stock is worth what came at its price and left at the average; so say the accounts.

        Before the closing entry too, of what is not sold: profiles are invoiced before they leave
        and goods come back before they are credited, which core settles when closing.
        """
        worth, freights = Decimal(0), sum(self.book.freight.values(), Decimal(0))
        for item, product in self.things.items():
            value = exact(product.total_value)
            worth += value
            if item in PRICES:
                continue
            cents = Decimal("0.01") * (1 + len([r for r in self.book.rows if r.item == item]))
            self.assertLess(abs(value - self.book.value(item)), cents, item)
            if item in LEVELS:
                # Freight of paper that was used up meanwhile is no longer in the stock.
                off = abs(value - self.before_closing[product])
                self.assertLess(off, cents + (freights if item in PAPERS or item == GLUE else 0))
        accounted = sum(self.accounted().values())
        self.assertLess(abs(worth - accounted), Decimal("0.02"))
        _logger.info(
            "stock is worth %.2f, accounted %.2f (%.2f before closing)",
            worth,
            accounted,
            sum(self.before_closing.values()),
        )
