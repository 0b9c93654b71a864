-- What the two places of the read model share. The tables of each place are made anew by the projector whenever a read
-- model is begun, so they change without a migration; they are in a schema that belongs to it.

CREATE TABLE rulebook (
    digest text COLLATE "C" PRIMARY KEY,
    text text NOT NULL
);

COMMENT ON TABLE rulebook IS 'The texts of the rulebooks that read models were derived under, by their SHA-256 in hexadecimal.';

-- A place is there while a read model is being filled in or is read.
CREATE TABLE read_model (
    slot text COLLATE "C" PRIMARY KEY CHECK (slot IN ('a', 'b')),
    rulebook text COLLATE "C" NOT NULL REFERENCES rulebook,
    begun bigint NOT NULL,
    checkpoint bigint NOT NULL,
    is_current boolean NOT NULL
);

CREATE UNIQUE INDEX read_model_current ON read_model (is_current) WHERE is_current;

-- Names may be longer than an index takes, so that each is found by its SHA-256.
CREATE TABLE locality (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    locality text COLLATE "C" NOT NULL,
    locality_key bytea NOT NULL UNIQUE
);

-- Whoever clocks count for. No team and no worker are empty texts, which no event can name.
CREATE TABLE holder (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    locality bigint NOT NULL REFERENCES locality,
    team text COLLATE "C" NOT NULL,
    worker text COLLATE "C" NOT NULL,
    holder_key bytea NOT NULL UNIQUE
);

CREATE SCHEMA derived AUTHORIZATION sightline_projector;

GRANT SELECT ON rulebook, read_model, locality, holder TO sightline_ledger, sightline_reader;
GRANT SELECT, INSERT, UPDATE, DELETE ON rulebook, read_model, locality, holder TO sightline_projector;
GRANT USAGE ON SCHEMA derived TO sightline_ledger, sightline_reader;
ALTER DEFAULT PRIVILEGES FOR ROLE sightline_projector IN SCHEMA derived
    GRANT SELECT ON TABLES TO sightline_ledger, sightline_reader;
