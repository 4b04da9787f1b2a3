{
    "name": "Cantoneira: Brazil",
    "summary": "A Brazilian company: chart of accounts, R$, Portuguese, CNPJ and CPF",
    "version": "19.0.1.0.0",
    "author": "Cantoneira",
    "website": "https://cantoneira.example",
    "license": "LGPL-3",
    "category": "Accounting/Localizations",
    "countries": ["br"],
    "depends": ["cantoneira_sale", "l10n_br", "l10n_br_sales"],
    "installable": True,
    "post_init_hook": "post_init_hook",
}
