"""Reasons that a company has already are kept as they are; only the new column is filled in."""


def migrate(cr, version):
    cr.execute(
        """
        UPDATE cantoneira_floor_reason reason
           SET loss_cause = known.cause
          FROM (VALUES ('reason_startup', 'startup'), ('reason_splice', 'splice'))
               AS known (name, cause)
          JOIN ir_model_data data
            ON data.module = 'cantoneira_floor' AND data.name = known.name
         WHERE reason.id = data.res_id
        """
    )
