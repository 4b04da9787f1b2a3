from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .. import factory_holidays


class LocalHoliday(models.Model):
    """A holiday of the factory's city (or of the company itself), every year on the same day."""

    _name = "cantoneira.local.holiday"
    _description = "Municipal holiday"
    _order = "month, day"

    name = fields.Char(required=True)
    day = fields.Integer(required=True)
    month = fields.Selection(
        [
            ("1", "January"),
            ("2", "February"),
            ("3", "March"),
            ("4", "April"),
            ("5", "May"),
            ("6", "June"),
            ("7", "July"),
            ("8", "August"),
            ("9", "September"),
            ("10", "October"),
            ("11", "November"),
            ("12", "December"),
        ],
        required=True,
    )
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )

    @api.constrains("day", "month")
    def _check_day(self):
        for holiday in self:
            # 2028 has a 29th of February.
            if not factory_holidays.in_year(2028, holiday.day, int(holiday.month)):
                raise ValidationError(
                    self.env._(
                        "%(name)s: there is no day %(day)s in that month.",
                        name=holiday.name,
                        day=holiday.day,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        holidays = super().create(vals_list)
        holidays.company_id._renew_holidays()
        return holidays

    def write(self, vals):
        companies = self.company_id
        result = super().write(vals)
        (companies | self.company_id)._renew_holidays()
        return result

    def unlink(self):
        companies = self.company_id
        result = super().unlink()
        companies._renew_holidays()
        return result
