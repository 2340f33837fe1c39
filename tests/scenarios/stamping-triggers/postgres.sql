CREATE TABLE page (id serial PRIMARY KEY, parent_id integer REFERENCES page (id), title text, updated_at timestamp NOT NULL DEFAULT '2001-01-01', version integer NOT NULL DEFAULT 1);
CREATE TABLE audit (id bigserial PRIMARY KEY, what text, said text);
CREATE FUNCTION stamp() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.updated_at := now(); NEW.version := OLD.version + 1; RETURN NEW; END $$;
CREATE FUNCTION write_down() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO audit (what, said) VALUES (TG_OP, to_jsonb(NEW)->>'title'); PERFORM pg_notify('pages', TG_OP); RETURN NULL; END $$;
INSERT INTO page (parent_id, title) VALUES (NULL, 'root'), (1, 'leaf'), (2, NULL);
CREATE TRIGGER a_stamp BEFORE UPDATE ON page FOR EACH ROW EXECUTE FUNCTION stamp();
CREATE TRIGGER b_audit AFTER INSERT OR UPDATE OR DELETE ON page FOR EACH ROW EXECUTE FUNCTION write_down();
CREATE TRIGGER c_audit AFTER TRUNCATE ON page FOR EACH STATEMENT EXECUTE FUNCTION write_down();
