-- What is the figure? The ready value, else numerator over denominator times the unit's factor; a hidden part hides the whole.
-- Counts that cannot be (below zero, or a part above its whole) make the figure unreliable: it is not shown, and the page says why.
-- A returned rate of less than a year is written as a year's, so that it can be read beside one; its parts (age bands, ...) are counts, for
-- want of a population of each. Where a figure is published, returned ones on its basis are a cross-check and keep the role -1.
CREATE TEMP TABLE grid AS
SELECT
    measured.indicator,
    measured.role,
    measured.geography,
    measured.agency,
    measured.breakdown,
    measured.basis,
    measured.period,
    measured.starts,
    measured.ends,
    CASE WHEN measured.status = '' AND NOT measured.impossible THEN measured.figure END AS value,
    CASE
        WHEN measured.status <> '' THEN measured.status
        WHEN measured.impossible THEN 'u'
        WHEN measured.figure IS NULL THEN 'x'
        ELSE ''
    END AS status,
    measured.numerator,
    measured.denominator,
    measured.lower,
    measured.upper,
    COALESCE(
        measured.correction, CASE WHEN measured.impossible THEN 'The counts at the source cannot be: part of them is larger than the whole.' END
    ) AS correction,
    measured.provisional,
    measured.without,
    measured.population_year,
    measured.submission,
    measured.revised,
    measured.factor,
    measured.unit,
    measured.interval
FROM (
    SELECT
        counted.*,
        CASE
            WHEN counted.value IS NOT NULL THEN counted.value
            WHEN counted.divides THEN counted.numerator * counted.factor / NULLIF(counted.denominator, 0)
            ELSE counted.numerator
        END AS figure,
        COALESCE(counted.numerator < 0, FALSE)
        OR COALESCE(counted.denominator < 0, FALSE)
        OR (counted.unit = 'percent' AND COALESCE(counted.numerator > counted.denominator AND counted.denominator > 0, FALSE)) AS impossible
    FROM (
        SELECT
            by_basis.indicator,
            CASE
                WHEN by_basis.role >= 0 THEN by_basis.role
                WHEN by_basis.agency <> '' OR by_basis.breakdown <> '' THEN 0
                WHEN kinds.published = 'every basis' OR (kinds.published = 'year' AND by_basis.basis = 'year') THEN -1
                ELSE 0
            END AS role,
            by_basis.geography,
            by_basis.agency,
            by_basis.breakdown,
            by_basis.basis,
            by_basis.period,
            by_basis.starts,
            by_basis.ends,
            by_basis.numerator,
            CASE
                WHEN NOT kinds.per_population THEN by_basis.denominator
                WHEN by_basis.breakdown = '' AND by_basis.status = '' THEN populations.population
            END AS denominator,
            by_basis.value,
            by_basis.lower,
            by_basis.upper,
            by_basis.status,
            by_basis.correction,
            by_basis.provisional,
            by_basis.without,
            CASE WHEN by_basis.breakdown = '' AND by_basis.status = '' THEN populations.other_year END AS population_year,
            by_basis.submission,
            by_basis.revised,
            CASE
                WHEN NOT kinds.per_population THEN kinds.factor
                WHEN by_basis.breakdown <> '' THEN 1
                WHEN by_basis.snapshot THEN kinds.factor
                WHEN by_basis.basis = 'quarter' THEN kinds.factor * 4
                WHEN by_basis.basis = 'half_year' THEN kinds.factor * 2
                WHEN by_basis.basis = 'ytd' THEN kinds.factor * 4 / NULLIF(by_basis.number, 0)
                ELSE kinds.factor
            END AS factor,
            kinds.unit,
            kinds.interval,
            kinds.divides OR (kinds.per_population AND by_basis.breakdown = '') AS divides
        FROM by_basis
        INNER JOIN (
            SELECT
                figures.indicator,
                figures.role,
                MAX(indicators.factor) AS factor,
                MAX(indicators.unit) AS unit,
                MAX(indicators.interval) AS interval,
                MAX(CASE WHEN figures.part = 'denominator' THEN 1 ELSE 0 END) = 1 AS divides,
                FALSE AS per_population,
                '' AS published
            FROM figures
            INNER JOIN indicators ON figures.indicator = indicators.id
            GROUP BY figures.indicator, figures.role
            UNION ALL
            SELECT indicator, -1, factor, unit, interval, gives = 'counts', per_population, published
            FROM returned_kinds
        ) AS kinds ON by_basis.indicator = kinds.indicator AND by_basis.role = kinds.role
        LEFT JOIN populations
            ON kinds.per_population AND by_basis.indicator = populations.indicator AND by_basis.year = populations.year
    ) AS counted
) AS measured;
