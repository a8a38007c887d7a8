-- What changed since the earlier edition that is attached as `earlier`? Which indicators became exceptions, which no longer are, and of which
-- a figure that was shown, of the board's own whole, is now another: all by id, without a number.
-- Of those that are no exception any more it says what they were.
INSERT INTO changed_since
SELECT now.indicator, 'began', ''
FROM (SELECT DISTINCT indicator FROM exceptions) AS now
LEFT JOIN earlier.exceptions AS past ON now.indicator = past.indicator
WHERE past.indicator IS NULL
UNION
SELECT past.indicator, 'ended', MIN(past.judgement)  -- concern before improvement before neither, where an indicator had several
FROM earlier.exceptions AS past
LEFT JOIN exceptions AS now ON past.indicator = now.indicator
WHERE now.indicator IS NULL
GROUP BY past.indicator
UNION
SELECT now.indicator, 'revised', ''
FROM points AS now
INNER JOIN earlier.points AS past
    ON now.indicator = past.indicator
    AND now.geography = past.geography
    AND now.agency = past.agency
    AND now.breakdown = past.breakdown
    AND now.basis = past.basis
    AND now.period = past.period
INNER JOIN board ON now.geography = board.geography
WHERE now.agency = '' AND now.breakdown = '' AND ABS(now.value - past.value) > 0.000000001;
