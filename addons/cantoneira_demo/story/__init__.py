"""What happened in the demonstration company over the last weeks, and what is to come.

Everything is done through the methods that the screens call, each step as the person of
that role: buying as *gerente*, receiving and counting as *estoque*, selling as *vendas*,
making as *producao*, billing as *financeiro*. Days are working days relative to today.
"""

from . import orders, purchases
from .teller import Teller


def tell(env):
    """Create the story's purchases, counts, orders, production, deliveries and invoices."""
    teller = Teller(env)
    teller.begin()
    purchases.stock_up(teller)
    orders.past(teller)
    purchases.count(teller)
    orders.present(teller)
    purchases.shelve(teller)
    orders.quotations(teller)
    purchases.on_the_way(teller)
    teller.date_back()
