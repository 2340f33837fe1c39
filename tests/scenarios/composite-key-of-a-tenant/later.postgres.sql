INSERT INTO tenant (name) VALUES ('Cleo');
INSERT INTO document SELECT id, 1, 'one of Cleo' FROM tenant WHERE name = 'Cleo';
INSERT INTO page (tenant_id, document_id, n) SELECT id, 1, 3 FROM tenant WHERE name = 'Cleo';
