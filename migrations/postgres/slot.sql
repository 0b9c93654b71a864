-- One place of the read model, emptied. {x} stands for its letter. Only what is derived from the ledger is here, so a
-- changed file is no migration: the places are emptied when it differs from the one that made them.

DROP TABLE IF EXISTS derived.subject_row_{x};
DROP TABLE IF EXISTS derived.clock_{x};
DROP TABLE IF EXISTS derived.finding_{x};
DROP TABLE IF EXISTS derived.tally_{x};
DROP TABLE IF EXISTS derived.due_tally_{x};
DROP TABLE IF EXISTS derived.running_tally_{x};

CREATE TABLE derived.subject_row_{x} (
    number bigint PRIMARY KEY,
    derived_at bigint NOT NULL,
    changes_at bigint,
    holder bigint NOT NULL,
    -- Days since 1970.
    date_of_birth integer,
    -- Ids of the rulebook, with spaces between them.
    states text COLLATE "C" NOT NULL,
    events bigint NOT NULL,
    position bigint NOT NULL
);

CREATE TABLE derived.clock_{x} (
    subject bigint NOT NULL,
    -- The place among the subject's clocks in the order of the worklist.
    ordinal bigint NOT NULL,
    kind bigint NOT NULL,
    -- Empty where there is none.
    episode text COLLATE "C" NOT NULL,
    started_at bigint NOT NULL,
    -- Days since 1970; null for a limit in hours.
    due_date integer,
    due_at bigint NOT NULL,
    -- The due date, or the local date of `due_at`, in days since 1970.
    due_day bigint NOT NULL,
    -- 0 running, 1 met, 2 late, 3 cancelled.
    outcome bigint NOT NULL,
    ended_at bigint,
    holder bigint NOT NULL,
    place bigint NOT NULL,
    position bigint NOT NULL,
    PRIMARY KEY (subject, ordinal)
);

CREATE TABLE derived.finding_{x} (
    subject bigint NOT NULL,
    ordinal bigint NOT NULL,
    kind text COLLATE "C" NOT NULL,
    -- Of the event that shows it; null where something is not there.
    source text COLLATE "C",
    id text COLLATE "C",
    detail text COLLATE "C" NOT NULL,
    position bigint NOT NULL,
    PRIMARY KEY (subject, ordinal)
);

-- All clocks, counted.
CREATE TABLE derived.tally_{x} (
    outcome bigint NOT NULL,
    holder bigint NOT NULL,
    kind bigint NOT NULL,
    clocks bigint NOT NULL,
    PRIMARY KEY (outcome, holder, kind)
);

-- The running clocks, counted by when they are due: per holder there would be nearly as many rows as clocks.
CREATE TABLE derived.due_tally_{x} (
    locality bigint NOT NULL,
    kind bigint NOT NULL,
    due_at bigint NOT NULL,
    due_day bigint NOT NULL,
    clocks bigint NOT NULL,
    PRIMARY KEY (locality, kind, due_at, due_day)
);

-- All running clocks, so that those on track need not be counted by when they are due.
CREATE TABLE derived.running_tally_{x} (
    locality bigint NOT NULL,
    kind bigint NOT NULL,
    clocks bigint NOT NULL,
    PRIMARY KEY (locality, kind)
);
