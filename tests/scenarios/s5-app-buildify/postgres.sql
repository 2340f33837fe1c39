-- Reports, dashboards and schedulers of an application: fifteen tables with integer keys, in
-- constraints whose names nobody would guess.
CREATE TABLE alembic_version (version_num varchar(32) PRIMARY KEY);
INSERT INTO alembic_version VALUES ('pg_s1');
CREATE TABLE report_definitions (
    id serial NOT NULL,
    tenant varchar(64) NOT NULL DEFAULT 'main',
    name varchar(255),
    config jsonb,
    is_active boolean DEFAULT true,
    created_at timestamptz NOT NULL,
    updated_at timestamptz,
    CONSTRAINT report_definitions_pk PRIMARY KEY (id)
);
CREATE TABLE report_executions (
    id serial NOT NULL,
    tenant varchar(64) NOT NULL DEFAULT 'main',
    report_definition_id integer NOT NULL CONSTRAINT fk_report_exe_report_definition_id_1eef REFERENCES report_definitions (id) ON DELETE CASCADE,
    name varchar(255),
    config jsonb,
    is_active boolean DEFAULT true,
    created_at timestamptz NOT NULL,
    updated_at timestamptz,
    CONSTRAINT report_executions_pk PRIMARY KEY (id)
);
CREATE INDEX ix_report_executions_report_definition_id ON report_executions (report_definition_id);
CREATE TABLE report_schedules (
    id serial NOT NULL,
    tenant varchar(64) NOT NULL DEFAULT 'main',
    report_definition_id integer NOT NULL CONSTRAINT fk_report_sch_report_definition_id_16e9 REFERENCES report_definitions (id),
    name varchar(255),
    config jsonb,
    is_active boolean DEFAULT true,
    created_at timestamptz NOT NULL,
    updated_at timestamptz,
    CONSTRAINT report_schedules_pk PRIMARY KEY (id)
);
CREATE INDEX ix_report_schedules_report_definition_id ON report_schedules (report_definition_id);
CREATE TABLE report_templates (
    id serial NOT NULL,
    tenant varchar(64) NOT NULL DEFAULT 'main',
    name varchar(255),
    config jsonb,
    is_active boolean DEFAULT true,
    created_at timestamptz NOT NULL,
    updated_at timestamptz,
    CONSTRAINT report_templates_pk PRIMARY KEY (id)
);
CREATE TABLE report_cache (
    id serial NOT NULL,
    tenant varchar(64) NOT NULL DEFAULT 'main',
    report_definition_id integer NOT NULL UNIQUE CONSTRAINT fk_report_cac_report_definition_id_6dd REFERENCES report_definitions (id) ON DELETE CASCADE,
    name varchar(255),
    config jsonb,
    is_active boolean DEFAULT true,
    created_at timestamptz NOT NULL,
    updated_at timestamptz,
    CONSTRAINT report_cache_pk PRIMARY KEY (id)
);
CREATE TABLE dashboards (
    id serial NOT NULL,
    tenant varchar(64) NOT NULL DEFAULT 'main',
    name varchar(255),
    config jsonb,
    is_active boolean DEFAULT true,
    created_at timestamptz NOT NULL,
    updated_at timestamptz,
    CONSTRAINT dashboards_pk PRIMARY KEY (id)
);
CREATE TABLE dashboard_pages (
    id serial NOT NULL,
    tenant varchar(64) NOT NULL DEFAULT 'main',
    dashboard_id integer NOT NULL CONSTRAINT fk_dashboard__dashboard_id_1dc6 REFERENCES dashboards (id) ON DELETE CASCADE,
    name varchar(255),
    config jsonb,
    is_active boolean DEFAULT true,
    created_at timestamptz NOT NULL,
    updated_at timestamptz,
    CONSTRAINT dashboard_pages_pk PRIMARY KEY (id)
);
CREATE INDEX ix_dashboard_pages_dashboard_id ON dashboard_pages (dashboard_id);
CREATE TABLE dashboard_widgets (
    id serial NOT NULL,
    tenant varchar(64) NOT NULL DEFAULT 'main',
    page_id integer NOT NULL CONSTRAINT fk_dashboard__page_id_15c0 REFERENCES dashboard_pages (id) ON DELETE CASCADE,
    report_definition_id integer CONSTRAINT fk_dashboard__report_definition_id_15c0 REFERENCES report_definitions (id) ON DELETE SET NULL,
    name varchar(255),
    config jsonb,
    is_active boolean DEFAULT true,
    created_at timestamptz NOT NULL,
    updated_at timestamptz,
    CONSTRAINT dashboard_widgets_pk PRIMARY KEY (id)
);
CREATE INDEX ix_dashboard_widgets_page_id ON dashboard_widgets (page_id);
CREATE INDEX ix_dashboard_widgets_report_definition_id ON dashboard_widgets (report_definition_id);
CREATE TABLE dashboard_shares (
    id serial NOT NULL,
    tenant varchar(64) NOT NULL DEFAULT 'main',
    dashboard_id integer NOT NULL CONSTRAINT fk_dashboard__dashboard_id_dba REFERENCES dashboards (id) ON DELETE CASCADE,
    name varchar(255),
    config jsonb,
    is_active boolean DEFAULT true,
    created_at timestamptz NOT NULL,
    updated_at timestamptz,
    CONSTRAINT dashboard_shares_pk PRIMARY KEY (id)
);
CREATE INDEX ix_dashboard_shares_dashboard_id ON dashboard_shares (dashboard_id);
CREATE TABLE dashboard_snapshots (
    id serial NOT NULL,
    tenant varchar(64) NOT NULL DEFAULT 'main',
    dashboard_id integer NOT NULL CONSTRAINT fk_dashboard__dashboard_id_5b4 REFERENCES dashboards (id),
    name varchar(255),
    config jsonb,
    is_active boolean DEFAULT true,
    created_at timestamptz NOT NULL,
    updated_at timestamptz,
    CONSTRAINT dashboard_snapshots_pk PRIMARY KEY (id)
);
CREATE INDEX ix_dashboard_snapshots_dashboard_id ON dashboard_snapshots (dashboard_id);
CREATE TABLE widget_data_cache (
    id serial NOT NULL,
    tenant varchar(64) NOT NULL DEFAULT 'main',
    widget_id integer NOT NULL CONSTRAINT fk_widget_dat_widget_id_24a3 REFERENCES dashboard_widgets (id) ON DELETE CASCADE,
    name varchar(255),
    config jsonb,
    is_active boolean DEFAULT true,
    created_at timestamptz NOT NULL,
    updated_at timestamptz,
    CONSTRAINT widget_data_cache_pk PRIMARY KEY (id)
);
CREATE INDEX ix_widget_data_cache_widget_id ON widget_data_cache (widget_id);
CREATE TABLE scheduler_configs (
    id serial NOT NULL,
    tenant varchar(64) NOT NULL DEFAULT 'main',
    name varchar(255),
    config jsonb,
    is_active boolean DEFAULT true,
    created_at timestamptz NOT NULL,
    updated_at timestamptz,
    CONSTRAINT scheduler_configs_pk PRIMARY KEY (id)
);
CREATE TABLE scheduler_jobs (
    id serial NOT NULL,
    tenant varchar(64) NOT NULL DEFAULT 'main',
    config_id integer NOT NULL CONSTRAINT fk_scheduler__config_id_1497 REFERENCES scheduler_configs (id),
    name varchar(255),
    config jsonb,
    is_active boolean DEFAULT true,
    created_at timestamptz NOT NULL,
    updated_at timestamptz,
    CONSTRAINT scheduler_jobs_pk PRIMARY KEY (id)
);
CREATE INDEX ix_scheduler_jobs_config_id ON scheduler_jobs (config_id);
CREATE TABLE scheduler_job_executions (
    id serial NOT NULL,
    tenant varchar(64) NOT NULL DEFAULT 'main',
    job_id integer NOT NULL CONSTRAINT fk_scheduler__job_id_c91 REFERENCES scheduler_jobs (id) ON DELETE CASCADE,
    name varchar(255),
    config jsonb,
    is_active boolean DEFAULT true,
    created_at timestamptz NOT NULL,
    updated_at timestamptz,
    CONSTRAINT scheduler_job_executions_pk PRIMARY KEY (id)
);
CREATE INDEX ix_scheduler_job_executions_job_id ON scheduler_job_executions (job_id);
CREATE TABLE scheduler_job_logs (
    id serial NOT NULL,
    tenant varchar(64) NOT NULL DEFAULT 'main',
    execution_id integer NOT NULL CONSTRAINT fk_scheduler__execution_id_48b REFERENCES scheduler_job_executions (id) ON DELETE CASCADE,
    name varchar(255),
    config jsonb,
    is_active boolean DEFAULT true,
    created_at timestamptz NOT NULL,
    updated_at timestamptz,
    CONSTRAINT scheduler_job_logs_pk PRIMARY KEY (id)
);
CREATE INDEX ix_scheduler_job_logs_execution_id ON scheduler_job_logs (execution_id);
CREATE INDEX ix_widgets_config ON dashboard_widgets USING gin (config);
CREATE VIEW failed_jobs AS SELECT j.id, j.name, e.id AS execution_id, e.created_at FROM scheduler_jobs j JOIN scheduler_job_executions e ON e.job_id = j.id WHERE NOT e.is_active;

