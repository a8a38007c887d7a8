-- Which of the board's indicators need words, and who has given them? One row a reason, of the board's whole figure, where the rule in force
-- names its kind and the figure is not too old. An agency that disagrees is named, unless it does better than the others. What an agency
-- wrote beside its figure of that period, or of a later one, is its narrative.
CREATE TABLE exceptions AS
SELECT reasons.indicator, reasons.kind, reasons.basis, reasons.period, reasons.ends, reasons.judgement, reasons.agency
FROM (
    SELECT watched.indicator, 'special_cause' AS kind, watched.basis, watched.period, watched.ends, watched.judgement, '' AS agency
    FROM watched
    INNER JOIN board ON watched.geography = board.geography
    WHERE watched.agency = '' AND watched.breakdown = '' AND watched.rule <> ''
    UNION ALL
    SELECT watched.indicator, 'target_missed', watched.basis, watched.period, watched.ends, 'concern', ''
    FROM watched
    INNER JOIN board ON watched.geography = board.geography
    WHERE watched.agency = '' AND watched.breakdown = '' AND watched.assurance = 'fails'
    UNION ALL
    SELECT funnels.indicator, 'agencies_disagree', funnels.basis, funnels.period, funnels.ends, funnels.judgement, funnels.agency
    FROM funnels
    INNER JOIN watched ON funnels.indicator = watched.indicator AND funnels.basis = watched.basis AND funnels.period = watched.period
    INNER JOIN board ON watched.geography = board.geography
    WHERE watched.agency = '' AND watched.breakdown = '' AND ABS(funnels.position) = 2 AND funnels.judgement <> 'improvement'
    UNION ALL
    SELECT
        ranks.indicator, 'fifth', 'year', ranks.period, ranks.ends,
        CASE ranks.verdict WHEN 'best' THEN 'improvement' WHEN 'worst' THEN 'concern' ELSE 'neutral' END, ''
    FROM ranks
    INNER JOIN board ON ranks.geography = board.geography
    INNER JOIN (
        SELECT *, ROW_NUMBER() OVER (PARTITION BY indicator, geography ORDER BY ends DESC) AS recency
        FROM points
        WHERE basis = 'year' AND agency = '' AND breakdown = ''
    ) AS points
        ON ranks.indicator = points.indicator AND ranks.geography = points.geography AND ranks.period = points.period AND points.recency = 1
    WHERE ranks.fifth <> ''
) AS reasons
INNER JOIN exception_rules ON reasons.kind = exception_rules.kind
CROSS JOIN edition_of
WHERE reasons.ends >= CAST(edition_of.moment AS DATE) - exception_rules.old_after_months * INTERVAL 1 MONTH
ORDER BY reasons.indicator, exception_rules.weight, reasons.agency;

CREATE TABLE narratives AS
SELECT observations.indicator, returns.agency, MAX(points.ends) AS ends
FROM ledger.observations AS observations
INNER JOIN returns ON observations.submission = returns.submission AND returns.in_force
INNER JOIN points
    ON observations.indicator = points.indicator
    AND returns.agency = points.agency
    AND points.breakdown = ''
    AND points.basis IN ('quarter', 'half_year', 'year')
    AND observations.period = points.period
WHERE observations.breakdown = '' AND observations.status = '' AND observations.note <> ''
GROUP BY observations.indicator, returns.agency;
