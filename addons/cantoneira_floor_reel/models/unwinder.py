from odoo import api, fields, models
from odoo.exceptions import UserError


class Unwinder(models.Model):
    """A place of a production line on which a reel turns."""

    _name = "cantoneira.unwinder"
    _description = "Unwinder"
    _order = "machine_id, sequence, id"

    machine_id = fields.Many2one(
        "mrp.workcenter", "Production line", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="machine_id.company_id", store=True, index=True)
    sequence = fields.Integer(default=1000)
    active = fields.Boolean(default=True)
    name = fields.Char(
        "Called", translate=True, help="Empty: its number, from the first of the line on."
    )
    number = fields.Integer(compute="_compute_number")
    mount_ids = fields.One2many("cantoneira.reel.mount", "unwinder_id", "Reels so far")
    mount_id = fields.Many2one("cantoneira.reel.mount", "Mounted", compute="_compute_mount_id")
    lot_id = fields.Many2one("stock.lot", "Reel", compute="_compute_mount_id")

    @api.depends("machine_id.unwinder_ids.sequence")
    def _compute_number(self):
        """Those that are archived keep their number: the others must not change theirs.

        Assigned to ``self`` alone: what a compute gives to others is written, and an operator may
        not write unwinders.
        """
        numbers = {
            unwinder: number
            for machine in self.machine_id.with_context(active_test=False)
            for number, unwinder in enumerate(machine.unwinder_ids, 1)
        }
        for unwinder in self:
            unwinder.number = numbers.get(unwinder, 0)

    @api.depends("name", "number")
    def _compute_display_name(self):
        for unwinder in self:
            unwinder.display_name = unwinder.name or self.env._(
                "Unwinder %(number)s", number=unwinder.number
            )

    @api.depends("mount_ids.date_end")
    def _compute_mount_id(self):
        open_mounts = self.env["cantoneira.reel.mount"].search(
            [("unwinder_id", "in", self.ids), ("date_end", "=", False)]
        )
        mounted = {mount.unwinder_id: mount for mount in open_mounts}
        for unwinder in self:
            unwinder.mount_id = mounted.get(unwinder._origin or unwinder)
            unwinder.lot_id = unwinder.mount_id.lot_id

    @api.constrains("active")
    def _check_empty(self):
        for unwinder in self.filtered(lambda unwinder: not unwinder.active and unwinder.mount_id):
            raise UserError(unwinder._still_holds())

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        for unwinder in self.filtered("mount_ids"):
            if unwinder.mount_id:
                raise UserError(unwinder._still_holds())
            raise UserError(
                self.env._(
                    "%(unwinder)s of %(machine)s has a history of reels. Archive it instead.",
                    unwinder=unwinder.display_name,
                    machine=unwinder.machine_id.name,
                )
            )

    def _still_holds(self):
        return self.env._(
            "%(unwinder)s holds the reel %(reel)s. Weigh it back first.",
            unwinder=self.display_name,
            reel=self.mount_id.lot_id.name,
        )
