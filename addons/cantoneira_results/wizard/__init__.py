from . import daily_report
