"""Which engine prints, and the sentences when none can."""

from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.base.models import ir_actions_report as core

from .. import browser
from .common import PrintCase, fake_program

LOGGER = "odoo.addons.report_chromium.models.ir_actions_report"


def wkhtmltopdf(state="ok", patched=True):
    info = core.WkhtmlInfo(state, True, "wkhtmltopdf", "0.12.6", patched, "wkhtmltoimage", None)
    return patch.object(core, "_wkhtml", lambda: info)


def no_browser():
    return patch.object(browser, "find", lambda names=(): None)


@tagged("post_install", "-at_install")
class TestEngine(PrintCase):
    def setUp(self):
        super().setUp()
        self.reports = self.env["ir.actions.report"].with_user(self.plain_user())

    def test_auto(self):
        self.set_parameter("engine", "auto")
        with wkhtmltopdf():
            self.assertFalse(self.reports._uses_chromium(), "a patched wkhtmltopdf comes first")
        for lesser in (wkhtmltopdf(patched=False), wkhtmltopdf("install", patched=False)):
            with lesser:
                self.assertTrue(self.reports._uses_chromium())
                with no_browser():
                    self.assertFalse(self.reports._uses_chromium(), "core does what it can")

    def test_auto_is_the_default(self):
        self.set_parameter("engine", False)
        with wkhtmltopdf():
            self.assertFalse(self.reports._uses_chromium())

    def test_chosen(self):
        with wkhtmltopdf():
            self.assertTrue(self.reports._uses_chromium())
        self.set_parameter("engine", "wkhtmltopdf")
        with wkhtmltopdf("install", patched=False):
            self.assertFalse(self.reports._uses_chromium())
        self.set_parameter("engine", "crayon")
        with wkhtmltopdf(), self.assertLogs(LOGGER, "WARNING"):
            self.assertFalse(self.reports._uses_chromium())

    def test_state(self):
        with wkhtmltopdf("install", patched=False):
            self.assertEqual(self.reports.get_wkhtmltopdf_state(), "ok")
            with no_browser():
                self.assertEqual(self.reports.get_wkhtmltopdf_state(), "install")
            self.set_parameter("engine", "wkhtmltopdf")
            self.assertEqual(self.reports.get_wkhtmltopdf_state(), "install")

    def test_other_engine_is_cores(self):
        self.set_parameter("engine", "wkhtmltopdf")
        done = core.subprocess.CompletedProcess([], 2, "", "broken on purpose")
        with (
            wkhtmltopdf(),
            patch.object(core, "_run_wkhtmltopdf", lambda args: done),
            self.assertRaisesRegex(UserError, "broken on purpose"),
            self.assertLogs(core.__name__, "WARNING"),
        ):
            self.pdf(self.partner("A"))

    def test_no_browser(self):
        with no_browser(), self.assertRaisesRegex(UserError, "no working Chromium"):
            self.env["ir.actions.report"]._run_wkhtmltopdf(["<p>x</p>"])

    def test_browser_that_does_not_start(self):
        self.set_parameter("program", fake_program(self, "exit 1"))
        with self.assertLogs(LOGGER, "WARNING"):
            with self.assertRaisesRegex(UserError, "no working Chromium"):
                self.pdf(self.partner("A"))

    def test_browser_that_hangs(self):
        self.set_parameter("program", fake_program(self, "sleep 60"))
        self.set_parameter("seconds", "1")
        with self.assertLogs(LOGGER, "WARNING"):
            with self.assertRaisesRegex(UserError, "Report of the tests.*not ready after 1 s"):
                self.pdf(self.partner("A"))

    def test_time_that_cannot_be_read(self):
        for text, seconds in (("soon", 90), ("-1", 90), ("0", 90), ("30", 30)):
            self.set_parameter("seconds", text)
            self.assertEqual(self.reports._pdf_seconds(), seconds)

    def test_browser_that_breaks_off(self):
        # Answers its first command, then ends.
        script = """
        head -c 1 <&3 >/dev/null
        printf '{"id": 1, "result": {"targetId": "x"}}\\000' >&4
        exit 5
        """
        self.set_parameter("program", fake_program(self, script))
        with self.assertLogs(LOGGER, "WARNING") as log:
            with self.assertRaisesRegex(UserError, "Report of the tests was not printed"):
                self.pdf(self.partner("A"))
        self.assertIn("ended with 5", log.output[0])
