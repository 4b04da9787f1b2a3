"""The sheet of paper a report is printed on: Odoo's paper format in Chromium's terms."""

import dataclasses

MM_PER_INCH = 25.4
PX_PER_INCH = 96
# wkhtmltopdf's "smart shrinking": it fits this many times more CSS pixels on the paper. Reports
# are designed for it.
SHRINKING = 1.28
DEFAULT_DPI = 90
# What Page.printToPDF accepts.
SCALES = (0.1, 2.0)
# Left free between a tall header and the text, or a tall footer and the text.
GAP_MM = 3


@dataclasses.dataclass(frozen=True)
class Paper:
    """Sizes and margins in mm.

    The header begins ``header_spacing`` above the text, the footer where the text's margin does:
    where wkhtmltopdf puts them.

    >>> a4 = Paper(width=210, height=297, top=52, bottom=32, header_spacing=52)
    >>> a4.header_top, a4.footer_top
    (0, 265)
    >>> a4.text_width_px
    952
    """

    width: float
    height: float
    top: float = 0
    right: float = 0
    bottom: float = 0
    left: float = 0
    header_spacing: float = 0
    header_line: bool = False
    dpi: float = DEFAULT_DPI
    shrinking: bool = True

    @property
    def scale(self):
        """How large a CSS pixel is printed, 1 being 1/96 inch."""
        scale = PX_PER_INCH / self.dpi / (SHRINKING if self.shrinking else 1)
        return min(max(scale, SCALES[0]), SCALES[1])

    def px(self, mm):
        """Millimetres of paper in CSS pixels."""
        return round(mm / MM_PER_INCH * PX_PER_INCH / self.scale)

    def mm(self, px):
        """CSS pixels in millimetres of paper."""
        return px * self.scale * MM_PER_INCH / PX_PER_INCH

    @property
    def text_width_px(self):
        return self.px(self.width - self.left - self.right)

    @property
    def header_top(self):
        return max(self.top - self.header_spacing, 0)

    @property
    def footer_top(self):
        return self.height - self.bottom

    def with_room(self, header_px, footer_px):
        """The paper with margins that hold a header and a footer of these heights.

        >>> a4 = Paper(width=210, height=297, top=40, bottom=20, header_spacing=35)
        >>> a4.with_room(0, 0) == a4
        True
        >>> tall = a4.with_room(200, 100)
        >>> round(tall.top, 1), round(tall.bottom, 1), tall.header_top
        (52.1, 25.0, 5.0)
        """
        top, bottom = self.top, self.bottom
        if header_px:
            top = max(top, self.header_top + self.mm(header_px) + GAP_MM)
        if footer_px:
            bottom = max(bottom, self.mm(footer_px) + GAP_MM)
        # No report gets less than a third of its sheet.
        if top + bottom > self.height * 2 / 3:
            return self
        return dataclasses.replace(
            self,
            top=top,
            bottom=bottom,
            header_spacing=top - self.header_top,
        )

    def parameters(self, margins=True):
        """The parameters of ``Page.printToPDF``; without margins, the whole sheet."""
        sides = {side: getattr(self, side) if margins else 0 for side in MARGINS}
        return {
            "paperWidth": self.width / MM_PER_INCH,
            "paperHeight": self.height / MM_PER_INCH,
            "scale": self.scale,
            "printBackground": True,
            "generateTaggedPDF": False,
            **{f"margin{side.title()}": mm / MM_PER_INCH for side, mm in sides.items()},
        }


MARGINS = ("top", "right", "bottom", "left")


def of_format(paperformat, landscape=None, specific=None):
    """The Paper of a report.paperformat.

    :param landscape: True forces it, whatever the format says
    :param specific: the report's own ``data-report-*`` attributes, which win over the format
    """
    specific = specific or {}
    landscape = landscape or _true(specific.get("data-report-landscape"))
    width, height = paperformat.print_page_width or 210, paperformat.print_page_height or 297
    if landscape and paperformat.orientation != "Landscape":
        width, height = height, width
    return Paper(
        width=width,
        height=height,
        top=_number(specific.get("data-report-margin-top"), paperformat.margin_top),
        right=paperformat.margin_right,
        bottom=_number(specific.get("data-report-margin-bottom"), paperformat.margin_bottom),
        left=paperformat.margin_left,
        header_spacing=_number(
            specific.get("data-report-header-spacing"), paperformat.header_spacing
        ),
        header_line=paperformat.header_line,
        dpi=_number(specific.get("data-report-dpi"), paperformat.dpi) or DEFAULT_DPI,
        shrinking=not paperformat.disable_shrinking,
    )


def _true(text):
    return str(text or "").strip().lower() not in ("", "0", "false", "none")


def _number(text, otherwise):
    """A number a template wrote; what cannot be read is as if it were not there.

    >>> _number("30", 52), _number(None, 52), _number("wide", 52), _number("30mm", 52)
    (30.0, 52, 52, 30.0)
    """
    try:
        return float(str(text).strip().removesuffix("mm"))
    except ValueError:
        return otherwise
