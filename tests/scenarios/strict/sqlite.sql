CREATE TABLE gauge (id INTEGER PRIMARY KEY, label TEXT NOT NULL, any_value ANY) STRICT;
CREATE TABLE reading (gauge_id INT NOT NULL REFERENCES gauge (id), at INTEGER NOT NULL, value REAL, PRIMARY KEY (gauge_id, at)) STRICT, WITHOUT ROWID;
INSERT INTO gauge VALUES (1, 'a', 5), (2, 'b', 'text'), (3, 'c', x'00ff');
INSERT INTO reading VALUES (1, 100, 1.5), (1, 200, NULL), (3, 100, 2);
