CREATE TABLE modern (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), name text);
CREATE TABLE old (id serial PRIMARY KEY, modern_id uuid REFERENCES modern (id), name text);
INSERT INTO modern VALUES ('6f1b4b0e-0a37-4a0e-9d5a-2f6f0a3f1c11', 'm');
INSERT INTO old (modern_id, name) VALUES ('6f1b4b0e-0a37-4a0e-9d5a-2f6f0a3f1c11', 'o'), (NULL, 'p');
