-- Which returned figure counts? Of each agency, indicator, breakdown and period the one of the latest submission among the returns in
-- force, where the agency owes it. It is revised where an earlier submission gave another figure.
CREATE TEMP TABLE returned AS
WITH figures_given AS (
    SELECT
        observations.indicator,
        returns.agency,
        observations.breakdown,
        observations.period,
        CASE WHEN observations.status = '' AND kinds.gives <> 'value' THEN observations.numerator END AS numerator,
        CASE WHEN observations.status = '' AND kinds.gives = 'counts' THEN observations.denominator END AS denominator,
        CASE WHEN observations.status = '' AND kinds.gives = 'value' THEN observations.value END AS value,
        CASE
            WHEN observations.status <> '' THEN observations.status
            WHEN kinds.gives = 'value' AND observations.value IS NULL THEN 'x'
            WHEN kinds.gives <> 'value' AND observations.numerator IS NULL THEN 'x'
            WHEN kinds.gives = 'counts' AND observations.denominator IS NULL THEN 'x'
            ELSE ''
        END AS status,
        observations.submission,
        observations.line,
        returns.in_force,
        kinds.unit,
        kinds.counts_people,
        kinds.published_year
    FROM ledger.observations AS observations
    INNER JOIN returns ON observations.submission = returns.submission
    INNER JOIN returned_kinds AS kinds ON observations.indicator = kinds.indicator
    INNER JOIN owed
        ON observations.indicator = owed.indicator AND returns.agency = owed.agency AND observations.period = owed.period
),

latest AS (
    SELECT *
    FROM (
        SELECT
            *,
            ROW_NUMBER() OVER (PARTITION BY indicator, agency, breakdown, period ORDER BY submission DESC, line DESC) AS recency
        FROM figures_given
        WHERE in_force
    ) AS ranked
    WHERE recency = 1
)

SELECT
    latest.indicator,
    latest.agency,
    latest.breakdown,
    latest.period,
    latest.numerator,
    latest.denominator,
    latest.value,
    latest.status,
    latest.submission,
    latest.unit,
    latest.counts_people,
    latest.published_year,
    EXISTS (
        SELECT 1
        FROM figures_given AS earlier
        WHERE
            earlier.indicator = latest.indicator
            AND earlier.agency = latest.agency
            AND earlier.breakdown = latest.breakdown
            AND earlier.period = latest.period
            AND earlier.submission < latest.submission
            AND (
                earlier.status <> latest.status
                OR earlier.numerator IS DISTINCT FROM latest.numerator
                OR earlier.denominator IS DISTINCT FROM latest.denominator
                OR earlier.value IS DISTINCT FROM latest.value
            )
    ) AS revised
FROM latest;
