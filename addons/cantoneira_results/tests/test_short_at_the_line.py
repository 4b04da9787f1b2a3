"""An order that ends with fewer pieces at the operator's screen: who may, and what is kept."""

from odoo.tests import HttpCase, tagged

from .common import CantoneiraResultsCase


class ShortCase(CantoneiraResultsCase):
    """The customer accepts no fewer pieces than ordered."""

    def begun(self, made=6, user=None):
        order, production = self.make_sold()
        production = production.with_user(user or self.production_user)
        production.floor_start("start")
        production.floor_count("count", made, 0)
        return order, production


@tagged("post_install", "-at_install")
class TestShortAtTheLine(ShortCase):
    def test_operator(self):
        _order, production = self.begun()
        with self.assert_refused(
            "ordered 10 pieces and accepts no fewer; it would be closed with 6. A production or "
            "sales manager may close it"
        ):
            production.floor_finish("a", 6, short=True, why="Porque sim")
        self.assertEqual(production.state, "progress")

    def test_manager(self):
        order, production = self.begun(user=self.production_manager)
        with self.assert_refused("Write why it ends with fewer"):
            production.floor_finish("a", 6, short=True)
        for bad in (None, 5, ["x"], "  "):
            with self.subTest(bad=bad), self.assert_refused("Write why"):
                production.floor_finish("a", 6, short=True, why=bad)
        for _tap in range(2):
            row = production.floor_finish("b", 6, short=True, why=" O cliente aceitou ")
        self.assertEqual((row["state"], row["rest"]), ("done", ""))
        self.assertEqual((order.order_line.piece_qty, order.order_line.ordered_piece_qty), (6, 10))
        said = "".join(order.sudo().message_ids.mapped("body"))
        self.assertEqual(said.count("Reason: O cliente aceitou"), 1)
        self.assertIn(self.production_manager.name, said)

    def test_two_reasons(self):
        """Short, and beyond the tolerance of a material: both are asked, both are kept."""
        order, production = self.begun(user=self.production_manager)
        production.floor_consume("glue", self.raw_of(production, "glue").id, 3)
        row = production.floor_finish("a", 6, False, True, "O cliente aceitou")
        self.assertIn("Cola PVA: 3 kg consumed", row["question"])
        why = self.env["cantoneira.floor.reason"].search([("kind", "=", "difference")], limit=1)
        production.floor_finish("b", 6, why.id, True, "O cliente aceitou")
        self.assertEqual((production.state, production.difference_reason_id.id), ("done", why.id))
        self.assertEqual(order.order_line.piece_qty, 6)


@tagged("post_install", "-at_install")
class TestShortTour(ShortCase, HttpCase):
    browser_size = "1024x768"
    touch_enabled = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.machine.name = "Linha do passeio"
        (cls.production_user | cls.production_manager).lang = "en_US"

    def test_manager(self):
        order, _production = self.make_sold()
        self.start_tour(
            "/odoo/cantoneira-operator",
            "cantoneira_results_short",
            login=self.production_manager.login,
        )
        self.assertEqual(order.order_line.piece_qty, 6)
        said = "".join(order.sudo().message_ids.mapped("body"))
        self.assertIn("Reason: O cliente aceitou por telefone", said)

    def test_operator(self):
        self.begun()
        self.start_tour(
            "/odoo/cantoneira-operator",
            "cantoneira_results_short_refused",
            login=self.production_user.login,
        )


@tagged("post_install", "-at_install")
class TestShortTourUpright(TestShortTour):
    browser_size = "800x1280"
