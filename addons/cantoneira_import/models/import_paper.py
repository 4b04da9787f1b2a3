"""Papers, glue, ink and other materials, found again by code, else by name."""

from odoo import api, models

from .. import cells
from .import_kind import Column, Item

TYPES = {
    "papel": "kraft_paper",
    "cola": "pva_glue",
    "tinta": "ink",
    "outro": "other",
    "paper": "kraft_paper",
    "glue": "pva_glue",
    "ink": "ink",
    "other": "other",
}
TYPE_WORDS = {"kraft_paper": "Papel", "pva_glue": "Cola", "ink": "Tinta", "other": "Outro"}
UNITS = {
    "kg": "uom.product_uom_kgm",
    "l": "uom.product_uom_litre",
    "un": "uom.product_uom_unit",
    "m": "uom.product_uom_meter",
}
MEASURES = ("grammage", "reel_width_mm", "min_stock_qty", "reorder_point_qty")


class ImportPaper(models.AbstractModel):
    _name = "cantoneira.import.paper"
    _inherit = ["cantoneira.import.kind", "cantoneira.import.product.mixin"]
    _description = "Sheet of papers and supplies"

    _title = "Papéis"
    _group = "cantoneira_mrp.group_production_manager"

    @api.model
    def _columns(self):
        two = {"digits": 2}
        return [
            *self._product_columns("Bobina Kraft 400g – 70mm"),
            Column(
                "material_type",
                "Tipo",
                cells.choice,
                "Papel (se vazio), Cola, Tinta ou Outro.",
                {"choices": TYPES},
            ),
            Column("grammage", "Gramatura (g/m²)", cells.positive, "Só de papel.", two),
            Column("reel_width_mm", "Largura (mm)", cells.positive, "Só de papel.", two),
            Column(
                "uom_id", "Unidade", cells.choice, "kg (se vazio), l, un ou m.", {"choices": UNITS}
            ),
            Column(
                "min_stock_qty",
                "Estoque mínimo",
                cells.number,
                "Na unidade do material. Abaixo disto fica amarelo.",
            ),
            Column(
                "reorder_point_qty",
                "Ponto de pedido",
                cells.number,
                "Até o estoque mínimo. Abaixo disto fica vermelho.",
            ),
            Column(
                "standard_price",
                "Custo inicial (R$)",
                cells.number,
                "Por unidade, só antes da primeira entrada; depois o custo vem das compras.",
                two,
            ),
        ]

    @api.model
    def _examples(self):
        return [
            {
                "default_code": "BK400-70",
                "name": "Bobina Kraft 400g – 70mm",
                "material_type": "Papel",
                "grammage": 400,
                "reel_width_mm": 70,
                "uom_id": "kg",
                "min_stock_qty": 50,
                "reorder_point_qty": 20,
                "standard_price": 12,
            },
            {
                "default_code": "BB130-160",
                "name": "Bobina 130g – 160mm",
                "material_type": "Papel",
                "grammage": 130,
                "reel_width_mm": 160,
                "uom_id": "kg",
                "min_stock_qty": 25,
                "reorder_point_qty": 10,
                "standard_price": 10,
            },
            {
                "default_code": "COLA",
                "name": "Cola PVA",
                "material_type": "Cola",
                "uom_id": "kg",
                "min_stock_qty": 10,
                "reorder_point_qty": 5,
                "standard_price": 30,
            },
        ]

    @api.model
    def _items(self, rows, problems):
        known = self._known_products(rows, problems)
        units = {
            key: self.env["ir.model.data"]._xmlid_to_res_id(xmlid) for key, xmlid in UNITS.items()
        }
        ids = {xmlid: units[key] for key, xmlid in UNITS.items()}
        items = []
        for row in rows:
            record = self._find_product(row, known, problems)
            vals = self._product_vals(row)
            vals.update({name: float(row.get(name)) for name in MEASURES if name in row.values})
            if unit := row.get("uom_id"):
                vals["uom_id"] = ids[unit]
            if material := row.get("material_type"):
                vals["material_type"] = material
            self._check_paper(row, record, problems)
            self._read_cost(row, record, vals, problems)
            if not record:
                vals = {**self._new_vals(units["kg"]), **vals}
            elif not record.material_type:
                self._object(
                    row,
                    "name",
                    self.env._(
                        "%s exists and is no material. Choose another name or code.",
                        record.display_name,
                    ),
                    problems,
                )
            items.append(Item(row, record, vals))
        return items

    def _new_vals(self, kg):
        category = self.env["ir.model.data"]._xmlid_to_res_id("cantoneira_stock.category_materials")
        return {
            "type": "consu",
            "is_storable": True,
            "sale_ok": False,
            "material_type": "kraft_paper",
            "uom_id": kg,
            "categ_id": category,
        }

    def _check_paper(self, row, record, problems):
        """A paper has both measures, and nothing else has them."""
        is_paper = (
            row.get("material_type") or record.material_type or "kraft_paper"
        ) == "kraft_paper"
        for name in ("grammage", "reel_width_mm"):
            if is_paper and name not in row.raw and not record[name]:
                sentence = self.env._("A paper needs its grammage and its width.")
            elif not is_paper and name in row.raw:
                sentence = self.env._("Only a paper has this. Leave the cell empty.")
            else:
                continue
            self._object(row, name, sentence, problems)

    def _read_cost(self, row, record, vals, problems):
        cost = row.get("standard_price")
        if cost is None or (record and float(cost) == record.standard_price):
            return
        if record.has_stock_moves:
            sentence = self.env._(
                "%s has been received already: its cost comes from purchases. Leave the cell empty.",
                record.display_name,
            )
            self._object(row, "standard_price", sentence, problems)
        vals["standard_price"] = float(cost)

    @api.model
    def _apply(self, items):
        self.env["product.product"].create([item.vals for item in items if not item.record])
        self._write_changes(items)

    @api.model
    def _lines(self):
        words = {
            self.env["ir.model.data"]._xmlid_to_res_id(xmlid): key for key, xmlid in UNITS.items()
        }
        products = self.env["product.product"].search(
            [("material_type", "!=", False)], order="material_type, name, id"
        )
        return [
            {
                **{name: product[name] for name in ("default_code", "name", *MEASURES)},
                "material_type": TYPE_WORDS[product.material_type],
                "uom_id": words.get(product.uom_id.id),
                "standard_price": 0
                if product.has_stock_moves
                else round(product.standard_price, 2),
            }
            for product in products
        ]
