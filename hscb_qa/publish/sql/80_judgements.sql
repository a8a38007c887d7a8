-- How does the board's figure differ from each comparator's? By its interval; better or worse only where polarity says which is which.
CREATE TABLE judgements AS
SELECT
    indicator,
    basis,
    period,
    comparator,
    in_force_from,
    difference,
    CASE
        WHEN polarity = 'neutral' OR difference NOT IN ('higher', 'lower') THEN NULL
        WHEN polarity = difference THEN 'better'
        ELSE 'worse'
    END AS verdict
FROM (
    SELECT
        points.indicator,
        points.basis,
        points.period,
        comparators.comparator,
        comparators.in_force_from,
        indicators.polarity,
        CASE
            WHEN points.lower IS NULL OR points.upper IS NULL THEN 'not tested'
            WHEN points.lower > comparators.value THEN 'higher'
            WHEN points.upper < comparators.value THEN 'lower'
            ELSE 'similar'
        END AS difference
    FROM points
    INNER JOIN board ON points.geography = board.geography
    INNER JOIN indicators ON points.indicator = indicators.id
    INNER JOIN comparators
        ON points.indicator = comparators.indicator
        AND points.basis = comparators.basis
        AND points.period = comparators.period
    WHERE points.value IS NOT NULL AND comparators.value IS NOT NULL
) AS compared;