INSERT INTO report_definitions (name, config, is_active, created_at, updated_at)
SELECT CASE WHEN g % 13 > 0 THEN 'report_defin ' || g END, CASE WHEN g % 3 > 0 THEN jsonb_build_object('n', g, 'label', 'Büro') END, g % 5 > 0,
       timestamptz '2025-01-01Z' + g * interval '1 min', CASE WHEN g % 2 = 0 THEN timestamptz '2025-06-01Z' END FROM generate_series(1, 120) g;
INSERT INTO report_executions (name, report_definition_id, config, is_active, created_at, updated_at)
SELECT CASE WHEN g % 13 > 0 THEN 'report_execu ' || g END, g % 120 + 1, CASE WHEN g % 3 > 0 THEN jsonb_build_object('n', g, 'label', 'Büro') END, g % 5 > 0,
       timestamptz '2025-01-01Z' + g * interval '1 min', CASE WHEN g % 2 = 0 THEN timestamptz '2025-06-01Z' END FROM generate_series(1, 3000) g;
INSERT INTO report_schedules (name, report_definition_id, config, is_active, created_at, updated_at)
SELECT CASE WHEN g % 13 > 0 THEN 'report_sched ' || g END, g % 120 + 1, CASE WHEN g % 3 > 0 THEN jsonb_build_object('n', g, 'label', 'Büro') END, g % 5 > 0,
       timestamptz '2025-01-01Z' + g * interval '1 min', CASE WHEN g % 2 = 0 THEN timestamptz '2025-06-01Z' END FROM generate_series(1, 90) g;
