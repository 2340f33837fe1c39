CREATE TABLE parcel ("the ""id""" serial PRIMARY KEY, weight integer);
CREATE TABLE label (id serial PRIMARY KEY, "a ""parcel""" integer REFERENCES parcel);
INSERT INTO parcel (weight) SELECT i FROM generate_series(1, 20) i;
INSERT INTO label ("a ""parcel""") SELECT 1 + i % 20 FROM generate_series(1, 30) i;
ALTER TABLE parcel ADD CONSTRAINT positive CHECK ("the ""id""" > 0);
CREATE INDEX halves ON label (abs("a ""parcel""" / 2), id);
CREATE INDEX late ON label (id) WHERE "a ""parcel""" > 10;
