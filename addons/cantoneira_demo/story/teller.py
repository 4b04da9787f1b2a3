"""Who does what, and when."""

from datetime import datetime, time, timedelta

import pytz

from odoo import fields
from odoo.tools import SQL

TIME_ZONE = "America/Sao_Paulo"
SATURDAY = 5
#: Working days from today; nothing in the story is older.
FIRST_DAY = -40


class Teller:
    """Gives the story its people, its days and its things."""

    def __init__(self, env):
        self._env = env
        self._people = {}
        zone = pytz.timezone(TIME_ZONE)
        self.today = datetime.now(zone).date()

    def ref(self, name, env=None):
        """The record that the data files call ``name``."""
        return (env or self._env).ref(f"cantoneira_demo.{name}")

    def env_of(self, login):
        """The environment in which ``login`` works: their rights, in Portuguese."""
        if login not in self._people:
            user = self.ref(f"user_{login}")
            context = {
                "lang": user.lang,
                "tz": user.tz,
                "allowed_company_ids": user.company_ids.ids,
                # A story is no news: nobody is notified, nothing is sent.
                "tracking_disable": True,
                "mail_notify_force_send": False,
                "skip_sms": True,
            }
            self._people[login] = self._env(user=user.id, su=False, context=context)
        return self._people[login]

    # -------------------------------------------------------------------- days
    def date(self, workdays):
        """The date that many working days from today; negative ones are past."""
        step = timedelta(days=1 if workdays > 0 else -1)
        day = self.today
        while workdays or day.weekday() >= SATURDAY:
            day += step
            if day.weekday() < SATURDAY and workdays:
                workdays += -1 if workdays > 0 else 1
        return day

    def moment(self, workdays, hour=9, minute=0):
        """A time of day at the factory, as Odoo stores it (UTC, naive).

        What is past is past: a time later than now becomes now.
        """
        local = datetime.combine(self.date(workdays), time(hour, minute))
        stored = pytz.timezone(TIME_ZONE).localize(local).astimezone(pytz.utc).replace(tzinfo=None)
        return min(stored, fields.Datetime.now()) if workdays <= 0 else stored

    def settle(self):
        """Let everything so far be computed, as between one day and the next."""
        self._env.flush_all()

    def begin(self):
        """The catalogue is older than the story.

        A cost is valid from its date on, and a new product has one of zero from the moment of
        its creation, which is after the receipts that the story dates back.
        """
        products = self._env["ir.model.data"].search(
            [("module", "=", "cantoneira_demo"), ("model", "=", "product.product")]
        )
        costs = self._env["product.value"].search([("product_id", "in", products.mapped("res_id"))])
        costs.date = self.moment(FIRST_DAY)

    def date_back(self):
        """Give the story's orders the day on which they were made.

        The lists show the creation date, which nobody can write: hence SQL.
        """
        self.settle()
        people = [env.uid for env in self._people.values()]
        for table in ("sale_order", "purchase_order"):
            self._env.cr.execute(
                SQL(
                    "UPDATE %s SET create_date = date_order WHERE create_uid = ANY(%s)",
                    SQL.identifier(table),
                    people,
                )
            )
        self._env.invalidate_all()
