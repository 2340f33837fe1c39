CREATE TABLE entry (id bigint PRIMARY KEY, before_id bigint REFERENCES entry (id), at timestamptz);
INSERT INTO entry SELECT n::bigint * (n % 7 - 3) * 1000003 + n, NULL, '2020-01-01'::timestamptz + n % 11 * interval '1 day' FROM generate_series(1, 5000) n;
UPDATE entry e SET before_id = (SELECT max(b.id) FROM entry b WHERE b.id < e.id) WHERE e.id % 3 = 0;
ALTER TABLE entry ADD COLUMN place integer;
UPDATE entry e SET place = o.place FROM (SELECT id, row_number() OVER (ORDER BY id) AS place FROM entry) o WHERE o.id = e.id;
