-- Which submissions does this edition stand on? Those there were when it began, with the release dates told since.
CREATE TEMP TABLE known_submissions AS
SELECT submissions.* REPLACE (COALESCE(told.released, submissions.released) AS released)
FROM ledger.submissions AS submissions
LEFT JOIN (
    SELECT submission, released, ROW_NUMBER() OVER (PARTITION BY submission ORDER BY told_at DESC) AS recency
    FROM ledger.release_dates
) AS told
    ON submissions.id = told.submission AND told.recency = 1
INNER JOIN edition_of ON submissions.id <= edition_of.last_submission;
