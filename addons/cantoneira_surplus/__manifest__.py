{
    "name": "Cantoneira: fewer and more pieces",
    "summary": "Tolerance per customer, orders closed short, surplus of a known length and its use",
    "version": "19.0.1.0.0",
    "author": "Cantoneira",
    "website": "https://cantoneira.example",
    "license": "LGPL-3",
    "category": "Supply Chain/Manufacturing",
    "depends": ["cantoneira_sale"],
    "data": [
        "security/ir.model.access.csv",
        "security/surplus_rules.xml",
        "wizard/close_short_views.xml",
        "views/mrp_production_views.xml",
        "views/sale_order_views.xml",
        "views/res_partner_views.xml",
        "views/res_config_settings_views.xml",
        "views/surplus_views.xml",
    ],
    "assets": {
        "web.assets_tests": ["cantoneira_surplus/static/tests/tours/**/*"],
    },
    "installable": True,
}
