"""Orders that end with other pieces than ordered: what is accepted, by whom, and what follows."""

from psycopg2.errors import CheckViolation

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import CantoneiraSurplusCase


@tagged("post_install", "-at_install")
class TestAccepted(CantoneiraSurplusCase):
    """Where the percentages come from."""

    def test_the_customer_s(self):
        order = self.make_order(self.composite(100, 2500), self.composite(30, 2500))
        self.assertEqual(
            order.order_line.mapped("accepted_label"), ["95 to 105 pcs", "29 to 31 pcs"]
        )

    def test_the_company_s(self):
        self.customer.own_tolerance = False
        self.assertFalse(self.ordered().accepted_label)
        self.company.tolerance_less_percent = 10
        line = self.ordered()
        self.assertEqual((line.least_pieces, line.most_pieces), (90, 100))

    def test_none_of_one_s_own(self):
        """Who has an agreement of 0 % is not subject to the company's."""
        self.company.tolerance_less_percent = 10
        self.customer.tolerance_less_percent = self.customer.tolerance_more_percent = 0
        self.assertFalse(self.ordered().accepted_label)

    def test_address(self):
        buyer = self.env["res.partner"].create({"name": "Compras", "parent_id": self.customer.id})
        order = self.make_order(self.composite(100, 2500), partner_id=buyer.id)
        self.assertEqual(order.order_line.least_pieces, 95)

    def test_old_orders_keep_theirs(self):
        line = self.ordered()
        self.customer.tolerance_less_percent = 50
        line.invalidate_recordset()
        self.assertEqual(line.least_pieces, 95)
        copy = line.order_id.copy()
        self.assertEqual(copy.order_line.least_pieces, 50)

    def test_another_customer(self):
        order = self.make_order(self.composite(100, 2500))
        order.partner_id = self.env["res.partner"].create({"name": "Outra"})
        self.assertFalse(order.has_tolerance)

    @mute_logger("odoo.sql_db")
    def test_bounds(self):
        for record in (self.customer, self.company):
            for percent in (-1, 101):
                with (
                    self.subTest(record=record, percent=percent),
                    self.assertRaises(CheckViolation),
                ):
                    record.tolerance_less_percent = percent
                    self.env.flush_all()

    def test_the_operator_sees_it(self):
        production = self.production(self.ordered())
        self.assertEqual(production.accepted_label, "95 to 105 pcs")


