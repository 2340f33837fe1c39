CREATE TABLE account (id serial PRIMARY KEY, name text);
CREATE TABLE event (id bigserial PRIMARY KEY, body jsonb, raw json);
INSERT INTO account (name) VALUES ('Ann'), ('Ben');
INSERT INTO event (body, raw) VALUES
 ('{"account_id": 2, "what": "paid"}', '{"accountId": "1", "accountId": 2}'),
 ('{"accounts": [{"account_id": 1}, {"account_id": 99}], "account_ids": [1, 2]}', NULL),
 ('[1, 2]', '"account_id"'), (NULL, 'null');
