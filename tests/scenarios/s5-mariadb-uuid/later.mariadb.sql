INSERT INTO report_definitions (name, created_at) VALUES ('late report', '2025-07-01');
INSERT INTO report_executions (report_definition_id, name, created_at) SELECT id, 'late execution', '2025-07-02' FROM report_definitions WHERE name = 'late report';
INSERT INTO dashboards (name, created_at) VALUES ('late dashboard', '2025-07-01');
INSERT INTO dashboard_pages (dashboard_id, name, created_at) SELECT id, 'late page', '2025-07-01' FROM dashboards WHERE name = 'late dashboard';
INSERT INTO dashboard_widgets (page_id, report_definition_id, name, created_at) SELECT p.id, r.id, 'late widget', '2025-07-01' FROM dashboard_pages p, report_definitions r WHERE p.name = 'late page' AND r.name = 'late report';
