-- Reports, dashboards and schedulers of an application: fifteen tables with integer keys, in
-- constraints whose names nobody would guess.
CREATE TABLE alembic_version (version_num varchar(32) PRIMARY KEY);
INSERT INTO alembic_version VALUES ('pg_s1');
CREATE TEMPORARY TABLE numbers (g int NOT NULL PRIMARY KEY);
INSERT INTO numbers SELECT a.i + 10 * b.i + 100 * c.i + 1000 * d.i + 1 FROM (
  SELECT 0 AS i UNION SELECT 1 UNION SELECT 2 UNION SELECT 3 UNION SELECT 4 UNION SELECT 5 UNION SELECT 6 UNION SELECT 7 UNION SELECT 8 UNION SELECT 9
) a, (SELECT 0 AS i UNION SELECT 1 UNION SELECT 2 UNION SELECT 3 UNION SELECT 4 UNION SELECT 5 UNION SELECT 6 UNION SELECT 7 UNION SELECT 8 UNION SELECT 9) b,
  (SELECT 0 AS i UNION SELECT 1 UNION SELECT 2 UNION SELECT 3 UNION SELECT 4 UNION SELECT 5 UNION SELECT 6 UNION SELECT 7 UNION SELECT 8 UNION SELECT 9) c,
  (SELECT 0 AS i UNION SELECT 1 UNION SELECT 2) d;
