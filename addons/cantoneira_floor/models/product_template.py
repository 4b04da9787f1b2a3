from odoo import fields, models


class ProductTemplate(models.Model):
    _inherit = "product.template"

    floor_instructions = fields.Text(
        "Instructions for the operator",
        translate=True,
        help="Shown on the operator's screen, with the drawings among the product's documents.",
    )


class ProductProduct(models.Model):
    _inherit = "product.product"

    def _floor_drawings(self):
        """``[{"id", "name", "is_image"}]``: images and PDFs among this product's documents."""
        self.ensure_one()
        documents = self.product_tmpl_id.product_document_ids | self.product_document_ids
        shown = documents.filtered(
            lambda document: (
                (document.mimetype or "").startswith("image/")
                or document.mimetype == "application/pdf"
            )
        )
        return [
            {
                "id": document.ir_attachment_id.id,
                "name": document.name,
                "is_image": document.mimetype.startswith("image/"),
            }
            for document in shown
        ]
