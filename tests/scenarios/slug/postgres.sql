CREATE TABLE users_customuser (id serial PRIMARY KEY, username text UNIQUE, date_joined timestamp with time zone NOT NULL);
CREATE TABLE users_profile (user_id integer PRIMARY KEY REFERENCES users_customuser (id), bio text);
CREATE TABLE orders (id serial PRIMARY KEY, user_id integer NOT NULL REFERENCES users_customuser (id));
INSERT INTO users_customuser (username, date_joined) SELECT 'user' || i, '2020-01-01'::timestamptz + i * interval '1 hour' FROM generate_series(1, 2000) i;
INSERT INTO users_profile SELECT id, 'bio' FROM users_customuser WHERE id % 2 = 0;
INSERT INTO orders (user_id) SELECT 1 + i % 2000 FROM generate_series(1, 3000) i;
