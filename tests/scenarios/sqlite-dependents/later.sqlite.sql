INSERT INTO few (name, parent) VALUES ('twig', 'branch');
