INSERT INTO users (name) VALUES ('later');
INSERT INTO events (user_id, at, note) SELECT id, '2024-12-24', 'later' FROM users WHERE name = 'later';
INSERT INTO events (user_id, at, note) SELECT id, '2031-12-24', 'far' FROM users WHERE name = 'u1';
INSERT INTO replies (event_id, event_at) SELECT id, at FROM events WHERE note = 'later';
