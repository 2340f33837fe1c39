INSERT INTO ulid (id, name) SELECT id, 'from the nil' FROM undashed WHERE name = 'nil';
INSERT INTO ticket (no, subject) SELECT id, 'from the nil' FROM undashed WHERE name = 'nil';
