-- What did agencies write in the returns that count, and who had approved which wording of it when the edition began? All of it is in here, so
-- this is no table of the edition: what may be shared is worked out from it. A voice is a row of the form with two texts, what was said and
-- what changed; who was asked, and how, stands beside both.
CREATE TEMP TABLE texts_written AS
SELECT
    texts.submission,
    returns.agency,
    returns.period AS return_period,
    texts.sheet,
    texts.line,
    texts.field,
    texts.about,
    texts.breakdown,
    COALESCE(NULLIF(texts.period, ''), returns.period) AS period,
    voices.who,
    voices.method,
    voices.asked,
    voices.spoken_on,
    texts.text AS original,
    approved.wording,
    approved.approved_by,
    approved.role,
    CAST(approved.approved_at AS DATE) AS approved_on
FROM ledger.return_texts AS texts
INNER JOIN returns ON texts.submission = returns.submission AND returns.in_force
LEFT JOIN ledger.voices AS voices
    ON texts.sheet = 'Voices' AND texts.submission = voices.submission AND texts.line = voices.line
LEFT JOIN (
    SELECT
        given.*,
        ROW_NUMBER() OVER (PARTITION BY given.submission, given.sheet, given.line, given.field ORDER BY given.id DESC) AS recency,
        EXISTS (
            SELECT 1
            FROM ledger.text_approvals_taken_back AS taken_back
            WHERE taken_back.approval = given.id AND taken_back.taken_back_at <= edition_of.moment
        ) AS is_taken_back
    FROM ledger.text_approvals AS given
    INNER JOIN edition_of ON given.approved_at <= edition_of.moment
) AS approved
    ON texts.submission = approved.submission
    AND texts.sheet = approved.sheet
    AND texts.line = approved.line
    AND texts.field = approved.field
    AND approved.recency = 1
    AND NOT approved.is_taken_back
ORDER BY returns.period DESC, returns.agency, texts.submission, texts.sheet, texts.line, texts.field DESC;
