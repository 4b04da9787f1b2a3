"""Rows that name a product."""

from odoo import models

from .. import cells
from .import_kind import Column


class ImportProductMixin(models.AbstractModel):
    """Rows that name a product: by its code, else by its exact name."""

    _name = "cantoneira.import.product.mixin"
    _description = "Sheet of products"

    def _product_columns(self, example):
        return [
            Column(
                "default_code",
                "Código",
                help="Seu código. Já cadastrado: atualiza em vez de criar.",
                also=("Referência interna",),
            ),
            Column(
                "name",
                "Nome",
                required=True,
                help=f"Por exemplo {example}",
                also=("Produto", "Descrição"),
            ),
        ]

    def _product_vals(self, row):
        return {name: row.get(name) for name in ("default_code", "name") if row.get(name)}

    def _products(self, names):
        """``{"code:…" or "name:…": products}`` of all that have one of these codes or names."""
        wanted = {cells.plain(name) for name in names if name}
        # All of them, two columns of each: a name typed in capitals is the same name.
        everything = self.env["product.product"].search_fetch([], ["default_code", "name"])
        found = everything.filtered(
            lambda p: cells.plain(p.name) in wanted or cells.plain(p.default_code or "") in wanted
        )
        # From here on only these are read.
        found = found.with_prefetch(found.ids)
        known = {}
        for product in found:
            for key in (f"code:{product.default_code}", f"name:{cells.plain(product.name)}"):
                known[key] = known.get(key, found.browse()) | product
        return known

    def _known_products(self, rows, problems):
        keyed = [
            (
                row.get("default_code") or cells.plain(row.get("name")),
                row,
                "default_code" if row.get("default_code") else "name",
            )
            for row in rows
            if row.get("name")
        ]
        self._check_twice(keyed, problems)
        return self._products({row.get(name) for row in rows for name in ("default_code", "name")})

    def _find_product(self, row, known, problems):
        """The product of ``row``: by its code, else by its name where that has no other code."""
        none = self.env["product.product"]
        code, name = row.get("default_code"), cells.plain(row.get("name") or "")
        found = known.get(f"code:{code}", none) if code else none
        if not found:
            by_name = known.get(f"name:{name}", none)
            found = by_name.filtered(lambda product: not (code and product.default_code))
        if len(found) > 1:
            sentence = self.env._(
                "There are %(count)s products like this: %(names)s. Give them codes and type the "
                "code of the one that is meant.",
                count=len(found),
                names=", ".join(found[:3].mapped("display_name")),
            )
            self._object(row, "default_code" if code else "name", sentence, problems)
        return found[:1]
