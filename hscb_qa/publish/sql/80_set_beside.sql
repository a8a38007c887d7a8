-- Which of a comparator's figures stands beside each of the board's? They are compared by the board's interval, as arrays.
-- `own_period` is the board's, `period` the comparator's. Where only years are published, twelve months that agencies returned, and what
-- they counted on a day, stand beside the latest year that had ended by then; the comparator's row then is of the basis `year`.
CREATE TEMP TABLE set_beside AS
WITH own AS (
    SELECT points.*
    FROM points
    INNER JOIN board ON points.geography = board.geography
    WHERE points.agency = '' AND points.breakdown = ''
),

of_years AS (
    SELECT *
    FROM (
        SELECT
            beside.* REPLACE (own.basis AS basis),
            own.period AS own_period,
            ROW_NUMBER() OVER (
                PARTITION BY own.indicator, own.basis, own.period, beside.comparator, beside.in_force_from ORDER BY beside.ends DESC
            ) AS recency
        FROM own
        INNER JOIN returned_kinds AS kinds ON own.indicator = kinds.indicator
        INNER JOIN beside ON own.indicator = beside.indicator AND own.ends >= beside.ends
        WHERE
            kinds.published = 'year'
            AND kinds.makes_year
            AND ((kinds.snapshot AND own.basis IN ('quarter', 'half_year')) OR (NOT kinds.snapshot AND own.basis = 'rolling12'))
            AND beside.basis = 'year'
    ) AS ranked
    WHERE recency = 1
),

paired AS (
    SELECT *, period AS own_period, basis AS period_basis FROM beside
    UNION ALL BY NAME
    SELECT * EXCLUDE (recency), 'year' AS period_basis FROM of_years
)

SELECT
    paired.*,
    indicators.polarity,
    own.value AS own_value,
    own.lower AS own_lower,
    own.upper AS own_upper
FROM paired
INNER JOIN indicators ON paired.indicator = indicators.id
LEFT JOIN own ON paired.indicator = own.indicator AND paired.basis = own.basis AND paired.own_period = own.period
ORDER BY paired.indicator, paired.basis, paired.comparator, paired.in_force_from, paired.ends;
