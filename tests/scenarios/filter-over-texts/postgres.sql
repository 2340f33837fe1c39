CREATE TABLE author (id varchar(36) PRIMARY KEY, name text);
CREATE TABLE story (id text PRIMARY KEY, author_id varchar(36) REFERENCES author, text text);
INSERT INTO author VALUES ('0b5d9f6e-4a83-4f0b-9a53-0c5a1f6c9d11', 'a'), ('4f0e2c7a-b1d8-4e6f-9c3b-5a7d8e9f0a1b', 'b');
INSERT INTO story VALUES ('6f1f3c46-0c3a-4d2e-8f55-7d8a1b2c3d4e', '4f0e2c7a-b1d8-4e6f-9c3b-5a7d8e9f0a1b', 'x'), ('7f1f3c46-0c3a-4d2e-8f55-7d8a1b2c3d4e', NULL, 'y');
-- The server compares such columns as texts, and would have to make texts of UUIDs.
CREATE PUBLICATION compared FOR TABLE author WHERE (id <> '') WITH (publish = 'insert');
CREATE PUBLICATION told FOR TABLE author WHERE (id IS NOT NULL), TABLE story WHERE (author_id = author_id AND id <> 'x') WITH (publish = 'insert');