CREATE TABLE report_definitions (
    id int NOT NULL AUTO_INCREMENT,
    tenant varchar(64) NOT NULL DEFAULT 'main',
    name varchar(255),
    config json,
    is_active boolean DEFAULT true,
    created_at datetime NOT NULL,
    updated_at datetime,
    PRIMARY KEY (id)
) DEFAULT CHARSET=utf8mb4;
CREATE TABLE report_executions (
    id int NOT NULL AUTO_INCREMENT,
    tenant varchar(64) NOT NULL DEFAULT 'main',
    report_definition_id int NOT NULL,
    name varchar(255),
    config json,
    is_active boolean DEFAULT true,
    created_at datetime NOT NULL,
    updated_at datetime,
    PRIMARY KEY (id),
    CONSTRAINT fk_report_exe_report_definition_id_1eef FOREIGN KEY (report_definition_id) REFERENCES report_definitions (id) ON DELETE CASCADE
) DEFAULT CHARSET=utf8mb4;
CREATE INDEX ix_report_executions_report_definition_id ON report_executions (report_definition_id);
CREATE TABLE report_schedules (
    id int NOT NULL AUTO_INCREMENT,
    tenant varchar(64) NOT NULL DEFAULT 'main',
    report_definition_id int NOT NULL,
    name varchar(255),
    config json,
    is_active boolean DEFAULT true,
    created_at datetime NOT NULL,
    updated_at datetime,
    PRIMARY KEY (id),
    CONSTRAINT fk_report_sch_report_definition_id_16e9 FOREIGN KEY (report_definition_id) REFERENCES report_definitions (id)
) DEFAULT CHARSET=utf8mb4;
CREATE INDEX ix_report_schedules_report_definition_id ON report_schedules (report_definition_id);
CREATE TABLE report_templates (
    id int NOT NULL AUTO_INCREMENT,
    tenant varchar(64) NOT NULL DEFAULT 'main',
    name varchar(255),
    config json,
    is_active boolean DEFAULT true,
    created_at datetime NOT NULL,
    updated_at datetime,
    PRIMARY KEY (id)
) DEFAULT CHARSET=utf8mb4;
CREATE TABLE report_cache (
    id int NOT NULL AUTO_INCREMENT,
    tenant varchar(64) NOT NULL DEFAULT 'main',
    report_definition_id int NOT NULL,
    name varchar(255),
    config json,
    is_active boolean DEFAULT true,
    created_at datetime NOT NULL,
    updated_at datetime,
    PRIMARY KEY (id),
    UNIQUE KEY (report_definition_id),
    CONSTRAINT fk_report_cac_report_definition_id_6dd FOREIGN KEY (report_definition_id) REFERENCES report_definitions (id) ON DELETE CASCADE
) DEFAULT CHARSET=utf8mb4;
CREATE TABLE dashboards (
    id int NOT NULL AUTO_INCREMENT,
    tenant varchar(64) NOT NULL DEFAULT 'main',
    name varchar(255),
    config json,
    is_active boolean DEFAULT true,
    created_at datetime NOT NULL,
    updated_at datetime,
    PRIMARY KEY (id)
) DEFAULT CHARSET=utf8mb4;
CREATE TABLE dashboard_pages (
    id int NOT NULL AUTO_INCREMENT,
    tenant varchar(64) NOT NULL DEFAULT 'main',
    dashboard_id int NOT NULL,
    name varchar(255),
    config json,
    is_active boolean DEFAULT true,
    created_at datetime NOT NULL,
    updated_at datetime,
    PRIMARY KEY (id),
    CONSTRAINT fk_dashboard__dashboard_id_1dc6 FOREIGN KEY (dashboard_id) REFERENCES dashboards (id) ON DELETE CASCADE
) DEFAULT CHARSET=utf8mb4;
CREATE INDEX ix_dashboard_pages_dashboard_id ON dashboard_pages (dashboard_id);
CREATE TABLE dashboard_widgets (
    id int NOT NULL AUTO_INCREMENT,
    tenant varchar(64) NOT NULL DEFAULT 'main',
    page_id int NOT NULL,
    report_definition_id int,
    name varchar(255),
    config json,
    is_active boolean DEFAULT true,
    created_at datetime NOT NULL,
    updated_at datetime,
    PRIMARY KEY (id),
    CONSTRAINT fk_dashboard__page_id_15c0 FOREIGN KEY (page_id) REFERENCES dashboard_pages (id) ON DELETE CASCADE,
    CONSTRAINT fk_dashboard__report_definition_id_15c0 FOREIGN KEY (report_definition_id) REFERENCES report_definitions (id) ON DELETE SET NULL
) DEFAULT CHARSET=utf8mb4;
CREATE INDEX ix_dashboard_widgets_page_id ON dashboard_widgets (page_id);
CREATE INDEX ix_dashboard_widgets_report_definition_id ON dashboard_widgets (report_definition_id);
CREATE TABLE dashboard_shares (
    id int NOT NULL AUTO_INCREMENT,
    tenant varchar(64) NOT NULL DEFAULT 'main',
    dashboard_id int NOT NULL,
    name varchar(255),
    config json,
    is_active boolean DEFAULT true,
    created_at datetime NOT NULL,
    updated_at datetime,
    PRIMARY KEY (id),
    CONSTRAINT fk_dashboard__dashboard_id_dba FOREIGN KEY (dashboard_id) REFERENCES dashboards (id) ON DELETE CASCADE
) DEFAULT CHARSET=utf8mb4;
CREATE INDEX ix_dashboard_shares_dashboard_id ON dashboard_shares (dashboard_id);
CREATE TABLE dashboard_snapshots (
    id int NOT NULL AUTO_INCREMENT,
    tenant varchar(64) NOT NULL DEFAULT 'main',
    dashboard_id int NOT NULL,
    name varchar(255),
    config json,
    is_active boolean DEFAULT true,
    created_at datetime NOT NULL,
    updated_at datetime,
    PRIMARY KEY (id),
    CONSTRAINT fk_dashboard__dashboard_id_5b4 FOREIGN KEY (dashboard_id) REFERENCES dashboards (id)
) DEFAULT CHARSET=utf8mb4;
CREATE INDEX ix_dashboard_snapshots_dashboard_id ON dashboard_snapshots (dashboard_id);
CREATE TABLE widget_data_cache (
    id int NOT NULL AUTO_INCREMENT,
    tenant varchar(64) NOT NULL DEFAULT 'main',
    widget_id int NOT NULL,
    name varchar(255),
    config json,
    is_active boolean DEFAULT true,
    created_at datetime NOT NULL,
    updated_at datetime,
    PRIMARY KEY (id),
    CONSTRAINT fk_widget_dat_widget_id_24a3 FOREIGN KEY (widget_id) REFERENCES dashboard_widgets (id) ON DELETE CASCADE
) DEFAULT CHARSET=utf8mb4;
CREATE INDEX ix_widget_data_cache_widget_id ON widget_data_cache (widget_id);
CREATE TABLE scheduler_configs (
    id int NOT NULL AUTO_INCREMENT,
    tenant varchar(64) NOT NULL DEFAULT 'main',
    name varchar(255),
    config json,
    is_active boolean DEFAULT true,
    created_at datetime NOT NULL,
    updated_at datetime,
    PRIMARY KEY (id)
) DEFAULT CHARSET=utf8mb4;
CREATE TABLE scheduler_jobs (
    id int NOT NULL AUTO_INCREMENT,
    tenant varchar(64) NOT NULL DEFAULT 'main',
    config_id int NOT NULL,
    name varchar(255),
    config json,
    is_active boolean DEFAULT true,
    created_at datetime NOT NULL,
    updated_at datetime,
    PRIMARY KEY (id),
    CONSTRAINT fk_scheduler__config_id_1497 FOREIGN KEY (config_id) REFERENCES scheduler_configs (id)
) DEFAULT CHARSET=utf8mb4;
CREATE INDEX ix_scheduler_jobs_config_id ON scheduler_jobs (config_id);
CREATE TABLE scheduler_job_executions (
    id int NOT NULL AUTO_INCREMENT,
    tenant varchar(64) NOT NULL DEFAULT 'main',
    job_id int NOT NULL,
    name varchar(255),
    config json,
    is_active boolean DEFAULT true,
    created_at datetime NOT NULL,
    updated_at datetime,
    PRIMARY KEY (id),
    CONSTRAINT fk_scheduler__job_id_c91 FOREIGN KEY (job_id) REFERENCES scheduler_jobs (id) ON DELETE CASCADE
) DEFAULT CHARSET=utf8mb4;
CREATE INDEX ix_scheduler_job_executions_job_id ON scheduler_job_executions (job_id);
CREATE TABLE scheduler_job_logs (
    id int NOT NULL AUTO_INCREMENT,
    tenant varchar(64) NOT NULL DEFAULT 'main',
    execution_id int NOT NULL,
    name varchar(255),
    config json,
    is_active boolean DEFAULT true,
    created_at datetime NOT NULL,
    updated_at datetime,
    PRIMARY KEY (id),
    CONSTRAINT fk_scheduler__execution_id_48b FOREIGN KEY (execution_id) REFERENCES scheduler_job_executions (id) ON DELETE CASCADE
) DEFAULT CHARSET=utf8mb4;
CREATE INDEX ix_scheduler_job_logs_execution_id ON scheduler_job_logs (execution_id);
CREATE VIEW failed_jobs AS SELECT j.id, j.name, e.id AS execution_id, e.created_at FROM scheduler_jobs j JOIN scheduler_job_executions e ON e.job_id = j.id WHERE NOT e.is_active;

