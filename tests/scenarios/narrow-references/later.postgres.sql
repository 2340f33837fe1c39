-- Two numbers are left that the smallint can hold, and both are needed there.
INSERT INTO wide (name) SELECT 'since ' || g FROM generate_series(1, 50) g;
INSERT INTO note (wide_id) SELECT id FROM wide WHERE name IN ('since 48', 'since 49', 'since 50', 'too much for a smallint');
UPDATE note SET tiny_id = wide_id WHERE wide_id IN (SELECT id FROM wide WHERE name IN ('since 49', 'since 50'));
INSERT INTO ledger (wide_id) SELECT id FROM wide WHERE name IN ('since 1', 'since 49', 'too much for an integer');
INSERT INTO code VALUES ('5f1f3c46-0c3a-4d2e-8f55-7d8a1b2c3d4e', 'since');
INSERT INTO use_of_code (code_id) SELECT id FROM code WHERE name IN ('a', 'since');
