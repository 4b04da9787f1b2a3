{
    "name": "Cantoneira: import and export",
    "summary": "Customers, papers, profiles with recipes and prices from and to spreadsheets",
    "version": "19.0.1.0.0",
    "author": "Cantoneira",
    "website": "https://cantoneira.example",
    "license": "LGPL-3",
    "category": "Productivity",
    "depends": ["cantoneira_br"],
    "data": [
        "security/ir.model.access.csv",
        "wizard/import_views.xml",
    ],
    "assets": {
        "web.assets_tests": ["cantoneira_import/static/tests/tours/**/*"],
    },
    "installable": True,
}
