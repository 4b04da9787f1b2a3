"""Profiles with their recipes: a row for each layer or glue, the profile in the first."""

from odoo import Command, api, models

from odoo.addons.cantoneira_stock.models.product_template import PAPER

from .. import cells
from .import_kind import Column, Item, Problem

MEASURES = (
    "flange_a_mm",
    "flange_b_mm",
    "thickness_mm",
    "metres_per_hour",
    "default_piece_length_mm",
)
LINE = ("material", "layer_count", "grams_per_metre")


class ImportProfile(models.AbstractModel):
    _name = "cantoneira.import.profile"
    _inherit = ["cantoneira.import.kind", "cantoneira.import.product.mixin"]
    _description = "Sheet of profiles and their recipes"

    _title = "Cantoneiras"
    _group = "cantoneira_mrp.group_production_manager"

    @api.model
    def _columns(self):
        two = {"digits": 2}
        code, name = self._product_columns("Cantoneira 50x50x3mm")
        return [
            code,
            # Rows below the first of a profile may leave it out.
            Column(
                name.name,
                name.heading,
                help=f"{name.help}. Vazio: a linha continua a receita da cantoneira de cima.",
                also=name.also,
            ),
            Column("flange_a_mm", "Aba A (mm)", cells.positive, "", two),
            Column("flange_b_mm", "Aba B (mm)", cells.positive, "", two),
            Column("thickness_mm", "Espessura (mm)", cells.positive, "", two),
            Column("metres_per_hour", "Metros por hora", cells.positive, "Produção da linha.", two),
            Column("default_piece_length_mm", "Comprimento usual (mm)", cells.positive, "", two),
            Column(
                "material",
                "Material",
                help="Nome ou código de um papel ou cola já cadastrado. "
                "As linhas de uma cantoneira são a receita inteira.",
            ),
            Column("layer_count", "Camadas", cells.whole, "Só de papel."),
            Column(
                "grams_per_metre",
                "Gramas por metro",
                cells.positive,
                "Só do que não é papel.",
                also=("g/m",),
            ),
        ]

    @api.model
    def _examples(self):
        return [
            {
                "default_code": "CT50",
                "name": "Cantoneira 50x50x3mm",
                "flange_a_mm": 50,
                "flange_b_mm": 50,
                "thickness_mm": 3,
                "metres_per_hour": 1000,
                "default_piece_length_mm": 2500,
                "material": "BK400-70",
                "layer_count": 4,
            },
            {"material": "BB130-160", "layer_count": 1},
            {"material": "COLA", "grams_per_metre": 15},
        ]

    # ------------------------------------------------------------------ reading
    @api.model
    def _items(self, rows, problems):
        groups = self._group_rows(rows, problems)
        first = [group[0] for group in groups]
        known = self._known_products(first, problems)
        materials = self._products({row.get("material") for row in rows})
        found = [(group, self._find_product(group[0], known, problems)) for group in groups]
        items = []
        for group, record in found:
            head = group[0]
            vals = self._product_vals(head)
            vals.update({name: float(head.get(name)) for name in MEASURES if name in head.values})
            before = len(problems)
            lines = [
                self._recipe_line(row, materials, problems) for row in group if self._has_line(row)
            ]
            if record and not record.composite_length:
                sentence = self.env._(
                    "%s exists and is not sold in pieces × length. Choose another name or code.",
                    record.display_name,
                )
                self._object(head, "name", sentence, problems)
            elif not record:
                vals = {**self._new_vals(), **vals}
            if len(problems) > before:
                # One wrong line is a wrong recipe: it is not tried without it.
                self._hold_back(head, problems)
            items.append(Item(head, record, vals, {"lines": lines}))
        return items

    def _group_rows(self, rows, problems):
        """``[[row]]``: a profile's first row and those that continue it."""
        groups = []
        for row in rows:
            named = row.get("default_code") or row.get("name")
            head = groups[-1][0] if groups else None
            if head and (not named or self._is_same(row, head)):
                groups[-1].append(row)
                self._check_repeated(row, head, problems)
            elif row.get("name"):
                groups.append([row])
            else:
                sentence = self.env._("The first row of a profile needs its name.")
                self._object(row, "name", sentence, problems)
        return groups

    def _is_same(self, row, head):
        code, name = row.get("default_code"), row.get("name")
        same_code = not code or code == head.get("default_code")
        return same_code and (not name or cells.plain(name) == cells.plain(head.get("name")))

    def _check_repeated(self, row, head, problems):
        """What a later row says of the profile is what the first said."""
        for name in MEASURES:
            if name in row.values and row.get(name) != head.get(name):
                sentence = self.env._(
                    "Row %s says something else of the same profile. Leave the cell empty.",
                    head.number,
                )
                self._object(row, name, sentence, problems)

    def _hold_back(self, head, problems):
        if not any(problem.row == head.number for problem in problems):
            sentence = self.env._("This profile waits: a row of its recipe is wrong.")
            problems.append(Problem(head.number, "", head.get("name"), sentence))

    def _has_line(self, row):
        return any(name in row.raw for name in LINE)

    def _recipe_line(self, row, materials, problems):
        """``(material, layers, grams)``"""
        none = self.env["product.product"]
        words = row.get("material")
        if not words:
            if "material" not in row.raw:
                self._object(
                    row, "material", self.env._("Which material? Type its name or code."), problems
                )
            return (none, 0, 0.0)
        found = (
            materials.get(f"code:{words}") or materials.get(f"name:{cells.plain(words)}") or none
        )
        if len(found) != 1:
            sentence = (
                self.env._(
                    "There is no material of this name or code. Import the papers first, or correct it."
                )
                if not found
                else self.env._("Several materials are called like this. Type the code of one.")
            )
            self._object(row, "material", sentence, problems)
            return (none, 0, 0.0)
        is_paper = found.material_type == PAPER
        wanted, other = LINE[1:] if is_paper else reversed(LINE[1:])
        if wanted not in row.raw:
            sentence = (
                self.env._("Type how many layers of this paper.")
                if is_paper
                else self.env._("Type how many grams of this go into one metre.")
            )
            self._object(row, wanted, sentence, problems)
        if other in row.raw:
            sentence = (
                self.env._("A paper is counted in layers; its grams follow.")
                if is_paper
                else (self.env._("Only a paper has layers. Type grams per metre."))
            )
            self._object(row, other, sentence, problems)
        return (
            found,
            row.get("layer_count", 0) if is_paper else 0,
            0.0 if is_paper else float(row.get("grams_per_metre", 0)),
        )

    def _new_vals(self):
        ref = self.env["ir.model.data"]._xmlid_to_res_id
        return {
            "type": "consu",
            "is_storable": True,
            "purchase_ok": False,
            "composite_length": True,
            "uom_id": ref("uom.product_uom_meter"),
            "categ_id": ref("cantoneira_mrp.category_profiles"),
        }

    # ------------------------------------------------------------------ writing
    def _changes(self, item):
        return super()._changes(item) or self._recipe_differs(item)

    def _recipe_differs(self, item):
        """Whether the sheet has a recipe, and another one than the profile."""
        if not item.extra["lines"]:
            return False
        return sorted(self._line_keys(item.extra["lines"])) != sorted(
            self._line_keys(self._current_lines(item.record))
        )

    def _line_keys(self, lines):
        return [(material.id, layers, round(grams, 6)) for material, layers, grams in lines]

    def _current_lines(self, product):
        return [
            (line.product_id, line.layer_count, 0.0 if line.is_paper else line.grams_per_metre)
            for line in product.product_tmpl_id._recipe_lines()
        ]

    @api.model
    def _apply(self, items):
        new = [item for item in items if not item.record]
        made = self.env["product.product"].create([item.vals for item in new])
        recipes = [
            (product, item.extra["lines"])
            for product, item in zip(made, new, strict=True)
            if item.extra["lines"]
        ]
        # Compared before anything is written.
        changed = [item for item in items if item.record and self._recipe_differs(item)]
        self._write_changes(items)
        for item in changed:
            template = item.record.product_tmpl_id
            if recipe := template._current_recipe():
                commands = [Command.delete(line.id) for line in recipe.bom_line_ids]
                recipe.write({"bom_line_ids": commands + self._line_commands(item.extra["lines"])})
            else:
                recipes.append((item.record, item.extra["lines"]))
        self.env["mrp.bom"].create(
            [
                {
                    "product_tmpl_id": product.product_tmpl_id.id,
                    "bom_line_ids": self._line_commands(lines),
                }
                for product, lines in recipes
            ]
        )

    def _line_commands(self, lines):
        return [
            Command.create(
                {
                    "product_id": material.id,
                    **({"layer_count": layers} if layers else {"grams_per_metre": grams}),
                }
            )
            for material, layers, grams in lines
        ]

    # ---------------------------------------------------------------- exporting
    @api.model
    def _lines(self):
        products = self.env["product.product"].search(
            [("composite_length", "=", True)], order="name, id"
        )
        lines = []
        for product in products:
            head = {name: product[name] for name in ("default_code", "name", *MEASURES)}
            recipe = [
                {
                    "material": material.default_code or material.name,
                    "layer_count": layers,
                    "grams_per_metre": grams,
                }
                for material, layers, grams in self._current_lines(product)
            ]
            first, *rest = recipe or [{}]
            lines += [{**head, **first}, *rest]
        return lines
