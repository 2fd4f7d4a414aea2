-- The cluster's copy of the control plane's `cfg`, once, at the primary, after the first start of
-- its cell (which makes the tables). Needed where PostgreSQL is older than 16: there only a
-- superuser may subscribe. `name` is antiphon_cfg_<cluster in lower case>; `publisher` is the
-- connection string that the cell has as CFG_PUBLISHER.
-- psql -v ON_ERROR_STOP=1 -v name=antiphon_cfg_e39 -v publisher='…' -U postgres -d cell -f subscribe.sql
--
-- synchronous_commit: the publisher forgets a change that this side has confirmed, so it is
-- confirmed when the standby has it, too.
create subscription :"name" connection :'publisher' publication antiphon_cfg
  with (synchronous_commit = 'remote_apply');
