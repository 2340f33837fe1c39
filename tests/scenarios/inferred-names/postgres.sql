-- References that nobody declared, by every habit of naming, and columns that only look so.
CREATE TABLE users (id serial PRIMARY KEY, name text);
CREATE TABLE "orderItems" (id serial PRIMARY KEY, label text);
CREATE TABLE categories (category_id serial PRIMARY KEY, parent_id integer, name text);
CREATE SCHEMA archive;
CREATE TABLE archive.notes (id serial PRIMARY KEY, user_id bigint, created_by integer, "orderItemId" integer, home_category_id smallint, updated_by integer);
CREATE TABLE posts (id serial PRIMARY KEY, user_id integer NOT NULL, editor_user_id integer, created_by integer, deleted_by integer, owner_id integer, "orderItemId" integer, category_id integer, position integer);
-- What kind of reaction it is, not another reaction.
CREATE TABLE reactions (id serial PRIMARY KEY, reaction_id integer NOT NULL, user_id integer);
INSERT INTO users (name) SELECT 'u' || i FROM generate_series(1, 9) i;
INSERT INTO "orderItems" (label) SELECT 'o' || i FROM generate_series(1, 5) i;
INSERT INTO categories (parent_id, name) SELECT nullif(i / 2, 0), 'c' || i FROM generate_series(1, 6) i;
INSERT INTO posts (user_id, editor_user_id, created_by, deleted_by, owner_id, "orderItemId", category_id, position)
  SELECT 1 + i % 9, nullif(i % 4, 0), 1 + i % 3, i * 1000, 1 + i % 9, 1 + i % 5, 1 + i % 6, i FROM generate_series(1, 20) i;
INSERT INTO archive.notes (user_id, created_by, "orderItemId", home_category_id) SELECT 1 + i % 9, 77, 1 + i % 5, 1 FROM generate_series(1, 7) i;
INSERT INTO reactions (reaction_id, user_id) SELECT i % 3, 1 + i % 9 FROM generate_series(1, 12) i;
