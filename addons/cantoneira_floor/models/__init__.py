from . import (
    floor_operation,
    floor_reason,
    mrp_production_operator,
    mrp_production_plan,
    mrp_production_queue,
    mrp_production_times,
    product_template,
    production_scrap,
    production_stop,
)
