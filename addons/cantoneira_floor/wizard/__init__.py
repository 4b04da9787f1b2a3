from . import consumption_warning
