INSERT INTO place (title, at, region_id) SELECT 'new', ST_GeomFromText('POINT(9 9)'), id FROM region WHERE name = 'north';
