CREATE TABLE parent (id integer PRIMARY KEY, half integer NOT NULL, name text, UNIQUE (id, half));
CREATE TABLE child (id integer PRIMARY KEY,
  r00 integer CONSTRAINT "on delete no action on update no action" REFERENCES parent (id) ON DELETE NO ACTION ON UPDATE NO ACTION,
  r01 integer CONSTRAINT "on delete no action on update restrict" REFERENCES parent (id) ON DELETE NO ACTION ON UPDATE RESTRICT,
  r02 integer CONSTRAINT "on delete no action on update cascade" REFERENCES parent (id) ON DELETE NO ACTION ON UPDATE CASCADE,
  r03 integer CONSTRAINT "on delete no action on update set null" REFERENCES parent (id) ON DELETE NO ACTION ON UPDATE SET NULL,
  r04 integer CONSTRAINT "on delete no action on update set default" REFERENCES parent (id) ON DELETE NO ACTION ON UPDATE SET DEFAULT,
  r10 integer CONSTRAINT "on delete restrict on update no action" REFERENCES parent (id) ON DELETE RESTRICT ON UPDATE NO ACTION,
  r11 integer CONSTRAINT "on delete restrict on update restrict" REFERENCES parent (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
  r12 integer CONSTRAINT "on delete restrict on update cascade" REFERENCES parent (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  r13 integer CONSTRAINT "on delete restrict on update set null" REFERENCES parent (id) ON DELETE RESTRICT ON UPDATE SET NULL,
  r14 integer CONSTRAINT "on delete restrict on update set default" REFERENCES parent (id) ON DELETE RESTRICT ON UPDATE SET DEFAULT,
  r20 integer CONSTRAINT "on delete cascade on update no action" REFERENCES parent (id) ON DELETE CASCADE ON UPDATE NO ACTION,
  r21 integer CONSTRAINT "on delete cascade on update restrict" REFERENCES parent (id) ON DELETE CASCADE ON UPDATE RESTRICT,
  r22 integer CONSTRAINT "on delete cascade on update cascade" REFERENCES parent (id) ON DELETE CASCADE ON UPDATE CASCADE,
  r23 integer CONSTRAINT "on delete cascade on update set null" REFERENCES parent (id) ON DELETE CASCADE ON UPDATE SET NULL,
  r24 integer CONSTRAINT "on delete cascade on update set default" REFERENCES parent (id) ON DELETE CASCADE ON UPDATE SET DEFAULT,
  r30 integer CONSTRAINT "on delete set null on update no action" REFERENCES parent (id) ON DELETE SET NULL ON UPDATE NO ACTION,
  r31 integer CONSTRAINT "on delete set null on update restrict" REFERENCES parent (id) ON DELETE SET NULL ON UPDATE RESTRICT,
  r32 integer CONSTRAINT "on delete set null on update cascade" REFERENCES parent (id) ON DELETE SET NULL ON UPDATE CASCADE,
  r33 integer CONSTRAINT "on delete set null on update set null" REFERENCES parent (id) ON DELETE SET NULL ON UPDATE SET NULL,
  r34 integer CONSTRAINT "on delete set null on update set default" REFERENCES parent (id) ON DELETE SET NULL ON UPDATE SET DEFAULT,
  r40 integer CONSTRAINT "on delete set default on update no action" REFERENCES parent (id) ON DELETE SET DEFAULT ON UPDATE NO ACTION,
  r41 integer CONSTRAINT "on delete set default on update restrict" REFERENCES parent (id) ON DELETE SET DEFAULT ON UPDATE RESTRICT,
  r42 integer CONSTRAINT "on delete set default on update cascade" REFERENCES parent (id) ON DELETE SET DEFAULT ON UPDATE CASCADE,
  r43 integer CONSTRAINT "on delete set default on update set null" REFERENCES parent (id) ON DELETE SET DEFAULT ON UPDATE SET NULL,
  r44 integer CONSTRAINT "on delete set default on update set default" REFERENCES parent (id) ON DELETE SET DEFAULT ON UPDATE SET DEFAULT,
  later integer CONSTRAINT child_later REFERENCES parent (id) DEFERRABLE INITIALLY DEFERRED,
  maybe integer CONSTRAINT child_maybe REFERENCES parent (id) DEFERRABLE,
  p_id integer, p_half integer,
  CONSTRAINT child_full FOREIGN KEY (p_id, p_half) REFERENCES parent (id, half) MATCH FULL ON DELETE SET NULL,
  q_id integer, q_half integer);
SELECT current_setting('server_version_num')::integer >= 150000 AS names_columns \gset
\if :names_columns
ALTER TABLE child ADD CONSTRAINT child_part FOREIGN KEY (q_id, q_half) REFERENCES parent (id, half) ON DELETE SET NULL (q_id);
\else
ALTER TABLE child ADD CONSTRAINT child_part FOREIGN KEY (q_id, q_half) REFERENCES parent (id, half) ON DELETE SET NULL;
\endif
COMMENT ON CONSTRAINT child_full ON child IS 'both or none';
COMMENT ON CONSTRAINT child_pkey ON child IS 'the key itself';
INSERT INTO parent VALUES (1, 10, 'a'), (2, 20, 'b'), (3, 30, 'c');
INSERT INTO child (id, r00, r11, r22, r33, r44, later, maybe, p_id, p_half, q_id, q_half)
  VALUES (1, 1, 2, 3, 1, 2, 3, 1, 1, 10, 2, 20), (2, NULL, 1, NULL, 1, NULL, NULL, 2, NULL, NULL, NULL, 7), (3, 3, 3, 3, 3, 3, 3, 3, 3, 30, 3, NULL);