INSERT INTO report_definitions (name, config, is_active, created_at, updated_at)
SELECT CASE WHEN g % 13 > 0 THEN CONCAT('report_defin ', g) END, CASE WHEN g % 3 > 0 THEN JSON_OBJECT('n', g, 'label', 'Büro') END, g % 5 > 0,
       TIMESTAMP '2025-01-01 00:00:00' + INTERVAL g MINUTE, CASE WHEN g % 2 = 0 THEN TIMESTAMP '2025-06-01 00:00:00' END FROM numbers WHERE g <= 120 ORDER BY g;
INSERT INTO report_executions (name, report_definition_id, config, is_active, created_at, updated_at)
SELECT CASE WHEN g % 13 > 0 THEN CONCAT('report_execu ', g) END, g % 120 + 1, CASE WHEN g % 3 > 0 THEN JSON_OBJECT('n', g, 'label', 'Büro') END, g % 5 > 0,
       TIMESTAMP '2025-01-01 00:00:00' + INTERVAL g MINUTE, CASE WHEN g % 2 = 0 THEN TIMESTAMP '2025-06-01 00:00:00' END FROM numbers WHERE g <= 3000 ORDER BY g;
INSERT INTO report_schedules (name, report_definition_id, config, is_active, created_at, updated_at)
SELECT CASE WHEN g % 13 > 0 THEN CONCAT('report_sched ', g) END, g % 120 + 1, CASE WHEN g % 3 > 0 THEN JSON_OBJECT('n', g, 'label', 'Büro') END, g % 5 > 0,
       TIMESTAMP '2025-01-01 00:00:00' + INTERVAL g MINUTE, CASE WHEN g % 2 = 0 THEN TIMESTAMP '2025-06-01 00:00:00' END FROM numbers WHERE g <= 90 ORDER BY g;
