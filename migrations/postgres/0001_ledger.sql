-- The ledger: events as they were received, in the order in which they were taken, and what follows from them alone.
-- Instants are microseconds of UTC since 1970. Texts may be long, so that whatever is looked up by a text is found by
-- its SHA-256, which the program computes and keeps in a column beside it whose name ends in `_key`.

-- Who may do what. The tables belong to whoever applies these steps; nobody needs that role to run the program. Roles
-- are the server's, and another database may be making the same ones at this moment.
DO $$
DECLARE
    role text;
BEGIN
    FOREACH role IN ARRAY ARRAY['sightline_ledger', 'sightline_projector', 'sightline_reader'] LOOP
        IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = role) THEN
            BEGIN
                EXECUTE pg_catalog.format('CREATE ROLE %I NOLOGIN', role);
            EXCEPTION WHEN duplicate_object OR unique_violation THEN
                NULL;
            END;
        END IF;
    END LOOP;
END
$$;

GRANT USAGE ON SCHEMA sightline TO sightline_ledger, sightline_projector, sightline_reader;

GRANT SELECT ON migration TO sightline_ledger, sightline_projector, sightline_reader;

CREATE TABLE source (
    id bigint PRIMARY KEY,
    source text COLLATE "C" NOT NULL,
    source_key bytea NOT NULL UNIQUE
);

-- Everyone that an event was about or that a merge names, numbered from 1 as first seen. Subjects of one family must be
-- derived together; a family is named by its lowest number and only ever grows.
CREATE TABLE subject (
    number bigint PRIMARY KEY,
    subject text COLLATE "C" NOT NULL,
    subject_key bytea NOT NULL UNIQUE,
    -- What stands before the slash: `child`, `worker`.
    kind text COLLATE "C" NOT NULL GENERATED ALWAYS AS (split_part(subject, '/', 1)) STORED,
    family bigint NOT NULL CHECK (family <= number)
)
-- Joining families changes rows in place.
WITH (fillfactor = 90);

CREATE INDEX subject_kind ON subject (kind, number);

CREATE INDEX subject_family ON subject (family, number);

CREATE TABLE event (
    position bigint PRIMARY KEY,
    -- That both are there is checked with the numbers of each insert, below: a foreign key would lock a row for each.
    source bigint NOT NULL,
    id text COLLATE "C" NOT NULL,
    id_key bytea NOT NULL,
    subject bigint NOT NULL,
    type text COLLATE "C" NOT NULL,
    occurred bigint NOT NULL,
    recorded bigint NOT NULL,
    received bigint NOT NULL,
    -- Of the content, as the vocabulary makes it.
    digest bytea NOT NULL,
    -- Exactly as received.
    bytes bytea NOT NULL
);

CREATE UNIQUE INDEX event_id ON event (source, id_key);

CREATE INDEX event_subject ON event (subject, position);

-- One row for every commit that appended events: how many there are since, and the Merkle tree over all of them.
CREATE TABLE tree_head (
    size bigint PRIMARY KEY,
    root bytea NOT NULL,
    frontier bytea NOT NULL,
    at bigint NOT NULL
);

-- Events that others name and that have not come yet, with one of the subjects that wait for each.
CREATE TABLE awaited (
    source bigint NOT NULL REFERENCES source,
    id text COLLATE "C" NOT NULL,
    id_key bytea NOT NULL,
    subject bigint NOT NULL REFERENCES subject,
    PRIMARY KEY (source, id_key)
);

-- Refuses a statement. What was inserted stays as it is, whoever asks, whether one row or all of a table are meant.
CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
    RAISE EXCEPTION 'the ledger is append-only' USING ERRCODE = 'integrity_constraint_violation', TABLE = TG_TABLE_NAME;
END
$$;

-- Refuses an insert that leaves a gap: the rows that a statement added, which are called `added`, have the numbers after
-- the last. The column of the numbers is the trigger's argument.
CREATE FUNCTION must_be_next() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
DECLARE
    first_added bigint;
    last_added bigint;
    count_added bigint;
    last_there bigint;
    is_next boolean;
