"""What a phone's own camera opens when it reads a label."""

from werkzeug.urls import url_quote

from odoo import http
from odoo.http import request


class PalletPage(http.Controller):
    @http.route(
        "/cantoneira/pallet/<string:code>",
        type="http",
        auth="public",
        methods=["GET"],
        sitemap=False,
    )
    def pallet(self, code):
        """Lead who is logged in to the gate, and show others next to nothing, if anything.

        Without login a valid code of a company that allows it shows the order's number and
        pallet n of N; everybody else is asked to log in, whatever the code. Reading changes
        nothing: letting out takes a press of a button.
        """
        # Quoted: only what can be in a code is carried on.
        gate = f"/odoo/cantoneira-gate?code={url_quote(code, safe='')}"
        if request.env.user._is_internal():
            return request.redirect(gate)
        pallet, problem = request.env["stock.package"]._find_by_code(code)
        if problem or not pallet.dispatch_company_id.gate_public_page:
            return request.redirect(f"/web/login?redirect={url_quote(gate, safe='')}")
        response = request.render(
            "cantoneira_dispatch.pallet_page",
            {
                "order": pallet.sale_order_id.name or pallet.dispatch_picking_id.name,
                "number": pallet.pallet_number,
                "total": pallet.pallet_total,
            },
        )
        response.headers["X-Robots-Tag"] = "noindex"
        response.headers["Referrer-Policy"] = "no-referrer"
        return response
