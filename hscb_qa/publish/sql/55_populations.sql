-- How many people is a returned rate counted for? Those of the year in which its financial year ends, less the figure's lag; where the
-- file does not reach that far, those of the latest year before it, and `other_year` names it.
CREATE TEMP TABLE populations AS
SELECT indicator, year, population, CASE WHEN population_year <> wanted_year THEN population_year END AS other_year
FROM (
    SELECT
        rates.indicator,
        rates.year,
        rates.year - kinds.year_lag AS wanted_year,
        counted.year AS population_year,
        counted.population,
        ROW_NUMBER() OVER (PARTITION BY rates.indicator, rates.year ORDER BY counted.year DESC) AS recency
    FROM (SELECT DISTINCT indicator, year FROM by_basis WHERE role = -1) AS rates
    INNER JOIN returned_kinds AS kinds ON rates.indicator = kinds.indicator
    INNER JOIN (
        SELECT wanted.indicator, CAST(cells.period AS INTEGER) AS year, SUM(cells.value) AS population
        FROM population_figures AS wanted
        INNER JOIN corrected AS cells
            ON wanted.source = cells.source AND wanted.measure = cells.measure AND wanted.breakdown = cells.breakdown
        INNER JOIN board ON cells.geography = board.geography
        WHERE cells.time_identifier IN (SELECT time_identifier FROM readable WHERE period_type = 'financial_year')
        GROUP BY wanted.indicator, wanted.cells, cells.period, cells.time_identifier
        HAVING COUNT(cells.value) = wanted.cells
    ) AS counted
        ON rates.indicator = counted.indicator AND counted.year <= rates.year - kinds.year_lag
) AS ranked
WHERE recency = 1;
