from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .. import lookup

#: Shortest and longest patience with a service, in seconds.
PATIENCE = (1, 20)


class ResCompany(models.Model):
    """Whom the company asks about a CNPJ or a CEP, and for how long it waits."""

    _inherit = "res.company"

    br_lookup = fields.Boolean(
        "Look up CNPJ and CEP",
        default=True,
        help="Shows a button beside CNPJ and ZIP that asks a public service for name and address. "
        "Only the number is sent, only when somebody clicks.",
    )
    br_cnpj_url = fields.Char(
        "CNPJ service",
        default="https://brasilapi.com.br/api/cnpj/v1/{number}",
        help="Address of the service, with {number} where the CNPJ belongs.",
    )
    br_cep_url = fields.Char(
        "CEP service",
        default="https://brasilapi.com.br/api/cep/v1/{number}",
        help="Address of the service, with {number} where the CEP belongs.",
    )
    br_lookup_seconds = fields.Integer(
        "Wait at most (s)", default=5, help="Seconds until the service is given up."
    )

    @api.constrains("br_cnpj_url", "br_cep_url")
    def _check_lookup_addresses(self):
        for company in self:
            for address in (company.br_cnpj_url, company.br_cep_url):
                if address and not lookup.address_is_safe(address):
                    raise ValidationError(
                        self.env._(
                            "%(address)s is no address of a look-up service. It begins with "
                            "https:// and has {number} once, behind the name of the server, as in "
                            "https://brasilapi.com.br/api/cnpj/v1/{number}.",
                            address=address,
                        )
                    )

    @api.constrains("br_lookup_seconds")
    def _check_lookup_seconds(self):
        for company in self:
            if not PATIENCE[0] <= company.br_lookup_seconds <= PATIENCE[1]:
                raise ValidationError(
                    self.env._(
                        "A look-up waits between %(least)s and %(most)s seconds, not %(seconds)s: "
                        "somebody is waiting with it.",
                        least=PATIENCE[0],
                        most=PATIENCE[1],
                        seconds=company.br_lookup_seconds,
                    )
                )
