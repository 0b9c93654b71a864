-- One place of the read model, emptied. {x} stands for its letter. Only what is derived from the ledger is here, so a
-- changed file is no migration: the places are emptied when it differs from the one that made them.

DROP TABLE IF EXISTS subject_row_{x};
DROP TABLE IF EXISTS clock_{x};
DROP TABLE IF EXISTS finding_{x};
DROP TABLE IF EXISTS tally_{x};
DROP TABLE IF EXISTS due_tally_{x};
DROP TABLE IF EXISTS running_tally_{x};

CREATE TABLE subject_row_{x} (
    number INTEGER PRIMARY KEY REFERENCES subject,
    derived_at INTEGER NOT NULL,
    changes_at INTEGER,
    holder INTEGER NOT NULL REFERENCES holder,
    -- Days since 1970.
    date_of_birth INTEGER,
    -- Ids of the rulebook, with spaces between them.
    states TEXT NOT NULL,
    events INTEGER NOT NULL,
    position INTEGER NOT NULL
) STRICT;

CREATE TABLE clock_{x} (
    subject INTEGER NOT NULL,
    -- The place among the subject's clocks in the order of the worklist.
    ordinal INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    -- Empty where there is none.
    episode TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    -- Days since 1970; null for a limit in hours.
    due_date INTEGER,
    due_at INTEGER NOT NULL,
    -- The due date, or the local date of `due_at`, in days since 1970.
    due_day INTEGER NOT NULL,
    -- 0 running, 1 met, 2 late, 3 cancelled.
    outcome INTEGER NOT NULL,
    ended_at INTEGER,
    holder INTEGER NOT NULL,
    place INTEGER NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY (subject, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE finding_{x} (
    subject INTEGER NOT NULL,
    ordinal INTEGER NOT NULL,
    kind TEXT NOT NULL,
    -- Of the event that shows it; null where something is not there.
    source TEXT,
    id TEXT,
    detail TEXT NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY (subject, ordinal)
) STRICT, WITHOUT ROWID;

-- All clocks, counted.
CREATE TABLE tally_{x} (
    outcome INTEGER NOT NULL,
    holder INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    clocks INTEGER NOT NULL,
    PRIMARY KEY (outcome, holder, kind)
) STRICT, WITHOUT ROWID;

-- The running clocks, counted by when they are due: per holder there would be nearly as many rows as clocks.
CREATE TABLE due_tally_{x} (
    locality INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    due_day INTEGER NOT NULL,
    clocks INTEGER NOT NULL,
    PRIMARY KEY (locality, kind, due_at, due_day)
) STRICT, WITHOUT ROWID;

-- All running clocks, so that those on track need not be counted by when they are due.
CREATE TABLE running_tally_{x} (
    locality INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    clocks INTEGER NOT NULL,
    PRIMARY KEY (locality, kind)
) STRICT, WITHOUT ROWID;
