-- Which figures stand on what agencies returned, and which of them are what an agency gave? The attack on an edition reads these. `fixed`: a
-- publisher shows a year that tells the sum of our quarters within its rounding; one that shows another number tells nothing of ours.
-- `version` is the submission that last changed a figure, 0 for one that never changed. `adds` is false for parts that do not add up to
-- their whole; where one of them is not there, for those that are more than the whole.
CREATE TABLE guarded AS
WITH own AS (
    SELECT grid.*
    FROM grid
    INNER JOIN board ON grid.geography = board.geography
),

published AS (
    SELECT own.*, kinds.every, kinds.published_year, kinds.makes_year, indicators.decimals
    FROM own
    INNER JOIN returned_kinds AS kinds ON own.indicator = kinds.indicator
    INNER JOIN indicators ON own.indicator = indicators.id
    WHERE
        own.role = 0
        AND own.agency = ''
        AND own.breakdown = ''
        AND own.value IS NOT NULL
        AND (kinds.published = 'every basis' OR (kinds.published = 'year' AND own.basis = 'year'))
),

returned_figures AS (
    SELECT own.*
    FROM own
    INNER JOIN returned_kinds AS kinds ON own.indicator = kinds.indicator
    WHERE
        own.role = -1
        OR (
            own.role = 0
            AND NOT (
                own.agency = ''
                AND own.breakdown = ''
                AND (kinds.published = 'every basis' OR (kinds.published = 'year' AND own.basis = 'year'))
            )
        )
),

years_of_publishers AS (
    SELECT
        published.indicator,
        published.period,
        published.starts,
        published.ends,
        SUM(quarters.numerator) AS numerator,
        SUM(quarters.denominator) AS denominator,
        SUM(quarters.numerator) * MIN(published.factor) / NULLIF(SUM(quarters.denominator), 0) AS value,
        MIN(published.value) AS published_value,
        MIN(published.decimals) AS decimals
    FROM published
    INNER JOIN own AS quarters
        ON published.indicator = quarters.indicator
        AND quarters.role = 0
        AND quarters.agency = ''
        AND quarters.breakdown = ''
        AND quarters.basis = 'quarter'
        AND quarters.value IS NOT NULL
        AND quarters.starts >= published.starts
        AND quarters.ends <= published.ends
    WHERE published.every = 'quarter' AND published.published_year <> '' AND NOT published.makes_year
    GROUP BY published.indicator, published.period, published.starts, published.ends
    HAVING COUNT(*) = 4
),

every_figure AS (
    SELECT
        returned_figures.indicator,
        returned_figures.role,
        returned_figures.agency,
        returned_figures.breakdown,
        returned_figures.basis,
        returned_figures.period,
        returned_figures.starts,
        returned_figures.ends,
        returned_figures.numerator,
        returned_figures.denominator,
        returned_figures.status,
        COALESCE(
            returned_figures.role = -1
            AND ABS(returned_figures.value - published.value) <= 0.500001 / POWER(10, published.decimals),
            FALSE
        ) AS fixed,
        CASE WHEN returned_figures.revised THEN returned_figures.submission ELSE 0 END AS version
    FROM returned_figures
    LEFT JOIN published
        ON returned_figures.role = -1
        AND returned_figures.indicator = published.indicator
        AND returned_figures.basis = published.basis
        AND returned_figures.period = published.period
    UNION ALL
    SELECT
        indicator, -1, '', '', 'year', period, starts, ends, numerator, denominator, '', TRUE, 0
    FROM years_of_publishers
    WHERE ABS(value - published_value) <= 0.500001 / POWER(10, decimals)
),

dimensions AS (
    SELECT
        parts.indicator,
        parts.agency,
        parts.basis,
        parts.period,
        parts.dimension,
        CASE
            WHEN parts.absent = 0 THEN parts.numerator = wholes.numerator AND COALESCE(parts.denominator = wholes.denominator, TRUE)
            ELSE parts.numerator <= wholes.numerator AND COALESCE(parts.denominator <= wholes.denominator, TRUE)
        END AS adds
    FROM (
        SELECT
            indicator,
            agency,
            basis,
            period,
            SPLIT_PART(breakdown, '=', 1) AS dimension,
            SUM(numerator) AS numerator,
            SUM(denominator) AS denominator,
            COUNT(CASE WHEN status NOT IN ('', 'c') THEN 1 END) AS absent
        FROM every_figure
        WHERE breakdown <> ''
        GROUP BY indicator, agency, basis, period, SPLIT_PART(breakdown, '=', 1)
    ) AS parts
    INNER JOIN every_figure AS wholes
        ON parts.indicator = wholes.indicator
        AND parts.agency = wholes.agency
        AND parts.basis = wholes.basis
        AND parts.period = wholes.period
        AND wholes.breakdown = ''
        AND wholes.role = 0
)

SELECT
    figures.indicator,
    figures.role,
    figures.agency,
    figures.breakdown,
    figures.basis,
    figures.period,
    figures.starts,
    figures.ends,
    CASE WHEN figures.status = '' THEN figures.numerator END AS numerator,
    CASE WHEN figures.status = '' AND kinds.unit = 'percent' THEN figures.denominator END AS denominator,
    figures.status,
    figures.agency <> '' AND figures.basis = kinds.every AS finest,
    kinds.unit = 'percent' AS divides,
    kinds.unit = 'percent' AS percent,
    kinds.counts_people AS protects,
    figures.fixed,
    figures.version,
    COALESCE(dimensions.adds, TRUE) AS adds,
    kinds.numerator_name,
    kinds.denominator_name
FROM every_figure AS figures
INNER JOIN returned_kinds AS kinds ON figures.indicator = kinds.indicator
LEFT JOIN dimensions
    ON figures.indicator = dimensions.indicator
    AND figures.agency = dimensions.agency
    AND figures.basis = dimensions.basis
    AND figures.period = dimensions.period
    AND SPLIT_PART(figures.breakdown, '=', 1) = dimensions.dimension
WHERE kinds.gives <> 'value'
ORDER BY figures.indicator, figures.role, figures.agency, figures.breakdown, figures.basis, figures.starts;
