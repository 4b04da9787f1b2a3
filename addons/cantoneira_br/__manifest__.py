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
    "data": [
        "data/res_country.xml",
        "views/res_partner_views.xml",
        "views/res_config_settings_views.xml",
        "report/layout.xml",
    ],
    "assets": {
        "web.assets_backend": ["cantoneira_br/static/src/**/*"],
        "web.assets_tests": ["cantoneira_br/static/tests/tours/**/*"],
    },
    "external_dependencies": {"python": ["num2words"]},
    "installable": True,
    "post_init_hook": "post_init_hook",
}
