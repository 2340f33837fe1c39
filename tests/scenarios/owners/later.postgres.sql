SET ROLE owners_app;
INSERT INTO customer (name) VALUES ('Cleo');
