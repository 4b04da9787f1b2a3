"""What salespeople, operators, storekeepers and the office do with the month's orders."""

from decimal import Decimal

from odoo import Command

from odoo.addons.cantoneira_stock.models.availability import ShortageError

from .month_book import exact
from .month_case import GOODS, PRICES, MonthCase

LENGTHS = (800, 1237, 1500, 2000.5, 2500, 3000, 3500)


class Job:
    """A manufacturing order, what of the sale it makes, and whether it runs."""

    def __init__(self, production, item, pieces, length_mm):
        self.production, self.item = production, item
        self.pieces, self.length_mm = pieces, length_mm
        self.started = False

    @property
    def document(self):
        return ("make", self.production.id)


class MonthSales(MonthCase):
    def setUp(self):
        super().setUp()
        self.quotes, self.sold, self.jobs, self.delivered = [], [], [], []

    # ------------------------------------------------------------------ selling
    def quote(self):
        lines = []
        for item in self.dice.sample(list(PRICES), self.dice.choice((0, 1, 1, 1, 2))):
            pieces = self.dice.choice((1, 10, 40, 120, 300, 450))
            lines.append(self.composite(pieces, self.dice.choice(LENGTHS), self.things[item]))
        for item in self.dice.sample(list(GOODS), self.dice.choice((0, 0, 1, 2)) or not lines):
            lines.append(self.resale(self.dice.randint(1, 30), self.things[item]))
        with self.counted("orders"):
            customer = self.dice.choice(self.customers)
            self.quotes.append(self.make_order(*lines, partner_id=customer.id))

    def needs_of(self, order):
        """``{line: needs}`` by the book."""
        needs = {}
        for line in order.order_line:
            item = self.name_of(line.product_id)
            if item in PRICES:
                needs[line] = self.needs(item, line.piece_qty, line.piece_length_mm)
            else:
                needs[line] = {item: exact(line.product_uom_qty)}
        return needs

    def confirm(self, order):
        """As a salesperson; what the book says is missing is refused, and nothing else."""
        needs = self.needs_of(order)
        total = {}
        for each in needs.values():
            for item, quantity in each.items():
                total[item] = total.get(item, 0) + quantity
        missing = self.book.missing(total)
        refused = self.refusal(order.action_confirm, ShortageError)
        told = (
            {self.name_of(entry.product): exact(entry.missing) for entry in refused.shortages}
            if refused
            else {}
        )
        self.assertEqual(told, missing)
        if refused:
            self.done["refused"] += 1
            if not self.chance(40):
                return
            manager = self.env["cantoneira.confirm.override"].with_user(self.sales_manager)
            manager.create({"order_id": order.id, "reason": "Papel a caminho"}).action_confirm()
            self.done["overridden"] += 1
        with self.counted("confirmed"):
            self.quotes.remove(order)
            self.sold.append(order)
            self._note_promises(order, needs)

    def _note_promises(self, order, needs):
        for line, each in needs.items():
            productions = line.sudo().production_ids
            if not productions:
                self.book.promise(("ship", line.id), each)
                continue
            item = self.name_of(line.product_id)
            job = Job(
                self.as_user(self.production_user, productions),
                item,
                line.piece_qty,
                line.piece_length_mm,
            )
            self.assertEqual(len(productions), 1)
            self.jobs.append(job)
            self.book.promise(job.document, each)

    def job_of(self, line):
        return next(
            (job for job in self.jobs if job.production in line.sudo().production_ids), None
        )

    def change(self, order):
        """Other pieces on a line that nobody began to make."""
        lines = order.order_line.filtered("is_composite")
        line = self.dice.choice(lines) if lines else None
        job = line and self.job_of(line)
        if not job or job.started or job.pieces != line.piece_qty:
            return
        pieces = max(1, job.pieces + self.dice.choice((-30, -9, 11, 60)))
        more = pieces - job.pieces
        growth = self.needs(job.item, more, job.length_mm) if more > 0 else {}
        missing = self.book.missing(growth)
        refused = self.refusal(lambda: line.write({"piece_qty": pieces}), ShortageError)
        self.assertEqual(bool(refused), bool(missing), (refused, missing))
        if not refused:
            with self.counted("changed"):
                job.pieces = pieces
                self.book.promise(job.document, self.needs(job.item, pieces, job.length_mm))

    def cancel(self, order):
        """Everything is given back, unless somebody began to make it."""
        jobs = [self.job_of(line) for line in order.order_line]
        jobs = [job for job in jobs if job]
        if any(job.started for job in jobs) or any(order.order_line.mapped("qty_delivered")):
            return
        with self.counted("cancelled"):
            order.action_cancel()
            self.assertEqual(order.production_state, "cancelled")
            for book in (self.quotes, self.sold):
                if order in book:
                    book.remove(order)
            for line in order.order_line:
                self.book.release(("ship", line.id))
            for job in jobs:
                self.book.release(job.document)
                self.jobs.remove(job)

    # ------------------------------------------------------------------ making
    def start(self, job):
        """When the paper is there that others who began do not hold."""
        needs = self.needs(job.item, job.pieces, job.length_mm)
        held = [self.needs(o.item, o.pieces, o.length_mm) for o in self.jobs if o.started]
        for item, quantity in needs.items():
            others = sum((each.get(item, Decimal(0)) for each in held), Decimal(0))
            if self.usable(item) - others < quantity:
                return
        with self.counted("started"):
            job.production.action_start()
            job.started = True

    def usable(self, item):
        return self.book.free(item) + self.book.promised_of(item)

    def finish(self, job):
        """All of it or a part; weighed or as the recipe says."""
        pieces = job.pieces
        if job.pieces > 20 and self.chance(20):
            pieces = self.dice.randint(1, job.pieces - 1)
        used, refused = {}, None

        def act():
            used.update(self._make(job, pieces))

        refused = self.refusal(act)
        if refused:
            # A count or a blocked reel took what it had reserved.
            needs = self.needs(job.item, pieces, job.length_mm)
            self.assertTrue(
                any(self.usable(item) < 1.2 * float(quantity) for item, quantity in needs.items())
                or self.done["surprises"],
                refused,
            )
            self.done["waited"] += 1
            return
        with self.counted("made"):
            self._note_made(job, pieces, used)

    def _make(self, job, pieces):
        production = job.production
        production.pieces_producing = pieces
        needs = self.needs(job.item, pieces, job.length_mm)
        weighed = self.dice.choice(list(needs)) if self.chance(40) else None
        for move in production.move_raw_ids:
            item = self.name_of(move.product_id)
            if item == weighed:
                line = move.move_line_ids[:1]
                line.quantity = float(exact(line.quantity * self.dice.uniform(0.9, 1.0)))
                move.write({"manual_consumption": True, "picked": True})
            else:
                proposed = sum(
                    (exact(kg) for kg in move.move_line_ids.mapped("quantity")), Decimal(0)
                )
                self.assertLessEqual(abs(proposed - needs[item]), Decimal("0.000002"), item)
        moves = production.move_raw_ids
        self.answer(production.button_mark_done(), self.production_user)
        self.assertEqual(production.state, "done")
        return {
            line.id: (self.name_of(line.product_id), exact(line.quantity), line.lot_id.name)
            for line in moves.move_line_ids.filtered(lambda done: done.state == "done")
        }

    def _note_made(self, job, pieces, used):
        for item, quantity, reel in used.values():
            self.book.move(item, "production", -quantity, reel=reel)
        metres = exact(Decimal(pieces) * Decimal(str(job.length_mm)) / 1000)
        self.book.move(job.item, "made", metres)
        self.book.release(job.document)
        self.jobs.remove(job)
        if pieces < job.pieces:
            siblings = job.production.production_group_id.production_ids
            rest = siblings.filtered(lambda p: p.state not in ("done", "cancel"))
            self.assertEqual(rest.piece_qty, job.pieces - pieces)
            later = Job(rest, job.item, job.pieces - pieces, job.length_mm)
            # What is left of an order that began keeps its reels.
            later.started = bool(rest.move_raw_ids.move_line_ids)
            self.jobs.append(later)
            self.book.promise(later.document, self.needs(later.item, later.pieces, later.length_mm))

    # ------------------------------------------------------------------ delivering
    def deliver(self, order):
        """What is there leaves, the rest later."""
        pickings = order.sudo().picking_ids.filtered(lambda p: p.state not in ("done", "cancel"))
        for picking in self.as_user(self.stock_user, pickings):
            picking.action_assign()
            if not any(picking.move_ids.mapped("quantity")):
                continue
            if self.chance(25):
                self._take_less(picking)
            moves = picking.move_ids.filtered("quantity")
            moves.picked = True
            self.answer(picking.button_validate(), self.stock_user)
            self.assertEqual(picking.state, "done")
            with self.counted("delivered"):
                self._note_delivery(picking, moves)

    def _take_less(self, picking):
        move = self.dice.choice(picking.move_ids.filtered("quantity"))
        if move.piece_length_mm and move.pieces_moved > 1:
            move.pieces_moved = self.dice.randint(1, move.pieces_moved)
        elif not move.piece_length_mm and move.quantity > 1:
            move.quantity = self.dice.randint(1, int(move.quantity))

    def _note_delivery(self, picking, moves):
        rows = {}
        for move in moves.filtered(lambda m: m.state == "done"):
            item, quantity = self.name_of(move.product_id), exact(move.quantity)
            rows[move] = self.book.move(item, "sale", -quantity)
            document = ("ship", move.sudo().sale_line_id.id)
            if (document, item) in self.book.promised:
                rest = self.book.promised[document, item] - quantity
                self.book.promise(document, {item: rest})
        self.delivered.append((picking, rows))

    def take_back(self):
        """A customer returns some of a delivery."""
        if not self.delivered:
            return
        picking, rows = self.delivered.pop(self.dice.randrange(len(self.delivered)))
        wizard = self.env["stock.return.picking"].with_user(self.stock_user)
        wizard = wizard.with_context(active_id=picking.id, active_model="stock.picking").create({})
        wizard.product_return_moves.quantity = 0
        chosen = self.dice.choice(wizard.product_return_moves)
        move = chosen.move_id
        length = move.piece_length_mm
        whole = Decimal(str(length)) / 1000 if length else Decimal(1)
        most = int(exact(move.quantity) / whole)
        chosen.quantity = float(whole * self.dice.randint(1, most))
        back = self.env["stock.picking"].browse(wizard.action_create_returns()["res_id"])
        back = self.as_user(self.stock_user, back)
        back.action_assign()
        back.move_ids.picked = True
        self.answer(back.button_validate(), self.stock_user)
        self.assertEqual(back.state, "done")
        with self.counted("returned"):
            item = self.name_of(move.product_id)
            average = self.book.average(item, rows[move])
            self.book.move(item, "return", exact(chosen.quantity), price=average)

    def invoice(self, order):
        """What was delivered, by finance."""
        order = self.as_user(self.finance_user, order)
        if order.invoice_status != "to invoice":
            return
        with self.counted("invoiced"):
            wizard = self.env["sale.advance.payment.inv"].with_user(self.finance_user)
            wizard.with_context(active_model="sale.order", active_ids=order.ids).create(
                {"advance_payment_method": "delivered", "sale_order_ids": [Command.set(order.ids)]}
            ).create_invoices()
            order.invoice_ids.filtered(lambda m: m.state == "draft").action_post()
