import doctest

from odoo.tests import TransactionCase, tagged

from .. import paper


@tagged("post_install", "-at_install")
class TestPaper(TransactionCase):
    def test_examples(self):
        failed, tried = doctest.testmod(paper)
        self.assertTrue(tried)
        self.assertFalse(failed)

    def test_format(self):
        values = {
            "name": "x",
            "format": "custom",
            "page_width": 100,
            "page_height": 150,
            "orientation": "Portrait",
        }
        custom = self.env["report.paperformat"].create(values)
        upright = paper.of_format(custom)
        self.assertEqual((upright.width, upright.height), (100, 150))
        wide = paper.of_format(custom, landscape=True)
        self.assertEqual((wide.width, wide.height), (150, 100))
        custom.orientation = "Landscape"
        custom.invalidate_recordset()
        self.assertEqual(paper.of_format(custom), wide)
        self.assertEqual(paper.of_format(custom, landscape=True), wide)

    def test_the_reports_own_attributes_win(self):
        a4 = self.env.ref("base.paperformat_euro")
        own = paper.of_format(
            a4,
            specific={
                "data-report-margin-top": "20",
                "data-report-header-spacing": "15",
                "data-report-dpi": "120",
                "data-report-landscape": "True",
            },
        )
        self.assertEqual((own.top, own.header_spacing, own.dpi), (20, 15, 120))
        self.assertEqual((own.width, own.height), (297, 210))
        self.assertLess(own.scale, paper.of_format(a4).scale)
        self.assertEqual(own.bottom, a4.margin_bottom)

    def test_no_shrinking(self):
        a4 = self.env.ref("base.paperformat_euro").copy({"disable_shrinking": True, "dpi": 96})
        self.assertEqual(paper.of_format(a4).scale, 1)
