INSERT INTO users_customuser (username, date_joined) VALUES ('new', now());
INSERT INTO orders (user_id) SELECT id FROM users_customuser WHERE username = 'new' AND length(uuid_slug) = 11;
