-- A reference that one partition declares, one that leads to a partition, and inheritance
-- where only an heir says what its column refers to.
CREATE TABLE users (id serial PRIMARY KEY, name text);
CREATE TABLE visits (id bigserial, user_id integer, at date NOT NULL, PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
CREATE TABLE visits_old PARTITION OF visits FOR VALUES FROM ('2000-01-01') TO ('2020-01-01');
CREATE TABLE visits_new PARTITION OF visits FOR VALUES FROM ('2020-01-01') TO ('2040-01-01');
ALTER TABLE visits_new ADD FOREIGN KEY (user_id) REFERENCES users (id);
CREATE TABLE badges (id serial PRIMARY KEY, visit bigint, at date, FOREIGN KEY (visit, at) REFERENCES visits_new (id, at));
CREATE TABLE animal (kind integer, name text);
CREATE TABLE dog (breed text, FOREIGN KEY (kind) REFERENCES users (id)) INHERITS (animal);
INSERT INTO users (name) SELECT 'u' || i FROM generate_series(1, 4) i;
-- Old visits may name users who are gone.
INSERT INTO visits (user_id, at) SELECT 1 + i % 6, date '2018-01-01' + i FROM generate_series(1, 20) i;
INSERT INTO visits (user_id, at) SELECT 1 + i % 4, date '2021-01-01' + i FROM generate_series(1, 20) i;
INSERT INTO badges (visit, at) SELECT id, at FROM visits_new WHERE id % 2 = 0;
INSERT INTO animal VALUES (2, 'Polly'), (77, 'Tux');
INSERT INTO dog VALUES (1, 'Rex', 'mixed'), (NULL, 'Bit', 'mixed');
