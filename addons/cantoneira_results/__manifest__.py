{
    "name": "Cantoneira: results",
    "summary": "What happened: productivity, consumption, punctuality, work in progress, "
    "the daily report; and which reel is in which order",
    "version": "19.0.1.0.0",
    "author": "Cantoneira",
    "website": "https://cantoneira.example",
    "license": "LGPL-3",
    "category": "Supply Chain/Manufacturing",
    "depends": ["cantoneira_floor", "cantoneira_reel", "cantoneira_sale"],
    "data": [
        "security/ir.model.access.csv",
        "security/results_rules.xml",
        "data/floor_reason.xml",
        "report/trace_reports.xml",
        "views/menus.xml",
        "views/productivity_views.xml",
        "views/production_record_views.xml",
        "views/material_report_views.xml",
        "views/punctuality_views.xml",
        "views/progress_views.xml",
        "views/reel_use_views.xml",
        "views/trace_button_views.xml",
    ],
    "assets": {
        "web.assets_tests": ["cantoneira_results/static/tests/tours/**/*"],
    },
    "installable": True,
}
