-- How does the board's figure differ from each comparator's? By its interval; better or worse only where polarity says which is which.
CREATE TABLE comparators AS
SELECT
    judged.*,
    CASE
        WHEN judged.polarity = 'neutral' OR judged.difference NOT IN ('higher', 'lower') THEN NULL
        WHEN judged.polarity = judged.difference THEN 'better'
        ELSE 'worse'
    END AS verdict
FROM (
    SELECT
        beside.*,
        indicators.polarity,
        CASE
            WHEN own.value IS NULL OR beside.value IS NULL THEN NULL
            WHEN own.lower IS NULL OR own.upper IS NULL THEN 'not tested'
            WHEN own.lower > beside.value THEN 'higher'
            WHEN own.upper < beside.value THEN 'lower'
            ELSE 'similar'
        END AS difference
    FROM beside
    INNER JOIN indicators ON beside.indicator = indicators.id
    LEFT JOIN (
        SELECT points.*
        FROM points
        INNER JOIN board ON points.geography = board.geography
        WHERE points.agency = '' AND points.breakdown = ''
    ) AS own
        ON beside.indicator = own.indicator AND beside.basis = own.basis AND beside.period = own.period
) AS judged
ORDER BY judged.indicator, judged.basis, judged.comparator, judged.in_force_from, judged.ends;
