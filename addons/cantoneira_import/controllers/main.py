"""Templates and exports as files."""

from odoo import http
from odoo.exceptions import AccessError
from odoo.http import content_disposition, request
from odoo.tools import str2bool

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class ImportController(http.Controller):
    @http.route("/cantoneira/sheet/<string:kind>", type="http", auth="user", readonly=True)
    def sheet(self, kind, template="1"):
        """The template of ``kind``, or with ``template=0`` everything there is."""
        wizard = request.env["cantoneira.import"]
        sheets = wizard._kind_model(kind)
        if sheets is None:
            raise request.not_found()
        try:
            sheets._check_role()
        except AccessError as refusal:
            return request.make_response(str(refusal), status=403)
        is_template = str2bool(template, default=True)
        content = sheets._template() if is_template else sheets._export()
        name = f"modelo-{sheets._title}.xlsx" if is_template else f"{sheets._title}.xlsx"
        return request.make_response(
            content,
            headers=[
                ("Content-Type", XLSX),
                ("Content-Disposition", content_disposition(name)),
                ("Cache-Control", "no-store"),
            ],
        )
