CREATE EXTENSION btree_gist;
CREATE TABLE room (id serial PRIMARY KEY, name text, seats integer);
CREATE TABLE booking (id serial PRIMARY KEY, room_id integer NOT NULL REFERENCES room (id), guest text, during int4range,
  CONSTRAINT no_overlap EXCLUDE USING gist (room_id WITH =, during WITH &&) DEFERRABLE);
INSERT INTO room (name, seats) VALUES ('red', 4), ('blue', 8);
INSERT INTO booking (room_id, guest, during) VALUES (1, 'Ann', '[1,5)'), (1, 'Ben', '[5,9)'), (2, 'Cleo', '[1,9)');
CREATE INDEX i_desc ON booking (room_id DESC NULLS LAST, id);
CREATE INDEX i_cover ON booking (guest) INCLUDE (id, room_id) WITH (fillfactor = 60);
CREATE UNIQUE INDEX i_unique ON booking (room_id, lower(guest));
CREATE INDEX i_hash ON booking USING hash (room_id);
CREATE INDEX i_partial ON booking (room_id) WHERE guest <> 'Ben';
CREATE INDEX i_null ON booking (room_id) WHERE room_id IS NOT NULL;
COMMENT ON INDEX i_desc IS 'for the calendar';
ALTER TABLE booking CLUSTER ON i_desc;
