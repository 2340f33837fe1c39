CREATE TABLE   Owner( -- the owner
  Id integer primary key not null , /* one */ Name
    varchar(40) not null collate nocase default 'x', "Note" );
CREATE TABLE pet(id INTEGER PRIMARY KEY ASC, owner_id "unsigned big int" references owner on delete set null check (owner_id <> 0 or owner_id is null), name, CHECK(length(name)>0));
ALTER TABLE pet ADD COLUMN second_owner INT REFERENCES Owner(Id);
ALTER TABLE pet RENAME COLUMN name TO called;
ALTER TABLE pet RENAME TO animal;
INSERT INTO owner VALUES (1, 'Ann', 1), (2, 'Ben', NULL);
INSERT INTO animal VALUES (1, 2, 'Rex', 1), (2, NULL, 'Cat', 2), (3, 1, 'Bird', NULL);
