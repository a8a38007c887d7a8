-- Which figures stand on what agencies returned, and what else tells something of them? The gate works on these, with their true numbers.
-- `fixed`: a publisher shows it, or may show it any day unless it is small, so that it counts as known. One who shows another number tells
-- nothing of ours, but then ours stands beside it as a query, where the gate lets it. What is left of a whole when its parts are taken off stands
-- as one more part (`rest`), as nobody gave it and everybody can work it out; `adds` is false where parts are more than their whole. `version`
-- is the submission that first gave an agency's figure as it is, of a rest a number that its members' versions make. What the indicator's
-- method shows on no page is `never_shown`, zero or not; `rounds_to` is the number to the nearest multiple of which it is shown.
CREATE TABLE guarded AS
WITH own AS (
    SELECT
        grid.indicator,
        grid.role,
        grid.agency,
        grid.breakdown,
        grid.basis,
        grid.period,
        grid.starts,
        grid.ends,
        grid.numerator,
        CASE WHEN kinds.gives = 'counts' THEN grid.denominator END AS denominator,
        grid.value,
        grid.status,
        COALESCE(returned.version, 0) AS version,
        kinds.factor,
        kinds.snapshot,
        kinds.makes_year,
        kinds.closes_in,
        kinds.method,
        kinds.published = 'every basis' OR (kinds.published = 'year' AND grid.basis = 'year') AS is_published,
        indicators.decimals
    FROM grid
    INNER JOIN board ON grid.geography = board.geography
    INNER JOIN returned_kinds AS kinds ON grid.indicator = kinds.indicator
    INNER JOIN indicators ON grid.indicator = indicators.id
    LEFT JOIN returned
        ON grid.indicator = returned.indicator
        AND grid.agency = returned.agency
        AND grid.breakdown = returned.breakdown
        AND grid.period = returned.period
        AND grid.basis = kinds.every
    WHERE grid.role IN (-1, 0) AND kinds.gives <> 'value'
),

published AS (
    SELECT indicator, basis, ends, value
    FROM own
    WHERE role = 0 AND agency = '' AND breakdown = '' AND is_published
),

given AS (
    SELECT
        indicator, role, agency, breakdown, basis, period, starts, ends, numerator, denominator, version,
        CASE WHEN status = '' AND method = 'rolling_year_only' AND basis NOT IN ('rolling12', 'year') THEN 'c' ELSE status END AS status
    FROM own
    WHERE role = 0 AND (agency <> '' OR breakdown <> '' OR NOT is_published)
),

told_on_same_basis AS (
    SELECT indicator, basis, period, starts, ends, numerator, denominator, value, decimals
    FROM own
    WHERE role = -1 AND status = ''
),

told_on_other_days AS (
    SELECT
        own.indicator,
        'year' AS basis,
        CAST(YEAR(own.ends) AS VARCHAR) AS period,
        MIN(earlier.starts) AS starts,
        own.ends,
        SUM(earlier.numerator) AS numerator,
        SUM(earlier.denominator) AS denominator,
        SUM(earlier.numerator) * MIN(own.factor) / NULLIF(SUM(earlier.denominator), 0) AS value,
        MIN(own.decimals) AS decimals
    FROM own
    INNER JOIN own AS earlier
        ON own.indicator = earlier.indicator
        AND own.role = earlier.role
        AND own.agency = earlier.agency
        AND own.breakdown = earlier.breakdown
        AND own.basis = earlier.basis
        AND earlier.ends <= own.ends
        AND earlier.ends > CASE WHEN own.snapshot THEN own.ends - INTERVAL 1 DAY ELSE own.ends - INTERVAL 1 YEAR END
    WHERE
        own.role = 0
        AND own.agency = ''
        AND own.breakdown = ''
        AND own.basis = 'quarter'
        AND NOT own.makes_year
        AND MONTH(own.ends) = own.closes_in
        AND earlier.status = ''
    GROUP BY own.indicator, own.ends
    HAVING MIN(own.snapshot) OR COUNT(*) = 4
),

