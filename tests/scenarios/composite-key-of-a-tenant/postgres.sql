CREATE TABLE tenant (id serial PRIMARY KEY, name text NOT NULL);
CREATE TABLE document (tenant_id integer NOT NULL REFERENCES tenant (id), id integer NOT NULL, title text, PRIMARY KEY (tenant_id, id));
CREATE TABLE page (id bigserial PRIMARY KEY, tenant_id integer NOT NULL, document_id integer, n integer,
  CONSTRAINT page_of_document FOREIGN KEY (tenant_id, document_id) REFERENCES document (tenant_id, id) ON DELETE CASCADE);
CREATE TABLE parent_page (id serial PRIMARY KEY, tenant_id integer NOT NULL, document_id integer NOT NULL,
  CONSTRAINT crossed FOREIGN KEY (document_id, tenant_id) REFERENCES document (id, tenant_id) MATCH FULL);
INSERT INTO tenant (name) VALUES ('Ann & Co'), ('Ben GmbH');
INSERT INTO document VALUES (1, 1, 'one of Ann'), (1, 2, 'two of Ann'), (2, 1, 'one of Ben'), (2, -1, 'odd'), (2, 0, NULL);
INSERT INTO page (tenant_id, document_id, n) VALUES (1, 1, 1), (1, 2, 1), (2, 1, 1), (2, -1, 1), (2, NULL, 9);
INSERT INTO parent_page (tenant_id, document_id) VALUES (1, 2), (2, 0);
