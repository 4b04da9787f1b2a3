from . import confirm_override
