{
    "name": "Cantoneira: papers, reels and availability",
    "summary": "Papers, composite length, alert levels and what can be promised",
    "version": "19.0.1.0.0",
    "author": "Cantoneira",
    "website": "https://cantoneira.example",
    "license": "LGPL-3",
    "category": "Supply Chain/Inventory",
    "depends": ["stock"],
    "data": [
        "report/delivery_slip.xml",
    ],
    "application": True,
    "installable": True,
}
