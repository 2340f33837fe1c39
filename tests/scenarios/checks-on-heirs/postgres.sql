CREATE TABLE maker (id serial PRIMARY KEY, name text NOT NULL);
CREATE TABLE thing (id bigserial PRIMARY KEY, maker_id int REFERENCES maker (id));
CREATE TABLE copy (
    copied_from int REFERENCES maker (id),
    PRIMARY KEY (id),
    CONSTRAINT not_by_itself CHECK (copied_from IS DISTINCT FROM maker_id),
    note text
) INHERITS (thing);
COMMENT ON CONSTRAINT not_by_itself ON copy IS 'nobody copies what is their own';
CREATE INDEX copy_of_others ON copy ((copied_from = maker_id)) WHERE copied_from <> maker_id;
INSERT INTO maker (name) SELECT 'maker ' || g FROM generate_series(1, 9) g;
INSERT INTO thing (maker_id) SELECT NULLIF(g % 10, 0) FROM generate_series(1, 30) g;
INSERT INTO copy (maker_id, copied_from, note) SELECT g % 9 + 1, NULLIF((g + 4) % 9 + 1, g % 9 + 1), 'copy ' || g FROM generate_series(1, 40) g;
