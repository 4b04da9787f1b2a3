from . import plan_suggestion
