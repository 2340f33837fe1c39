INSERT INTO users (email, hashed_password) VALUES ('late@example.org', 'x');
INSERT INTO journals (user_id, title, content, created_at) SELECT id, 'First', 'Hello', '2025-05-01' FROM users WHERE email = 'late@example.org';
INSERT INTO reminders (user_id, journal_id, remind_at) SELECT j.user_id, j.id, '2026-01-01Z' FROM journals j WHERE j.title = 'First';
