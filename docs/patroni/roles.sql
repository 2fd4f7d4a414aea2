-- The cell's role and database, once, at the primary:
-- psql -v ON_ERROR_STOP=1 -v password='…' -h <socket folder> -U postgres -f roles.sql
create role cell login password :'password';
create database cell owner cell;
revoke all on database cell from public;
