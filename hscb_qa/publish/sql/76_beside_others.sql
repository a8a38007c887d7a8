-- What else can be said of a figure beside others? Three questions, each of rows that stand together and are judged as arrays.
-- The five newest annual figures of a series, all with intervals and counted alike, the oldest first: does it rise or fall?
CREATE TEMP TABLE five_years AS
SELECT indicator, geography, agency, breakdown, period, ends, value, lower, upper, polarity
FROM (
    SELECT
        *,
        COUNT(lower) OVER whole AS complete,
        MIN(EXTRACT(YEAR FROM ends)) OVER whole AS first_year,
        MAX(EXTRACT(YEAR FROM ends)) OVER whole AS last_year,
        MIN(ends) OVER whole AS first_ends,
        MAX(last_break) OVER whole AS last_break_of_five
    FROM (
        SELECT
            points.*,
            indicators.polarity,
            (
                SELECT MAX(breaks.counts_from)
                FROM breaks
                WHERE breaks.indicator = points.indicator AND breaks.counts_from <= points.ends
            ) AS last_break,
            ROW_NUMBER() OVER (
                PARTITION BY points.indicator, points.geography, points.agency, points.breakdown ORDER BY points.ends DESC
            ) AS recency
        FROM points
        INNER JOIN indicators ON points.indicator = indicators.id
        WHERE points.basis = 'year'
    ) AS by_recency
    WHERE recency <= 5
    WINDOW whole AS (PARTITION BY indicator, geography, agency, breakdown)
) AS of_five
WHERE complete = 5 AND last_year - first_year = 4 AND (last_break_of_five IS NULL OR last_break_of_five <= first_ends)
ORDER BY indicator, geography, agency, breakdown, ends;

-- An annual published figure of every local authority, as it is shown: which rank, band and fifth has each?
CREATE TEMP TABLE authorities AS
SELECT
    points.indicator,
    points.geography,
    points.period,
    points.ends,
    ROUND(points.value, indicators.decimals) AS value,
    indicators.polarity,
    DENSE_RANK() OVER (ORDER BY points.indicator, points.period) AS together
FROM points
INNER JOIN indicators ON points.indicator = indicators.id
INNER JOIN places ON points.geography = places.code
INNER JOIN known_submissions ON points.submission = known_submissions.id
WHERE
    points.basis = 'year'
    AND points.agency = ''
    AND points.breakdown = ''
    AND points.value IS NOT NULL
    AND indicators.comparable
    AND places.level = 'Local authority'
    AND known_submissions.source <> 'returns'
ORDER BY points.indicator, points.period, points.geography;

-- The percentages of three or more agencies that return the same: which of them lies outside what chance explains around all of them together?
CREATE TEMP TABLE agencies_together AS
SELECT *
FROM (
    SELECT
        points.indicator,
        points.agency,
        points.basis,
        points.period,
        points.ends,
        points.numerator,
        points.denominator,
        points.value,
        indicators.polarity,
        DENSE_RANK() OVER (ORDER BY points.indicator, points.basis, points.period) AS together,
        COUNT(*) OVER (PARTITION BY points.indicator, points.basis, points.period) AS agencies
    FROM points
    INNER JOIN indicators ON points.indicator = indicators.id
    INNER JOIN board ON points.geography = board.geography
    WHERE
        points.agency <> ''
        AND points.breakdown = ''
        AND points.basis IN ('quarter', 'half_year', 'year')
        AND indicators.unit = 'percent'
        AND points.value IS NOT NULL
        AND points.denominator > 0
) AS counted
WHERE agencies >= 3
ORDER BY indicator, basis, period, agency;