INSERT INTO report_templates (name, config, is_active, created_at, updated_at)
SELECT CASE WHEN g % 13 > 0 THEN CONCAT('report_templ ', g) END, CASE WHEN g % 3 > 0 THEN JSON_OBJECT('n', g, 'label', 'Büro') END, g % 5 > 0,
       TIMESTAMP '2025-01-01 00:00:00' + INTERVAL g MINUTE, CASE WHEN g % 2 = 0 THEN TIMESTAMP '2025-06-01 00:00:00' END FROM numbers WHERE g <= 40 ORDER BY g;
INSERT INTO report_cache (name, report_definition_id, config, is_active, created_at, updated_at)
SELECT CASE WHEN g % 13 > 0 THEN CONCAT('report_cache ', g) END, g, CASE WHEN g % 3 > 0 THEN JSON_OBJECT('n', g, 'label', 'Büro') END, g % 5 > 0,
       TIMESTAMP '2025-01-01 00:00:00' + INTERVAL g MINUTE, CASE WHEN g % 2 = 0 THEN TIMESTAMP '2025-06-01 00:00:00' END FROM numbers WHERE g <= 100 ORDER BY g;
INSERT INTO dashboards (name, config, is_active, created_at, updated_at)
SELECT CASE WHEN g % 13 > 0 THEN CONCAT('dashboards ', g) END, CASE WHEN g % 3 > 0 THEN JSON_OBJECT('n', g, 'label', 'Büro') END, g % 5 > 0,
       TIMESTAMP '2025-01-01 00:00:00' + INTERVAL g MINUTE, CASE WHEN g % 2 = 0 THEN TIMESTAMP '2025-06-01 00:00:00' END FROM numbers WHERE g <= 60 ORDER BY g;
INSERT INTO dashboard_pages (name, dashboard_id, config, is_active, created_at, updated_at)
SELECT CASE WHEN g % 13 > 0 THEN CONCAT('dashboard_pa ', g) END, g % 60 + 1, CASE WHEN g % 3 > 0 THEN JSON_OBJECT('n', g, 'label', 'Büro') END, g % 5 > 0,
       TIMESTAMP '2025-01-01 00:00:00' + INTERVAL g MINUTE, CASE WHEN g % 2 = 0 THEN TIMESTAMP '2025-06-01 00:00:00' END FROM numbers WHERE g <= 200 ORDER BY g;
INSERT INTO dashboard_widgets (name, page_id, report_definition_id, config, is_active, created_at, updated_at)
SELECT CASE WHEN g % 13 > 0 THEN CONCAT('dashboard_wi ', g) END, g % 200 + 1, CASE WHEN g % 4 > 0 THEN g % 120 + 1 END, CASE WHEN g % 3 > 0 THEN JSON_OBJECT('n', g, 'label', 'Büro') END, g % 5 > 0,
       TIMESTAMP '2025-01-01 00:00:00' + INTERVAL g MINUTE, CASE WHEN g % 2 = 0 THEN TIMESTAMP '2025-06-01 00:00:00' END FROM numbers WHERE g <= 900 ORDER BY g;
