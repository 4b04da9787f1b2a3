"""The seed's papers, profile and customers, for the tests of this addon and those above it."""

from contextlib import contextmanager

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import TransactionCase, new_test_user

from .. import hooks

STOCK_GROUPS = "cantoneira_stock.group_stock"


class CantoneiraStockCase(TransactionCase):
    """A small maker of edge protectors with nothing in stock.

    ``paper_core`` (400 g/m², 70 mm), ``paper_liner`` (130 g/m², 160 mm), ``glue``, ``tape``
    (resale), ``profile`` (50×50×3 mm, sold in pieces × length), ``customer``, ``vendor``,
    ``warehouse`` and ``stock_user``, a plain storekeeper.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # What installation does; a test database may have been made before a change of it.
        hooks.raise_precision(cls.env)
        hooks.open_promise_gates(cls.env)
        cls.env["res.lang"]._activate_lang("en_US")
        cls.company = cls.env.company
        cls.warehouse = cls.env["stock.warehouse"].search(
            [("company_id", "=", cls.company.id)], limit=1
        )
        cls.stock_location = cls.warehouse.lot_stock_id
        cls.kg = cls.env.ref("uom.product_uom_kgm")
        cls.metre = cls.env.ref("uom.product_uom_meter")
        cls.unit = cls.env.ref("uom.product_uom_unit")
        cls.paper_core = cls.make_paper("Bobina Kraft 400g – 70mm", 400, 70, cost=12)
        cls.paper_liner = cls.make_paper("Bobina 130g – 160mm", 130, 160, cost=10)
        cls.glue = cls.make_material("Cola PVA", "pva_glue", cost=30)
        cls.tape = cls.make_resale("Fita adesiva 48mm x 100m", price=15, cost=6)
        cls.profile = cls.make_profile("Cantoneira 50x50x3mm", (50, 50, 3), price=8)
        cls.customer = cls.env["res.partner"].create({"name": "Metalúrgica Boa Vista"})
        cls.vendor = cls.env["res.partner"].create({"name": "Papelaria Serra Azul"})
        cls.stock_user = cls.make_user("estoque_teste", STOCK_GROUPS)

    @contextmanager
    def assert_refused(self, pattern, error=UserError):
        """Inside, an ``error`` is raised whose sentence matches; nothing of it is kept."""
        # Unlike assertRaisesRegex, Odoo's assertRaises takes a savepoint back.
        with self.assertRaises(error) as refusal:
            yield
        self.assertRegex(str(refusal.exception), pattern)

    # ------------------------------------------------------------- who and what
    @classmethod
    def make_user(cls, login, groups):
        """A user with these groups (comma separated xml ids) on top of an internal user."""
        return new_test_user(cls.env, login=login, groups=f"base.group_user,{groups}")

    @classmethod
    def make_product(cls, name, **values):
        """A stocked ``product.product``."""
        cost = values.pop("cost", 0)
        product = cls.env["product.product"].create(
            {"name": name, "type": "consu", "is_storable": True, **values}
        )
        product.standard_price = cost
        return product

    @classmethod
    def make_material(cls, name, material_type="other", **values):
        """A material stocked in kg."""
        return cls.make_product(
            name,
            **{
                "material_type": material_type,
                "uom_id": cls.kg.id,
                "categ_id": cls.env.ref("cantoneira_stock.category_materials").id,
                "sale_ok": False,
                **values,
            },
        )

    @classmethod
    def make_paper(cls, name, grammage, width_mm, **values):
        """A paper stocked in kg."""
        return cls.make_material(
            name, "kraft_paper", grammage=grammage, reel_width_mm=width_mm, **values
        )

    @classmethod
    def make_resale(cls, name, price=0, **values):
        """A product bought and sold as it is, by the unit."""
        return cls.make_product(
            name,
            **{
                "list_price": price,
                "categ_id": cls.env.ref("cantoneira_stock.category_resale").id,
                **values,
            },
        )

    @classmethod
    def make_profile(cls, name, measures_mm, price=0, **values):
        """An edge protector of (flange A, flange B, thickness) sold in pieces × length."""
        flange_a, flange_b, thickness = measures_mm
        return cls.make_product(
            name,
            composite_length=True,
            uom_id=cls.metre.id,
            flange_a_mm=flange_a,
            flange_b_mm=flange_b,
            thickness_mm=thickness,
            list_price=price,
            **values,
        )

    # ------------------------------------------------------------------- stock
    @classmethod
    def put_in_stock(cls, product, quantity, warehouse=None):
        """Count ``quantity`` (in the product's unit) more of ``product``."""
        if not quantity:
            return
        location = (warehouse or cls.warehouse).lot_stock_id
        cls.env["stock.quant"]._update_available_quantity(product, location, quantity)

    @classmethod
    def make_transfer(cls, kind, quantities, date=None, confirm=True, warehouse=None):
        """A receipt (``incoming``) or a delivery (``outgoing``) of ``{product: quantity}``."""
        warehouse = warehouse or cls.warehouse
        supplier = cls.env.ref("stock.stock_location_suppliers")
        customers = cls.env.ref("stock.stock_location_customers")
        if kind == "incoming":
            source, target, operation = supplier, warehouse.lot_stock_id, warehouse.in_type_id
        else:
            source, target, operation = warehouse.lot_stock_id, customers, warehouse.out_type_id
        values = {"location_id": source.id, "location_dest_id": target.id}
        picking = cls.env["stock.picking"].create(
            {
                **values,
                "picking_type_id": operation.id,
                **({"scheduled_date": date} if date else {}),
                "partner_id": (cls.vendor if kind == "incoming" else cls.customer).id,
                "move_ids": [
                    Command.create(
                        {
                            **values,
                            "product_id": product.id,
                            "product_uom": product.uom_id.id,
                            "product_uom_qty": quantity,
                        }
                    )
                    for product, quantity in quantities.items()
                ],
            }
        )
        if confirm:
            picking.action_confirm()
        return picking

    @classmethod
    def make_delivery(cls, product, quantity, **options):
        """An open delivery: it promises ``quantity`` of ``product`` to a customer."""
        return cls.make_transfer("outgoing", {product: quantity}, **options)

    @classmethod
    def make_receipt(cls, product, quantity, **options):
        """An open receipt: ``quantity`` of ``product`` is expected."""
        return cls.make_transfer("incoming", {product: quantity}, **options)
