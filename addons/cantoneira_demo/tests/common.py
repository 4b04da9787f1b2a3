from odoo.tests import TransactionCase

LOGINS = ("vendas", "gerente", "producao", "estoque", "expedicao", "financeiro")


class DemoCase(TransactionCase):
    """The demonstration company, as the people who work in it."""

    def env_of(self, login):
        """What ``login`` sees, in Portuguese."""
        return self.env(
            user=self.demo(f"user_{login}").id,
            context={"lang": "pt_BR", "tz": "America/Sao_Paulo"},
        )

    def demo(self, name, login=None):
        """The record that the data files call ``name``, as ``login`` sees it."""
        record = self.env.ref(f"cantoneira_demo.{name}")
        return record.with_env(self.env_of(login)) if login else record
