{
    "name": "Cantoneira: shop floor",
    "summary": "The operator's screen for a tablet: queue, start, pause, count, scrap, finish",
    "version": "19.0.1.0.0",
    "author": "Cantoneira",
    "website": "https://cantoneira.example",
    "license": "LGPL-3",
    "category": "Supply Chain/Manufacturing",
    "depends": ["cantoneira_mrp"],
    "data": [
        "security/ir.model.access.csv",
        "security/floor_rules.xml",
        "data/floor_reason.xml",
        "views/floor_reason_views.xml",
        "views/production_record_views.xml",
        "views/product_template_views.xml",
        "views/operator_views.xml",
    ],
    "assets": {
        "web.assets_backend": ["cantoneira_floor/static/src/**/*"],
        "web.assets_tests": ["cantoneira_floor/static/tests/tours/**/*"],
    },
    "installable": True,
}
