{
    "name": "Cantoneira: to the customer",
    "summary": "Quotations by e-mail, WhatsApp and portal, in pieces x length; accepted and followed there",
    "version": "19.0.1.0.0",
    "author": "Cantoneira",
    "website": "https://cantoneira.example",
    "license": "LGPL-3",
    "category": "Sales/Sales",
    "depends": ["cantoneira_sale"],
    "data": [
        "data/mail_templates.xml",
        "views/sale_order_views.xml",
        "views/portal_templates.xml",
    ],
    "assets": {
        "web.assets_tests": ["cantoneira_portal/static/tests/tours/**/*"],
    },
    "auto_install": True,
    "installable": True,
}
