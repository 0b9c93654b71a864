-- What was refused, whole, and what was done about it. Both are only ever added to.

CREATE TABLE quarantined (
    number INTEGER PRIMARY KEY,
    received INTEGER NOT NULL,
    -- The line of a file, from 1; null where there was no file.
    line INTEGER,
    -- SHA-256 of the bytes.
    digest BLOB NOT NULL,
    bytes BLOB NOT NULL,
    reason TEXT NOT NULL,
    field TEXT,
    detail TEXT NOT NULL
) STRICT;

CREATE TABLE quarantine_step (
    number INTEGER NOT NULL REFERENCES quarantined,
    ordinal INTEGER NOT NULL,
    at INTEGER NOT NULL,
    by TEXT NOT NULL,
    what TEXT NOT NULL CHECK (what IN ('corrected', 'released', 'refused_again', 'discarded')),
    -- Of what was corrected or released: where the event is in the ledger.
    position INTEGER REFERENCES event,
    -- Of what was refused again: why, as in `quarantined`. Of what was discarded: why, in `detail`.
    reason TEXT,
    field TEXT,
    detail TEXT,
    PRIMARY KEY (number, ordinal)
) STRICT, WITHOUT ROWID;

-- What no step has settled yet. It follows from the two above, and is kept so that the same bytes are listed once.
CREATE TABLE quarantine_open (
    digest BLOB NOT NULL,
    -- 0 where there was no file.
    line INTEGER NOT NULL,
    number INTEGER NOT NULL UNIQUE REFERENCES quarantined,
    PRIMARY KEY (digest, line)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER quarantined_is_next BEFORE INSERT ON quarantined
WHEN NEW.number IS NOT (SELECT coalesce(max(number), 0) + 1 FROM quarantined)
BEGIN
    SELECT RAISE(ABORT, 'the quarantine has no gaps: what was refused must have the next number');
END;

CREATE TRIGGER quarantined_no_update BEFORE UPDATE ON quarantined
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only');
END;

CREATE TRIGGER quarantined_no_delete BEFORE DELETE ON quarantined
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only');
END;

CREATE TRIGGER quarantine_step_is_next BEFORE INSERT ON quarantine_step
WHEN NEW.ordinal IS NOT (SELECT coalesce(max(ordinal), 0) + 1 FROM quarantine_step WHERE number = NEW.number)
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only: a step must be the next');
END;

CREATE TRIGGER quarantine_step_no_update BEFORE UPDATE ON quarantine_step
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only');
END;

CREATE TRIGGER quarantine_step_no_delete BEFORE DELETE ON quarantine_step
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only');
END;
