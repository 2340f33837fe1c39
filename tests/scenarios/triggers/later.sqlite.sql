INSERT INTO stock (name, amount) VALUES ('bread', 3);
UPDATE stock SET amount = 9 WHERE name = 'tea';
