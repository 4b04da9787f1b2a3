"""A whole print: bodies, headers and footers in, one PDF out."""

import dataclasses

from . import stamp
from .browser import Answer, Browser
from .sheets import Page, Sheets

# Every element of a report as wide as the paper lets it be; heads repeated, rows whole. Odoo's
# templates say `display: table-row-group` only because wkhtmltopdf prints repeated heads badly.
STYLE = """
html, body { height: auto !important; overflow: visible !important; }
body.container { max-width: none !important; }
thead { display: table-header-group !important; }
tr, img { break-inside: avoid; }
"""
ADD_STYLE = f"document.head.append(Object.assign(document.createElement('style'), {{textContent: `{STYLE}`}}))"


@dataclasses.dataclass(frozen=True)
class Job:
    """What is to be printed.

    :ivar bodies: HTML documents, one for each record (or one page of labels, …)
    :ivar header: HTML document with the header of each body, or None
    :ivar footer: the same with the footers
    :ivar paper: Paper
    :ivar base_url: where the pages claim to come from: relative addresses start there
    :ivar serve: gives an Answer for an address of ours, or None: then the network is asked
    :ivar cookies: what the network is asked with
    :ivar title: name of the PDF
    """

    bodies: list
    header: str | None
    footer: str | None
    paper: object
    base_url: str
    serve: object
    cookies: dict
    title: str


def pdf(job, program, seconds):
    """Print a Job with the browser ``program``. Raises BrowserError."""
    with Browser(program, seconds) as browser:
        for name, value in job.cookies.items():
            browser.call("Network.setCookie", name=name, value=value, url=job.base_url)
        sheets = Sheets(job.header, job.footer)
        papers = _papers(browser, job, sheets)
        printed = [
            _body(browser, job, body, paper) for body, paper in zip(job.bodies, papers, strict=True)
        ]
        stamps = sheets and _stamps(browser, job, sheets, papers, map(stamp.count, printed))
    return stamp.together(printed, stamps, job.title)


def _papers(browser, job, sheets):
    """The paper of each body, with room for its own header and footer."""
    if not sheets:
        return [job.paper] * len(job.bodies)
    _width(browser, job.paper)
    _show(browser, job, sheets.measure(job.paper))
    return [
        job.paper.with_room(*sheets.heights(browser, number)) for number in range(len(job.bodies))
    ]


def _body(browser, job, body, paper):
    _width(browser, paper)
    _show(browser, job, body)
    browser.value(f"{ADD_STYLE}, true")
    return browser.pdf(**paper.parameters())


def _stamps(browser, job, sheets, papers, counts):
    """Header and footer of all pages, as one PDF."""
    pages = [
        Page(document, number, count)
        for document, count in enumerate(counts)
        for number in range(1, count + 1)
    ]
    _show(browser, job, sheets.document(pages, papers))
    return browser.pdf(**job.paper.parameters(margins=False))


def _width(browser, paper):
    """A window as wide as the text on the paper: heights are measured in it."""
    browser.call(
        "Emulation.setDeviceMetricsOverride",
        width=paper.text_width_px,
        height=paper.px(paper.height),
        deviceScaleFactor=1,
        mobile=False,
    )


def _show(browser, job, html):
    """Open HTML of ours as if it came from the server: what it names is loaded like there."""
    address = f"{job.base_url.rstrip('/')}/report_chromium/page"

    def serve(url):
        return Answer(str(html).encode()) if url == address else job.serve(url)

    browser.open(address, serve)
