CREATE TABLE ticket (id INTEGER PRIMARY KEY AUTOINCREMENT, note TEXT);
CREATE TABLE reply (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, ticket_id INTEGER NOT NULL REFERENCES ticket (id), note TEXT);
CREATE TABLE untouched (code TEXT PRIMARY KEY);
INSERT INTO ticket (note) VALUES ('a'), ('b'), ('c'), ('d');
DELETE FROM ticket WHERE id = 4;
INSERT INTO reply (id, ticket_id, note) VALUES (50, 1, 'r'), (90, 3, 's');
DELETE FROM reply WHERE id = 90;