told AS (
    SELECT
        every_year.*,
        COALESCE(ABS(every_year.value - published.value) <= 0.500001 / POWER(10, every_year.decimals), FALSE)
        OR (published.indicator IS NULL AND every_year.numerator NOT BETWEEN 1 AND disclosure_rule.threshold) AS fixed,
        every_year.is_shown AND published.value IS NOT NULL AS is_queried
    FROM (
        SELECT *, TRUE AS is_shown FROM told_on_same_basis
        UNION ALL
        SELECT *, FALSE FROM told_on_other_days
    ) AS every_year
    CROSS JOIN disclosure_rule
    LEFT JOIN published
        ON every_year.indicator = published.indicator AND every_year.basis = published.basis AND every_year.ends = published.ends
),

rests AS (
    SELECT
        parts.indicator,
        parts.agency,
        parts.basis,
        parts.period,
        parts.dimension,
        wholes.starts,
        wholes.ends,
        CAST(MD5_NUMBER_LOWER(parts.versions || ',' || wholes.version) % 9007199254740991 AS BIGINT) AS version,
        wholes.numerator - parts.numerator AS numerator,
        wholes.denominator - parts.denominator AS denominator
    FROM (
        SELECT
            indicator,
            agency,
            basis,
            period,
            SPLIT_PART(breakdown, '=', 1) AS dimension,
            STRING_AGG(breakdown || ' ' || version, ',' ORDER BY breakdown) AS versions,
            COALESCE(SUM(CASE WHEN status IN ('', 'c') THEN numerator END), 0) AS numerator,
            COALESCE(SUM(CASE WHEN status IN ('', 'c') THEN denominator END), 0) AS denominator
        FROM given
        WHERE breakdown <> '' AND agency <> ''
        GROUP BY indicator, agency, basis, period, SPLIT_PART(breakdown, '=', 1)
    ) AS parts
    INNER JOIN given AS wholes
        ON parts.indicator = wholes.indicator
        AND parts.agency = wholes.agency
        AND parts.basis = wholes.basis
        AND parts.period = wholes.period
    INNER JOIN returned_kinds AS kinds ON parts.indicator = kinds.indicator AND parts.basis = kinds.every
    WHERE wholes.breakdown = '' AND wholes.status IN ('', 'c')
),

adding AS (
    SELECT rests.*, numerator >= 0 AND COALESCE(denominator >= 0 AND (kinds.unit <> 'percent' OR denominator >= numerator), TRUE) AS adds
    FROM rests
    INNER JOIN returned_kinds AS kinds ON rests.indicator = kinds.indicator
),

every_figure AS (
    SELECT *, FALSE AS fixed FROM given
    UNION ALL
    SELECT indicator, -1, '', '', basis, period, starts, ends, numerator, denominator, 0, '', fixed
    FROM told
    WHERE fixed OR is_queried
    UNION ALL
    SELECT indicator, 0, agency, dimension || '=rest', basis, period, starts, ends, numerator, denominator, version, 'c', FALSE
    FROM adding
    WHERE adds AND (numerator > 0 OR denominator > 0)
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
    figures.numerator,
    figures.denominator,
    figures.status,
    figures.agency <> '' AND figures.basis = kinds.every AS finest,
    figures.status = 'c' AS never_shown,
    kinds.gives = 'counts' AS divides,
    kinds.unit = 'percent' AS percent,
    kinds.counts_people AS protects,
    figures.fixed,
    figures.version,
    COALESCE(adding.adds, TRUE) AS adds,
    CASE kinds.method WHEN 'round_5' THEN 5 WHEN 'round_10' THEN 10 ELSE 1 END AS rounds_to,
    kinds.numerator_name,
    kinds.denominator_name
FROM every_figure AS figures
INNER JOIN returned_kinds AS kinds ON figures.indicator = kinds.indicator
LEFT JOIN adding
    ON figures.indicator = adding.indicator
    AND figures.agency = adding.agency
    AND figures.basis = adding.basis
    AND figures.period = adding.period
    AND SPLIT_PART(figures.breakdown, '=', 1) = adding.dimension
ORDER BY figures.indicator, figures.role, figures.agency, figures.breakdown, figures.basis, figures.starts;
