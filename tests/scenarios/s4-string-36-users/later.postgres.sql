INSERT INTO users VALUES ('288029b4-64d4-4ecd-9821-17338909cc8d', 'late@example.org', '2025-01-01Z');
INSERT INTO journal_entries (user_id, body) VALUES ('288029b4-64d4-4ecd-9821-17338909cc8d', 'late');
INSERT INTO reminders (user_id, remind_at) VALUES (NULL, '2025-02-01Z');
