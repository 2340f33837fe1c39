INSERT INTO kind (name) VALUES ('a'), ('b'), ('c');
INSERT INTO thing (kind_id) SELECT id FROM kind WHERE name IN ('a', 'c');
INSERT INTO plain (n) VALUES (3);
