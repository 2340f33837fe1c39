INSERT INTO known (name) VALUES ('Dora');
INSERT INTO told (what, giver, taker) VALUES ('book', 'Dora', 'Ann');
DELETE FROM told;
