from collections import defaultdict
from numbers import Number

from odoo import api, models

from odoo.addons.cantoneira_stock import arithmetic


class ProductProduct(models.Model):
    _inherit = "product.product"

    # ---------------------------------------------------------------- needs
    def _is_made_to_order(self):
        """Whether an order of this product is made for it, instead of taken from the shelf."""
        self.ensure_one()
        return self.composite_length or self.product_kind == "manufactured"

    def _material_needs(self, metres_by_product, company):
        """Return what has to be at hand to deliver ``metres_by_product``.

        :param dict metres_by_product: ``{product: quantity}`` in the product's unit (metres for
            a profile). A quantity may be a list, one for each order line: every line becomes a
            manufacturing order that is rounded on its own.
        :param company: ``res.company`` whose recipes are taken.
        :return: ``{product.product: quantity}``: kg of every material of what is made to order,
            summed over layers and lines exactly as the manufacturing orders will ask for them,
            and the product itself for what is taken from the shelf or has no recipe.
        :rtype: dict

        One search of recipes for all products, and one for kits among their components.
        """
        needs = defaultdict(arithmetic.Decimal)
        for each in self._needs_by_product(metres_by_product, company).values():
            for material, need in each.items():
                needs[material] += need
        return {product: float(need) for product, need in needs.items()}

    def _needs_by_product(self, metres_by_product, company):
        """The same as :meth:`_material_needs`, apart for each of the products.

        :return: ``{product: {material: Decimal}}``
        """
        made = [p for p in metres_by_product if p._is_made_to_order()]
        boms = self._recipes_of(made, company)
        kits = self._kits_in(boms, company)
        needs = {}
        for product, quantity in metres_by_product.items():
            bom = boms.get(product)
            own = needs[product] = defaultdict(arithmetic.Decimal)
            for each in [quantity] if isinstance(quantity, Number) else quantity:
                if not bom:
                    own[product] += arithmetic.exact(each)
                    continue
                for material, need in product._recipe_needs(bom, each, kits):
                    own[material] += need
        return needs

    def _recipes_of(self, products, company):
        """``{product: mrp.bom}`` that production in ``company`` takes for ``products``."""
        products = self.concat(*products)
        return self.env["mrp.bom"]._bom_find(products, company_id=company.id, bom_type="normal")

    def _kits_in(self, boms, company):
        """Kits among the components of ``boms``: core explodes them further."""
        components = self.concat(*(bom.bom_line_ids.product_id for bom in boms.values()))
        return self.env["mrp.bom"]._bom_find(components, company_id=company.id, bom_type="phantom")

    def _recipe_needs(self, bom, quantity, kits):
        """Yield ``(material, Decimal)`` in the material's unit for ``quantity`` of this product."""
        units = self.uom_id._compute_quantity(quantity, bom.product_uom_id, round=False)
        factor = units / bom.product_qty
        if any(line.product_id in kits for line in bom.bom_line_ids):
            lines = [(line, data["qty"]) for line, data in bom.explode(self, factor)[1]]
        else:
            wanted = bom.bom_line_ids.filtered(lambda line: not line._skip_bom_line(self))
            lines = [(line, line._need(factor)) for line in wanted]
        for line, need in lines:
            material = line.product_id
            if material.type == "consu":
                own = line.product_uom_id._compute_quantity(
                    need, material.uom_id, rounding_method="HALF-UP"
                )
                yield material, arithmetic.exact(own)

    # ---------------------------------------------------------------- can it be made?
    def _manufacture_problem(self, warehouse):
        """Say why an order of this product would not be manufactured, False when it would.

        Odoo itself says nothing: a profile without route is delivered from nothing.
        """
        self.ensure_one()
        return self._manufacture_problems(warehouse).get(self, False)

    def _manufacture_problems(self, warehouse):
        """Return ``{product: sentence}`` for those of ``self`` that would not be manufactured.

        :param warehouse: ``stock.warehouse`` that would deliver. Products that are not made to
            order are never in the result. Routes are followed once for each set of routes.
        """
        problems, verdicts = {}, {}
        made = self.filtered(lambda product: product._is_made_to_order())
        boms = self._recipes_of(made, warehouse.company_id)
        for product in made:
            if not boms.get(product, self.env["mrp.bom"]).bom_line_ids:
                problems[product] = product._no_recipe_sentence()
                continue
            routes = product.route_ids | product.categ_id.total_route_ids
            if routes not in verdicts:
                verdicts[routes] = product._is_made_by_routes(warehouse)
            if not verdicts[routes]:
                problems[product] = product._no_route_sentence(warehouse)
        return problems

    def _is_made_by_routes(self, warehouse):
        """Follow the rules as a procurement would, from the customer back to production."""
        Rule = self.env["stock.rule"]
        location = self.env["stock.location"].browse(
            self.env["ir.model.data"]._xmlid_to_res_id("stock.stock_location_customers")
        )
        seen = Rule
        while location:
            rule = Rule._get_rule(self, location, {"warehouse_id": warehouse})
            if rule.action == "manufacture":
                return True
            follows = rule.action in ("pull", "pull_push") and rule not in seen
            if not follows or rule.procure_method != "make_to_order":
                return False
            seen |= rule
            location = rule.location_src_id
        return False

    def _no_recipe_sentence(self):
        return self.env._(
            "%(product)s has no recipe, so it cannot be manufactured. Fill its recipe on the "
            "profile.",
            product=self.display_name,
        )

    def _no_route_sentence(self, warehouse):
        mto = self.env.ref("stock.route_warehouse0_mto", raise_if_not_found=False)
        values = {
            "product": self.display_name,
            "category": self.categ_id.display_name or "",
            "route": mto.name if mto else "MTO",
            "warehouse": warehouse.display_name,
        }
        if mto and not mto.active:
            return self.env._(
                "%(product)s would not be manufactured: the route “%(route)s” is archived. "
                "Unarchive it.",
                **values,
            )
        if mto and mto not in self.route_ids | self.categ_id.total_route_ids:
            return self.env._(
                "%(product)s would not be manufactured: neither it nor its category "
                "“%(category)s” has the route “%(route)s”. Make the category one of manufactured "
                "products.",
                **values,
            )
        return self.env._(
            "%(product)s would not be manufactured: no rule of the warehouse %(warehouse)s makes "
            "it. Tick “Manufacture to Resupply” on the warehouse.",
            **values,
        )

    # ---------------------------------------------------------------- standard cost
    @api.model_create_multi
    def create(self, vals_list):
        """A profile created with its recipe costs something at once: lines come before variants.

        Guarded by ``test_typed_on_the_profile``.
        """
        products = super().create(vals_list)
        products.filtered("recipe_line_ids")._refresh_standard_cost()
        return products

    def write(self, vals):
        """A material's new cost reaches the profiles made of it. See ``test_recipe_cost``."""
        result = super().write(vals)
        if "standard_price" in vals:
            # sudo: costs only follow; whoever receives paper need not be allowed to edit profiles.
            lines = (
                self.env["mrp.bom.line"]
                .sudo()
                .search([("product_id", "in", self.ids), ("recipe_tmpl_id", "!=", False)])
            )
            lines.recipe_tmpl_id._refresh_standard_cost()
        return result

    def _refresh_standard_cost(self):
        """Set the standard cost of these products from their recipes, where it differs.

        In the current company; products valued otherwise than at standard cost are left alone.
        """
        # Whatever brought the new cost of a material, this is a revaluation with its record.
        products = self.with_context(disable_auto_revaluation=False).filtered(
            lambda product: product.cost_method == "standard"
        )
        boms = self._recipes_of(products, self.env.company)
        digits = 6
        for product in products:
            if not (bom := boms.get(product)):
                continue
            cost = float(arithmetic.round_half_up(product._compute_bom_price(bom), digits))
            if product.standard_price != cost:
                product.standard_price = cost

    @api.model
    def _cron_refresh_standard_cost(self):
        """Standard costs of all profiles in all companies: a cost is of one company."""
        for company in self.env["res.company"].search([]):
            profiles = self.with_company(company).search(
                [
                    ("composite_length", "=", True),
                    ("company_id", "in", (False, company.id)),
                ]
            )
            profiles._refresh_standard_cost()

    # ---------------------------------------------------------------- still needed
    def _archive_blockers(self):
        """A material of an active recipe is needed by it. Guarded by ``test_used_paper``."""
        blockers = super()._archive_blockers()
        # sudo: recipes of companies the user is not in need their paper as well.
        lines = (
            self.env["mrp.bom.line"]
            .sudo()
            .search([("product_id", "in", self.ids), ("bom_id.active", "=", True)])
        )
        for product, used in lines.grouped("product_id").items():
            names = sorted(set(used.bom_id.mapped("display_name")))
            blockers.setdefault(self.browse(product.id), []).append(
                self.env._(
                    "it is in the recipes of %(recipes)s; take it out of them first",
                    recipes=self._name_some(names),
                )
            )
        return blockers
