-- Indexes of one place of the read model, once it is filled in, and what the planner must know of it. {x} stands for its
-- letter.

-- All that a list is chosen and ordered by, so that a page is found without reading the clocks that are not on it. One
-- for each outcome, as each is listed by itself.
CREATE INDEX IF NOT EXISTS clock_{x}_due_0 ON derived.clock_{x} (due_at, kind, holder, due_day) WHERE outcome = 0;
CREATE INDEX IF NOT EXISTS clock_{x}_due_1 ON derived.clock_{x} (due_at, kind, holder) WHERE outcome = 1;
CREATE INDEX IF NOT EXISTS clock_{x}_due_2 ON derived.clock_{x} (due_at, kind, holder) WHERE outcome = 2;
CREATE INDEX IF NOT EXISTS clock_{x}_due_3 ON derived.clock_{x} (due_at, kind, holder) WHERE outcome = 3;
-- The running clocks of a subject, which may have hundreds that have ended.
CREATE INDEX IF NOT EXISTS clock_{x}_running ON derived.clock_{x} (subject, ordinal) WHERE outcome = 0;
CREATE INDEX IF NOT EXISTS clock_{x}_held ON derived.clock_{x} (holder, due_at, kind, due_day) WHERE outcome = 0;
CREATE INDEX IF NOT EXISTS subject_row_{x}_changes ON derived.subject_row_{x} (changes_at) WHERE changes_at IS NOT NULL;
CREATE INDEX IF NOT EXISTS finding_{x}_kind ON derived.finding_{x} (kind);

ANALYZE derived.subject_row_{x}, derived.clock_{x}, derived.finding_{x}, derived.tally_{x}, derived.due_tally_{x},
    derived.running_tally_{x};
