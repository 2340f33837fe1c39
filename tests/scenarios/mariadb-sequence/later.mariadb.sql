INSERT INTO account (name, owner_id) SELECT 'd', id FROM account WHERE name = 'b';
INSERT INTO entry (account_id) SELECT id FROM account WHERE name = 'd';
