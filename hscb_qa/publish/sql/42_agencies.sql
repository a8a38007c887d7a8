-- What did each agency give for a period, and what do they give together, for the board? Role -1, as no published figure has it.
-- Agencies that owe the figure count, but for those to whom it does not apply. Where one has not given it, a quotient of counts is pooled
-- over the others and is provisional; a count, a rate or a ready figure is not available. Ready figures of several are not averaged.
INSERT INTO by_period
WITH members AS (
    SELECT
        owed.indicator,
        asked.breakdown,
        owed.period,
        owed.period_type,
        owed.agency,
        kinds.gives,
        returned.numerator,
        returned.denominator,
        returned.value,
        COALESCE(returned.status, 'x') AS status,
        returned.agency IS NULL AS absent,
        returned.submission,
        returned.revised
    FROM (SELECT DISTINCT indicator, breakdown, period FROM returned) AS asked
    INNER JOIN owed ON asked.indicator = owed.indicator AND asked.period = owed.period
    INNER JOIN returned_kinds AS kinds ON owed.indicator = kinds.indicator
    LEFT JOIN returned
        ON asked.indicator = returned.indicator
        AND asked.breakdown = returned.breakdown
        AND asked.period = returned.period
        AND owed.agency = returned.agency
),

together AS (
    SELECT
        indicator,
        breakdown,
        period,
        period_type,
        SUM(CASE WHEN status = '' THEN numerator END) AS numerator,
        SUM(CASE WHEN status = '' THEN denominator END) AS denominator,
        SUM(CASE WHEN status = '' THEN value END) AS value,
        CASE
            WHEN COUNT(CASE WHEN status <> 'z' THEN 1 END) = 0 THEN 'z'
            WHEN COUNT(CASE WHEN status NOT IN ('x', 'z') THEN 1 END) = 0 THEN 'x'
            WHEN gives <> 'counts' AND COUNT(CASE WHEN status = 'x' THEN 1 END) > 0 THEN 'x'
            WHEN gives = 'value' AND COUNT(CASE WHEN status <> 'z' THEN 1 END) > 1 THEN 'x'
            WHEN COUNT(CASE WHEN status = 'c' THEN 1 END) > 0 THEN 'c'
            ELSE ''
        END AS status,
        CASE
            WHEN gives = 'value' AND COUNT(CASE WHEN status <> 'z' THEN 1 END) > 1
                THEN 'The agencies give ready figures, which cannot be averaged.'
        END AS correction,
        STRING_AGG(CASE WHEN status = 'x' THEN agency END, ',' ORDER BY agency) AS without,
        MAX(submission) AS submission,
        COALESCE(BOOL_OR(revised), FALSE) AS revised
    FROM members
    GROUP BY indicator, breakdown, period, period_type, gives
),

every_figure AS (
    SELECT
        indicator, '' AS agency, breakdown, period, period_type, numerator, denominator, value, status, correction,
        status = '' AND without IS NOT NULL AS provisional, without, submission, revised
    FROM together
    UNION ALL
    SELECT
        indicator, agency, breakdown, period, period_type, numerator, denominator, value, status, NULL, FALSE, NULL, submission, revised
    FROM members
    WHERE NOT absent
)

SELECT
    every_figure.indicator,
    -1,
    board.geography,
    every_figure.agency,
    every_figure.breakdown,
    CASE WHEN periods.in_year = 4 THEN 'quarter' WHEN periods.in_year = 2 THEN 'half_year' ELSE 'year' END,
    every_figure.period,
    CASE WHEN kinds.snapshot THEN periods.ends ELSE periods.starts END,
    periods.ends,
    periods.year,
    periods.number,
    periods.in_year,
    CASE WHEN every_figure.status = '' THEN every_figure.numerator END,
    CASE WHEN every_figure.status = '' THEN every_figure.denominator END,
    CASE WHEN every_figure.status = '' THEN every_figure.value END,
    NULL,
    NULL,
    every_figure.status,
    every_figure.correction,
    every_figure.provisional,
    every_figure.without,
    every_figure.submission,
    every_figure.revised,
    NOT kinds.snapshot AND kinds.gives <> 'value' AND periods.in_year > 1,
    kinds.snapshot AND periods.in_year > 1,
    kinds.makes_year
FROM every_figure
INNER JOIN returned_kinds AS kinds ON every_figure.indicator = kinds.indicator
INNER JOIN periods ON every_figure.period_type = periods.period_type AND every_figure.period = periods.text
CROSS JOIN board;
