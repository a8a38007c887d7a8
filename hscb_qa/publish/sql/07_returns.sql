-- Which returns had come in when the edition began, and which of them count? Of each agency and quarter the latest not withdrawn.
-- No figure of a child is in here. Why a return was withdrawn is free text, so the shareable file does not repeat it.
CREATE TABLE returns AS
SELECT
    given.submission,
    given.agency,
    given.period,
    known_submissions.file,
    given.received_on,
    known_submissions.submitted_at,
    known_submissions.submitted_by,
    ROW_NUMBER() OVER (PARTITION BY given.agency, given.period ORDER BY given.submission) AS revision,
    withdrawn.submission IS NULL
    AND given.submission = MAX(CASE WHEN withdrawn.submission IS NULL THEN given.submission END)
        OVER (PARTITION BY given.agency, given.period) AS in_force,
    withdrawn.withdrawn_at,
    withdrawn.withdrawn_by,
    CASE WHEN edition_of.shareable THEN NULL ELSE withdrawn.reason END AS withdrawn_reason,
    COALESCE(items.given, 0) AS given,
    COALESCE(items.not_available, 0) AS not_available,
    COALESCE(items.not_applicable, 0) AS not_applicable,
    COALESCE(asked.queries, 0) AS queries,
    COALESCE(asked.queries_open, 0) AS queries_open
FROM ledger.returns AS given
INNER JOIN known_submissions ON given.submission = known_submissions.id
CROSS JOIN edition_of
LEFT JOIN (
    SELECT withdrawals.*
    FROM ledger.withdrawals AS withdrawals
    INNER JOIN edition_of ON withdrawals.withdrawn_at <= edition_of.moment
) AS withdrawn
    ON given.submission = withdrawn.submission
LEFT JOIN (
    SELECT
        submission,
        COUNT(CASE WHEN status = '' THEN 1 END) AS given,
        COUNT(CASE WHEN status = 'x' THEN 1 END) AS not_available,
        COUNT(CASE WHEN status = 'z' THEN 1 END) AS not_applicable
    FROM ledger.observations
    GROUP BY submission
) AS items
    ON given.submission = items.submission
LEFT JOIN (
    SELECT queries.submission, COUNT(*) AS queries, COUNT(CASE WHEN settled.submission IS NULL THEN 1 END) AS queries_open
    FROM ledger.return_queries AS queries
    LEFT JOIN (
        SELECT DISTINCT query_settlements.submission, query_settlements.number
        FROM ledger.query_settlements AS query_settlements
        INNER JOIN edition_of ON query_settlements.settled_at <= edition_of.moment
    ) AS settled
        ON queries.submission = settled.submission AND queries.number = settled.number
    GROUP BY queries.submission
) AS asked
    ON given.submission = asked.submission
ORDER BY given.period, given.agency, given.submission;
