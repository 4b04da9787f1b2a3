"""Old orders in bulk: one finished job, copied row by row in SQL with all that hangs on it."""

from odoo.tools import SQL

#: What a job is made of, each with the ids of one job.
PARTS = {
    "sale_order": "SELECT id FROM sale_order WHERE id = {order}",
    "sale_order_line": "SELECT id FROM sale_order_line WHERE order_id = {order}",
    "stock_reference": "SELECT reference_id FROM stock_reference_sale_rel WHERE sale_id = {order}",
    "mrp_production": "SELECT production_id FROM stock_reference_production_rel"
    " WHERE reference_id IN (SELECT id FROM part_stock_reference)",
    "mrp_production_group": "SELECT production_group_id FROM mrp_production"
    " WHERE id IN (SELECT id FROM part_mrp_production)",
    "stock_picking": "SELECT id FROM stock_picking WHERE sale_id = {order}",
    "stock_move": "SELECT move_id FROM stock_reference_move_rel"
    " WHERE reference_id IN (SELECT id FROM part_stock_reference)",
    "stock_move_line": "SELECT id FROM stock_move_line"
    " WHERE move_id IN (SELECT id FROM part_stock_move)",
    "account_move": "SELECT DISTINCT l.move_id FROM account_move_line l"
    " JOIN sale_order_line_invoice_rel r ON r.invoice_line_id = l.id"
    " WHERE r.order_line_id IN (SELECT id FROM part_sale_order_line)",
    "account_move_line": "SELECT id FROM account_move_line"
    " WHERE move_id IN (SELECT id FROM part_account_move)",
}
#: What is referred to comes first.
ORDER = (
    *("sale_order", "sale_order_line", "stock_reference", "mrp_production_group"),
    *("mrp_production", "account_move", "account_move_line"),
    *("stock_picking", "stock_move", "stock_move_line"),
)
#: Columns that may not repeat.
NAMES = {"name", "sequence_prefix", "payment_reference"}
NAMED = {
    "mrp_production",
    "mrp_production_group",
    "stock_picking",
    "account_move",
    "stock_reference",
}


def multiply(env, order_id, lines):
    """Copy the finished order until there are about `lines` lines of its size more."""
    env.flush_all()
    cr = env.cr
    for table, query in PARTS.items():
        cr.execute(
            f"CREATE TEMP TABLE part_{table} (id int PRIMARY KEY) ON COMMIT DROP;"
            f"INSERT INTO part_{table} {query.format(order=order_id)}"
        )
    cr.execute("SELECT count(*) FROM part_sale_order_line")
    copies = -(-lines // cr.fetchone()[0])
    stride = _stride(cr)
    links = _foreign_keys(cr)
    for table in ORDER:
        _copy(cr, table, links, copies, stride)
    for table in _relations(cr, links):
        _copy(cr, table, links, copies, stride)
    for table in PARTS:
        cr.execute(
            f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))"
        )
    env.invalidate_all()


def _stride(cr):
    """More than any id there is, so that copies never meet."""
    highest = 0
    for table in PARTS:
        cr.execute(f"SELECT max(id) FROM {table}")
        highest = max(highest, cr.fetchone()[0])
    return highest + 1


def _foreign_keys(cr):
    """`{table: {column: table it refers to}}` for what refers to a part."""
    cr.execute(
        """
        SELECT t.relname, a.attname, p.relname
          FROM pg_constraint c
          JOIN pg_class t ON t.oid = c.conrelid
          JOIN pg_class p ON p.oid = c.confrelid
          JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
         WHERE c.contype = 'f' AND p.relname = ANY(%s)
        """,
        [list(PARTS)],
    )
    links = {}
    for table, column, target in cr.fetchall():
        links.setdefault(table, {})[column] = target
    return links


def _relations(cr, links):
    """Tables of links between records: those without an id."""
    cr.execute(
        "SELECT table_name FROM information_schema.columns WHERE column_name = 'id'"
        " AND table_name = ANY(%s)",
        [list(links)],
    )
    with_id = {name for (name,) in cr.fetchall()}
    return sorted(links.keys() - with_id)


def _copy(cr, table, links, copies, stride):
    cr.execute(
        "SELECT column_name FROM information_schema.columns"
        " WHERE table_name = %s AND is_generated = 'NEVER' ORDER BY ordinal_position",
        [table],
    )
    columns = [name for (name,) in cr.fetchall()]
    mine = links.get(table, {})
    values = [_value(table, column, mine, stride) for column in columns]
    if table in PARTS:
        chosen = SQL("t.id IN (SELECT id FROM %s)", SQL.identifier(f"part_{table}"))
    else:
        chosen = SQL(" OR ").join(
            SQL("t.%s IN (SELECT id FROM %s)", SQL.identifier(c), SQL.identifier(f"part_{target}"))
            for c, target in mine.items()
        )
    cr.execute(
        SQL(
            "INSERT INTO %s (%s) SELECT %s FROM %s t, generate_series(1, %s) AS copy WHERE %s",
            SQL.identifier(table),
            SQL(", ").join(map(SQL.identifier, columns)),
            SQL(", ").join(values),
            SQL.identifier(table),
            copies,
            chosen,
        )
    )


def _value(table, column, links, stride):
    name = SQL.identifier("t", column)
    if column == "id":
        return SQL("t.id + copy * %s", stride)
    if column in links:
        part = SQL.identifier(f"part_{links[column]}")
        return SQL(
            "CASE WHEN %s IN (SELECT id FROM %s) THEN %s + copy * %s ELSE %s END",
            name,
            part,
            name,
            stride,
            name,
        )
    if column in NAMES and table in NAMED:
        return SQL("%s || '-' || copy", name)
    return name
