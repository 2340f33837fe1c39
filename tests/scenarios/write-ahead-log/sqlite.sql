PRAGMA page_size = 8192;
PRAGMA auto_vacuum = INCREMENTAL;
PRAGMA encoding = 'UTF-16le';
PRAGMA journal_mode = WAL;
PRAGMA user_version = 42;
PRAGMA application_id = 1196444487;
CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT, parent INTEGER REFERENCES t (id), data BLOB);
INSERT INTO t VALUES (1, 'ä€😀', NULL, x'00010203'), (2, '', 1, NULL), (3, NULL, 1, x'');
