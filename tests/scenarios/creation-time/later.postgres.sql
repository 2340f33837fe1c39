INSERT INTO account (email, created_at) VALUES ('new@example.org', now());
INSERT INTO invoice (account_id, total, created_on) SELECT id, 9, now() FROM account WHERE email LIKE 'new%';
