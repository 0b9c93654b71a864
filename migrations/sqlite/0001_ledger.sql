-- The ledger: events as they were received, in the order in which they were taken, and what follows from them alone.
-- Instants are microseconds of UTC since 1970.

CREATE TABLE source (
    id INTEGER PRIMARY KEY,
    source TEXT NOT NULL UNIQUE
) STRICT;

-- Everyone that an event was about or that a merge names, numbered from 1 as first seen. Subjects of one family must be
-- derived together; a family is named by its lowest number and only ever grows.
CREATE TABLE subject (
    number INTEGER PRIMARY KEY,
    subject TEXT NOT NULL UNIQUE,
    family INTEGER NOT NULL CHECK (family <= number)
) STRICT;

CREATE INDEX subject_family ON subject (family);

CREATE TABLE event (
    position INTEGER PRIMARY KEY,
    -- Checked at the commit, as are the rules on inserts below by undoing the whole of it: an insert of many rows that
    -- could be undone alone would first copy every page that it changes.
    source INTEGER NOT NULL REFERENCES source DEFERRABLE INITIALLY DEFERRED,
    id TEXT NOT NULL,
    subject INTEGER NOT NULL REFERENCES subject DEFERRABLE INITIALLY DEFERRED,
    type TEXT NOT NULL,
    occurred INTEGER NOT NULL,
    recorded INTEGER NOT NULL,
    received INTEGER NOT NULL,
    -- Of the content, as the vocabulary makes it.
    digest BLOB NOT NULL,
    -- Exactly as received.
    bytes BLOB NOT NULL
) STRICT;

CREATE UNIQUE INDEX event_id ON event (source, id);

-- Ordered by position within a subject: every index ends with the row's own number.
CREATE INDEX event_subject ON event (subject);

-- One row for every commit that appended events: how many there are since, and the Merkle tree over all of them.
CREATE TABLE tree_head (
    size INTEGER PRIMARY KEY,
    root BLOB NOT NULL,
    frontier BLOB NOT NULL,
    at INTEGER NOT NULL
) STRICT;

-- Events that others name and that have not come yet, with one of the subjects that wait for each.
CREATE TABLE awaited (
    source INTEGER NOT NULL REFERENCES source,
    id TEXT NOT NULL,
    subject INTEGER NOT NULL REFERENCES subject,
    PRIMARY KEY (source, id)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER event_is_next BEFORE INSERT ON event
WHEN NEW.position IS NOT (SELECT coalesce(max(position), 0) + 1 FROM event)
BEGIN
    SELECT RAISE(ROLLBACK, 'the ledger has no gaps: an event must have the next position');
END;

-- Without this, INSERT OR REPLACE would take an event away unseen.
CREATE TRIGGER event_is_new BEFORE INSERT ON event
WHEN EXISTS (SELECT 1 FROM event WHERE source = NEW.source AND id = NEW.id)
BEGIN
    SELECT RAISE(ROLLBACK, 'the ledger is append-only: there is an event of that source and id');
END;

CREATE TRIGGER event_no_update BEFORE UPDATE ON event
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only');
END;

CREATE TRIGGER event_no_delete BEFORE DELETE ON event
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only');
END;

CREATE TRIGGER tree_head_grows BEFORE INSERT ON tree_head
WHEN NEW.size <= (SELECT coalesce(max(size), 0) FROM tree_head)
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only: a tree head must be larger than the last');
END;

CREATE TRIGGER tree_head_no_update BEFORE UPDATE ON tree_head
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only');
END;

CREATE TRIGGER tree_head_no_delete BEFORE DELETE ON tree_head
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only');
END;
