"""Odoo's PDF reports, printed by headless Chromium."""

import contextlib
import logging
import mimetypes
import posixpath
import re
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from odoo import api, models
from odoo.exceptions import UserError
from odoo.http import request, root
from odoo.service import security
from odoo.tools import file_path

from odoo.addons.base.models import ir_actions_report as core

from .. import browser, paper, printing

_logger = logging.getLogger(__name__)

ENGINES = ("auto", "chromium", "wkhtmltopdf")
# Less than the 120 s after which Odoo ends a worker: the user gets a sentence instead.
DEFAULT_SECONDS = 90
ASSET = re.compile(r"^/web/assets/[^/]+/(?P<name>[^/]+)$")
STATIC = re.compile(r"^/\w+/static/")


class IrActionsReport(models.Model):
    _inherit = "ir.actions.report"

    # -------------------------------------------------------------------- which engine
    @api.model
    def _pdf_setting(self, name, default):
        """A system parameter ``report_chromium.<name>``."""
        # sudo: plain users may not read system parameters; these decide only how PDFs are made.
        setting = self.env["ir.config_parameter"].sudo().get_param(f"report_chromium.{name}")
        return setting or default

    @api.model
    def _uses_chromium(self):
        """Whether Chromium prints: always, never, or if no good wkhtmltopdf is there."""
        engine = self._pdf_setting("engine", "auto")
        if engine not in ENGINES:
            _logger.warning("report_chromium.engine is %s, not one of %s", engine, ENGINES)
        if engine in ("chromium", "wkhtmltopdf"):
            return engine == "chromium"
        wkhtmltopdf = core._wkhtml()
        patched = wkhtmltopdf.is_patched_qt and wkhtmltopdf.state == "ok"
        return not patched and bool(self._chromium_program())

    @api.model
    def _chromium_program(self):
        """The path of the browser, None without one."""
        chosen = self._pdf_setting("program", None)
        return browser.find((chosen,) if chosen else browser.PROGRAMS)

    @api.model
    def get_wkhtmltopdf_state(self):
        """PDF can be made if Chromium is there: the web client asks this before it prints.

        Guarded by ``test_state``.
        """
        if self._uses_chromium():
            return "ok" if self._chromium_program() else "install"
        return super().get_wkhtmltopdf_state()

    # -------------------------------------------------------------------- print
    @api.model
    def _run_wkhtmltopdf(
        self,
        bodies,
        report_ref=False,
        header=None,
        footer=None,
        landscape=False,
        specific_paperformat_args=None,
        set_viewport_size=False,
    ):
        """Let Chromium make the PDF, where it is the engine.

        Guarded by ``test_header_and_footer_on_every_page``.
        """
        if not self._uses_chromium():
            return super()._run_wkhtmltopdf(
                bodies,
                report_ref=report_ref,
                header=header,
                footer=footer,
                landscape=landscape,
                specific_paperformat_args=specific_paperformat_args,
                set_viewport_size=set_viewport_size,
            )
        report = self._get_report(report_ref) if report_ref else self
        with self._pdf_cookies() as cookies:
            job = printing.Job(
                bodies=list(bodies),
                header=header,
                footer=footer,
                paper=paper.of_format(
                    report.get_paperformat(), landscape, specific_paperformat_args
                ),
                base_url=self._get_report_url(),
                serve=self._serve_for_pdf,
                cookies=cookies,
                title=report.name or "",
            )
            return self._print_with_chromium(job)

    @api.model
    def _print_with_chromium(self, job):
        """The PDF of a printing.Job; what goes wrong is told in a sentence."""
        program = self._chromium_program()
        seconds = self._pdf_seconds()
        if not program:
            raise UserError(self._no_browser())
        try:
            return printing.pdf(job, program, seconds)
        except browser.NotStarted as error:
            _logger.warning("%s does not start: %s", program, error)
            raise UserError(self._no_browser()) from error
        except browser.TooSlow as error:
            _logger.warning("%s: %s", job.title, error)
            raise UserError(self._too_slow(job, seconds, error)) from error
        except browser.BrowserError as error:
            _logger.warning("%s: %s", job.title, error)
            raise UserError(
                self.env._(
                    "%(report)s was not printed: the browser that makes the PDF broke off."
                    " Try again; if that does not help, the reason is in the server's log.",
                    report=job.title or self.env._("The report"),
                )
            ) from error

    @api.model
    def _no_browser(self):
        return self.env._(
            "No PDF can be made: the server has no working Chromium. Ask whoever looks after it"
            " to install the package “chromium”, or to name another program in the system"
            " parameter report_chromium.program."
        )

    @api.model
    def _too_slow(self, job, seconds, error):
        if error.waiting:
            return self.env._(
                "%(report)s was not printed: within %(seconds)d seconds there was no answer from"
                " %(addresses)s. Check the address, or the system parameter report.url.",
                report=job.title or self.env._("The report"),
                seconds=seconds,
                addresses=", ".join(error.waiting[:3]),
            )
        return self.env._(
            "%(report)s was not printed: it was not ready after %(seconds)d seconds. Print fewer"
            " documents at once, or raise the system parameter report_chromium.seconds.",
            report=job.title or self.env._("The report"),
            seconds=seconds,
        )

    @api.model
    def _pdf_seconds(self):
        """The time one print may take, in seconds."""
        with contextlib.suppress(ValueError):
            seconds = float(self._pdf_setting("seconds", DEFAULT_SECONDS))
            if seconds > 0:
                return seconds
        return DEFAULT_SECONDS

    # -------------------------------------------------------------------- what pages load
    @api.model
    def _serve_for_pdf(self, url):
        """Styles, fonts, pictures of addons and barcodes, without asking a server.

        They load whatever address the server has, and where none runs (cron, shell). Only what
        anyone may see is answered here; for the rest the server is asked, as the user.

        :return: browser.Answer or None
        """
        base, asked = urlsplit(self._get_report_url()), urlsplit(url)
        if asked.scheme not in ("http", "https"):
            return None
        if asked.netloc != base.netloc:
            return None
        path = posixpath.normpath(unquote(asked.path))
        if asset := ASSET.match(path):
            return self._serve_asset(path, asset["name"])
        if STATIC.match(path):
            return self._serve_static(path)
        if path.startswith("/report/barcode"):
            return self._serve_barcode(path, dict(parse_qsl(asked.query)))
        return None

    @api.model
    def _serve_asset(self, path, name):
        """A bundle of styles, made if nobody asked for it before, like ``/web/assets`` does."""
        # sudo: bundles are public attachments, which not every user may read as records.
        attachment = (
            self.env["ir.attachment"]
            .sudo()
            .search([("url", "=", path), ("public", "=", True), ("type", "=", "binary")], limit=1)
        )
        if not attachment and not self.env.cr.readonly:
            with contextlib.suppress(ValueError):
                bundle, rtl, kind, autoprefix = self.env["ir.asset"]._parse_bundle_name(name, False)
                made = self.env["ir.qweb"]._get_asset_bundle(
                    bundle, css=kind == "css", js=kind == "js", rtl=rtl, autoprefix=autoprefix
                )
                attachment = made.css() if kind == "css" else made.js()
        return browser.Answer(attachment.raw, attachment.mimetype) if attachment else None

    @api.model
    def _serve_static(self, path):
        with contextlib.suppress(OSError, ValueError):
            file = Path(file_path(path.removeprefix("/")))
            kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
            return browser.Answer(file.read_bytes(), kind)
        return None

    @api.model
    def _serve_barcode(self, path, values):
        """As the route ``/report/barcode`` does, in both its forms."""
        parts = path.removeprefix("/report/barcode").strip("/").split("/", 1)
        if len(parts) == 2:
            values = {"barcode_type": parts[0], "value": parts[1], **values}
        with contextlib.suppress(ValueError, AttributeError, TypeError):
            return browser.Answer(self.barcode(**values), "image/png")
        return None

    @api.model
    @contextlib.contextmanager
    def _pdf_cookies(self):
        """Cookies of a session that lives as long as the print: the pages' pictures are asked
        for as the user. Core does the same for wkhtmltopdf.
        """
        if not (request and request.db):
            yield {}
            return
        session = root.session_store.new()
        session.update({**request.session, "debug": "", "_trace_disable": True})
        if session.uid:
            session.session_token = security.compute_session_token(session, self.env)
        root.session_store.save(session)
        try:
            yield {"session_id": session.sid}
        finally:
            root.session_store.delete(session)
