-- Figures of measures that are kept by rulebook and period, and what a process remembers.

CREATE TABLE figure_set (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    -- The digest of the rulebook's text, in hexadecimal.
    rulebook text COLLATE "C" NOT NULL,
    period text COLLATE "C" NOT NULL,
    at bigint NOT NULL,
    position bigint NOT NULL,
    computed bigint NOT NULL,
    UNIQUE (rulebook, period)
);

CREATE TABLE figure (
    figure_set bigint NOT NULL REFERENCES figure_set ON DELETE CASCADE,
    grouped_by text COLLATE "C" NOT NULL CHECK (grouped_by IN ('county', 'locality', 'team', 'worker')),
    measure text COLLATE "C" NOT NULL,
    measure_key bytea NOT NULL,
    -- The place among all figures of the set, which keeps their order.
    ordinal bigint NOT NULL,
    -- The group; `group` is a word of SQL.
    counted_for text COLLATE "C" NOT NULL,
    band text COLLATE "C",
    shape text COLLATE "C" NOT NULL CHECK (shape IN ('share', 'count', 'mean')),
    -- Exact, as decimal digits: a count is the numerator alone, a mean without values has neither.
    numerator text COLLATE "C",
    denominator text COLLATE "C",
    missing text COLLATE "C",
    target double precision,
    status text COLLATE "C",
    PRIMARY KEY (figure_set, grouped_by, measure_key, ordinal)
);

CREATE TABLE figure_holder (
    figure_set bigint NOT NULL REFERENCES figure_set ON DELETE CASCADE,
    ordinal bigint NOT NULL,
    locality text COLLATE "C" NOT NULL,
    team text COLLATE "C",
    worker text COLLATE "C",
    PRIMARY KEY (figure_set, ordinal)
);

CREATE TABLE figure_behind (
    figure_set bigint NOT NULL REFERENCES figure_set ON DELETE CASCADE,
    measure text COLLATE "C" NOT NULL,
    measure_key bytea NOT NULL,
    behind bytea NOT NULL,
    PRIMARY KEY (figure_set, measure_key)
);

CREATE TABLE recording (
    figure_set bigint NOT NULL REFERENCES figure_set ON DELETE CASCADE,
    ordinal bigint NOT NULL,
    locality text COLLATE "C" NOT NULL,
    team text COLLATE "C",
    same_day bigint NOT NULL,
    next_working_day bigint NOT NULL,
    within_five bigint NOT NULL,
    later bigint NOT NULL,
    PRIMARY KEY (figure_set, ordinal)
);

CREATE TABLE setting (
    name text COLLATE "C" PRIMARY KEY,
    value text COLLATE "C" NOT NULL
);

GRANT SELECT ON figure_set, figure, figure_holder, figure_behind,
    recording, setting
TO sightline_ledger, sightline_projector, sightline_reader;

GRANT INSERT, DELETE ON figure_set, figure, figure_holder, figure_behind,
    recording
TO sightline_projector;

GRANT INSERT, UPDATE ON setting TO sightline_ledger, sightline_projector;
