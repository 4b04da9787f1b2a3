"""What an order shows at a glance: weights, pallets, mark-up, and whether there is paper for it."""

from psycopg2 import IntegrityError

from odoo import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import CantoneiraSaleCase

#: What the form may ask the database for, beyond plain Odoo, when one of a hundred lines changes.
ALLOWED_QUERIES = 25


@tagged("post_install", "-at_install")
class TestOrderGlance(CantoneiraSaleCase):
    # ----------------------------------------------------------------- weights
    def test_gross_weight_with_pallets(self):
        """SPEC's real order: 2,000 × 3,500 mm weigh 1,034.6 kg, on two pallets of 10 kg."""
        self.tape.weight = 0.5
        order = self.make_order(self.composite(2000, 3500), self.resale(10))
        self.assertEqual((order.net_weight, order.pallet_count), (1034.6, 2))
        self.assertEqual(order.gross_weight, 1034.6 + 5 + 20)
        self.company.pallet_max_kg = 500
        self.company.pallet_tare_kg = 12.5
        order.invalidate_recordset()
        self.assertEqual((order.pallet_count, order.gross_weight), (3, 1034.6 + 5 + 37.5))
        self.assertEqual(self.make_order().gross_weight, 0)

    def test_settings_of_pallets(self):
        defaults = self.env["res.company"].default_get(["pallet_tare_kg", "pallet_max_kg"])
        self.assertEqual(defaults, {"pallet_tare_kg": 10, "pallet_max_kg": 1000})
        for values in ({"pallet_tare_kg": -1}, {"pallet_max_kg": 0}):
            with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
                self.company.write(values)
                self.company.flush_recordset()

    def test_mark_up_and_margin_for_who_may(self):
        order = self.make_order(self.composite(10, 2500))
        seen = order.with_user(self.sales_manager)
        self.assertEqual(seen.markup_percent, 299.6)
        self.assertAlmostEqual(seen.margin_percent, 0.74975, 5)
        self.assertFalse(order._has_field_access(order._fields["markup_percent"], "read"))
        arch = self.env["sale.order"].with_user(self.sales_user).get_view(view_type="form")["arch"]
        for hidden in ("markup_percent", "margin_percent", "Mark-up"):
            self.assertNotIn(hidden, arch)

    # ------------------------------------------------------------ availability
    def ask(self, *lines, user=None):
        asked = [
            {"key": f"new_{number}", "product_uom_qty": quantity, "product_id": product.id}
            for number, (product, quantity) in enumerate(lines)
        ]
        return self.env["sale.order"].with_user(user or self.sales_user).get_line_needs(asked)

    def test_everything_is_there(self):
        answer = self.ask((self.profile, 25), (self.tape, 10))
        self.assertEqual((answer["state"], answer["summary"]), ("ok", "All in stock"))
        needs = answer["lines"]["new_0"]
        self.assertEqual(
            {material["name"]: material["detail"] for material in needs["materials"]},
            {
                self.paper_core.display_name: "needs 2.8 kg, free 150 kg",
                self.paper_liner.display_name: "needs 0.52 kg, free 80 kg",
                self.glue.display_name: "needs 0.375 kg, free 5 kg",
            },
        )
        self.assertEqual(answer["lines"]["new_1"]["state"], "ok")

    def test_two_lines_share_the_glue(self):
        """Each alone would do; together they do not: both lights say so."""
        self.assertEqual(self.ask((self.profile, 200))["state"], "ok")
        answer = self.ask((self.profile, 200), (self.profile, 200), (self.tape, 1))
        self.assertEqual(answer["state"], "missing")
        self.assertEqual(answer["summary"], "Missing: Cola PVA, 1 kg")
        self.assertEqual(answer["materials"][0]["id"], self.glue.id)
        states = {key: needs["state"] for key, needs in answer["lines"].items()}
        self.assertEqual(states, {"new_0": "missing", "new_1": "missing", "new_2": "ok"})
        [glue, *_papers] = answer["lines"]["new_0"]["materials"]
        self.assertEqual(glue["own"], "this line: 3 kg")
        self.assertEqual(glue["detail"], "needs 6 kg, free 5 kg, missing 1 kg")

    def test_what_is_missing_is_on_its_way(self):
        receipt = self.receive_later(self.glue, 10)
        answer = self.ask((self.profile, 400))
        self.assertEqual(answer["state"], "coming")
        self.assertRegex(answer["materials"][0]["when"], rf"^there on .*\({receipt.name}\)$")
        order = self.make_order(self.composite(160, 2500))
        dialog = order.action_show_needs()
        lines = self.env[dialog["res_model"]].browse(dialog["res_id"]).line_ids
        self.assertEqual(lines[0].arrival, answer["materials"][0]["when"])
        self.assertFalse(lines[1].arrival)
        self.assertEqual(answer["summary"], "Missing: Cola PVA, 1 kg")
        answer = self.ask((self.profile, 2000))
        self.assertEqual(answer["state"], "missing")
        self.assertEqual(answer["materials"][0]["when"], "neither a receipt nor a supplier")

    def receive_later(self, product, quantity):
        picking_type = self.warehouse.in_type_id
        picking = self.env["stock.picking"].create(
            {
                "picking_type_id": picking_type.id,
                "location_id": self.env.ref("stock.stock_location_suppliers").id,
                "location_dest_id": self.stock_location.id,
                "move_ids": [
                    Command.create(
                        {
                            "product_id": product.id,
                            "product_uom_qty": quantity,
                            "product_uom": product.uom_id.id,
                            "location_id": self.env.ref("stock.stock_location_suppliers").id,
                            "location_dest_id": self.stock_location.id,
                        }
                    )
                ],
            }
        )
        picking.action_confirm()
        return picking

    def test_the_worst_first_and_how_many_more(self):
        answer = self.ask((self.profile, 25_000), (self.tape, 151))
        self.assertRegex(answer["summary"], r"^Missing: .*, and 3 more$")
        self.assertEqual(answer["materials"][0]["name"], "Cola PVA")

    def test_the_same_as_the_dialog(self):
        order = self.make_order(
            self.composite(10, 2500), self.composite(3, 1237.5), self.resale(10)
        )
        action = order.action_show_needs()
        dialog = self.env[action["res_model"]].browse(action["res_id"])
        saved = self.env["sale.order"].get_line_needs([{"id": id_} for id_ in order.order_line.ids])
        unsaved = self.ask(*((line.product_id, line.product_uom_qty) for line in order.order_line))
        self.assertEqual(saved["materials"], unsaved["materials"])
        self.assertEqual(
            {each["id"] for each in saved["materials"]}, set(dialog.line_ids.product_id.ids)
        )
        self.assertEqual(set(saved["lines"]), {str(id_) for id_ in order.order_line.ids})

    def test_what_needs_nothing(self):
        service = self.env["product.product"].create({"name": "Frete", "type": "service"})
        for lines in ((), ((service, 1),), ((self.profile, 0),)):
            answer = self.ask(*lines)
            self.assertEqual((answer["state"], answer["summary"]), (False, ""))

    def test_nonsense_gets_a_sentence(self):
        orders = self.env["sale.order"].with_user(self.sales_user)
        for lines in (
            ["x"],
            [{"product_id": "abc"}],
            [{"product_id": self.tape.id, "product_uom_qty": "NaN"}],
        ):
            with self.subTest(lines=lines), self.assert_refused("Send each line as"):
                orders.get_line_needs(lines)
        gone = [{"key": "a", "product_id": 99_999_999, "product_uom_qty": 1}]
        self.assertEqual(orders.get_line_needs(gone)["lines"], {})

    # ------------------------------------------------------------------ queries
    def queries(self, call):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        call()
        return self.env.cr.sql_log_count - before

    def test_lights_cost_the_same_for_any_number_of_lines(self):
        # When nothing is there it is asked when it comes, for any number of lines as well.
        self.put_in_stock(self.glue, -self.glue.qty_available)
        counts = [
            self.queries(lambda lines=lines: self.ask(*lines))
            for number in (1, 5, 100)
            for lines in [[(self.profile, 2.5 + n) for n in range(number)] + [(self.tape, 1)]]
        ]
        self.assertEqual(counts[1], counts[2])
        self.assertLessEqual(counts[2], ALLOWED_QUERIES)

    def test_typing_costs_little_more_than_plain_odoo(self):
        """One of 100 lines changes: with all our fields, and with core's alone on the form."""
        order = self.make_order(*(self.composite(10 + n, 2500) for n in range(100)))
        spec = self.form_spec(order)
        ours = self.onchange_queries(order, spec)
        plain = self.onchange_queries(order, self.without_ours(order, spec))
        self.assertLessEqual(ours, plain + ALLOWED_QUERIES)
        # Measured on plain Odoo with this form (ODOO19 notes): 229 for the order of 100 lines.
        self.assertLessEqual(ours, 229 + ALLOWED_QUERIES)

    def form_spec(self, order):
        """The fields of the form and of its lines: what the web client has an onchange answer."""
        fields_by_model = order.get_views([(False, "form")])["models"]
        return {
            **{name: {} for name in fields_by_model["sale.order"]["fields"]},
            "order_line": {
                "fields": {
                    name: {}
                    for name in fields_by_model["sale.order.line"]["fields"]
                    if name != "order_id"
                }
            },
        }

    def without_ours(self, order, spec):
        def is_core(model, name):
            modules = self.env[model]._fields[name]._modules
            return any(not module.startswith("cantoneira") for module in modules)

        kept = {name: part for name, part in spec.items() if is_core("sale.order", name)}
        lines = spec["order_line"]["fields"]
        kept["order_line"] = {
            "fields": {n: part for n, part in lines.items() if is_core("sale.order.line", n)}
        }
        return kept

    def onchange_queries(self, order, spec):
        values = {"order_line": [Command.update(order.order_line[50].id, {"product_uom_qty": 40})]}
        call = lambda: order.onchange(values, ["order_line"], spec)  # noqa: E731
        self.queries(call)
        return self.queries(call)
