-- Odoo's databases copy template1. Search without accents needs an immutable
-- function, or Odoo logs an error and leaves its index out.
\connect template1
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS unaccent;
ALTER FUNCTION unaccent(text) IMMUTABLE;
