{
    "name": "Cantoneira: sales in pieces x length",
    "summary": "Quote pieces x millimetres, promise what can be kept, follow it to the invoice",
    "version": "19.0.1.0.0",
    "author": "Cantoneira",
    "website": "https://cantoneira.example",
    "license": "LGPL-3",
    "category": "Sales/Sales",
    "depends": [
        "cantoneira_mrp",
        "delivery",
        "sale_management",
        "sale_mrp",
        "sale_stock_margin",
    ],
    "data": [],
    "installable": True,
}
