-- Which published cell counts? The one of the latest release; of two without a release date, the one submitted later.
-- A cell is revised where an earlier submission gave another figure. A place keeps its series where its code changed.
CREATE TEMP TABLE accepted AS
SELECT source, measure, breakdown, geography, time_identifier, period, value, status, submission, revised
FROM (
    SELECT
        known_submissions.source,
        cells.measure,
        cells.breakdown,
        places.current AS geography,
        cells.time_identifier,
        cells.period,
        cells.value,
        cells.status,
        cells.submission,
        MIN(COALESCE(CAST(cells.value AS VARCHAR), cells.status)) OVER same_cell
        <> MAX(COALESCE(CAST(cells.value AS VARCHAR), cells.status)) OVER same_cell AS revised,
        ROW_NUMBER() OVER (
            PARTITION BY
                known_submissions.source, cells.measure, cells.breakdown, places.current, cells.time_identifier, cells.period
            ORDER BY
                COALESCE(known_submissions.released, CAST(known_submissions.submitted_at AS DATE)) DESC, cells.submission DESC
        ) AS recency
    FROM ledger.published AS cells
    INNER JOIN known_submissions ON cells.submission = known_submissions.id
    INNER JOIN (
        SELECT source, measure, breakdown FROM figures
        UNION
        SELECT source, measure, breakdown FROM population_figures
    ) AS wanted
        ON known_submissions.source = wanted.source AND cells.measure = wanted.measure AND cells.breakdown = wanted.breakdown
    INNER JOIN places ON cells.geography = places.code
    WINDOW same_cell AS (
        PARTITION BY known_submissions.source, cells.measure, cells.breakdown, places.current, cells.time_identifier, cells.period
    )
) AS ranked
WHERE recency = 1;
