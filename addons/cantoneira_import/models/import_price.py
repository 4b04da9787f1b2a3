"""Sales prices: of the product itself, or in a price list from a quantity on."""

from odoo import api, models

from .. import cells
from .import_kind import Column, Item


class ImportPrice(models.AbstractModel):
    _name = "cantoneira.import.price"
    _inherit = ["cantoneira.import.kind", "cantoneira.import.product.mixin"]
    _description = "Sheet of prices"

    _title = "Preços"
    _group = "cantoneira_sale.group_sales_manager"

    @api.model
    def _columns(self):
        code, name = self._product_columns("Cantoneira 50x50x3mm")
        price = {"digits": self.env["decimal.precision"].precision_get("Product Price")}
        return [
            Column(
                code.name, code.heading, help="Código do produto já cadastrado.", also=code.also
            ),
            Column(
                name.name, name.heading, help="Se não houver código: o nome exato.", also=name.also
            ),
            Column(
                "price",
                "Preço (R$)",
                cells.positive,
                "Por metro de cantoneira, por unidade do resto: 8,50. Vazio: não muda.",
                price,
            ),
            Column("pricelist", "Tabela de preços", help="Vazio: o preço do próprio produto."),
            Column(
                "min_quantity",
                "A partir de",
                cells.number,
                "Só com tabela: metros ou unidades a partir dos quais o preço vale.",
            ),
        ]

    @api.model
    def _examples(self):
        return [
            {"default_code": "CT50", "name": "Cantoneira 50x50x3mm", "price": 8},
            {"name": "Fita adesiva 48mm x 100m", "price": 15.5},
        ]

    # ------------------------------------------------------------------ reading
    @api.model
    def _items(self, rows, problems):
        known = self._products({row.get(name) for row in rows for name in ("default_code", "name")})
        lists = self._price_lists()
        items, keyed = [], []
        for row in rows:
            product = self._priced_product(row, known, problems)
            listed = self._price_list(row, lists, problems)
            quantity = float(row.get("min_quantity", 0))
            if product and listed is not None:
                column = "default_code" if row.get("default_code") else "name"
                keyed.append(((product.id, listed.id, quantity), row, column))
                items.append((row, product, listed, quantity))
        self._check_twice(keyed, problems)
        rules = self._rules({product for _r, product, _l, _q in items}, items)
        return [self._price_item(*found, rules) for found in items]

    def _priced_product(self, row, known, problems):
        if not (row.get("default_code") or row.get("name")):
            self._object(
                row, "name", self.env._("Which product? Type its code or its name."), problems
            )
            return self.env["product.product"]
        product = self._find_product(row, known, problems)
        if not product or not product.sale_ok:
            sentence = (
                self.env._("%s is not sold: it has no sales price.", product.display_name)
                if product
                else self.env._(
                    "There is no product of this code or name. Prices create none: correct it."
                )
            )
            self._object(
                row, "default_code" if row.get("default_code") else "name", sentence, problems
            )
        return product

    def _price_lists(self):
        lists = self.env["product.pricelist"].search([])
        return {cells.plain(found.name): found for found in lists}

    def _price_list(self, row, lists, problems):
        """The price list that ``row`` names, an empty one for none, None for an unknown one."""
        words = row.get("pricelist")
        if not words:
            if row.get("min_quantity"):
                sentence = self.env._("Only a price list has prices from a quantity on. Name it.")
                self._object(row, "min_quantity", sentence, problems)
            return self.env["product.pricelist"]
        found = lists.get(cells.plain(words))
        if not found:
            sentence = self.env._(
                "There is no price list of this name. Make it first, or leave the cell empty."
            )
            self._object(row, "pricelist", sentence, problems)
        return found

    def _rules(self, products, items):
        """``{(template, price list, quantity): rule}`` without dates, in one query."""
        lists = {listed.id for _r, _p, listed, _q in items if listed}
        rules = self.env["product.pricelist.item"].search(
            [
                ("pricelist_id", "in", list(lists)),
                ("product_tmpl_id", "in", [product.product_tmpl_id.id for product in products]),
                ("product_id", "=", False),
                ("compute_price", "=", "fixed"),
                ("date_start", "=", False),
                ("date_end", "=", False),
            ]
        )
        return {
            (rule.product_tmpl_id.id, rule.pricelist_id.id, round(rule.min_quantity, 6)): rule
            for rule in rules
        }

    def _price_item(self, row, product, listed, quantity, rules):
        # sudo: the role of this sheet sets prices, and core lets nobody set them who may not
        # change the whole product. Only list_price is written, on products that were found as
        # the user.
        template, price = product.product_tmpl_id.sudo(), row.get("price")
        if price is None:
            return Item(row, template, {})
        if not listed:
            return Item(row, template, {"list_price": float(price)})
        key = (template.id, listed.id, round(quantity, 6))
        rule = rules.get(key, self.env["product.pricelist.item"])
        vals = {"fixed_price": float(price)}
        if not rule:
            vals |= {
                "pricelist_id": listed.id,
                "applied_on": "1_product",
                "product_tmpl_id": template.id,
                "compute_price": "fixed",
                "min_quantity": quantity,
            }
        return Item(row, rule, vals)

    @api.model
    def _apply(self, items):
        self.env["product.pricelist.item"].create([item.vals for item in items if not item.record])
        for model in ("product.template", "product.pricelist.item"):
            self._write_changes([i for i in items if i.record._name == model])

    # ---------------------------------------------------------------- exporting
    @api.model
    def _lines(self):
        products = self.env["product.product"].search(
            [("sale_ok", "=", True), ("product_kind", "!=", False)], order="name, id"
        )
        lines = [
            {"default_code": p.default_code, "name": p.name, "price": p.list_price}
            for p in products
        ]
        rules = self.env["product.pricelist.item"].search(
            [
                ("product_tmpl_id", "in", products.product_tmpl_id.ids),
                ("product_id", "=", False),
                ("compute_price", "=", "fixed"),
                ("date_start", "=", False),
                ("date_end", "=", False),
                ("pricelist_id.active", "=", True),
            ],
            order="pricelist_id, product_tmpl_id, min_quantity",
        )
        lines += [
            {
                "default_code": rule.product_tmpl_id.default_code,
                "name": rule.product_tmpl_id.name,
                "price": rule.fixed_price,
                "pricelist": rule.pricelist_id.name,
                "min_quantity": rule.min_quantity,
            }
            for rule in rules
        ]
        return lines
