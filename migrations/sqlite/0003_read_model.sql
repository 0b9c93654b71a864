-- What the two places of the read model share. The tables of each place are not here: they are made anew whenever a
-- read model is begun, so they change without a migration.

-- The texts of the rulebooks that read models were derived under, by their SHA-256 in hexadecimal.
CREATE TABLE rulebook (
    digest TEXT PRIMARY KEY,
    text TEXT NOT NULL
) STRICT;

-- A place is there while a read model is being filled in or is read.
CREATE TABLE read_model (
    slot TEXT PRIMARY KEY CHECK (slot IN ('a', 'b')),
    rulebook TEXT NOT NULL REFERENCES rulebook,
    begun INTEGER NOT NULL,
    checkpoint INTEGER NOT NULL,
    is_current INTEGER NOT NULL CHECK (is_current IN (0, 1))
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX read_model_current ON read_model (is_current) WHERE is_current = 1;

CREATE TABLE locality (
    id INTEGER PRIMARY KEY,
    locality TEXT NOT NULL UNIQUE
) STRICT;

-- Whoever clocks count for. No team and no worker are empty texts, which no event can name.
CREATE TABLE holder (
    id INTEGER PRIMARY KEY,
    locality INTEGER NOT NULL REFERENCES locality,
    team TEXT NOT NULL,
    worker TEXT NOT NULL,
    UNIQUE (locality, team, worker)
) STRICT;
