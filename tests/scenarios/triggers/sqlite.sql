CREATE TABLE stock (id INTEGER PRIMARY KEY, name TEXT, amount INTEGER NOT NULL DEFAULT 0, changed TEXT);
CREATE TABLE log (id INTEGER PRIMARY KEY, stock_id INTEGER REFERENCES stock (id), what TEXT);
INSERT INTO stock (name, amount) VALUES ('tea', 5), ('salt', 0);
CREATE TRIGGER a_of_columns AFTER UPDATE OF id, amount ON stock WHEN OLD.amount IS NOT NEW.amount BEGIN
  INSERT INTO log (stock_id, what) VALUES (NEW.id, 'amount; was ' || OLD.amount);
  UPDATE stock SET changed = 'yes' WHERE id = NEW.id;
END;
CREATE TRIGGER b_delete BEFORE DELETE ON stock FOR EACH ROW BEGIN DELETE FROM log WHERE stock_id = OLD.id; END;
CREATE TRIGGER c_guard BEFORE INSERT ON log WHEN NEW.what = 'forbidden' BEGIN SELECT RAISE(ABORT, 'no'); END;
UPDATE stock SET amount = amount + 1;
