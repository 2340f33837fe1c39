CREATE UNLOGGED TABLE cart (id bigserial PRIMARY KEY, owner text);
CREATE UNLOGGED TABLE cart_line (cart_id bigint NOT NULL REFERENCES cart (id), n smallint, PRIMARY KEY (cart_id, n));
CREATE TABLE receipt (id serial PRIMARY KEY, text text);
INSERT INTO cart (owner) VALUES ('Ann'), (NULL);
INSERT INTO cart_line VALUES (1, 1), (1, 2), (2, 1);
INSERT INTO receipt (text) VALUES ('paid');
