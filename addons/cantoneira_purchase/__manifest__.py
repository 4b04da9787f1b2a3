{
    "name": "Cantoneira: what to buy",
    "summary": "What to order, for which orders, from whom and by when; alerts and costs that changed",
    "version": "19.0.1.0.0",
    "author": "Cantoneira",
    "website": "https://cantoneira.example",
    "license": "LGPL-3",
    "category": "Supply Chain/Purchase",
    "depends": ["cantoneira_terms", "purchase_stock"],
    "data": [
        "security/cantoneira_purchase_groups.xml",
        "security/ir.model.access.csv",
        "views/purchase_plan_views.xml",
        "views/order_needs_views.xml",
        "views/menus.xml",
    ],
    "assets": {
        "web.assets_tests": ["cantoneira_purchase/static/tests/tours/**/*"],
    },
    "post_init_hook": "post_init_hook",
    "installable": True,
}
