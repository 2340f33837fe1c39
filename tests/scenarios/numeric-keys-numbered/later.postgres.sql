INSERT INTO bill (total) VALUES (1000), (1001);
INSERT INTO line (bill_id) SELECT id FROM bill WHERE total >= 1000;
INSERT INTO shelf (id, name) VALUES (gen_random_uuid(), 'new'), (gen_random_uuid(), 'newer');
INSERT INTO box (id, name) VALUES (gen_random_uuid(), 'new');
