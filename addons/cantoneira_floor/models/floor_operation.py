"""What an operator did once is done once, however often the tablet sends it."""

from odoo import api, fields, models


class FloorOperation(models.Model):
    """The keys under which tablets sent what was done; a key belongs to one tap of a finger."""

    _name = "cantoneira.floor.operation"
    _description = "Operation sent by a tablet"
    _rec_name = "key"

    key = fields.Char(required=True, readonly=True)
    action = fields.Char(required=True, readonly=True)
    production_id = fields.Many2one(
        "mrp.production", required=True, readonly=True, ondelete="cascade", index=True
    )

    _key_unique = models.UniqueIndex("(key)")

    @api.model
    def _claim(self, key, action, production):
        """Return whether this transaction is the first with ``key``, and the key's row.

        Inserted before anything else is done: the same key sent twice at once waits here, and
        then sees the row or, in its older snapshot, is run again by Odoo.
        """
        self.env.cr.execute(
            """
            INSERT INTO cantoneira_floor_operation
                        (key, action, production_id, create_uid, create_date)
                 VALUES (%(key)s, %(action)s, %(order)s, %(user)s, now() AT TIME ZONE 'UTC')
            ON CONFLICT (key) DO NOTHING
              RETURNING id
            """,
            {"key": key, "action": action, "order": production.id, "user": self.env.uid},
        )
        if row := self.env.cr.fetchone():
            return True, self.browse(row[0])
        return False, self.search([("key", "=", key)])
