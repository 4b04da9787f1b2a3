"""What is to come from surplus takes no paper: in the lights, the dialog, the promise."""

from odoo.tests import tagged

from .test_surplus import SurplusCase


@tagged("post_install", "-at_install")
class TestAvailability(SurplusCase):
    """7 pieces of 2,500 mm on the rack."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.place = cls.make_surplus(7)

    def quote(self, pieces, surplus, **values):
        line = self.composite(pieces, 2500, surplus_piece_qty=surplus)
        return self.make_order(line, user=self.sales_user, **values)

    def ask(self, lines, user=None):
        orders = self.env["sale.order"].with_user(user or self.sales_user)
        return orders.get_line_needs(lines, self.warehouse.id)

    def described(self, pieces, surplus, key="a"):
        return {
            "key": key,
            "product_id": self.profile.id,
            "product_uom_qty": pieces * 2.5,
            "surplus_piece_qty": surplus,
            "piece_length_mm": 2500,
        }

    def details(self, needs):
        return {each["name"]: each["detail"] for each in needs["materials"]}

    def test_lights(self):
        """7 of 17 from the rack: paper for 10, saved and as it is typed."""
        order = self.quote(17, 7)
        for lines in ([{"id": order.order_line.id}], [self.described(17, 7)]):
            answer = self.ask(lines)
            [needs] = answer["lines"].values()
            self.assertEqual((answer["state"], needs["state"]), ("ok", "ok"))
            self.assertEqual(
                self.details(needs),
                {
                    self.paper_core.display_name: "needs 2.8 kg, free 150 kg",
                    self.paper_liner.display_name: "needs 0.52 kg, free 80 kg",
                    self.glue.display_name: "needs 0.375 kg, free 65 kg",
                    self.profile.display_name: "7 pcs × 2,500 mm from surplus, free 7 pcs",
                },
            )

    def test_all_from_surplus(self):
        for lines in ([{"id": self.quote(7, 7).order_line.id}], [self.described(7, 7)]):
            answer = self.ask(lines)
            [needs] = answer["lines"].values()
            self.assertEqual((answer["state"], answer["summary"]), ("ok", "From surplus"))
            self.assertEqual(list(self.details(needs)), [self.profile.display_name])
            self.assertFalse(answer["materials"])

    def test_more_than_there_is(self):
        """Two lines that want the same pieces: the light says what confirming would refuse."""
        answer = self.ask([self.described(10, 4, "a"), self.described(10, 4, "b")])
        self.assertEqual(answer["state"], "missing")
        self.assertEqual(answer["summary"], "Missing: surplus of Cantoneira 50x50x3mm")
        self.assertEqual({each["state"] for each in answer["lines"].values()}, {"missing"})

    def test_enough_with_surplus(self):
        """The paper is short by less than the surplus saves: nothing is missing."""
        pieces = 540  # 1,350 m, 151.2 kg of core; 150 are there
        self.assertEqual(self.ask([self.described(pieces, 0)])["state"], "missing")
        self.assertEqual(self.ask([self.described(pieces, 7)])["state"], "ok")

    def needed(self, order):
        action = order.action_show_needs()
        dialog = self.env[action["res_model"]].browse(action["res_id"])
        return set(dialog.line_ids.mapped("needed"))

    def test_dialog(self):
        self.assertEqual(self.needed(self.quote(17, 0)), {4.76, 0.884, 0.6375})
        self.assertEqual(self.needed(self.quote(7, 7)), set())
        order = self.quote(17, 7)
        self.assertEqual(self.needed(order), {2.8, 0.52, 0.375})
        order.action_confirm()
        self.assertEqual(self.needed(order), {2.8, 0.52, 0.375})

    def test_promise(self):
        """A quotation of which all lies there waits for no machine and no paper."""
        self.put_in_stock(self.glue, -65)
        made, taken = self.quote(7, 0).get_promise(), self.quote(7, 7).get_promise()
        self.assertTrue(made[0]["materials"])
        self.assertFalse(taken[0]["materials"])
        self.assertFalse(taken[0]["machines"])
        self.assertTrue(taken[0]["date"])

    def test_nonsense(self):
        for bad in ("x", "NaN", [1]):
            line = {**self.described(10, 1), "surplus_piece_qty": bad}
            with self.subTest(bad=bad), self.assert_refused("Send each line as"):
                self.ask([line])

    def test_no_query_without_a_wish(self):
        lines = [self.described(10, 0, str(number)) for number in range(20)]
        surplus = type(self.env["cantoneira.surplus"])

        def refused(*_args):
            raise AssertionError("Surplus was asked for.")

        self.patch(surplus, "_free", refused)
        self.assertEqual(self.ask(lines)["state"], "ok")
