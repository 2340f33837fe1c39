CREATE TABLE account (id serial PRIMARY KEY, email text, created_at timestamp with time zone);
CREATE TABLE invoice (id bigserial PRIMARY KEY, account_id integer, total numeric, created_on timestamp without time zone NOT NULL);
CREATE TABLE visit (id serial PRIMARY KEY, created timestamp with time zone);
INSERT INTO account (email, created_at) SELECT 'a' || i || '@example.org', '2019-03-01 12:00+00'::timestamptz + (i / 3) * interval '1 hour' FROM generate_series(1, 60) i;
INSERT INTO account (email, created_at) VALUES ('unknown@example.org', NULL), ('later@example.org', '2021-01-01'), ('future@example.org', '2999-01-01'), ('for ever@example.org', 'infinity');
INSERT INTO invoice (account_id, total, created_on) SELECT 1 + i % 60, i * 1.5, '2020-01-01'::timestamp + (i / 5) * interval '1 day' FROM generate_series(1, 200) i;
INSERT INTO invoice (account_id, total, created_on) VALUES (77777, 1, '2020-12-01');
ALTER TABLE invoice ADD CONSTRAINT invoice_account FOREIGN KEY (account_id) REFERENCES account (id) NOT VALID;
INSERT INTO visit (created) VALUES ('2024-05-05'), ('2020-01-01'), ('2024-05-06');
