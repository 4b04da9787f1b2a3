"""An order's states in our words, also where the company was set up before."""

from odoo import SUPERUSER_ID, api

from odoo.addons.cantoneira_br import hooks


def migrate(cr, version):
    hooks._name_states(api.Environment(cr, SUPERUSER_ID, {}))
