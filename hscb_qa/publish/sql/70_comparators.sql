-- What stands beside the board's own figure? Named places, and the mean and the median of each set of statistical neighbours.
-- The mean is that of the published figures and leaves missing neighbours out, as LAIT does; how many were there is kept.
-- Counts are not set beside other places, nor the figures of one agency or of part of the children.
CREATE TEMP TABLE beside AS
SELECT
    points.indicator,
    points.basis,
    points.period,
    points.starts,
    points.ends,
    comparator_places.id AS comparator,
    CAST(NULL AS DATE) AS in_force_from,
    points.value,
    points.status,
    points.correction,
    1 AS contributors,
    1 AS members
FROM points
INNER JOIN comparator_places ON points.geography = comparator_places.geography
INNER JOIN indicators ON points.indicator = indicators.id
WHERE indicators.comparable AND points.agency = '' AND points.breakdown = ''
UNION ALL
SELECT
    points.indicator,
    points.basis,
    points.period,
    points.starts,
    points.ends,
    statistics.id,
    neighbour_sets.in_force_from,
    CASE statistics.id
        WHEN 'neighbours_mean' THEN AVG(ROUND(points.value, indicators.decimals))
        ELSE MEDIAN(ROUND(points.value, indicators.decimals))
    END,
    CASE WHEN COUNT(points.value) = 0 THEN COALESCE(MIN(NULLIF(points.status, '')), 'x') ELSE '' END,
    MIN(points.correction),
    COUNT(points.value),
    MAX(neighbour_sets.members)
FROM points
INNER JOIN neighbour_sets ON points.geography = neighbour_sets.neighbour
INNER JOIN indicators ON points.indicator = indicators.id
CROSS JOIN (VALUES ('neighbours_mean'), ('neighbours_median')) AS statistics (id)
WHERE indicators.comparable AND points.agency = '' AND points.breakdown = ''
GROUP BY
    points.indicator, points.basis, points.period, points.starts, points.ends, statistics.id, neighbour_sets.in_force_from;
