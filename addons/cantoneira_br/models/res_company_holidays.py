"""Holidays of a Brazilian company, as ordinary days off of all its calendars."""

from datetime import datetime, time

import pytz

from odoo import api, fields, models

from .. import factory_holidays

#: This year and so many more are always there.
YEARS_AHEAD = 2
TIME_ZONE = "America/Sao_Paulo"


class ResCompany(models.Model):
    _inherit = "res.company"

    customary_holidays = fields.Boolean(
        "Carnival and Corpus Christi are holidays",
        default=True,
        help="The law leaves them to each company; banks and most factories close.",
    )
    holidays_until = fields.Integer(
        "Holidays until", readonly=True, help="The last year whose holidays were made."
    )

    def _make_holidays(self, first, last):
        """Make the holidays of these years; days that are there already stay as they are."""
        for company in self:
            # sudo: the law makes holidays, whoever changes the company's address.
            leaves = self.env["resource.calendar.leaves"].sudo().with_company(company)
            known = set(
                leaves.search(
                    [("company_id", "=", company.id), ("holiday_date", "!=", False)]
                ).mapped("holiday_date")
            )
            leaves.create(
                [
                    company._holiday_values(day, day_off)
                    for year in range(first, last + 1)
                    for day, day_off in company._holidays_of(year).items()
                    if day not in known
                ]
            )
            company.holidays_until = max(company.holidays_until, last)

    def _holidays_of(self, year):
        """``{date: DayOff}`` of the country, the company's state and its own list."""
        self.ensure_one()
        found = factory_holidays.of_year(year, self.state_id.code or "", self.customary_holidays)
        # sudo: whose rights ever make the holidays, the company's list is part of them.
        typed = self.env["cantoneira.local.holiday"].sudo()
        for holiday in typed.search([("company_id", "=", self.id)]):
            day = factory_holidays.in_year(year, holiday.day, int(holiday.month))
            if day and day not in found:
                found[day] = factory_holidays.DayOff(holiday.name, factory_holidays.Kind.MUNICIPAL)
        return found

    def _holiday_values(self, day, day_off):
        zone = pytz.timezone(self.resource_calendar_id.tz or TIME_ZONE)
        start, end = (
            zone.localize(datetime.combine(day, moment)).astimezone(pytz.utc).replace(tzinfo=None)
            for moment in (time.min, time(23, 59, 59))
        )
        return {
            "name": day_off.name,
            "holiday_date": day,
            "holiday_kind": str(day_off.kind),
            "company_id": self.id,
            "calendar_id": False,
            "date_from": start,
            "date_to": end,
        }

    def _renew_holidays(self):
        """Make the holidays to come again, after another state or another municipal holiday."""
        today = fields.Date.today()
        for company in self:
            # sudo: they are what the settings and the list of municipal holidays say.
            self.env["resource.calendar.leaves"].sudo().search(
                [("company_id", "=", company.id), ("holiday_date", ">=", today)]
            ).unlink()
            company.sudo()._make_holidays(today.year, today.year + YEARS_AHEAD)

    def write(self, vals):
        """Another habit or another state has other holidays. Guarded by ``test_holidays``."""
        result = super().write(vals)
        if {"customary_holidays", "state_id"} & vals.keys():
            self.filtered("holidays_until")._renew_holidays()
        return result

    @api.model
    def _cron_make_holidays(self):
        """Next year's holidays, in time; who deleted one of a year made before is not asked again."""
        last = fields.Date.today().year + YEARS_AHEAD
        for company in self.search([("partner_id.country_id.code", "=", "BR")]):
            first = company.holidays_until + 1 if company.holidays_until else last - YEARS_AHEAD
            if first <= last:
                company._make_holidays(first, last)
