{
    "name": "Cantoneira: recipes and production",
    "summary": "Recipes in layers of paper, manufacturing orders in pieces x length, real consumption",
    "version": "19.0.1.0.0",
    "author": "Cantoneira",
    "website": "https://cantoneira.example",
    "license": "LGPL-3",
    "category": "Supply Chain/Manufacturing",
    "depends": ["cantoneira_stock", "mrp_account"],
    "data": [
        "security/cantoneira_mrp_groups.xml",
        "security/ir.model.access.csv",
        "data/product_category.xml",
        "views/product_template_views.xml",
        "views/mrp_bom_views.xml",
    ],
    "installable": True,
    "post_init_hook": "post_init_hook",
}
