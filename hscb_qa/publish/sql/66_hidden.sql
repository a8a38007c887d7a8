-- What does the gate hide, and what is shown rounded? In the shareable file a hidden figure has its status and no number. A percentage or rate
-- of rounded counts is worked out from them.
UPDATE grid
SET status = 'c'
FROM hidden
WHERE
    grid.indicator = hidden.indicator
    AND grid.role = hidden.role
    AND grid.agency = hidden.agency
    AND grid.breakdown = hidden.breakdown
    AND grid.basis = hidden.basis
    AND grid.period = hidden.period
    AND grid.geography IN (SELECT geography FROM board);

UPDATE grid
SET
    numerator = rounded.numerator,
    denominator = rounded.denominator,
    value = COALESCE(rounded.numerator * grid.factor / rounded.denominator, rounded.numerator)
FROM (
    SELECT
        grid.rowid AS place,
        ROUND(grid.numerator / steps.size) * steps.size AS numerator,
        CASE WHEN kinds.gives = 'counts' THEN ROUND(grid.denominator / steps.size) * steps.size ELSE grid.denominator END AS denominator
    FROM grid
    INNER JOIN returned_kinds AS kinds ON grid.indicator = kinds.indicator
    INNER JOIN (VALUES ('round_5', 5), ('round_10', 10)) AS steps (method, size) ON kinds.method = steps.method
    INNER JOIN board ON grid.geography = board.geography
    WHERE
        grid.role = 0
        AND grid.status = ''
        AND (
            grid.agency <> ''
            OR grid.breakdown <> ''
            OR kinds.published = 'nowhere'
            OR (kinds.published = 'year' AND grid.basis <> 'year')
        )
) AS rounded
WHERE grid.rowid = rounded.place;
