"""What happened on one day, on one page: for whom runs the factory."""

from datetime import UTC, datetime, time, timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_date

from odoo.addons.cantoneira_stock.tools import format_number

from ..report.result_report import COST_GROUP

#: So many rows of each table fit on one page; what does not is one row more that says how much.
ROWS = {"orders": 20, "running": 4, "stops": 6, "scrap": 4, "materials": 11, "late": 5}


class DailyReport(models.TransientModel):
    """The day to print. What it says is asked once for the page, whatever the orders are."""

    _name = "cantoneira.daily.report"
    _description = "Daily production report"

    date = fields.Date(
        "Day", required=True, default=lambda self: self._default_date(), help="Of your time zone."
    )
    machine_ids = fields.Many2many("mrp.workcenter", string="Lines", help="Empty: all of them.")
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )

    @api.model
    def _default_date(self):
        """Today; before noon the day before, of which people then ask."""
        now = fields.Datetime.context_timestamp(self, fields.Datetime.now())
        return now.date() if now.hour >= 12 else now.date() - timedelta(days=1)

    @api.constrains("date")
    def _check_date(self):
        """A page of tomorrow would say that nothing was made."""
        today = fields.Date.context_today(self)
        for report in self.filtered(lambda report: report.date > today):
            raise ValidationError(
                self.env._(
                    "%(day)s is still to come. Choose today, or a day before.",
                    day=format_date(self.env, report.date),
                )
            )

    def action_print(self):
        return self.env.ref("cantoneira_results.action_report_daily").report_action(self)

    def _file_name(self):
        return self.env._("Production of %(day)s", day=self.date)

    # ---------------------------------------------------------------- the page
    def _page(self):
        """All that the page says; values only for who sees costs."""
        self.ensure_one()
        made = self._made()
        lines = self._lines(made)
        return {
            "sees_cost": self.env.user.has_group(COST_GROUP),
            "lines": lines,
            "more": len(made) - sum(len(line["rows"]) for line in lines),
            "total": self._totals(made),
            "stops": self._stops(),
            "scrap": self._scrap(),
            "materials": self._materials(),
            "late": self._late(),
            "running": self._running(),
        }

    def _is_empty(self):
        return not self._made() and not self._stops()["rows"]

    def _span(self):
        """The day in naive UTC: from the user's midnight until the next."""
        zone = self.env.tz
        return tuple(
            zone.localize(datetime.combine(day, time.min)).astimezone(UTC).replace(tzinfo=None)
            for day in (self.date, self.date + timedelta(days=1))
        )

    def _domain(self, date):
        start, end = self._span()
        return [(date, ">=", start), (date, "<", end), *self._where()]

    def _where(self):
        domain = [("company_id", "=", self.company_id.id)]
        if self.machine_ids:
            domain.append(("machine_id", "in", self.machine_ids.ids))
        return domain

    # ---------------------------------------------------------------- orders made
    def _made(self):
        rows = self.env["cantoneira.productivity.report"].search(self._domain("date"))
        return rows.sorted(lambda row: (row.machine_id.sequence, row.machine_id.id, row.date))

    def _made_label(self, row):
        """``153 × 2,200``: pieces made and their length in mm, as people read numbers."""
        length = row.production_id.piece_length_mm
        return f"{format_number(self.env, row.piece_qty, 0)} × {format_number(self.env, length, 2)}"

    def _lines(self, made):
        """Each line with its orders, as far as they fit, and its own total."""
        machines, lines = made.grouped("machine_id"), []
        # A line's own total is a row too.
        left = max(0, ROWS["orders"] - len(machines))
        for machine, rows in machines.items():
            lines.append(
                {
                    "name": machine.name or self.env._("No line"),
                    "rows": rows[:left],
                    "total": self._totals(rows),
                }
            )
            left = max(0, left - len(rows))
        return lines

    def _totals(self, rows):
        """Sums, and what is divided after it is added up."""
        timed = rows.filtered("productive_hours")
        hours = sum(timed.mapped("productive_hours"))
        metres = sum(timed.mapped("metres"))
        standard = sum(timed.mapped("standard_hours"))
        return {
            "orders": len(rows),
            "pieces": sum(rows.mapped("piece_qty")),
            "metres": sum(rows.mapped("metres")),
            "hours": hours,
            "stopped": sum(rows.mapped("stopped_hours")),
            "changes": sum(rows.mapped("setup_count")),
            "scrapped": sum(rows.mapped("scrapped_pieces")),
            "speed": metres / hours if hours else None,
            "standard": metres / standard if standard else None,
            "efficiency": 100 * standard / hours if hours else None,
        }

    # ---------------------------------------------------------------- stops, scrap, materials
    def _first(self, name, rows):
        """The first rows, and how many there are besides."""
        return {"rows": rows[: ROWS[name]], "more": max(0, len(rows) - ROWS[name])}

    def _stops(self):
        """Hours of the day by reason: only those that lie in it, of pauses still going on too."""
        start, end = self._span()
        now = min(end, fields.Datetime.now())
        stops = self.env["cantoneira.production.stop"].search(
            [
                *("&", ("date_start", "<", end)),
                *("|", ("date_end", "=", False), ("date_end", ">", start)),
                *self._where(),
            ]
        )
        rows = []
        for reason, group in stops.grouped("reason_id").items():
            spans = [min(stop.date_end or now, end) - max(stop.date_start, start) for stop in group]
            hours = sum(max(span.total_seconds(), 0) for span in spans) / 3600
            rows.append({"name": reason.name, "count": len(group), "hours": hours})
        rows.sort(key=lambda row: -row["hours"])
        return {**self._first("stops", rows), "hours": sum(row["hours"] for row in rows)}

    def _scrap(self):
        found = self.env["cantoneira.production.scrap"]._read_group(
            self._domain("date"), ["reason_id"], ["piece_qty:sum", "metres:sum"]
        )
        rows = [
            {"name": reason.name, "pieces": pieces, "metres": metres}
            for reason, pieces, metres in sorted(found, key=lambda row: -row[1])
        ]
        return {**self._first("scrap", rows), "pieces": sum(row["pieces"] for row in rows)}

    def _materials(self):
        names = ["planned_kg", "consumed_kg", "difference_kg"]
        if self.env.user.has_group(COST_GROUP):
            names.append("difference_value")
        found = self.env["cantoneira.material.report"]._read_group(
            self._domain("date"), ["material_id"], [f"{name}:sum" for name in names]
        )
        rows = [
            {"name": material.name, **dict(zip(names, sums, strict=True))}
            for material, *sums in found
        ]
        rows.sort(key=lambda row: -abs(row["difference_kg"] or 0))
        total = {name: sum(row[name] or 0 for row in rows) for name in names}
        return {**self._first("materials", rows), "total": total}

    # ---------------------------------------------------------------- as it stands now
    def _late(self):
        """Orders whose promised day is over, the latest first; as it stands when printed."""
        report = self.env["cantoneira.punctuality.report"]
        domain = [("state", "=", "overdue"), ("company_id", "=", self.company_id.id)]
        rows = report.search(domain, order="promised_date, id", limit=ROWS["late"])
        return {"rows": rows, "more": report.search_count(domain) - len(rows)}

    def _running(self):
        """What the lines are making, when the day is today."""
        report = self.env["cantoneira.progress.report"]
        if self.date != fields.Date.context_today(self):
            return report
        return report.search([("state", "!=", "waiting"), *self._where()], limit=ROWS["running"])
