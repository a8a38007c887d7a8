-- On which bases can a period be read? As it is; quarters that add up also as year to date, rolling twelve months and financial year, half
-- years also as financial year; of what is counted on a day, the last of the year also as the year's.
-- Numerators and denominators are summed apart, and only over periods that are all there and all shown. No sum is made across the day on
-- which a definition changed.
CREATE TEMP TABLE by_basis AS
WITH running AS (
    SELECT
        *,
        SUM(numerator) OVER to_date AS numerator_to_date,
        SUM(denominator) OVER to_date AS denominator_to_date,
        COUNT(*) OVER to_date AS periods_to_date,
        MIN(NULLIF(status, '')) OVER to_date AS status_to_date,
        BOOL_OR(provisional) OVER to_date AS provisional_to_date,
        STRING_AGG(without, ',') OVER to_date AS without_to_date,
        BOOL_OR(revised) OVER to_date AS revised_to_date,
        MIN(starts) OVER to_date AS starts_to_date,
        SUM(numerator) OVER twelve AS numerator_twelve,
        SUM(denominator) OVER twelve AS denominator_twelve,
        MIN(NULLIF(status, '')) OVER twelve AS status_twelve,
        BOOL_OR(provisional) OVER twelve AS provisional_twelve,
        STRING_AGG(without, ',') OVER twelve AS without_twelve,
        BOOL_OR(revised) OVER twelve AS revised_twelve,
        MIN(starts) OVER twelve AS starts_twelve,
        COUNT(*) OVER twelve AS quarters_twelve,
        MIN(year * 4 + number) OVER twelve AS first_twelve
    FROM by_period
    WHERE adds
    WINDOW
        to_date AS (PARTITION BY indicator, role, geography, agency, breakdown, year ORDER BY number),
        twelve AS (
            PARTITION BY indicator, role, geography, agency, breakdown
            ORDER BY year, number ROWS BETWEEN 3 PRECEDING AND CURRENT ROW
        )
),

sums AS (
    SELECT
        indicator, role, geography, agency, breakdown, 'ytd' AS basis, period, starts_to_date AS starts, ends, year, number,
        numerator_to_date AS numerator, denominator_to_date AS denominator, COALESCE(status_to_date, '') AS status, correction,
        provisional_to_date AS provisional, without_to_date AS without, submission, revised_to_date AS revised, periods_to_date AS periods
    FROM running
    WHERE in_year = 4 AND periods_to_date = number
    UNION ALL
    SELECT
        indicator, role, geography, agency, breakdown, 'rolling12', period, starts_twelve, ends, year, number,
        numerator_twelve, denominator_twelve, COALESCE(status_twelve, ''), correction,
        provisional_twelve, without_twelve, submission, revised_twelve, quarters_twelve
    FROM running
    WHERE in_year = 4 AND quarters_twelve = 4 AND year * 4 + number - first_twelve = 3
    UNION ALL
    SELECT
        indicator, role, geography, agency, breakdown, 'year', CAST(year AS VARCHAR), starts_to_date, ends, year, number,
        numerator_to_date, denominator_to_date, COALESCE(status_to_date, ''), correction,
        provisional_to_date, without_to_date, submission, revised_to_date, periods_to_date
    FROM running
    WHERE number = in_year AND periods_to_date = in_year AND makes_year
),

unbroken AS (
    SELECT
        sums.* REPLACE (
            CASE
                WHEN sums.periods > 1 AND EXISTS (
                    SELECT 1
                    FROM breaks
                    WHERE
                        breaks.indicator = sums.indicator
                        AND breaks.counts_from > sums.starts
                        AND breaks.counts_from <= sums.ends
                ) THEN 'b'
                ELSE sums.status
            END AS status
        )
    FROM sums
)

SELECT
    indicator, role, geography, agency, breakdown, basis, period, starts, ends, year, number, numerator, denominator, value, lower, upper,
    status, correction, provisional, without, submission, revised, snapshot
FROM by_period
UNION ALL
SELECT
    indicator, role, geography, agency, breakdown, basis, period, starts, ends, year, number,
    CASE WHEN status = '' THEN numerator END,
    CASE WHEN status = '' THEN denominator END,
    NULL, NULL, NULL, status, correction, provisional AND status = '', without, submission, revised, FALSE
FROM unbroken
UNION ALL
SELECT
    indicator, role, geography, agency, breakdown, 'year', CAST(year AS VARCHAR), starts, ends, year, number, numerator, denominator, value,
    lower, upper, status, correction, provisional, without, submission, revised, snapshot
FROM by_period
WHERE snapshot AND number = in_year AND makes_year;
