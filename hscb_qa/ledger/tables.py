"""The tables of the record, and the views that say what counts of it.

Every table gains rows and loses none. What is in force is never stored: a view works it out from submissions and withdrawals, so that no
event can leave the two apart.
"""

TABLES = """
CREATE SEQUENCE IF NOT EXISTS submission_ids;
CREATE TABLE IF NOT EXISTS submissions (
    id BIGINT PRIMARY KEY, source VARCHAR NOT NULL, file VARCHAR NOT NULL, sha256 VARCHAR NOT NULL,
    submitted_at TIMESTAMP NOT NULL, submitted_by VARCHAR NOT NULL, released DATE, in_force_from DATE,
    illustrative BOOLEAN NOT NULL, figures BIGINT NOT NULL
);
CREATE TABLE IF NOT EXISTS release_dates (
    submission BIGINT NOT NULL, released DATE NOT NULL, told_at TIMESTAMP NOT NULL, told_by VARCHAR NOT NULL
);
CREATE TABLE IF NOT EXISTS published (
    submission BIGINT NOT NULL, line BIGINT NOT NULL, measure VARCHAR NOT NULL, breakdown VARCHAR NOT NULL,
    geography_level VARCHAR NOT NULL, geography VARCHAR NOT NULL, geography_name VARCHAR NOT NULL,
    time_identifier VARCHAR NOT NULL, period VARCHAR NOT NULL, value DOUBLE, status VARCHAR NOT NULL, text VARCHAR NOT NULL
);
CREATE TABLE IF NOT EXISTS neighbours (
    submission BIGINT NOT NULL, line BIGINT NOT NULL, geography VARCHAR NOT NULL, rank INTEGER NOT NULL,
    neighbour VARCHAR NOT NULL, closeness VARCHAR NOT NULL
);
CREATE TABLE IF NOT EXISTS releases (
    submission BIGINT NOT NULL, measure VARCHAR NOT NULL, title VARCHAR NOT NULL, last_update VARCHAR NOT NULL,
    next_update VARCHAR NOT NULL
);
CREATE TABLE IF NOT EXISTS returns (
    submission BIGINT PRIMARY KEY, agency VARCHAR NOT NULL, period VARCHAR NOT NULL, received_on DATE NOT NULL, content BLOB NOT NULL
);
CREATE TABLE IF NOT EXISTS observations (
    submission BIGINT NOT NULL, line BIGINT NOT NULL, indicator VARCHAR NOT NULL, breakdown VARCHAR NOT NULL, period VARCHAR NOT NULL,
    numerator DOUBLE, denominator DOUBLE, value DOUBLE, status VARCHAR NOT NULL, note VARCHAR NOT NULL
);
CREATE TABLE IF NOT EXISTS voices (
    submission BIGINT NOT NULL, line BIGINT NOT NULL, who VARCHAR NOT NULL, about VARCHAR NOT NULL, method VARCHAR NOT NULL,
    asked INTEGER NOT NULL, spoken_on DATE NOT NULL, message VARCHAR NOT NULL, changed VARCHAR NOT NULL
);
CREATE TABLE IF NOT EXISTS narratives (
    submission BIGINT NOT NULL, line BIGINT NOT NULL, question VARCHAR NOT NULL, answer VARCHAR NOT NULL
);
CREATE TABLE IF NOT EXISTS return_queries (
    submission BIGINT NOT NULL, number BIGINT NOT NULL, check_id VARCHAR NOT NULL, line BIGINT, indicator VARCHAR NOT NULL,
    breakdown VARCHAR NOT NULL, period VARCHAR NOT NULL, message VARCHAR NOT NULL, reason VARCHAR NOT NULL
);
CREATE TABLE IF NOT EXISTS query_settlements (
    submission BIGINT NOT NULL, number BIGINT NOT NULL, settled_at TIMESTAMP NOT NULL, settled_by VARCHAR NOT NULL, note VARCHAR NOT NULL,
    PRIMARY KEY (submission, number)
);
CREATE TABLE IF NOT EXISTS withdrawals (
    submission BIGINT PRIMARY KEY, withdrawn_at TIMESTAMP NOT NULL, withdrawn_by VARCHAR NOT NULL, reason VARCHAR NOT NULL
);
CREATE SEQUENCE IF NOT EXISTS text_approval_ids;
CREATE TABLE IF NOT EXISTS text_approvals (
    id BIGINT PRIMARY KEY, submission BIGINT NOT NULL, sheet VARCHAR NOT NULL, line BIGINT NOT NULL, field VARCHAR NOT NULL,
    wording VARCHAR NOT NULL, approved_at TIMESTAMP NOT NULL, approved_by VARCHAR NOT NULL, role VARCHAR NOT NULL
);
CREATE TABLE IF NOT EXISTS text_approvals_taken_back (
    approval BIGINT PRIMARY KEY, taken_back_at TIMESTAMP NOT NULL, taken_back_by VARCHAR NOT NULL, reason VARCHAR NOT NULL
);
CREATE SEQUENCE IF NOT EXISTS entry_event_ids;
CREATE TABLE IF NOT EXISTS entry_events (
    id BIGINT PRIMARY KEY, kind VARCHAR NOT NULL, entry VARCHAR NOT NULL, revision INTEGER NOT NULL, content VARCHAR,
    made_at TIMESTAMP NOT NULL, made_by VARCHAR NOT NULL, role VARCHAR NOT NULL, reason VARCHAR NOT NULL, UNIQUE (kind, entry, revision)
);
CREATE SEQUENCE IF NOT EXISTS entry_approval_ids;
CREATE TABLE IF NOT EXISTS entry_approvals (
    id BIGINT PRIMARY KEY, event BIGINT NOT NULL, approved BOOLEAN NOT NULL, made_at TIMESTAMP NOT NULL, made_by VARCHAR NOT NULL,
    role VARCHAR NOT NULL, reason VARCHAR NOT NULL
);
CREATE VIEW IF NOT EXISTS returns_received AS
WITH figures AS (
    SELECT
        submission,
        COUNT(*) FILTER (WHERE status = '') AS given,
        COUNT(*) FILTER (WHERE status = 'x') AS not_available,
        COUNT(*) FILTER (WHERE status = 'z') AS not_applicable
    FROM observations
    GROUP BY submission
),
queries AS (
    SELECT q.submission, COUNT(*) AS asked, COUNT(*) FILTER (WHERE s.submission IS NULL) AS open
    FROM return_queries AS q
    LEFT JOIN query_settlements AS s ON s.submission = q.submission AND s.number = q.number
    GROUP BY q.submission
)
SELECT
    r.submission,
    r.agency,
    r.period,
    s.file,
    r.received_on,
    s.submitted_at,
    s.submitted_by,
    ROW_NUMBER() OVER (PARTITION BY r.agency, r.period ORDER BY r.submission) AS revision,
    w.submission IS NULL AND r.submission = MAX(r.submission) FILTER (WHERE w.submission IS NULL) OVER (PARTITION BY r.agency, r.period)
        AS in_force,
    w.withdrawn_at,
    w.withdrawn_by,
    w.reason AS withdrawn_reason,
    COALESCE(f.given, 0) AS given,
    COALESCE(f.not_available, 0) AS not_available,
    COALESCE(f.not_applicable, 0) AS not_applicable,
    COALESCE(q.asked, 0) AS queries,
    COALESCE(q.open, 0) AS queries_open
FROM returns AS r
JOIN submissions AS s ON s.id = r.submission
LEFT JOIN withdrawals AS w ON w.submission = r.submission
LEFT JOIN figures AS f ON f.submission = r.submission
LEFT JOIN queries AS q ON q.submission = r.submission;
CREATE VIEW IF NOT EXISTS observations_in_force AS
WITH latest AS (
    SELECT
        o.*,
        r.agency,
        r.period AS return_period,
        ROW_NUMBER() OVER (PARTITION BY r.agency, o.indicator, o.breakdown, o.period ORDER BY o.submission DESC) AS nth
    FROM observations AS o
    JOIN returns_received AS r ON r.submission = o.submission AND r.in_force
)
SELECT submission, agency, return_period, indicator, breakdown, period, numerator, denominator, value, status, note
FROM latest
WHERE nth = 1;
CREATE VIEW IF NOT EXISTS return_texts AS
SELECT submission, 'Figures' AS sheet, line, 'note' AS field, indicator AS about, breakdown, period, note AS text
FROM observations WHERE TRIM(note) <> ''
UNION ALL
SELECT submission, 'Voices', line, 'message', about, '', '', message FROM voices WHERE TRIM(message) <> ''
UNION ALL
SELECT submission, 'Voices', line, 'changed', about, '', '', changed FROM voices WHERE TRIM(changed) <> ''
UNION ALL
SELECT submission, 'Narrative', line, 'answer', question, '', '', answer FROM narratives WHERE TRIM(answer) <> '';
CREATE VIEW IF NOT EXISTS entry_history AS
SELECT
    e.*,
    e.revision = MAX(e.revision) OVER (PARTITION BY e.kind, e.entry) AS latest,
    a.approved IS TRUE AS approved,
    CASE WHEN a.approved THEN a.made_at END AS approved_at,
    CASE WHEN a.approved THEN a.made_by END AS approved_by,
    CASE WHEN a.approved THEN a.role END AS approved_role
FROM entry_events AS e
LEFT JOIN (
    SELECT *, ROW_NUMBER() OVER (PARTITION BY event ORDER BY id DESC) AS recency FROM entry_approvals
) AS a ON a.event = e.id AND a.recency = 1;
"""

LAST_MADE = "entry_history"
"""What `TABLES` makes last: a ledger that has it has everything, because all of it is made in one transaction."""
