CREATE TABLE student (id integer PRIMARY KEY, name text);
CREATE TABLE course (id integer PRIMARY KEY, title text);
CREATE TABLE enrolment (course_id integer NOT NULL REFERENCES course (id), student_id integer NOT NULL REFERENCES student (id) ON DELETE CASCADE, mark integer, PRIMARY KEY (student_id, course_id));
CREATE TABLE absence (course_id integer NOT NULL, student_id integer NOT NULL, day date NOT NULL, PRIMARY KEY (student_id, course_id, day),
  CONSTRAINT absence_of_enrolment FOREIGN KEY (student_id, course_id) REFERENCES enrolment (student_id, course_id) ON UPDATE CASCADE);
CREATE INDEX enrolment_course ON enrolment (course_id, student_id);
INSERT INTO student VALUES (1, 'Ann'), (2, 'Ben'), (3, 'Cleo');
INSERT INTO course VALUES (1, 'Maths'), (2, 'Music');
INSERT INTO enrolment VALUES (1, 1, 5), (2, 1, 4), (1, 3, NULL), (2, 2, 3);
INSERT INTO absence VALUES (1, 1, '2024-01-01'), (1, 1, '2024-01-02'), (2, 2, '2024-01-01');
