-- Which points can be held against what is usual in their series? Those with a value, on a basis whose figures do not overlap by themselves.
-- A series is cut into parts on the days from which its definition changed or its limits were rebased. A point follows the one before where
-- no period lies between the two in one part. A target holds for the board's own figures; a count's target is a year's.
CREATE TEMP TABLE series AS
WITH dated AS (
    SELECT
        points.*,
        indicators.unit,
        indicators.polarity,
        indicators.overlapping AND points.basis <> 'year' AS overlapping,
        bases.months,
        CAST(FLOOR((EXTRACT(YEAR FROM points.ends) * 12 + EXTRACT(MONTH FROM points.ends)) / bases.months) AS INTEGER) AS position,
        (
            SELECT MAX(CAST(part_starts.counts_from AS DATE))
            FROM part_starts
            WHERE
                part_starts.indicator = points.indicator
                AND (part_starts.geography IS NULL OR part_starts.geography = points.geography)
                AND (part_starts.agency IS NULL OR part_starts.agency = points.agency)
                AND part_starts.counts_from <= points.ends
        ) AS counts_from
    FROM points
    INNER JOIN indicators ON points.indicator = indicators.id
    INNER JOIN (VALUES ('month', 1), ('quarter', 3), ('half_year', 6), ('year', 12)) AS bases (basis, months) ON points.basis = bases.basis
    WHERE points.value IS NOT NULL
),

numbered AS (
    SELECT
        *,
        DENSE_RANK() OVER (ORDER BY indicator, geography, agency, breakdown, basis) AS series,
        DENSE_RANK() OVER (ORDER BY indicator, geography, agency, breakdown, basis, counts_from NULLS FIRST) AS part
    FROM dated
)

SELECT
    numbered.*,
    COALESCE(position - LAG(position) OVER (PARTITION BY part ORDER BY ends) = 1, FALSE) AS follows,
    (
        SELECT MAX(targets.value)
        FROM targets
        INNER JOIN board ON numbered.geography = board.geography
        WHERE
            targets.indicator = numbered.indicator
            AND numbered.agency = ''
            AND numbered.breakdown = ''
            AND (numbered.unit <> 'count' OR numbered.basis = 'year')
            AND targets.starts <= numbered.ends
            AND (targets.ends IS NULL OR targets.ends >= numbered.ends)
    ) AS target
FROM numbered
ORDER BY series, ends;
