CREATE TABLE shop (id character(36) PRIMARY KEY, name text);
CREATE TABLE visitor (id character varying(36) PRIMARY KEY, shop_id character(36) REFERENCES shop (id), name text);
INSERT INTO shop VALUES ('00000000-0000-0000-0000-000000000000', 'nil'), ('ffffffff-ffff-ffff-ffff-ffffffffffff', 'max'), ('0b1e9f0a-6c1e-4b0e-9c6f-1a2b3c4d5e01', 'both');
INSERT INTO visitor VALUES ('0b1e9f0a-6c1e-4b0e-9c6f-1a2b3c4d5e01', '00000000-0000-0000-0000-000000000000', 'same as a shop'), ('00000000-0000-0000-0000-000000000000', NULL, 'nil too'), ('FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF', '0b1e9f0a-6c1e-4b0e-9c6f-1a2b3c4d5e01', 'max too');
