INSERT INTO accounts_customuser (password, is_superuser, username, first_name, last_name, email, is_staff, is_active, date_joined)
VALUES ('x', false, 'new user', 'New', 'User', 'new@example.org', false, true, '2025-01-01Z'), ('y', false, 'newer user', '', '', '', false, true, '2025-01-02Z');
INSERT INTO accounts_userprofile (bio, user_id) SELECT 'just came', id FROM accounts_customuser WHERE username = 'new user';
INSERT INTO orders_order (placed, total, customer_id) SELECT '2025-01-03Z', 9.99, id FROM accounts_customuser WHERE username IN ('new user', 'user7');
