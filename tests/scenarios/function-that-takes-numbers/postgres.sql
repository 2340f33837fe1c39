CREATE TABLE member (id serial PRIMARY KEY, name text);
INSERT INTO member (name) VALUES ('Ann'), ('Ben');
CREATE FUNCTION name_of(p integer) RETURNS text LANGUAGE plpgsql AS $$ BEGIN RETURN (SELECT name FROM member WHERE member.id = p); END $$;
CREATE FUNCTION harmless(p text) RETURNS text LANGUAGE plpgsql AS $$ BEGIN RETURN upper(p); END $$;
