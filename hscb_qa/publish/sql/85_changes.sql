-- What changed since the period before? Two intervals that do not overlap say that more than chance is at work, as in Fingertips.
-- Without intervals nothing is tested, and the difference is told without a verdict. A year to date, or rolling twelve months, is
-- compared with the same a year before, since the one a quarter before holds most of the same months. A period that is missing or hidden
-- is not skipped: then nothing is compared, and its status says why; so it is where the definition changed in between, with status b. The
-- first period of a series has no row.
CREATE TEMP TABLE tested_changes AS
SELECT
    tested.indicator,
    tested.agency,
    tested.breakdown,
    tested.basis,
    tested.period,
    tested.previous_period,
    tested.previous_status,
    CASE
        WHEN tested.test = 'nothing before' THEN ''
        WHEN ROUND(tested.value, tested.decimals) > ROUND(tested.previous_value, tested.decimals) THEN 'rose'
        WHEN ROUND(tested.value, tested.decimals) < ROUND(tested.previous_value, tested.decimals) THEN 'fell'
        ELSE 'held'
    END AS direction,
    tested.test,
    CASE
        WHEN tested.test <> 'changed' OR tested.polarity = 'neutral' THEN NULL
        WHEN (tested.value > tested.previous_value) = (tested.polarity = 'higher') THEN 'better'
        ELSE 'worse'
    END AS verdict,
    tested.value,
    tested.lower,
    tested.upper,
    tested.previous_value,
    tested.previous_lower,
    tested.previous_upper
FROM (
    SELECT
        own.*,
        previous.period AS previous_period,
        CASE WHEN own.last_break > previous.starts THEN 'b' ELSE COALESCE(previous.status, 'x') END AS previous_status,
        previous.value AS previous_value,
        previous.lower AS previous_lower,
        previous.upper AS previous_upper,
        CASE
            WHEN previous.value IS NULL OR own.last_break > previous.starts THEN 'nothing before'
            WHEN own.lower IS NULL OR previous.upper IS NULL THEN 'not tested'
            WHEN own.lower > previous.upper OR own.upper < previous.lower THEN 'changed'
            ELSE 'no clear change'
        END AS test
    FROM (
        SELECT
            points.*,
            indicators.polarity,
            indicators.decimals,
            ROW_NUMBER() OVER (
                PARTITION BY points.indicator, points.agency, points.breakdown, points.basis ORDER BY points.ends
            ) AS place,
            CAST(
                CASE points.basis
                    WHEN 'month' THEN LAST_DAY(points.ends - INTERVAL 1 MONTH)
                    WHEN 'quarter' THEN LAST_DAY(points.ends - INTERVAL 3 MONTH)
                    WHEN 'half_year' THEN LAST_DAY(points.ends - INTERVAL 6 MONTH)
                    ELSE points.ends - INTERVAL 1 YEAR
                END AS DATE
            ) AS previous_ends,
            (
                SELECT MAX(breaks.counts_from)
                FROM breaks
                WHERE breaks.indicator = points.indicator AND breaks.counts_from <= points.ends
            ) AS last_break
        FROM points
        INNER JOIN board ON points.geography = board.geography
        INNER JOIN indicators ON points.indicator = indicators.id
    ) AS own
    LEFT JOIN points AS previous
        ON own.indicator = previous.indicator
        AND own.agency = previous.agency
        AND own.breakdown = previous.breakdown
        AND own.basis = previous.basis
        AND own.geography = previous.geography
        AND own.previous_ends = previous.ends
    WHERE own.value IS NOT NULL AND own.place > 1
) AS tested;
