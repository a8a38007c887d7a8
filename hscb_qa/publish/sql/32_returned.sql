-- Which returned figure counts? Of each agency, indicator, breakdown and period the one of the latest submission among the returns in
-- force, where the agency owes it. It is revised where an earlier submission gave another figure; `version` is the submission that first
-- gave it as it is. Where returns give none, what was counted in evidence is the figure; it has no submission.
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
        returns.in_force
    FROM ledger.observations AS observations
    INNER JOIN returns ON observations.submission = returns.submission
    INNER JOIN returned_kinds AS kinds ON observations.indicator = kinds.indicator
    INNER JOIN owed
        ON observations.indicator = owed.indicator AND returns.agency = owed.agency AND observations.period = owed.period
),

in_runs AS (
    SELECT
        *,
        SUM(CASE WHEN given IS DISTINCT FROM given_before THEN 1 ELSE 0 END)
            OVER (PARTITION BY indicator, agency, breakdown, period ORDER BY submission, line) AS run
    FROM (
        SELECT
            *,
            ROW(status, numerator, denominator, value) AS given,
            LAG(ROW(status, numerator, denominator, value))
                OVER (PARTITION BY indicator, agency, breakdown, period ORDER BY submission, line) AS given_before
        FROM figures_given
    ) AS beside_the_one_before
),

from_returns AS (
    SELECT indicator, agency, breakdown, period, numerator, denominator, value, status, submission, version, revised
    FROM (
        SELECT
            *,
            run > 1 AS revised,
            MIN(submission) OVER (PARTITION BY indicator, agency, breakdown, period, run) AS version,
            ROW_NUMBER() OVER (
                PARTITION BY indicator, agency, breakdown, period ORDER BY in_force DESC, submission DESC, line DESC
            ) AS recency
        FROM in_runs
    ) AS ranked
    WHERE recency = 1 AND in_force
),

counted_only AS (
    SELECT counted_figures.*
    FROM counted_figures
    INNER JOIN returned_kinds AS kinds ON counted_figures.indicator = kinds.indicator
    LEFT JOIN from_returns
        ON counted_figures.indicator = from_returns.indicator
        AND counted_figures.agency = from_returns.agency
        AND counted_figures.period = from_returns.period
        AND from_returns.breakdown = ''
    WHERE kinds.gives = 'counts' AND COALESCE(from_returns.status, 'x') = 'x'
)

SELECT from_returns.*
FROM from_returns
WHERE
    from_returns.breakdown <> ''
    OR NOT EXISTS (
        SELECT 1
        FROM counted_only
        WHERE
            counted_only.indicator = from_returns.indicator
            AND counted_only.agency = from_returns.agency
            AND counted_only.period = from_returns.period
    )
UNION ALL
SELECT indicator, agency, '', period, numerator, denominator, NULL, '', NULL, version, FALSE
FROM counted_only;
