-- Which submissions does this edition stand on? Those there were when it began, with the release dates told by then.
CREATE TEMP TABLE known_submissions AS
SELECT submissions.* REPLACE (COALESCE(told.released, submissions.released) AS released)
FROM ledger.submissions AS submissions
LEFT JOIN (
    SELECT
        release_dates.submission,
        release_dates.released,
        ROW_NUMBER() OVER (PARTITION BY release_dates.submission ORDER BY release_dates.told_at DESC) AS recency
    FROM ledger.release_dates AS release_dates
    INNER JOIN edition_of ON release_dates.told_at <= edition_of.moment
) AS told
    ON submissions.id = told.submission AND told.recency = 1
INNER JOIN edition_of ON submissions.id <= edition_of.last_submission;
