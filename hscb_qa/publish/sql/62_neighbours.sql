-- Who are the board's statistical neighbours, by the day from which each set counts? The latest submission of a set is the one in force.
CREATE TABLE neighbour_sets AS
SELECT in_force_from, rank, neighbour, closeness, COUNT(*) OVER (PARTITION BY in_force_from) AS members
FROM (
    SELECT
        known_submissions.in_force_from,
        neighbours.rank,
        places.current AS neighbour,
        neighbours.closeness,
        known_submissions.id,
        MAX(known_submissions.id) OVER (PARTITION BY known_submissions.in_force_from) AS latest
    FROM ledger.neighbours AS neighbours
    INNER JOIN known_submissions ON neighbours.submission = known_submissions.id
    INNER JOIN board ON neighbours.geography = board.geography
    INNER JOIN places ON neighbours.neighbour = places.code
) AS sets
WHERE id = latest;
