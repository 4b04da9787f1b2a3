"""The house of the addons: gets Odoo, runs it and tests on it.

Only the standard library: these modules run under the system's Python
before anything of ours is installed.
"""
