-- What is each part (numerator, denominator, ready value, limit) of each indicator? The sum of its cells, if all of them are shown.
-- A cell counts only where its kind of time is one the indicator's period type can be read from.
CREATE TEMP TABLE parts AS
SELECT
    figures.indicator,
    figures.role,
    figures.part,
    cells.geography,
    CASE
        WHEN figures.year_lag = 0 THEN cells.period
        ELSE CAST(TRY_CAST(cells.period AS INTEGER) + figures.year_lag AS VARCHAR)
    END AS period,
    CASE WHEN COUNT(cells.value) = figures.cells THEN SUM(cells.value) END AS value,
    CASE
        WHEN COUNT(cells.value) = figures.cells THEN ''
        ELSE COALESCE(MIN(NULLIF(cells.status, '')), 'x')
    END AS status,
    MIN(cells.correction) AS correction,
    MAX(cells.submission) AS submission,
    MAX(CAST(cells.revised AS INTEGER)) = 1 AS revised
FROM figures
INNER JOIN corrected AS cells
    ON figures.source = cells.source AND figures.measure = cells.measure AND figures.breakdown = cells.breakdown
INNER JOIN indicators ON figures.indicator = indicators.id
INNER JOIN readable ON indicators.period_type = readable.period_type AND cells.time_identifier = readable.time_identifier
GROUP BY figures.indicator, figures.role, figures.part, figures.cells, figures.year_lag, cells.geography, cells.period;
