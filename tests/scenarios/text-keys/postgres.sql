CREATE TABLE currency (code text PRIMARY KEY, name text);
CREATE TABLE account (id integer PRIMARY KEY, currency_code text REFERENCES currency (code), label text);
INSERT INTO currency VALUES ('EUR', 'Euro'), ('CHF', 'Franc');
INSERT INTO account VALUES (1, 'EUR', 'a'), (2, NULL, 'b');
