INSERT INTO users (email, full_name) VALUES ('late@example.org', 'Late');
INSERT INTO user_sessions (user_id, token, is_active, expires_at) SELECT uuid, 'late token', true, '2030-01-01Z' FROM users WHERE email = 'late@example.org';
INSERT INTO service_request_notes (request_id, created_by, note) SELECT 1, uuid, 'late note' FROM users WHERE email IN ('late@example.org', 'u5@example.org');
INSERT INTO service_request_notes (request_id, created_by, note) VALUES (2, NULL, 'by nobody');
