CREATE TABLE small (id smallint PRIMARY KEY, name text);
CREATE TABLE large (id bigint PRIMARY KEY, name text);
CREATE TABLE mixed (id integer PRIMARY KEY, small_id bigint REFERENCES small (id), large_id bigint REFERENCES large (id), again integer REFERENCES small (id));
INSERT INTO small VALUES (-32768, 'least'), (-1, 'minus'), (0, 'none'), (32767, 'most');
INSERT INTO large VALUES (-9223372036854775808, 'least'), (-2147483649, 'below'), (-1, 'minus'), (0, 'none'), (2147483648, 'above'), (9223372036854775807, 'most');
INSERT INTO mixed VALUES (-2147483648, -32768, -9223372036854775808, -1), (-1, -1, -1, -1), (0, 0, 0, 0), (7, NULL, NULL, NULL), (2147483647, 32767, 9223372036854775807, 32767);
