BEGIN;
INSERT INTO crew (name, captain_id) SELECT 'Death and Glory', id FROM sailor WHERE name = 'Nancy.';
INSERT INTO sailor (crew_id, name) SELECT id, 'Joe' FROM crew WHERE name = 'Death and Glory';
COMMIT;
