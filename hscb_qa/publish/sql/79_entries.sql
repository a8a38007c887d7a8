-- What had the Board entered when the edition began? Of each entry the latest revision, and the latest that is approved for everybody; none of an
-- entry that was withdrawn. All of it is in here, so this is no table of the edition.
CREATE TEMP TABLE entries_written AS
WITH known AS (
    SELECT events.*, approval.made_at AS approved_at, approval.role AS approved_role
    FROM ledger.entry_events AS events
    INNER JOIN edition_of ON events.made_at <= edition_of.moment
    LEFT JOIN (
        SELECT
            given.*,
            ROW_NUMBER() OVER (PARTITION BY given.event ORDER BY given.id DESC) AS recency
        FROM ledger.entry_approvals AS given
        INNER JOIN edition_of ON given.made_at <= edition_of.moment
    ) AS approval
        ON events.id = approval.event AND approval.recency = 1 AND approval.approved
),

ranked AS (
    SELECT
        *,
        MIN(id) OVER (PARTITION BY kind, entry) AS first_event,
        ROW_NUMBER() OVER (PARTITION BY kind, entry ORDER BY revision DESC) AS recency,
        ROW_NUMBER() OVER (PARTITION BY kind, entry, approved_at IS NOT NULL ORDER BY revision DESC) AS approved_recency,
        COUNT(CASE WHEN content IS NULL THEN 1 END) OVER (
            PARTITION BY kind, entry ORDER BY revision DESC ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS withdrawals_since
    FROM known
)

SELECT
    kind,
    entry AS id,
    revision,
    content,
    CAST(made_at AS DATE) AS made_on,
    role,
    CAST(approved_at AS DATE) AS approved_on,
    approved_role,
    recency = 1 AS is_latest,
    approved_at IS NOT NULL AND approved_recency = 1 AS is_approved,
    first_event
FROM ranked
WHERE withdrawals_since = 0 AND (recency = 1 OR (approved_at IS NOT NULL AND approved_recency = 1));
