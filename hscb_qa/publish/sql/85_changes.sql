-- What changed since the period before? Two intervals that do not overlap say that more than chance is at work, as in Fingertips.
-- Without intervals nothing is tested, and the difference is told without a verdict. A year to date, or rolling twelve months, is
-- compared with the same a year before, since the one a quarter before holds most of the same months.
CREATE TABLE changes AS
SELECT
    indicator,
    basis,
    period,
    previous_period,
    CASE
        WHEN ROUND(value, decimals) > ROUND(previous_value, decimals) THEN 'rose'
        WHEN ROUND(value, decimals) < ROUND(previous_value, decimals) THEN 'fell'
        ELSE 'held'
    END AS direction,
    test,
    CASE
        WHEN test <> 'changed' OR polarity = 'neutral' THEN NULL
        WHEN (value > previous_value) = (polarity = 'higher') THEN 'better'
        ELSE 'worse'
    END AS verdict
FROM (
    SELECT
        *,
        CASE
            WHEN lower IS NULL OR previous_upper IS NULL THEN 'not tested'
            WHEN lower > previous_upper OR upper < previous_lower THEN 'changed'
            ELSE 'no change that matters'
        END AS test
    FROM (
        SELECT
            points.indicator,
            points.basis,
            points.period,
            points.value,
            points.lower,
            points.upper,
            indicators.polarity,
            indicators.decimals,
            LAG(points.period) OVER in_order AS previous_period,
            LAG(points.value) OVER in_order AS previous_value,
            LAG(points.lower) OVER in_order AS previous_lower,
            LAG(points.upper) OVER in_order AS previous_upper
        FROM points
        INNER JOIN board ON points.geography = board.geography
        INNER JOIN indicators ON points.indicator = indicators.id
        WINDOW in_order AS (
            PARTITION BY
                points.indicator,
                points.basis,
                CASE WHEN points.basis IN ('ytd', 'rolling12') THEN EXTRACT(MONTH FROM points.ends) ELSE 0 END
            ORDER BY points.ends
        )
    ) AS with_previous
) AS tested
WHERE value IS NOT NULL AND previous_value IS NOT NULL;
