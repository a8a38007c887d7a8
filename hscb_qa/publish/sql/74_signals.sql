-- What became of each part of each series, and of each point in it? `charts` has a row a part, `signals` a row a point that has limits or
-- a signal. `since` is the first period of the unbroken stretch of signals on one side that ends at the point, `stretch` how many they are;
-- a trend is a stretch of its own. Limits are kept as they are drawn: not below zero, where nothing can be, and no percentage above 100.
CREATE TABLE charts AS
SELECT
    series.indicator,
    series.geography,
    series.agency,
    series.breakdown,
    series.basis,
    series.counts_from,
    MIN(found.chart) AS chart,
    MIN(found.reason) AS reason,
    ARG_MIN(series.period, series.ends) AS first_period,
    ARG_MAX(series.period, series.ends) AS last_period,
    MAX(series.ends) AS ends,
    COUNT(*) AS points,
    MIN(found.chart) <> 'run' AND COUNT(*) < MIN(chart_rules.trial_below) AS trial
FROM series
INNER JOIN found ON series.series = found.series AND series.position = found.position
CROSS JOIN chart_rules
GROUP BY
    series.part, series.indicator, series.geography, series.agency, series.breakdown, series.basis, series.counts_from
ORDER BY series.indicator, series.geography, series.agency, series.breakdown, series.basis, MAX(series.ends);

CREATE TABLE signals AS
WITH judged AS (
    SELECT
        series.indicator,
        series.geography,
        series.agency,
        series.breakdown,
        series.basis,
        series.period,
        series.ends,
        series.part,
        found.mean,
        CASE WHEN found.lower < 0 AND series.unit <> 'percentage_points' THEN 0 ELSE found.lower END AS lower,
        CASE WHEN found.upper > 100 AND series.unit = 'percent' THEN 100 ELSE found.upper END AS upper,
        found.rule,
        found.side,
        found.judgement,
        found.gap,
        series.target,
        found.assurance,
        COALESCE(
            NOT series.follows
            OR (found.rule = '') <> (LAG(found.rule) OVER in_part = '')
            OR (found.rule = 'trend') <> (LAG(found.rule) OVER in_part = 'trend')
            OR found.side <> LAG(found.side) OVER in_part,
            TRUE
        ) AS begins
    FROM series
    INNER JOIN found ON series.series = found.series AND series.position = found.position
    WINDOW in_part AS (PARTITION BY series.part ORDER BY series.ends)
),

stretches AS (
    SELECT *, SUM(CAST(begins AS INTEGER)) OVER (PARTITION BY part ORDER BY ends) AS stretch_number
    FROM judged
)

SELECT
    indicator,
    geography,
    agency,
    breakdown,
    basis,
    period,
    ends,
    mean,
    lower,
    upper,
    rule,
    side,
    judgement,
    gap,
    target,
    assurance,
    FIRST_VALUE(period) OVER in_stretch AS since,
    ROW_NUMBER() OVER in_stretch AS stretch
FROM stretches
WHERE mean IS NOT NULL OR rule <> ''
WINDOW in_stretch AS (PARTITION BY part, stretch_number ORDER BY ends)
ORDER BY indicator, geography, agency, breakdown, basis, ends;
