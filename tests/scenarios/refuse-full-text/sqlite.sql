CREATE TABLE note (id INTEGER PRIMARY KEY, body TEXT);
CREATE VIRTUAL TABLE note_words USING fts5 (body, content='note', content_rowid='id');
CREATE TRIGGER note_added AFTER INSERT ON note BEGIN INSERT INTO note_words (rowid, body) VALUES (NEW.id, NEW.body); END;
INSERT INTO note VALUES (1, 'some words'), (2, 'other words');