INSERT INTO report_templates (name, config, is_active, created_at, updated_at)
SELECT CASE WHEN g % 13 > 0 THEN 'report_templ ' || g END, CASE WHEN g % 3 > 0 THEN jsonb_build_object('n', g, 'label', 'Büro') END, g % 5 > 0,
       timestamptz '2025-01-01Z' + g * interval '1 min', CASE WHEN g % 2 = 0 THEN timestamptz '2025-06-01Z' END FROM generate_series(1, 40) g;
INSERT INTO report_cache (name, report_definition_id, config, is_active, created_at, updated_at)
SELECT CASE WHEN g % 13 > 0 THEN 'report_cache ' || g END, g, CASE WHEN g % 3 > 0 THEN jsonb_build_object('n', g, 'label', 'Büro') END, g % 5 > 0,
       timestamptz '2025-01-01Z' + g * interval '1 min', CASE WHEN g % 2 = 0 THEN timestamptz '2025-06-01Z' END FROM generate_series(1, 100) g;
INSERT INTO dashboards (name, config, is_active, created_at, updated_at)
SELECT CASE WHEN g % 13 > 0 THEN 'dashboards ' || g END, CASE WHEN g % 3 > 0 THEN jsonb_build_object('n', g, 'label', 'Büro') END, g % 5 > 0,
       timestamptz '2025-01-01Z' + g * interval '1 min', CASE WHEN g % 2 = 0 THEN timestamptz '2025-06-01Z' END FROM generate_series(1, 60) g;
INSERT INTO dashboard_pages (name, dashboard_id, config, is_active, created_at, updated_at)
SELECT CASE WHEN g % 13 > 0 THEN 'dashboard_pa ' || g END, g % 60 + 1, CASE WHEN g % 3 > 0 THEN jsonb_build_object('n', g, 'label', 'Büro') END, g % 5 > 0,
       timestamptz '2025-01-01Z' + g * interval '1 min', CASE WHEN g % 2 = 0 THEN timestamptz '2025-06-01Z' END FROM generate_series(1, 200) g;
