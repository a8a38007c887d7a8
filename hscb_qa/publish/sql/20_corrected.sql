-- Which cells are known to be wrong at their source? They lose their number and carry the correction's status and reason.
CREATE TEMP TABLE corrected AS
SELECT
    accepted.source,
    accepted.measure,
    accepted.breakdown,
    accepted.geography,
    accepted.time_identifier,
    accepted.period,
    CASE WHEN MIN(corrections.reason) IS NULL THEN ANY_VALUE(accepted.value) END AS value,
    COALESCE(MIN(corrections.status), ANY_VALUE(accepted.status)) AS status,
    MIN(corrections.reason) AS correction,
    ANY_VALUE(accepted.submission) AS submission,
    ANY_VALUE(accepted.revised) AS revised
FROM accepted
LEFT JOIN corrections
    ON accepted.source = corrections.source
    AND accepted.measure = corrections.measure
    AND (corrections.geography IS NULL OR accepted.geography = corrections.geography)
    AND (corrections.period IS NULL OR accepted.period = corrections.period)
GROUP BY
    accepted.source, accepted.measure, accepted.breakdown, accepted.geography, accepted.time_identifier, accepted.period;
