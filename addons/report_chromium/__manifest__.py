{
    "name": "Reports through Chromium",
    "summary": "PDF with header, footer and page numbers, printed by headless Chromium",
    "version": "19.0.1.0.0",
    "author": "Cantoneira",
    "website": "https://cantoneira.example",
    "license": "LGPL-3",
    "category": "Technical",
    "depends": ["web"],
    "external_dependencies": {"python": ["pypdf"]},
    "installable": True,
}
