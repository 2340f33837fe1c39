CREATE TABLE event (id integer PRIMARY KEY, happened timestamp, note text);
INSERT INTO event VALUES (20000000, '2024-05-01 10:00:00', 'far'), (1, '2025-01-01 00:00:00', 'first id, later time'), (500, NULL, 'no time'), (499, '1999-12-31 23:59:59', 'old'), (-7, '2024-05-01 10:00:00', 'negative'), (2, '2024-05-01 10:00:00', 'same time');
