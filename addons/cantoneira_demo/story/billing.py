"""What *financeiro* does at the desk."""


def invoice(teller, order, day):
    """Invoice what was delivered, dated that day."""
    order = order.with_env(teller.env_of("financeiro"))
    move = order._create_invoices()
    move.invoice_date = teller.date(day)
    move.action_post()
    return move


def pay(teller, move, day):
    """The customer paid it at the bank."""
    wizard = (
        teller.env_of("financeiro")["account.payment.register"]
        .with_context(active_model="account.move", active_ids=move.ids)
        .create({"payment_date": teller.date(day)})
    )
    wizard.action_create_payments()
