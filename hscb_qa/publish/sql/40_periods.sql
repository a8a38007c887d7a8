-- Which parts stand side by side in one period? One row for each, with the dates of the period and its place in the year.
-- A period that has a denominator alone says nothing and is left out. `adds` says whether periods may be added up.
CREATE TEMP TABLE by_period AS
SELECT
    parts.indicator,
    parts.role,
    parts.geography,
    '' AS agency,
    '' AS breakdown,
    CASE WHEN indicators.period_type IN ('month', 'quarter') THEN indicators.period_type ELSE 'year' END AS basis,
    periods.text AS period,
    periods.starts,
    periods.ends,
    periods.year,
    periods.number,
    periods.in_year,
    MAX(CASE WHEN parts.part = 'numerator' THEN parts.value END) AS numerator,
    MAX(CASE WHEN parts.part = 'denominator' THEN parts.value END) AS denominator,
    MAX(CASE WHEN parts.part = 'value' THEN parts.value END) AS value,
    MAX(CASE WHEN parts.part = 'lower' THEN parts.value END) AS lower,
    MAX(CASE WHEN parts.part = 'upper' THEN parts.value END) AS upper,
    COALESCE(
        MIN(CASE WHEN parts.part = 'value' THEN parts.status END),
        MIN(CASE WHEN parts.part IN ('numerator', 'denominator') THEN NULLIF(parts.status, '') END),
        ''
    ) AS status,
    MIN(parts.correction) AS correction,
    FALSE AS provisional,
    CAST(NULL AS VARCHAR) AS without,
    MAX(CASE WHEN parts.part IN ('numerator', 'value') THEN parts.submission END) AS submission,
    MAX(CAST(parts.revised AS INTEGER)) = 1 AS revised,
    indicators.period_type = 'quarter' AND MAX(CASE WHEN parts.part = 'value' THEN parts.value END) IS NULL AS adds,
    FALSE AS snapshot,
    TRUE AS makes_year
FROM parts
INNER JOIN indicators ON parts.indicator = indicators.id
INNER JOIN periods ON indicators.period_type = periods.period_type AND parts.period = periods.text
GROUP BY
    parts.indicator, parts.role, parts.geography, periods.text, periods.starts, periods.ends, periods.year, periods.number,
    periods.in_year, indicators.period_type
HAVING MAX(CASE WHEN parts.part IN ('numerator', 'value') THEN 1 ELSE 0 END) = 1;
