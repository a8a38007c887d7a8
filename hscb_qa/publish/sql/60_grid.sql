-- What is the figure? The ready value, else numerator over denominator times the unit's factor; a hidden part hides the whole.
-- Counts that cannot be (below zero, or a part above its whole) make the figure unreliable: it is not shown, and the page says why.
CREATE TEMP TABLE grid AS
SELECT
    measured.indicator,
    measured.role,
    measured.geography,
    measured.basis,
    measured.period,
    measured.starts,
    measured.ends,
    CASE WHEN measured.status = '' AND NOT measured.impossible THEN measured.figure END AS value,
    CASE
        WHEN measured.status <> '' THEN measured.status
        WHEN measured.impossible THEN 'u'
        WHEN measured.figure IS NULL THEN 'x'
        ELSE ''
    END AS status,
    measured.numerator,
    measured.denominator,
    measured.lower,
    measured.upper,
    COALESCE(
        measured.correction, CASE WHEN measured.impossible THEN 'The counts at the source cannot be: part of them is larger than the whole.' END
    ) AS correction,
    measured.submission,
    measured.revised,
    indicators.factor,
    indicators.interval
FROM (
    SELECT
        by_basis.*,
        CASE
            WHEN by_basis.value IS NOT NULL THEN by_basis.value
            WHEN kinds.has_denominator THEN by_basis.numerator * kinds.factor / NULLIF(by_basis.denominator, 0)
            ELSE by_basis.numerator
        END AS figure,
        COALESCE(by_basis.numerator < 0, FALSE)
        OR COALESCE(by_basis.denominator < 0, FALSE)
        OR (kinds.unit = 'percent' AND COALESCE(by_basis.numerator > by_basis.denominator AND by_basis.denominator > 0, FALSE)) AS impossible
    FROM by_basis
    INNER JOIN (
        SELECT
            figures.indicator,
            figures.role,
            MAX(indicators.factor) AS factor,
            MAX(indicators.unit) AS unit,
            MAX(CASE WHEN figures.part = 'denominator' THEN 1 ELSE 0 END) = 1 AS has_denominator
        FROM figures
        INNER JOIN indicators ON figures.indicator = indicators.id
        GROUP BY figures.indicator, figures.role
    ) AS kinds ON by_basis.indicator = kinds.indicator AND by_basis.role = kinds.role
) AS measured
INNER JOIN indicators ON measured.indicator = indicators.id;
