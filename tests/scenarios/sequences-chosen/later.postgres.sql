INSERT INTO "Shop"."Order.s" (name) VALUES ('since 1'), ('since 2');
INSERT INTO down (name) VALUES ('since');
INSERT INTO line (order_id, text) SELECT id, 'since' FROM "Shop"."Order.s" WHERE name LIKE 'since%';
INSERT INTO closed (name) VALUES ('since');
INSERT INTO kept (name) VALUES ('since');
