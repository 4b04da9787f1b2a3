from odoo import fields, models

BUYER_GROUP = "cantoneira_purchase.group_buyer"


class ResCompany(models.Model):
    _inherit = "res.company"

    stock_buyer_id = fields.Many2one(
        "res.users",
        "Buyer",
        help="Who is told when a material falls to its minimum. Empty: the first with the role "
        "Purchases.",
    )
    stock_digest = fields.Boolean(
        "Daily e-mail of low stock",
        default=True,
        help="What is low or critical, once a day, to everybody with the role Purchases.",
    )
    cost_change_percent = fields.Float(
        "Cost change to decide (%)",
        digits=(16, 2),
        default=0.5,
        help="A receipt that changes the average cost of a paper by more asks what to do with the "
        "prices.",
    )

    def _people(self, group):
        """Users with the role in this company; who administers the system comes last."""
        self.ensure_one()
        # sudo: whom to tell is asked by whoever receives or counts.
        users = (
            self.env.ref(group)
            .sudo()
            .all_user_ids.filtered(lambda user: user.active and self in user.company_ids)
        )
        system = self.env.ref("base.user_root") | self.env.ref("base.user_admin")
        return users.sorted(lambda user: (user in system, user.id)) - self.env.ref("base.user_root")

    def _stock_buyer(self):
        """Who buys, or nobody."""
        # sudo: a setting of the company, read when stock falls by whoever takes it.
        return self.sudo().stock_buyer_id or self._people(BUYER_GROUP)[:1]
