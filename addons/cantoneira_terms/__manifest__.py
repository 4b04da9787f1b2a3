{
    "name": "Cantoneira: prices, freight and credit",
    "summary": "Steps by metres of the whole order, discount and freight spread to the cent, "
    "minimum margin, credit released by finance",
    "version": "19.0.1.0.0",
    "author": "Cantoneira",
    "website": "https://cantoneira.example",
    "license": "LGPL-3",
    "category": "Sales/Sales",
    "depends": ["cantoneira_sale"],
    "data": [
        "security/cantoneira_terms_groups.xml",
        "security/ir.model.access.csv",
        "wizard/credit_release_views.xml",
        "views/sale_order_views.xml",
        "views/sale_order_line_views.xml",
        "views/product_pricelist_views.xml",
        "views/res_partner_views.xml",
        "views/res_config_settings_views.xml",
        "views/menus.xml",
        "views/document_templates.xml",
    ],
    "assets": {
        "web.assets_tests": ["cantoneira_terms/static/tests/tours/**/*"],
    },
    "post_init_hook": "post_init_hook",
    "installable": True,
}
