INSERT INTO thing VALUES ('nib', NULL, DEFAULT, 'y', true);