BEGIN
    EXECUTE format('SELECT min(%1$I), max(%1$I), count(*) FROM added', TG_ARGV[0])
        INTO first_added, last_added, count_added;
    IF count_added = 0 THEN
        RETURN NULL;
    END IF;
    EXECUTE format('SELECT max(%1$I), $1 = 1 OR EXISTS (SELECT FROM %2$I.%3$I WHERE %1$I = $1 - 1) FROM %2$I.%3$I',
                   TG_ARGV[0], TG_TABLE_SCHEMA, TG_TABLE_NAME)
        INTO last_there, is_next USING first_added;
    -- No number is there twice, so that as many as lie between the first and the last are all of them.
    IF first_added < 1 OR NOT is_next OR last_added - first_added + 1 <> count_added OR last_there <> last_added THEN
        RAISE EXCEPTION 'the ledger has no gaps: % must have the next number', TG_TABLE_NAME
            USING ERRCODE = 'integrity_constraint_violation', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NULL;
END
$$;

-- Refuses events of sources or subjects that are not there. Numbers have no gaps and none goes, so the last tells.
CREATE FUNCTION must_be_known() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
DECLARE
    known boolean;
BEGIN
    SELECT coalesce(min(source) >= 1 AND max(source) <= (SELECT max(id) FROM sightline.source)
                    AND min(subject) >= 1 AND max(subject) <= (SELECT max(number) FROM sightline.subject), count(*) = 0)
        INTO known FROM added;
    IF NOT known THEN
        RAISE EXCEPTION 'an event must be of a source and a subject that are there'
            USING ERRCODE = 'foreign_key_violation', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NULL;
END
$$;

-- Refuses a tree head that is not of all events, or no larger than the last.
CREATE FUNCTION must_be_larger() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
    IF NEW.size <= (SELECT coalesce(max(size), 0) FROM sightline.tree_head) THEN
        RAISE EXCEPTION 'the ledger is append-only: a tree head must be larger than the last'
            USING ERRCODE = 'integrity_constraint_violation', TABLE = TG_TABLE_NAME;
    END IF;
    IF NEW.size IS DISTINCT FROM (SELECT max(position) FROM sightline.event) THEN
        RAISE EXCEPTION 'the ledger is append-only: a tree head must be of all events'
            USING ERRCODE = 'integrity_constraint_violation', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER source_is_next AFTER INSERT ON source
REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION must_be_next('id');

CREATE TRIGGER source_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON source
FOR EACH STATEMENT EXECUTE FUNCTION refuse();

CREATE TRIGGER subject_is_next AFTER INSERT ON subject
REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION must_be_next('number');

-- Its family may change.
CREATE TRIGGER subject_stays BEFORE UPDATE OF number, subject, subject_key OR DELETE OR TRUNCATE ON subject
FOR EACH STATEMENT EXECUTE FUNCTION refuse();

CREATE TRIGGER event_is_next AFTER INSERT ON event
REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION must_be_next('position');

CREATE TRIGGER event_is_known AFTER INSERT ON event
REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION must_be_known();

CREATE TRIGGER event_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON event
FOR EACH STATEMENT EXECUTE FUNCTION refuse();

CREATE TRIGGER tree_head_is_larger BEFORE INSERT ON tree_head
FOR EACH ROW EXECUTE FUNCTION must_be_larger();

CREATE TRIGGER tree_head_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON tree_head
FOR EACH STATEMENT EXECUTE FUNCTION refuse();

-- Also where a session has switched ordinary triggers off.
ALTER TABLE source ENABLE ALWAYS TRIGGER source_stays;
ALTER TABLE subject ENABLE ALWAYS TRIGGER subject_stays;
ALTER TABLE event ENABLE ALWAYS TRIGGER event_stays;
ALTER TABLE tree_head ENABLE ALWAYS TRIGGER tree_head_stays;

GRANT SELECT ON source, subject, event, tree_head, awaited
TO sightline_ledger, sightline_projector, sightline_reader;

GRANT INSERT ON source, subject, event, tree_head, awaited
TO sightline_ledger;

GRANT UPDATE (family) ON subject TO sightline_ledger;

GRANT DELETE ON awaited TO sightline_ledger;
