-- Figures of measures that are kept by rulebook and period, and what a process remembers.

CREATE TABLE figure_set (
    id INTEGER PRIMARY KEY,
    rulebook TEXT NOT NULL,
    period TEXT NOT NULL,
    at INTEGER NOT NULL,
    position INTEGER NOT NULL,
    computed INTEGER NOT NULL,
    UNIQUE (rulebook, period)
) STRICT;

CREATE TABLE figure (
    figure_set INTEGER NOT NULL REFERENCES figure_set ON DELETE CASCADE,
    grouped_by TEXT NOT NULL CHECK (grouped_by IN ('county', 'locality', 'team', 'worker')),
    measure TEXT NOT NULL,
    -- The place among all figures of the set, which keeps their order.
    ordinal INTEGER NOT NULL,
    -- The group; `group` is a word of SQL.
    counted_for TEXT NOT NULL,
    band TEXT,
    shape TEXT NOT NULL CHECK (shape IN ('share', 'count', 'mean')),
    -- Exact, as decimal digits: a count is the numerator alone, a mean without values has neither.
    numerator TEXT,
    denominator TEXT,
    missing TEXT,
    target REAL,
    status TEXT,
    PRIMARY KEY (figure_set, grouped_by, measure, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE figure_holder (
    figure_set INTEGER NOT NULL REFERENCES figure_set ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    locality TEXT NOT NULL,
    team TEXT,
    worker TEXT,
    PRIMARY KEY (figure_set, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE figure_behind (
    figure_set INTEGER NOT NULL REFERENCES figure_set ON DELETE CASCADE,
    measure TEXT NOT NULL,
    behind BLOB NOT NULL,
    PRIMARY KEY (figure_set, measure)
) STRICT;

CREATE TABLE recording (
    figure_set INTEGER NOT NULL REFERENCES figure_set ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    locality TEXT NOT NULL,
    team TEXT,
    same_day INTEGER NOT NULL,
    next_working_day INTEGER NOT NULL,
    within_five INTEGER NOT NULL,
    later INTEGER NOT NULL,
    PRIMARY KEY (figure_set, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE setting (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
