UPDATE account SET name = 'four' WHERE name = 'one';
