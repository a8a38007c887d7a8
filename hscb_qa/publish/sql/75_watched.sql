-- How does each figure stand on the finest basis on which it can be judged? Quarter before half year before year; the finest on which
-- anything is shown where none can be. The state is that of the latest period, whether it has a value or a status: of a hidden figure nothing is said.
CREATE TABLE watched AS
SELECT
    latest.indicator,
    latest.geography,
    latest.agency,
    latest.breakdown,
    latest.basis,
    latest.period,
    latest.ends,
    latest.value IS NOT NULL AND latest.has_chart AS judged,
    signals.rule,
    signals.side,
    signals.judgement,
    signals.gap,
    signals.since,
    signals.stretch,
    signals.assurance
FROM (
    SELECT
        *,
        ROW_NUMBER() OVER (
            PARTITION BY indicator, geography, agency, breakdown
            ORDER BY CASE WHEN has_chart THEN 0 WHEN is_ever_shown THEN 1 ELSE 2 END, fineness
        ) AS choice
    FROM (
        SELECT
            points.*,
            CASE points.basis WHEN 'month' THEN 1 WHEN 'quarter' THEN 2 WHEN 'half_year' THEN 3 ELSE 4 END AS fineness,
            COALESCE(charts.chart <> 'run', FALSE) AS has_chart,
            BOOL_OR(points.value IS NOT NULL) OVER (
                PARTITION BY points.indicator, points.geography, points.agency, points.breakdown, points.basis
            ) AS is_ever_shown,
            ROW_NUMBER() OVER (
                PARTITION BY points.indicator, points.geography, points.agency, points.breakdown, points.basis ORDER BY points.ends DESC
            ) AS recency
        FROM points
        LEFT JOIN (
            SELECT
                *,
                ROW_NUMBER() OVER (PARTITION BY indicator, geography, agency, breakdown, basis ORDER BY ends DESC) AS recency
            FROM charts
        ) AS charts
            ON points.indicator = charts.indicator
            AND points.geography = charts.geography
            AND points.agency = charts.agency
            AND points.breakdown = charts.breakdown
            AND points.basis = charts.basis
            AND charts.recency = 1
        WHERE points.basis NOT IN ('ytd', 'rolling12')
    ) AS by_recency
    WHERE recency = 1
) AS latest
LEFT JOIN signals
    ON latest.indicator = signals.indicator
    AND latest.geography = signals.geography
    AND latest.agency = signals.agency
    AND latest.breakdown = signals.breakdown
    AND latest.basis = signals.basis
    AND latest.period = signals.period
WHERE latest.choice = 1;
