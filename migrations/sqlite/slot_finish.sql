-- Indexes and tallies of one place of the read model, once it is filled in. {x} stands for its letter. Each statement
-- can be run again.

-- All that a list is chosen and ordered by, so that a page is found without reading the clocks that are not on it.
CREATE INDEX IF NOT EXISTS clock_{x}_due ON clock_{x} (outcome, due_at, kind, holder, due_day);
CREATE INDEX IF NOT EXISTS clock_{x}_held ON clock_{x} (holder, due_at, kind, due_day) WHERE outcome = 0;
CREATE INDEX IF NOT EXISTS subject_row_{x}_changes ON subject_row_{x} (changes_at) WHERE changes_at IS NOT NULL;
CREATE INDEX IF NOT EXISTS finding_{x}_kind ON finding_{x} (kind);
DELETE FROM tally_{x};
INSERT INTO tally_{x} (outcome, holder, kind, clocks)
    SELECT outcome, holder, kind, count(*) FROM clock_{x} GROUP BY outcome, holder, kind;
DELETE FROM due_tally_{x};
INSERT INTO due_tally_{x} (locality, kind, due_at, due_day, clocks)
    SELECT holder.locality, clock.kind, clock.due_at, clock.due_day, count(*)
    FROM clock_{x} AS clock JOIN holder ON holder.id = clock.holder
    WHERE clock.outcome = 0
    GROUP BY holder.locality, clock.kind, clock.due_at, clock.due_day;
DELETE FROM running_tally_{x};
INSERT INTO running_tally_{x} (locality, kind, clocks)
    SELECT locality, kind, sum(clocks) FROM due_tally_{x} GROUP BY locality, kind;
