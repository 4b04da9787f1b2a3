"""What went to surplus before says who made it: the order it names, or those of the sale it names."""


def migrate(cr, version):
    cr.execute(
        """
        INSERT INTO stock_move_surplus_production_rel (move_id, production_id)
        SELECT move.id, production.id
          FROM stock_move move
          JOIN stock_location place
            ON place.id = move.location_dest_id AND place.piece_length_mm > 0
          JOIN mrp_production production
            ON production.company_id = move.company_id AND production.state = 'done'
           AND production.product_id = move.product_id
           AND production.piece_length_mm = move.piece_length_mm
     LEFT JOIN sale_order sale ON sale.id = production.sale_order_id
         WHERE move.origin IN (production.name, sale.name)
   ON CONFLICT DO NOTHING
        """
    )
