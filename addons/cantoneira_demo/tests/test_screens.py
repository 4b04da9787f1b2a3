"""Every screen of the app opens for everybody who has it in the menu."""

from lxml import etree

from odoo.tests import tagged
from odoo.tools.safe_eval import safe_eval

from .common import LOGINS, DemoCase

KINDS = ("list", "kanban", "form", "calendar", "pivot", "graph", "activity")
#: Views that the client fills record by record.
FILLED = ("list", "kanban", "form")


@tagged("post_install", "-at_install")
class TestScreens(DemoCase):
    def test_menus_open(self):
        opened = {login: self.open_menus(login) for login in LOGINS}
        self.assertLess(set(opened["vendas"]), set(opened["gerente"]))
        for login, names in opened.items():
            self.assertGreaterEqual(len(names), 3, login)

    def open_menus(self, login):
        """Open what ``login`` sees in the app, as the client does; give the menus' names."""
        env = self.env_of(login)
        names = []
        visible = env["ir.ui.menu"].browse(env["ir.ui.menu"]._visible_menu_ids())
        root = env.ref("cantoneira_stock.menu_root")
        for menu in visible.filtered("action"):
            if root not in self.path(menu) or self.path(menu) - visible:
                continue
            action = menu.action
            if action._name == "ir.actions.server":
                action = action.run()
            else:
                action = action.sudo()._get_action_dict()
            with self.subTest(login=login, menu=menu.complete_name):
                if action["type"] == "ir.actions.act_window":
                    self.open_action(env, action)
            names.append(menu.complete_name)
        return names

    def path(self, menu):
        """The menu and those above it; one that is hidden hides what is below."""
        found = menu
        while menu.sudo().parent_id:
            menu = menu.sudo().parent_id
            found |= menu
        return found

    def open_action(self, env, action):
        context = action.get("context") or {}
        if isinstance(context, str):
            context = safe_eval(context, {"uid": env.uid, "active_id": False, "active_ids": []})
        domain = action.get("domain") or []
        if isinstance(domain, str):
            domain = safe_eval(domain, {"uid": env.uid, "allowed_company_ids": env.companies.ids})
        model = env[action["res_model"]].with_context(**context)
        views = [view for view in action["views"] if view[1] in KINDS]
        answer = model.get_views(views, {"toolbar": True, "load_filters": True})
        for kind, view in answer["views"].items():
            if kind in FILLED:
                specification = self.specification(model, view["arch"])
                model.web_search_read(domain, specification, limit=80)

    def specification(self, model, arch):
        """What the client asks of each record in this view."""
        fields = {}
        for node in etree.fromstring(arch).iterfind(".//field[@name]"):
            nested = any(parent.tag == "field" for parent in node.iterancestors())
            name = node.get("name")
            if not nested and name in model._fields:
                is_link = model._fields[name].type == "many2one"
                fields[name] = {"fields": {"display_name": {}}} if is_link else {}
        return fields
