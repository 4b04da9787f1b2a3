"""Header and footer of every page, as one document of as many sheets as there are pages.

Odoo hands over all headers of a print in one HTML document and all footers in another, one for
each record printed. wkhtmltopdf would show them once per page; here one document is made that has
a sheet for each page, to be stamped on the report's pages.
"""

import copy
import dataclasses

import lxml.html

# Classes of the elements that a page number is written into, as in web.minimal_layout.
PAGE, PAGES, EMPTY = "page", "topage", ("section", "subsection", "subsubsection")

STYLE = """
@page { margin: 0; }
html, body { height: auto !important; min-height: 0 !important; margin: 0 !important;
    padding: 0 !important; overflow: visible !important; background: none !important; }
.rc_sheet { position: relative; overflow: hidden; break-after: page; break-inside: avoid; }
.rc_sheet:last-child { break-after: auto; }
.rc_part { position: absolute; }
/* Its margins count as its height. */
.rc_part, .rc_measure { display: flow-root; }
.rc_line { border-bottom: 1px solid; }
.rc_part > .container, .rc_measure > .container { max-width: none !important; }
"""


@dataclasses.dataclass(frozen=True)
class Page:
    """One page of a print: of which document, with which number of how many."""

    document: int
    number: int
    count: int


class Sheets:
    """The headers and footers of one print.

    :param header: the document with all headers (``#minimal_layout_report_headers``) or None
    :param footer: the document with all footers (``#minimal_layout_report_footers``) or None
    """

    def __init__(self, header, footer):
        documents = [lxml.html.document_fromstring(html) for html in (header, footer) if html]
        self._head = documents[0].find("head") if documents else None
        self._body = documents[0].find("body") if documents else None
        self._headers = _parts(documents, "minimal_layout_report_headers")
        self._footers = _parts(documents, "minimal_layout_report_footers")

    def __bool__(self):
        return bool(self._headers or self._footers)

    def measure(self, paper):
        """The document in which ``heights`` measures every header and footer."""
        width = paper.text_width_px
        return self._document(
            f'<div class="rc_measure" data-{kind}="{number}" style="width: {width}px">'
            f"{self._wrapped(part)}</div>"
            for kind, parts in (("header", self._headers), ("footer", self._footers))
            for number, part in enumerate(parts)
        )

    @staticmethod
    def heights(browser, document):
        """Heights in px of a document's header and footer, on the page of ``measure``."""
        return browser.value(
            "['header', 'footer'].map(kind => {"
            f"  const part = document.querySelector(`[data-${{kind}}='{document}']`);"
            "   return part ? part.getBoundingClientRect().height : 0; })"
        )

    def document(self, pages, papers):
        """A sheet for each page.

        :param pages: list of Page
        :param papers: the Paper of each document
        """
        return self._document(self._sheet(page, papers[page.document]) for page in pages)

    def _sheet(self, page, paper):
        parts = [
            (self._headers, paper.header_top, "rc_line" if paper.header_line else ""),
            (self._footers, paper.footer_top, ""),
        ]
        inside = "".join(
            f'<div class="rc_part {classes}" style="top: {paper.px(top)}px;'
            f' left: {paper.px(paper.left)}px; width: {paper.text_width_px}px">'
            f"{self._wrapped(_numbered(those[page.document], page))}</div>"
            for those, top, classes in parts
            if page.document < len(those)
        )
        # A pixel less: rounded up, it would make two pages of one sheet.
        height = paper.px(paper.height) - 1
        width = paper.px(paper.width)
        return f'<div class="rc_sheet" style="width: {width}px; height: {height}px">{inside}</div>'

    def _wrapped(self, part):
        """A header or footer inside what styles it: the attributes of Odoo's <body>."""
        around = lxml.html.Element("div")
        for name, value in self._body.items():
            if not name.startswith("on"):
                around.set(name, value)
        inner = lxml.html.Element("div", id=part.ident)
        inner.append(part.node)
        around.append(inner)
        return lxml.html.tostring(around, encoding="unicode")

    def _document(self, contents):
        head = copy.deepcopy(self._head)
        for script in head.xpath("script"):
            head.remove(script)
        head = "".join(lxml.html.tostring(node, encoding="unicode") for node in head)
        return (
            f"<!DOCTYPE html><html><head>{head}<style>{STYLE}</style></head>"
            f"<body>{''.join(contents)}</body></html>"
        )


@dataclasses.dataclass(frozen=True)
class Part:
    """A header or footer and the id of the element Odoo keeps it in."""

    node: lxml.html.HtmlElement
    ident: str


def _parts(documents, ident):
    return [
        Part(node, ident)
        for document in documents
        for node in document.xpath(f"//*[@id='{ident}']/*")
    ]


def _numbered(part, page):
    """A copy of the header or footer with the page's number written into it."""
    node = copy.deepcopy(part.node)
    texts = {PAGE: str(page.number), PAGES: str(page.count), **dict.fromkeys(EMPTY, "")}
    for element in node.iter(lxml.etree.Element):
        for name in set((element.get("class") or "").split()) & set(texts):
            for child in list(element):
                element.remove(child)
            element.text = texts[name]
    return Part(node, part.ident)
