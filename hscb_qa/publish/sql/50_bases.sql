-- On which bases can a period be read? A year as it is; a quarter also as year to date, rolling twelve months and financial year.
-- Numerators and denominators are summed apart, and only over quarters that are all there and all shown.
CREATE TEMP TABLE by_basis AS
WITH running AS (
    SELECT
        *,
        SUM(numerator) OVER to_date AS numerator_to_date,
        SUM(denominator) OVER to_date AS denominator_to_date,
        COUNT(*) OVER to_date AS quarters_to_date,
        MIN(NULLIF(status, '')) OVER to_date AS status_to_date,
        BOOL_OR(revised) OVER to_date AS revised_to_date,
        MIN(starts) OVER to_date AS starts_to_date,
        SUM(numerator) OVER twelve AS numerator_twelve,
        SUM(denominator) OVER twelve AS denominator_twelve,
        MIN(NULLIF(status, '')) OVER twelve AS status_twelve,
        BOOL_OR(revised) OVER twelve AS revised_twelve,
        MIN(starts) OVER twelve AS starts_twelve,
        COUNT(*) OVER twelve AS quarters_twelve,
        MIN(year * 4 + quarter) OVER twelve AS first_twelve
    FROM by_period
    WHERE period_type = 'quarter' AND value IS NULL
    WINDOW
        to_date AS (PARTITION BY indicator, role, geography, year ORDER BY quarter),
        twelve AS (PARTITION BY indicator, role, geography ORDER BY year, quarter ROWS BETWEEN 3 PRECEDING AND CURRENT ROW)
)
SELECT
    indicator, role, geography, CASE period_type WHEN 'quarter' THEN 'quarter' ELSE 'year' END AS basis, period, starts, ends,
    numerator, denominator, value, lower, upper, status, correction, submission, revised
FROM by_period
UNION ALL
SELECT
    indicator, role, geography, 'ytd', period, starts_to_date, ends,
    CASE WHEN status_to_date IS NULL THEN numerator_to_date END,
    CASE WHEN status_to_date IS NULL THEN denominator_to_date END,
    NULL, NULL, NULL, COALESCE(status_to_date, ''), correction, submission, revised_to_date
FROM running
WHERE quarters_to_date = quarter
UNION ALL
SELECT
    indicator, role, geography, 'rolling12', period, starts_twelve, ends,
    CASE WHEN status_twelve IS NULL THEN numerator_twelve END,
    CASE WHEN status_twelve IS NULL THEN denominator_twelve END,
    NULL, NULL, NULL, COALESCE(status_twelve, ''), correction, submission, revised_twelve
FROM running
WHERE quarters_twelve = 4 AND year * 4 + quarter - first_twelve = 3
UNION ALL
SELECT
    indicator, role, geography, 'year', CAST(year AS VARCHAR), starts_to_date, ends,
    CASE WHEN status_to_date IS NULL THEN numerator_to_date END,
    CASE WHEN status_to_date IS NULL THEN denominator_to_date END,
    NULL, NULL, NULL, COALESCE(status_to_date, ''), correction, submission, revised_to_date
FROM running
WHERE quarter = 4 AND quarters_to_date = 4;
