-- Where does another file print another figure for the same thing? By more than half of the last decimal shown.
-- Counts for regions and England are published to the nearest 10, so a ratio of two of them may differ by that rounding. What agencies
-- returned is held against a published figure that has counts. Sums of quarters are not asked about beside their quarters.
CREATE TABLE queries AS
SELECT
    points.indicator,
    points.geography,
    points.period,
    points.value,
    checked.value AS other_value,
    roles.source AS other_source
FROM points
INNER JOIN cross_checks AS checked
    ON points.indicator = checked.indicator
    AND points.geography = checked.geography
    AND points.basis = checked.basis
    AND points.period = checked.period
INNER JOIN (
    SELECT indicator, role, source FROM figures
    UNION
    SELECT indicator, -1, 'returns' FROM returned_kinds
) AS roles
    ON checked.indicator = roles.indicator AND checked.role = roles.role
INNER JOIN indicators ON points.indicator = indicators.id
INNER JOIN places ON points.geography = places.code
WHERE
    points.basis IN ('quarter', 'year')
    AND points.agency = ''
    AND points.breakdown = ''
    AND points.value IS NOT NULL
    AND (roles.source <> 'returns' OR points.numerator IS NOT NULL)
    AND checked.value IS NOT NULL
    AND ABS(points.value - checked.value)
    > 0.500001 / POWER(10, indicators.decimals)
    + CASE
        WHEN places.level = 'Local authority' THEN 0
        ELSE COALESCE(points.value * (5 / NULLIF(points.numerator, 0) + 5 / NULLIF(points.denominator, 0)), 0)
    END;
