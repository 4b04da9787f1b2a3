"""The seed's papers tracked by reel, for the tests of this addon and those above it."""

from odoo.addons.cantoneira_mrp.tests.common import CantoneiraMrpCase


class CantoneiraReelCase(CantoneiraMrpCase):
    """``paper_core`` and ``paper_liner`` are tracked by reel; nothing is in stock."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        (cls.paper_core | cls.paper_liner).product_tmpl_id.tracking = "lot"
        cls.operator = cls.production_user
        cls.approver = cls.make_user(
            "gerente_estoque_teste",
            "cantoneira_stock.group_stock,cantoneira_mrp.group_production_manager",
        )

    @classmethod
    def make_reel(cls, paper, weight, name=None, location=None, date=None):
        """A reel that came with a receipt of its own, at ``date``."""
        reel = cls.env["stock.lot"].create(
            {"product_id": paper.id, **({"name": name} if name else {})}
        )
        receipt = cls.make_receipt(paper, weight)
        move = receipt.move_ids
        move.location_dest_id = location or cls.stock_location
        move.move_line_ids.unlink()
        line = cls.env["stock.move.line"].create(
            {
                **move._prepare_move_line_vals(quantity=0),
                "quantity": weight,
                "lot_id": reel.id,
                "location_dest_id": (location or cls.stock_location).id,
                "picked": True,
            }
        )
        receipt.button_validate()
        assert line.state == "done"
        if date:
            reel.quant_ids.in_date = date
            reel.received_date = date
        return reel

    @classmethod
    def make_place(cls, name):
        """A place in the factory's stock."""
        return cls.env["stock.location"].create(
            {"name": name, "location_id": cls.stock_location.id, "usage": "internal"}
        )

    def close(self, order):
        """Mark done, answering *yes* to whatever is asked."""
        result = order.button_mark_done()
        while isinstance(result, dict) and result.get("res_model") in (
            "mrp.production.backorder",
            "mrp.consumption.warning",
        ):
            wizard = self.env[result["res_model"]].with_user(order.env.user)
            wizard = wizard.with_context(**result["context"]).create({})
            act = "action_backorder" if "backorder" in result["res_model"] else "action_confirm"
            result = getattr(wizard, act)()
        return result
