CREATE TABLE coupon (code integer NOT NULL, note text);
CREATE UNIQUE INDEX coupon_code ON coupon (code);
CREATE TABLE redeemed (id serial PRIMARY KEY, code integer REFERENCES coupon (code) ON DELETE CASCADE);
INSERT INTO coupon VALUES (-1, 'a'), (0, 'b'), (2147483647, NULL);
INSERT INTO redeemed (code) VALUES (0), (0), (2147483647), (NULL);