INSERT INTO dashboard_widgets (name, page_id, report_definition_id, config, is_active, created_at, updated_at)
SELECT CASE WHEN g % 13 > 0 THEN 'dashboard_wi ' || g END, g % 200 + 1, CASE WHEN g % 4 > 0 THEN g % 120 + 1 END, CASE WHEN g % 3 > 0 THEN jsonb_build_object('n', g, 'label', 'Büro') END, g % 5 > 0,
       timestamptz '2025-01-01Z' + g * interval '1 min', CASE WHEN g % 2 = 0 THEN timestamptz '2025-06-01Z' END FROM generate_series(1, 900) g;
INSERT INTO dashboard_shares (name, dashboard_id, config, is_active, created_at, updated_at)
SELECT CASE WHEN g % 13 > 0 THEN 'dashboard_sh ' || g END, g % 60 + 1, CASE WHEN g % 3 > 0 THEN jsonb_build_object('n', g, 'label', 'Büro') END, g % 5 > 0,
       timestamptz '2025-01-01Z' + g * interval '1 min', CASE WHEN g % 2 = 0 THEN timestamptz '2025-06-01Z' END FROM generate_series(1, 150) g;
INSERT INTO dashboard_snapshots (name, dashboard_id, config, is_active, created_at, updated_at)
SELECT CASE WHEN g % 13 > 0 THEN 'dashboard_sn ' || g END, g % 60 + 1, CASE WHEN g % 3 > 0 THEN jsonb_build_object('n', g, 'label', 'Büro') END, g % 5 > 0,
       timestamptz '2025-01-01Z' + g * interval '1 min', CASE WHEN g % 2 = 0 THEN timestamptz '2025-06-01Z' END FROM generate_series(1, 80) g;
INSERT INTO widget_data_cache (name, widget_id, config, is_active, created_at, updated_at)
SELECT CASE WHEN g % 13 > 0 THEN 'widget_data_ ' || g END, g % 900 + 1, CASE WHEN g % 3 > 0 THEN jsonb_build_object('n', g, 'label', 'Büro') END, g % 5 > 0,
       timestamptz '2025-01-01Z' + g * interval '1 min', CASE WHEN g % 2 = 0 THEN timestamptz '2025-06-01Z' END FROM generate_series(1, 700) g;
INSERT INTO scheduler_configs (name, config, is_active, created_at, updated_at)
SELECT CASE WHEN g % 13 > 0 THEN 'scheduler_co ' || g END, CASE WHEN g % 3 > 0 THEN jsonb_build_object('n', g, 'label', 'Büro') END, g % 5 > 0,
       timestamptz '2025-01-01Z' + g * interval '1 min', CASE WHEN g % 2 = 0 THEN timestamptz '2025-06-01Z' END FROM generate_series(1, 12) g;
INSERT INTO scheduler_jobs (name, config_id, config, is_active, created_at, updated_at)
SELECT CASE WHEN g % 13 > 0 THEN 'scheduler_jo ' || g END, g % 12 + 1, CASE WHEN g % 3 > 0 THEN jsonb_build_object('n', g, 'label', 'Büro') END, g % 5 > 0,
       timestamptz '2025-01-01Z' + g * interval '1 min', CASE WHEN g % 2 = 0 THEN timestamptz '2025-06-01Z' END FROM generate_series(1, 150) g;
INSERT INTO scheduler_job_executions (name, job_id, config, is_active, created_at, updated_at)
SELECT CASE WHEN g % 13 > 0 THEN 'scheduler_jo ' || g END, g % 150 + 1, CASE WHEN g % 3 > 0 THEN jsonb_build_object('n', g, 'label', 'Büro') END, g % 5 > 0,
       timestamptz '2025-01-01Z' + g * interval '1 min', CASE WHEN g % 2 = 0 THEN timestamptz '2025-06-01Z' END FROM generate_series(1, 1500) g;
INSERT INTO scheduler_job_logs (name, execution_id, config, is_active, created_at, updated_at)
SELECT CASE WHEN g % 13 > 0 THEN 'scheduler_jo ' || g END, g % 1500 + 1, CASE WHEN g % 3 > 0 THEN jsonb_build_object('n', g, 'label', 'Büro') END, g % 5 > 0,
       timestamptz '2025-01-01Z' + g * interval '1 min', CASE WHEN g % 2 = 0 THEN timestamptz '2025-06-01Z' END FROM generate_series(1, 3000) g;