@tagged("post_install", "-at_install")
class TestClosedShort(CantoneiraSurplusCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.line = cls.ordered()
        cls.sale = cls.line.order_id

    def assert_ends_with(self, pieces):
        metres = pieces * 2.5
        self.assertEqual(self.line.piece_qty, pieces)
        self.assertEqual(self.line.product_uom_qty, metres)
        delivery = self.delivery(self.line)
        self.assertEqual((delivery.state, delivery.product_uom_qty), ("assigned", metres))
        self.assertEqual(delivery.quantity, metres)
        self.assertEqual(self.sale.production_state, "finished")
        self.deliver(self.sale)
        self.assertEqual(self.sale.production_state, "delivered")
        self.assertEqual(self.line.qty_delivered, metres)

    def test_within_tolerance(self):
        """An operator closes with 96 of 100: no rest, delivery and invoice are of 96."""
        production = self.finish(self.line, 96)
        self.assertEqual((production.state, len(self.line.sudo().production_ids)), ("done", 1))
        self.assertEqual(self.line.ordered_piece_qty, 100)
        self.assertIn("ordered 100 pcs, closed with 96", self.chatter(self.sale))
        self.assertIn(self.production_user.name, self.chatter(self.sale))
        self.assertIn("closed with 96", self.chatter(production))
        self.assert_ends_with(96)
        invoice = self.sale.with_user(self.finance_user)._create_invoices()
        self.assertEqual(invoice.invoice_line_ids.quantity, 240)
        self.assertEqual(self.sale.invoice_status, "invoiced")
        self.assertEqual(self.on_the_shelf(), 0)

    def test_beyond_tolerance_an_operator_makes_the_rest_later(self):
        with self.assert_refused(
            "ordered 100 pieces and accepts from 95.*closed with 93.*\n.*later"
        ):
            self.finish(self.line, 93)
        with self.assert_refused("accepts from 95"):
            self.finish(self.line, 93, close_short_reason="Falta papel")
        self.assertEqual((self.line.piece_qty, self.line.ordered_piece_qty), (100, 0))

    def test_beyond_tolerance_a_manager_says_why(self):
        with self.assert_refused("Say why"):
            self.finish(self.line, 93, user=self.production_manager)
        self.finish(
            self.line, 93, user=self.production_manager, close_short_reason="Cliente aceitou"
        )
        self.assertIn("Cliente aceitou", self.chatter(self.sale))
        self.assertIn(self.production_manager.name, self.chatter(self.sale))
        self.assert_ends_with(93)

    def test_beyond_tolerance_a_sales_manager(self):
        self.production_user.group_ids = [
            Command.link(self.env.ref("cantoneira_sale.group_sales_manager").id)
        ]
        self.finish(self.line, 93, close_short_reason="Cliente aceitou")
        self.assert_ends_with(93)

    def test_the_rest_is_an_order(self):
        production = self.count(self.line, 93)
        production.with_context(
            skip_backorder=True,
            skip_consumption=True,
            skip_redirection=True,
            mo_ids_to_backorder=production.ids,
        ).button_mark_done()
        self.assertEqual(self.line.piece_qty, 100)
        self.assertEqual(self.production(self.line).piece_qty, 7)
        self.assertEqual(self.sale.production_state, "production")
        # The rest is made with one piece missing: 99 of 100, within the tolerance.
        self.finish(self.line, 6)
        self.assert_ends_with(99)

    def test_the_rest_is_not_made_after_all(self):
        production = self.count(self.line, 97)
        production.with_context(
            skip_backorder=True, skip_consumption=True, mo_ids_to_backorder=production.ids
        ).button_mark_done()
        rest = self.production(self.line)
        wizard = self.open_wizard(rest.action_close_short())
        self.assertEqual(wizard.question, "3 of 3 pieces are missing.")
        self.assertFalse(wizard.problem)
        wizard.action_close()
        self.assertEqual(rest.state, "cancel")
        self.assertIn("ordered 100 pcs, closed with 97", self.chatter(self.sale))
        self.assert_ends_with(97)

    def test_nothing_made_is_no_closing(self):
        production = self.production(self.line, self.production_manager)
        wizard = self.open_wizard(production.action_close_short())
        wizard.reason = "Desistiu"
        with self.assert_refused("nothing was made.*cancel the sales order"):
            wizard.action_close()
        self.assertEqual(production.state, "confirmed")

    def test_a_delivery_on_its_way_keeps_what_is_reserved(self):
        """60 are made and wait on a delivery of their own; the rest closes with 36 of 40."""
        production = self.count(self.line, 60)
        production.with_context(
            skip_backorder=True, skip_consumption=True, mo_ids_to_backorder=production.ids
        ).button_mark_done()
        picking = self.delivery(self.line).picking_id
        picking.action_split_transfer()
        first = self.delivery(self.line).filtered(lambda move: move.state == "assigned")
        self.assertEqual(first.product_uom_qty, 150)
        self.finish(self.line, 36)
        self.assertEqual(first.product_uom_qty, 150)
        self.assertEqual(sorted(self.delivery(self.line).mapped("product_uom_qty")), [90, 150])
        self.assertEqual(set(self.delivery(self.line).mapped("state")), {"assigned"})
        self.assertEqual(self.line.piece_qty, 96)

    def test_agreed_again(self):
        """Pieces that sales agrees on afterwards are what is ordered."""
        self.finish(self.line, 96)
        self.line.piece_qty = 120
        self.assertEqual((self.line.ordered_piece_qty, self.line.least_pieces), (0, 114))
        self.assertEqual(self.production(self.line).piece_qty, 24)

    def test_locked(self):
        self.sale.sudo().locked = True
        self.finish(self.line, 96)
        self.assertEqual(self.line.piece_qty, 96)

    def test_price_is_kept(self):
        """Fewer pieces fall below a step of the price list: the price agreed stays."""
        pricelist = self.env["product.pricelist"].create(
            {
                "name": "Degraus",
                "item_ids": [
                    Command.create(
                        {
                            "applied_on": "1_product",
                            "product_tmpl_id": self.profile.product_tmpl_id.id,
                            "compute_price": "fixed",
                            "fixed_price": price,
                            "min_quantity": metres,
                        }
                    )
                    for metres, price in ((0, 8), (250, 7))
                ],
            }
        )
        line = self.ordered(pricelist_id=pricelist.id)
        piece = self.ordered(pricelist_id=pricelist.id)
        self.assertEqual(line.price_unit, 7)
        self.finish(line, 96)
        self.assertEqual((line.piece_qty, line.price_unit, line.price_subtotal), (96, 7, 1680))
        self.finish(piece, 103)
        self.assertEqual((piece.price_unit, piece.price_subtotal), (7, 1802.5))

    def test_price_per_piece_is_kept(self):
        order = self.make_order(self.composite(100, 1237.5, price_basis="piece", basis_price=9.99))
        order.action_confirm()
        self.finish(order.order_line, 96)
        self.assertEqual(order.order_line.price_subtotal, 959.04)
        self.assertEqual(order.order_line.basis_price, 9.99)

    def test_by_hand_as_in_core(self):
        """An order nobody waits for is closed as before."""
        production = (
            self.env["mrp.production"]
            .with_user(self.production_user)
            .create({"product_id": self.profile.id, "piece_qty": 10, "piece_length_mm": 1000})
        )
        production.action_confirm()
        production.pieces_producing = 7
        production.with_context(skip_backorder=True, skip_consumption=True).button_mark_done()
        self.assertEqual((production.state, self.on_the_shelf()), ("done", 7))
        self.assertFalse(production.can_close_short)

    # ----------------------------------------------------------------- asked
    def open_wizard(self, action, user=None):
        self.assertEqual(action["res_model"], "cantoneira.close.short")
        wizard = self.env["cantoneira.close.short"].with_user(
            user
            or self.env["mrp.production"]
            .browse(action["context"]["default_production_id"])
            .with_user(self.production_user)
            .env.user
        )
        return wizard.with_context(**action["context"]).create({})

    def test_asked(self):
        """Core's Done asks in pieces; both answers do what they say."""
        production = self.count(self.line, 96)
        wizard = self.open_wizard(production.button_mark_done())
        self.assertEqual(wizard.question, "4 of 100 pieces are missing.")
        self.assertEqual((wizard.pieces_made, wizard.may_close), (96, True))
        wizard.action_close()
        self.assert_ends_with(96)

    def test_asked_and_the_rest_is_made_later(self):
        production = self.count(self.line, 50)
        wizard = self.open_wizard(production.button_mark_done())
        self.assertIn("accepts from 95", wizard.problem)
        self.assertFalse(wizard.may_close)
        with self.assert_refused("accepts from 95"):
            wizard.action_close()
        wizard.action_make_rest()
        self.assertEqual((production.state, self.production(self.line).piece_qty), ("done", 50))

    def test_floor_choices(self):
        """What the operator's screen is told: nothing is decided silently."""
        production = self.production(self.line)
        for pieces, short, told in (
            (100, False, ""),
            (96, True, ""),
            (93, False, "accepts from 95"),
            (0, False, "closed with 0"),
            (103, False, "the customer takes them"),
            (108, False, "takes 5, 3 go to surplus"),
        ):
            with self.subTest(pieces=pieces):
                production.pieces_producing = pieces
                choices = production._closing_choices()
                self.assertEqual(choices["short"], short)
                self.assertIn(told, choices["told"])
                self.assertEqual(bool(told), bool(choices["told"]))

    def test_floor_choices_of_managers(self):
        """Beyond the tolerance the operator is told who may; a manager ends it, and says why."""
        told = self.count(self.line, 93)._closing_choices()
        self.assertEqual((told["short"], told["why"]), (False, False))
        self.assertIn("ordered 100 pieces and accepts from 95", told["told"])
        self.assertIn("A production or sales manager may close it with fewer, here", told["told"])
        choices = self.production(self.line, self.production_manager)._closing_choices()
        self.assertEqual((choices["short"], choices["why"]), (True, True))
        self.assertNotIn("may close", choices["told"])
        self.count(self.line, 96)
        choices = self.production(self.line, self.production_manager)._closing_choices()
        self.assertEqual((choices["short"], choices["why"]), (True, False))

    def test_all_made(self):
        production = self.count(self.line, 100)
        with self.assert_refused("all 100 pieces are made"):
            production.action_close_short()

    def test_roles(self):
        """Who sells, and who keeps the stock, closes no manufacturing order."""
        for user in (self.sales_user, self.stock_user):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.production(self.line, user).pieces_producing = 96
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.env["cantoneira.close.short"].with_user(user).create(
                    {"production_id": self.line.sudo().production_ids.id}
                )


@tagged("post_install", "-at_install")
class TestMore(CantoneiraSurplusCase):
    def test_the_customer_takes_what_he_accepts(self):
        line = self.ordered()
        production = self.count(line, 103)
        self.assertEqual(production.closing_hint, "3 pcs more: the customer takes them.")
        self.finish(line, 103)
        self.assertEqual((line.piece_qty, line.ordered_piece_qty), (103, 100))
        delivery = self.delivery(line)
        self.assertEqual((delivery.state, delivery.product_uom_qty), ("assigned", 257.5))
        self.assertIn("ordered 100 pcs, closed with 103", self.chatter(line.order_id))
        self.deliver(line.order_id)
        invoice = line.order_id.with_user(self.finance_user)._create_invoices()
        self.assertEqual(invoice.invoice_line_ids.quantity, 257.5)
