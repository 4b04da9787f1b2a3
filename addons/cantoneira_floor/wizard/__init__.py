from . import consumption_warning, plan_suggestion
