INSERT INTO people (tenant, name) VALUES ('t1', 'new');
INSERT INTO papers (kind, tenant, author, title) SELECT 'b', tenant, id, 'by new' FROM people WHERE name = 'new';
INSERT INTO papers_m (kind, title) VALUES ('e', 'more');
INSERT INTO pages SELECT kind, id, 3 FROM papers WHERE title = 'more';
