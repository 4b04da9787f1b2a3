"""Pages put together: the report's, what is stamped on them, and where each document begins."""

import io
import itertools

import pypdf
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject, TextStringObject


def count(pdf):
    """The number of pages of a PDF."""
    return len(pypdf.PdfReader(io.BytesIO(pdf)).pages)


def together(documents, stamps=None, title=None):
    """One PDF of several, with a stamp on each page.

    :param documents: PDFs, in order
    :param stamps: a PDF with as many pages as all documents together, or None
    :param title: what a viewer shows as the name
    """
    writer = pypdf.PdfWriter()
    begins = []
    for document in documents:
        begins.append(len(writer.pages))
        writer.append(io.BytesIO(document), import_outline=False)
    if stamps:
        for page, stamp in zip(
            writer.pages, pypdf.PdfReader(io.BytesIO(stamps)).pages, strict=True
        ):
            page.merge_page(stamp)
            page.compress_content_streams()
    if len(begins) > 1:
        _add_outlines(writer, begins)
    writer.add_metadata({"/Title": title or "", "/Creator": "Odoo"})
    result = io.BytesIO()
    writer.write(result)
    return result.getvalue()


def _add_outlines(writer, begins):
    """Say where each document begins, in the form wkhtmltopdf does.

    Odoo cuts a print of several records at these outlines (``_render_qweb_pdf_prepare_streams``):
    named destinations in the catalogue, whose first entry is the number of the page.
    """
    names = [f"/report_{number}" for number in range(len(begins))]
    root = writer.root_object
    root[NameObject("/Dests")] = DictionaryObject(
        {
            NameObject(name): ArrayObject([NumberObject(page), NameObject("/Fit")])
            for name, page in zip(names, begins, strict=True)
        }
    )
    outlines = writer._add_object(DictionaryObject({NameObject("/Type"): NameObject("/Outlines")}))
    items = [
        writer._add_object(
            DictionaryObject(
                {
                    NameObject("/Title"): TextStringObject(str(number)),
                    NameObject("/Parent"): outlines,
                    NameObject("/Dest"): NameObject(name),
                }
            )
        )
        for number, name in enumerate(names, start=1)
    ]
    for item, following in itertools.pairwise(items):
        item.get_object()[NameObject("/Next")] = following
        following.get_object()[NameObject("/Prev")] = item
    outlines.get_object().update(
        {
            NameObject("/First"): items[0],
            NameObject("/Last"): items[-1],
            NameObject("/Count"): NumberObject(-len(items)),
        }
    )
    root[NameObject("/Outlines")] = outlines
