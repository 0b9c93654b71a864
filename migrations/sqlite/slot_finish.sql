-- Indexes of one place of the read model, once it is filled in. {x} stands for its letter. Each statement
-- can be run again.

-- All that a list is chosen and ordered by, so that a page is found without reading the clocks that are not on it. One
-- for each outcome, as each is listed by itself: sorting them together takes half as long again.
CREATE INDEX IF NOT EXISTS clock_{x}_due_0 ON clock_{x} (due_at, kind, holder, due_day) WHERE outcome = 0;
CREATE INDEX IF NOT EXISTS clock_{x}_due_1 ON clock_{x} (due_at, kind, holder) WHERE outcome = 1;
CREATE INDEX IF NOT EXISTS clock_{x}_due_2 ON clock_{x} (due_at, kind, holder) WHERE outcome = 2;
CREATE INDEX IF NOT EXISTS clock_{x}_due_3 ON clock_{x} (due_at, kind, holder) WHERE outcome = 3;
-- The running clocks of a subject, which may have hundreds that have ended.
CREATE INDEX IF NOT EXISTS clock_{x}_running ON clock_{x} (subject, ordinal) WHERE outcome = 0;
CREATE INDEX IF NOT EXISTS clock_{x}_held ON clock_{x} (holder, due_at, kind, due_day) WHERE outcome = 0;
CREATE INDEX IF NOT EXISTS subject_row_{x}_changes ON subject_row_{x} (changes_at) WHERE changes_at IS NOT NULL;
CREATE INDEX IF NOT EXISTS finding_{x}_kind ON finding_{x} (kind);
