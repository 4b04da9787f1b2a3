"""Tells the story of the demonstration company, once."""

from . import story

#: Set once the story was told.
DONE = "cantoneira_demo.told"


def post_init_hook(env):
    parameters = env["ir.config_parameter"]
    if not parameters.get_param(DONE):
        story.tell(env)
        parameters.set_param(DONE, "1")