INSERT INTO dashboard_shares (name, dashboard_id, config, is_active, created_at, updated_at)
SELECT CASE WHEN g % 13 > 0 THEN CONCAT('dashboard_sh ', g) END, g % 60 + 1, CASE WHEN g % 3 > 0 THEN JSON_OBJECT('n', g, 'label', 'Büro') END, g % 5 > 0,
       TIMESTAMP '2025-01-01 00:00:00' + INTERVAL g MINUTE, CASE WHEN g % 2 = 0 THEN TIMESTAMP '2025-06-01 00:00:00' END FROM numbers WHERE g <= 150 ORDER BY g;
INSERT INTO dashboard_snapshots (name, dashboard_id, config, is_active, created_at, updated_at)
SELECT CASE WHEN g % 13 > 0 THEN CONCAT('dashboard_sn ', g) END, g % 60 + 1, CASE WHEN g % 3 > 0 THEN JSON_OBJECT('n', g, 'label', 'Büro') END, g % 5 > 0,
       TIMESTAMP '2025-01-01 00:00:00' + INTERVAL g MINUTE, CASE WHEN g % 2 = 0 THEN TIMESTAMP '2025-06-01 00:00:00' END FROM numbers WHERE g <= 80 ORDER BY g;
INSERT INTO widget_data_cache (name, widget_id, config, is_active, created_at, updated_at)
SELECT CASE WHEN g % 13 > 0 THEN CONCAT('widget_data_ ', g) END, g % 900 + 1, CASE WHEN g % 3 > 0 THEN JSON_OBJECT('n', g, 'label', 'Büro') END, g % 5 > 0,
       TIMESTAMP '2025-01-01 00:00:00' + INTERVAL g MINUTE, CASE WHEN g % 2 = 0 THEN TIMESTAMP '2025-06-01 00:00:00' END FROM numbers WHERE g <= 700 ORDER BY g;
INSERT INTO scheduler_configs (name, config, is_active, created_at, updated_at)
SELECT CASE WHEN g % 13 > 0 THEN CONCAT('scheduler_co ', g) END, CASE WHEN g % 3 > 0 THEN JSON_OBJECT('n', g, 'label', 'Büro') END, g % 5 > 0,
       TIMESTAMP '2025-01-01 00:00:00' + INTERVAL g MINUTE, CASE WHEN g % 2 = 0 THEN TIMESTAMP '2025-06-01 00:00:00' END FROM numbers WHERE g <= 12 ORDER BY g;
INSERT INTO scheduler_jobs (name, config_id, config, is_active, created_at, updated_at)
SELECT CASE WHEN g % 13 > 0 THEN CONCAT('scheduler_jo ', g) END, g % 12 + 1, CASE WHEN g % 3 > 0 THEN JSON_OBJECT('n', g, 'label', 'Büro') END, g % 5 > 0,
       TIMESTAMP '2025-01-01 00:00:00' + INTERVAL g MINUTE, CASE WHEN g % 2 = 0 THEN TIMESTAMP '2025-06-01 00:00:00' END FROM numbers WHERE g <= 150 ORDER BY g;
INSERT INTO scheduler_job_executions (name, job_id, config, is_active, created_at, updated_at)
SELECT CASE WHEN g % 13 > 0 THEN CONCAT('scheduler_jo ', g) END, g % 150 + 1, CASE WHEN g % 3 > 0 THEN JSON_OBJECT('n', g, 'label', 'Büro') END, g % 5 > 0,
       TIMESTAMP '2025-01-01 00:00:00' + INTERVAL g MINUTE, CASE WHEN g % 2 = 0 THEN TIMESTAMP '2025-06-01 00:00:00' END FROM numbers WHERE g <= 1500 ORDER BY g;
INSERT INTO scheduler_job_logs (name, execution_id, config, is_active, created_at, updated_at)
SELECT CASE WHEN g % 13 > 0 THEN CONCAT('scheduler_jo ', g) END, g % 1500 + 1, CASE WHEN g % 3 > 0 THEN JSON_OBJECT('n', g, 'label', 'Büro') END, g % 5 > 0,
       TIMESTAMP '2025-01-01 00:00:00' + INTERVAL g MINUTE, CASE WHEN g % 2 = 0 THEN TIMESTAMP '2025-06-01 00:00:00' END FROM numbers WHERE g <= 3000 ORDER BY g;
