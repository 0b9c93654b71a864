-- What was refused, whole, and what was done about it. Both are only ever added to.

CREATE TABLE quarantined (
    number bigint PRIMARY KEY,
    received bigint NOT NULL,
    -- The line of a file, from 1; null where there was no file.
    line bigint,
    -- SHA-256 of the bytes.
    digest bytea NOT NULL,
    bytes bytea NOT NULL,
    reason text COLLATE "C" NOT NULL,
    field text COLLATE "C",
    detail text COLLATE "C" NOT NULL
);

CREATE TABLE quarantine_step (
    number bigint NOT NULL REFERENCES quarantined,
    ordinal bigint NOT NULL,
    at bigint NOT NULL,
    by text COLLATE "C" NOT NULL,
    what text COLLATE "C" NOT NULL CHECK (what IN ('corrected', 'released', 'refused_again', 'discarded')),
    -- Of what was corrected or released: where the event is in the ledger.
    position bigint REFERENCES event,
    -- Of what was refused again: why, as in `quarantined`. Of what was discarded: why, in `detail`.
    reason text COLLATE "C",
    field text COLLATE "C",
    detail text COLLATE "C",
    PRIMARY KEY (number, ordinal)
);

-- What no step has settled yet. It follows from the two above, and is kept so that the same bytes are listed once.
CREATE TABLE quarantine_open (
    digest bytea NOT NULL,
    -- 0 where there was no file.
    line bigint NOT NULL,
    number bigint NOT NULL UNIQUE REFERENCES quarantined,
    PRIMARY KEY (digest, line)
);

-- Refuses a step that is not the next.
CREATE FUNCTION must_be_next_step() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
    IF NEW.ordinal <> (SELECT coalesce(max(ordinal), 0) + 1 FROM sightline.quarantine_step WHERE number = NEW.number) THEN
        RAISE EXCEPTION 'the ledger is append-only: a step must be the next'
            USING ERRCODE = 'integrity_constraint_violation', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER quarantined_is_next AFTER INSERT ON quarantined
REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION must_be_next('number');

CREATE TRIGGER quarantined_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON quarantined
FOR EACH STATEMENT EXECUTE FUNCTION refuse();

CREATE TRIGGER quarantine_step_is_next BEFORE INSERT ON quarantine_step
FOR EACH ROW EXECUTE FUNCTION must_be_next_step();

CREATE TRIGGER quarantine_step_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON quarantine_step
FOR EACH STATEMENT EXECUTE FUNCTION refuse();

-- Also where a session has switched ordinary triggers off.
ALTER TABLE quarantined ENABLE ALWAYS TRIGGER quarantined_stays;
ALTER TABLE quarantine_step ENABLE ALWAYS TRIGGER quarantine_step_stays;

GRANT SELECT ON quarantined, quarantine_step, quarantine_open
TO sightline_ledger, sightline_projector, sightline_reader;

GRANT INSERT ON quarantined, quarantine_step, quarantine_open TO sightline_ledger;

GRANT DELETE ON quarantine_open TO sightline_ledger;
