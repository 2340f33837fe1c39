CREATE ROLE policy_reader;
CREATE ROLE "policy role";
CREATE TABLE account (id serial PRIMARY KEY, name text NOT NULL);
CREATE TABLE doc (id bigserial PRIMARY KEY, account_id int REFERENCES account, v text);
CREATE TABLE note (n text);
CREATE VIEW seen AS SELECT id, name FROM account;
INSERT INTO account (name) VALUES ('a'), ('b'), ('c');
INSERT INTO doc (account_id, v) VALUES (1, 'x'), (2, 'y'), (NULL, 'z');
ALTER TABLE account ENABLE ROW LEVEL SECURITY;
ALTER TABLE account FORCE ROW LEVEL SECURITY;
ALTER TABLE doc ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON doc AS RESTRICTIVE FOR UPDATE TO policy_reader, "policy role"
  USING (account_id IN (SELECT a.id FROM account a WHERE a.name = current_user)) WITH CHECK (account_id IS NOT NULL);
CREATE POLICY "it's ""all""" ON account USING ((id)::text = current_setting('app.account', true));
COMMENT ON POLICY "it's ""all""" ON account IS 'a \ comment';
CREATE POLICY adding ON doc FOR INSERT WITH CHECK (EXISTS (SELECT FROM seen s WHERE s.id = doc.account_id));
CREATE POLICY removing ON doc FOR DELETE USING (id IS NOT NULL);
CREATE POLICY elsewhere ON note FOR SELECT USING (n IN (SELECT name FROM account WHERE id IS NOT NULL));
