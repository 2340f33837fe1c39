CREATE TABLE token (
    id varchar(36) PRIMARY KEY,
    owner text
);
-- What an object-relational mapper adds to every text key.
CREATE INDEX token_id_like ON token (id varchar_pattern_ops);
COMMENT ON INDEX token_id_like IS 'for searches by the first letters';
CREATE INDEX token_owner_like ON token (owner text_pattern_ops);
CREATE TABLE visit (
    id bigserial PRIMARY KEY,
    token_id varchar(36) REFERENCES token (id)
);
CREATE INDEX visit_bloom ON visit USING brin (id int8_bloom_ops);
CREATE INDEX visit_token ON visit (token_id);
INSERT INTO token SELECT md5('t' || g)::uuid::text, 'owner ' || g FROM generate_series(1, 40) g;
INSERT INTO visit (token_id) SELECT md5('t' || (g % 40 + 1))::uuid::text FROM generate_series(1, 200) g;
