from odoo import models, tools

from .. import words


class ResCurrency(models.Model):
    _inherit = "res.currency"

    def amount_to_text(self, amount):
        """R$ with the grammar of Portuguese and English. Guarded by ``test_amount_in_words``."""
        language = words.language(tools.get_lang(self.env).code)
        if self.name != "BRL" or not language:
            return super().amount_to_text(amount)
        return words.reais(amount, language)
