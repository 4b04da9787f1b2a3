from . import reel_age_report
