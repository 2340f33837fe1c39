CREATE TABLE note (id INTEGER PRIMARY KEY, body TEXT);
CREATE TABLE told (number INTEGER);
CREATE VIEW latest AS SELECT body FROM note ORDER BY rowid DESC LIMIT 1;
INSERT INTO note VALUES (3, 'c'), (5, 'e'), (9, 'i');
CREATE TRIGGER noted AFTER INSERT ON note BEGIN INSERT INTO told SELECT count(*) + 0 * last_insert_rowid() FROM note; END;
