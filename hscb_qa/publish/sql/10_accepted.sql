-- Which published cell counts? The one of the latest release; of two without a release date, the one submitted later.
-- A cell is revised where an earlier submission printed it otherwise. A place keeps its series where its code changed.
CREATE TEMP TABLE accepted AS
SELECT source, measure, breakdown, geography, period, value, status, submission, revised
FROM (
    SELECT
        submissions.source,
        cells.measure,
        cells.breakdown,
        places.current AS geography,
        cells.period,
        cells.value,
        cells.status,
        cells.submission,
        MIN(cells.text) OVER same_cell <> MAX(cells.text) OVER same_cell AS revised,
        ROW_NUMBER() OVER (
            PARTITION BY submissions.source, cells.measure, cells.breakdown, places.current, cells.period
            ORDER BY COALESCE(submissions.released, CAST(submissions.submitted_at AS DATE)) DESC, cells.submission DESC
        ) AS recency
    FROM ledger.published AS cells
    INNER JOIN ledger.submissions AS submissions ON cells.submission = submissions.id
    INNER JOIN (SELECT DISTINCT source, measure, breakdown FROM figures) AS wanted
        ON submissions.source = wanted.source AND cells.measure = wanted.measure AND cells.breakdown = wanted.breakdown
    INNER JOIN places ON cells.geography = places.code
    WINDOW same_cell AS (
        PARTITION BY submissions.source, cells.measure, cells.breakdown, places.current, cells.period
    )
) AS ranked
WHERE recency = 1;
