"""What the invented figures are drawn around: places, and England's line, Harrow's line and the scatter of each series.

Tables only. Change a number here and run generate.py. Nothing here was taken from a published file but names and codes
of places, columns and measures, and which places are Harrow's statistical neighbours.
"""

from dataclasses import dataclass
from decimal import Decimal

SEED = 20261123
FIRST, LAST = 2013, 2026  # years ending 31 March
WORKFORCE_FIRST, WORKFORCE_LAST = 2017, 2025  # 30 September; that of 2026 is published next spring
LAIT_FIRST = 2016
INJURY_LAST = 2025
POLICE_MONTHS = ((2010, 4), (2026, 10))  # October alone: a part quarter at the end

Points = dict[float, float] | float  # a level for all years, or the years at which a line bends


@dataclass(frozen=True)
class Place:
    name: str
    code: str
    number: int  # the old LA code, and LAIT's number of a region
    region: str
    children: int  # aged 0 to 17, mid-2012
    growth: float  # of that, a year

    @property
    def is_authority(self) -> bool:
        return self.region != ""


@dataclass(frozen=True)
class Level:
    """Where a series lies: England's line, Harrow's own, London's ratio to England, and how far other places scatter.

    A rate is per 10,000 children, a share in per cent, a LAIT measure in its own unit (a count: per 10,000 children).
    """

    england: Points
    harrow: Points
    london: float = 1.0
    spread: float = 0.15


@dataclass(frozen=True)
class LaitMeasure:
    """A measure of the LAIT file. `first` to `last` are years; `per` 100 is a percentage, 0 a count, 1 a mean score."""

    key: str
    topic: str
    title: str
    polarity: str
    year_type: str
    decimals: int
    last: int = LAST
    first: int = LAIT_FIRST
    per: int = 100
    base: int = 0  # what it is a share or rate of, in a place of Harrow's size; 0: all children
    level: Level = Level(0, 0)
    derived: tuple[str, str] = ("", "")  # table and column of the tidy files that hold the same figure


PLACES = [
    Place("England", "E92000001", 970, "", 11_480_000, 0.0045),
    Place("London", "E12000007", 986, "", 1_820_000, 0.0050),
    Place("Outer London", "E13000002", 988, "", 1_190_000, 0.0070),
    Place("Barnet", "E09000003", 302, "Outer London", 85_300, 0.0060),
    Place("Ealing", "E09000009", 307, "Outer London", 80_100, 0.0030),
    Place("Harrow", "E09000015", 310, "Outer London", 55_900, 0.0066),
    Place("Hillingdon", "E09000017", 312, "Outer London", 68_700, 0.0100),
    Place("Hounslow", "E09000018", 313, "Outer London", 60_800, 0.0080),
    Place("Merton", "E09000024", 315, "Outer London", 45_600, 0.0050),
    Place("Redbridge", "E09000026", 317, "Outer London", 72_900, 0.0080),
    Place("Waltham Forest", "E09000031", 320, "Outer London", 64_200, 0.0040),
    Place("Reading", "E06000038", 870, "South East", 34_900, 0.0060),
    Place("Slough", "E06000039", 871, "South East", 39_100, 0.0110),
    Place("Milton Keynes", "E06000042", 826, "South East", 65_700, 0.0080),
]
HARROW = next(place for place in PLACES if place.name == "Harrow")
REGION_CODES = {"Outer London": "E13000002", "South East": "E12000008"}
# Statistical neighbours of Harrow, set of May 2025, nearest first; the real file too has a space after the closeness.
NEIGHBOURS = [(317, "Very close "), *((number, "Close ") for number in (312, 302, 307, 320, 870, 313, 315))]
NEIGHBOURS += [(871, "Somewhat close "), (826, "Somewhat close ")]

CIN = Level({2013: 334, 2014: 343, 2026: 329}, {2013: 239, 2017: 329, 2019: 298, 2022: 331, 2026: 249})
CIN_STARTED = Level({2013: 330, 2026: 324}, {2013: 214, 2017: 296, 2022: 338, 2026: 226})
AWAITING = Level(14, {2013: 32, 2016: 58, 2019: 11, 2022: 44, 2026: 9}, spread=0.5)
# Break: from April 2019 the invented front door counts as referrals what it used to count as contacts.
REFERRALS = Level({2013: 528, 2021: 508, 2026: 522}, {2013: 282, 2016: 398, 2019: 405, 2020: 511, 2023: 503, 2026: 389})
REREFERRED = Level({2013: 24.6, 2018: 22.0, 2026: 22.8}, {2013: 12.9, 2018: 11.8, 2022: 14.2, 2026: 18.1}, 0.84)
NO_ACTION = Level({2013: 12, 2026: 6.2}, {2013: 7, 2016: 2, 2018: 8, 2020: 2, 2026: 2.6}, spread=0.4)
NOT_IN_NEED = Level({2013: 20, 2026: 31}, {2013: 16, 2017: 33, 2020: 25, 2026: 38})
ASSESSED = Level(428, {2018: 352, 2022: 421, 2026: 338})
PLANS_STARTED = Level({2013: 46, 2018: 58, 2026: 50}, {2013: 27, 2016: 46, 2020: 64, 2022: 61, 2026: 50}, 0.90)
SUBSEQUENT = Level({2013: 14.8, 2026: 24.6}, {2013: 11, 2016: 10.4, 2019: 19, 2021: 13.5, 2024: 18.5, 2026: 21.5}, 0.84)
PLANS_OPEN = Level({2013: 38, 2018: 46, 2026: 40}, {2013: 22, 2016: 33, 2019: 46, 2022: 53, 2024: 44, 2026: 42}, 0.92)
# Few enough in Harrow until 2020 to be hidden in most years: the gaps with c.
TWO_YEARS = Level({2013: 2.6, 2026: 2.4}, {2013: 3.4, 2014: 1.1, 2019: 1.3, 2021: 2.4, 2026: 3.7}, 1.3, 0.3)
DURATIONS = {"3_months_or_less": 30.0, "more_than_3_months_6_months": 26.0, "more_than_6_months_less_than_1_year": 28.0}
LOOKED_AFTER = Level({2013: 59, 2021: 68, 2026: 66}, {2013: 30, 2017: 34, 2020: 29, 2026: 30.5}, 0.74)
STARTED_CARE = Level({2013: 25, 2026: 26}, {2013: 18.4, 2026: 18.1}, 0.83)

FTE = Level({2017: 27, 2025: 30}, {2017: 22.3, 2022: 22.6, 2025: 20.4}, 1.12)
TURNOVER = Level({2017: 14.2, 2022: 16.6, 2025: 12.4}, {2017: 19, 2021: 16.5, 2024: 26.5, 2025: 17.2}, 1.2)
AGENCY = Level({2017: 15.6, 2023: 17.6, 2025: 13.4}, {2017: 20.5, 2021: 22, 2024: 35.5, 2025: 28.6}, 1.4)
VACANCY = Level({2017: 16.8, 2022: 19.6, 2025: 14.6}, {2017: 16, 2021: 15.4, 2024: 33.5, 2025: 27.1}, 1.4)
CASELOAD = Level({2017: 17.3, 2025: 15.3}, {2017: 17.9, 2020: 18.8, 2025: 14.6}, 0.92, 0.08)
INJURIES = Level({2013: 103, 2020: 92, 2021: 77, 2025: 71}, {2013: 66, 2020: 57, 2021: 44, 2025: 72}, 0.80)

# Factors at assessment: share of assessments in England, columns in the order of the real file.
# fmt: off
FACTORS: dict[str, float] = {
    "Alcohol_Misuse_child": 2, "Alcohol_Misuse_parent": 15, "Alcohol_Misuse_person": 2.4,
    "Drug_Misuse_child": 5, "Drug_Misuse_parent": 13, "Drug_Misuse_person": 3, "Domestic_Abuse_child": 11,
    "Domestic_Abuse_parent": 30, "Domestic_Abuse_person": 5, "Mental_Health_child": 16,
    "Mental_Health_parent": 31, "Mental_Health_person": 5, "Learning_Disability_child": 11,
    "Learning_Disability_parent": 3, "Learning_Disability_person": 1.4, "Physical_Disability_child": 5,
    "Physical_Disability_parent": 5, "Physical_Disability_person": 1, "Young_Carer": 4,
    "Privately_fostered": 0.2, "Unaccompanied_asylum_seeker": 1.3, "Going_missing": 3.4,
    "Child_sexual_exploitation": 2.2, "Trafficking": 0.5, "Gangs": 1.9, "Socially_unacceptable_behaviour": 7,
    "Self_harm": 5, "Neglect": 16, "Emotional_Abuse": 18, "Physical_Abuse_unknown": 14,
    "Physical_Abuse_child_on_child": 3, "Physical_Abuse_adult_on_child": 12, "Sexual_Abuse_unknown": 5,
    "Sexual_Abuse_child_on_child": 2.3, "Sexual_Abuse_adult_on_child": 3.5, "Female_Genital_Mutilation": 0.2,
    "Faith_linked_abuse": 0.5, "Child_criminal_exploitation": 3, "Other": 15,
}
# fmt: on

# Offences a month in Harrow: some rise, some fall, two are rare, and violence without injury steps up in spring 2014.
CRIMES: dict[tuple[str, str], Points] = {
    ("ARSON AND CRIMINAL DAMAGE", "ARSON"): 3,
    ("ARSON AND CRIMINAL DAMAGE", "CRIMINAL DAMAGE"): {2010: 128, 2026: 86},
    ("DRUG OFFENCES", "POSSESSION OF DRUGS"): {2010: 67, 2020: 58, 2026: 37},
    ("DRUG OFFENCES", "TRAFFICKING OF DRUGS"): {2010: 6, 2026: 13},
    ("POSSESSION OF WEAPONS", "POSSESSION OF WEAPONS"): {2010: 6, 2018: 10, 2026: 8},
    ("PUBLIC ORDER OFFENCES", "PUBLIC FEAR ALARM OR DISTRESS"): {2010: 27, 2026: 61},
    ("PUBLIC ORDER OFFENCES", "RACE OR RELIGIOUS AGG PUBLIC FEAR"): {2010: 4, 2026: 18},
    ("ROBBERY", "ROBBERY OF BUSINESS PROPERTY"): 3.5,
    ("ROBBERY", "ROBBERY OF PERSONAL PROPERTY"): {2010: 38, 2015: 21, 2019: 36, 2026: 28},
    ("SEXUAL OFFENCES", "OTHER SEXUAL OFFENCES"): {2010: 10, 2014: 13, 2026: 24},
    ("SEXUAL OFFENCES", "RAPE"): {2010: 5, 2014: 7, 2026: 15},
    ("VIOLENCE AGAINST THE PERSON", "DEATH SERIOUS INJURY ILLEGAL DRIVING"): 0.2,
    ("VIOLENCE AGAINST THE PERSON", "HOMICIDE"): 0.15,
    ("VIOLENCE AGAINST THE PERSON", "STALKING AND HARASSMENT"): {2010: 44, 2019: 117, 2026: 96},
    ("VIOLENCE AGAINST THE PERSON", "VIOLENCE WITH INJURY"): {2010: 98, 2018: 137, 2026: 121},
    ("VIOLENCE AGAINST THE PERSON", "VIOLENCE WITHOUT INJURY"): {2010: 92, 2014.2: 99, 2014.3: 148, 2026: 203},
}
LOCKDOWN, LOCKDOWN_FACTOR = ("202004", "202005", "202006"), 0.62

CP, LAC, HEALTH, STAFF = (
    "Child Protection",
    "Children Looked After",
    "Health and Wellbeing",
    "Children's Services Workforce",
)
NEED, ECONOMY, YOUTH, SEN = "Children in Need", "Economic Factors", "Youth Offending", "Children with SEN"
FINANCIAL, ANNUAL, SEPTEMBER, CALENDAR = "Financial Year", "Annual", "Annual (end of Sept)", "Calendar Year"
# fmt: off
LAIT = [
    LaitMeasure("CPP_Total_Rateper10,000", CP, "Rate of referrals", "-", FINANCIAL, 1, per=10_000,
                derived=("c1", "referral_count")),
    LaitMeasure("ReReferral", CP, "Re-referrals within 12 months", "Low", FINANCIAL, 1,
                derived=("c1", "rereferral_percent")),
    LaitMeasure("CIN_Refferals_NFA", CP, "Referrals, no further action", "-", FINANCIAL, 1,
                derived=("c1", "no_further_action_percent")),
    LaitMeasure("Referrals_AssessedNotNeed", CP, "Assessed not in need", "-", FINANCIAL, 1,
                derived=("c1", "not_in_need_percent")),
    LaitMeasure("CIN", NEED, "Children in need rate", "-", ANNUAL, 1, per=10_000, derived=("b1", "At31_episodes")),
    LaitMeasure("CPP_rate", CP, "Child protection plans rate", "-", ANNUAL, 1, per=10_000, derived=("d5", "CPP_At31")),
    LaitMeasure("CPP_Abuse_Rate", CP, "Plans started rate", "Low", FINANCIAL, 1, per=10_000,
                derived=("d3", "CPP_start")),
    LaitMeasure("PrevRegCPR", CP, "Second or subsequent plan", "Low", FINANCIAL, 1,
                derived=("d3", "CPP_subsequent_percent")),
    LaitMeasure("CPPlans2yrsActive", CP, "Plans open 2 years", "Low", FINANCIAL, 1,
                derived=("d5", "2_years_or_more_percent")),
    LaitMeasure("LAC", LAC, "Children looked after rate", "-", ANNUAL, 0, per=10_000,
                derived=("cla", "looked after on 31 March each year")),
    LaitMeasure("Work_Force_Vac_Rate", STAFF, "Vacancy rate", "Low", SEPTEMBER, 1, 2025, 2017,
                derived=("csww", "vacancy_rate_fte")),
    LaitMeasure("Work_Force_TO_Rate", STAFF, "Turnover rate", "Low", SEPTEMBER, 1, 2025, 2017,
                derived=("csww", "turnover_rate_fte")),
    LaitMeasure("Work_Force_Agecy_Rate", STAFF, "Agency rate", "Low", SEPTEMBER, 1, 2025, 2017,
                derived=("csww", "agency_rate_fte")),
    LaitMeasure("Work_Force_AvgNumCase_SW", STAFF, "Caseload", "Low", SEPTEMBER, 1, 2025, 2017,
                derived=("csww", "caseload_fte")),
    LaitMeasure("HospAd0-14", HEALTH, "Injury admissions", "Low", FINANCIAL, 2, 2025, derived=("fingertips", "Value")),
    LaitMeasure("RefBySource_Police_%", CP, "Referrals by police", "-", FINANCIAL, 1, base=2400,
                level=Level({2016: 27.4, 2026: 28.8}, {2016: 25.5, 2021: 33, 2026: 30}, 1.05)),
    LaitMeasure("RefBySource_Schl_%", CP, "Referrals by schools", "-", FINANCIAL, 1, base=2400,
                level=Level({2016: 17, 2026: 21}, {2016: 22, 2026: 28.5}, 1.1)),
    LaitMeasure("RefBySource_HealthServ_%", CP, "Referrals by health services", "-", FINANCIAL, 1, base=2400,
                level=Level(14.8, {2016: 15.5, 2026: 19})),
    LaitMeasure("Continue_Assess_Comp", CP, "Assessments in 45 working days", "High", FINANCIAL, 1, base=2300,
                level=Level({2016: 83, 2026: 86},
                            {2016: 88, 2019: 94.5, 2021: 92, 2022: 72, 2023: 74, 2026: 93}, 0.95, 0.4)),
    LaitMeasure("CINTime2more", NEED, "Children in need 2 years or more", "-", FINANCIAL, 1, base=1650,
                level=Level({2016: 31, 2026: 35.8}, {2016: 21, 2026: 30})),
    LaitMeasure("HCP_PHOF", HEALTH, "Health review at 2 to 2.5 years", "High", FINANCIAL, 2, 2025, base=3300,
                level=Level({2016: 82, 2025: 93}, {2016: 44, 2019: 88, 2025: 95.5}, 1.3, 0.5)),
    LaitMeasure("Section_47", CP, "Section 47 enquiries rate", "-", FINANCIAL, 1, per=10_000,
                level=Level({2016: 150, 2026: 189}, {2016: 139, 2020: 206, 2023: 222, 2026: 171}, 0.97)),
    LaitMeasure("ISCP_Conf", CP, "Initial conferences rate", "-", FINANCIAL, 1, per=10_000,
                level=Level({2016: 63, 2018: 67, 2026: 59}, {2016: 57, 2020: 79, 2026: 58}, 0.91)),
    LaitMeasure("CP_conf_15days", CP, "Conferences within 15 days", "High", FINANCIAL, 1, base=380,
                level=Level({2016: 77, 2026: 81.5}, {2016: 75, 2019: 66, 2022: 51, 2023: 77, 2024: 75.5, 2025: 70, 2026: 53},
                            1.0, 0.35)),
    LaitMeasure("CPPlans2yrs", CP, "Plans ended after 2 years", "Low", FINANCIAL, 1, base=330,
                level=Level({2016: 3.6, 2026: 4.2}, {2016: 2.2, 2026: 3.9}, 1.2, 0.3)),
    LaitMeasure("RevCP", CP, "Reviews on time", "High", FINANCIAL, 1, base=210,
                level=Level({2016: 93.5, 2023: 88.5, 2026: 91},
                            {2016: 98.5, 2022: 96, 2024: 93, 2025: 83.5, 2026: 88}, 0.7, 0.5)),
    LaitMeasure("LACStable_2016on", LAC, "Three or more placements", "Low", FINANCIAL, 0, base=185,
                level=Level(10.4, {2016: 13, 2020: 10, 2026: 12.5})),
    LaitMeasure("LAC_LongStable%", LAC, "Long-term stability", "High", FINANCIAL, 0, first=2018, base=44,
                level=Level(69, {2018: 74, 2026: 69})),
    LaitMeasure("LACDistance", LAC, "Placed over 20 miles away", "Low", FINANCIAL, 0, base=180,
                level=Level({2016: 14, 2026: 18}, {2016: 17.5, 2026: 19}, 1.2)),
    LaitMeasure("LACHealth%", LAC, "Health assessments up to date", "High", FINANCIAL, 0, first=2018, base=110,
                level=Level(89.5, {2018: 96, 2022: 98, 2026: 93.5}, 0.9, 0.3)),
    LaitMeasure("Emotional_LAC", LAC, "Mean SDQ score", "Low", FINANCIAL, 1, per=1,
                level=Level({2016: 14, 2026: 14.9}, {2016: 14.4, 2022: 12.3, 2026: 13.7}, 0.95, 0.06)),
    LaitMeasure("Children_missing", LAC, "Missing from care", "-", FINANCIAL, 0, base=265,
                level=Level({2016: 9.4, 2026: 11.2}, {2016: 11, 2026: 9.6}, 1.25, 0.2)),
    LaitMeasure("CareLeaverEET", LAC, "Care leavers in EET", "High", FINANCIAL, 0, base=160,
                level=Level({2016: 49, 2026: 54.5}, {2016: 64, 2021: 56, 2026: 67}, 1.08, 0.1)),
    LaitMeasure("CareLeaverAcc", LAC, "Care leavers, accommodation", "High", FINANCIAL, 0, base=160,
                level=Level({2016: 83, 2026: 89}, {2016: 91, 2026: 91.5}, 0.95, 0.3)),
    LaitMeasure("CareApplications", CP, "Care applications rate", "-", FINANCIAL, 1, per=10_000,
                level=Level({2016: 11, 2018: 12, 2026: 9}, {2016: 8, 2026: 5}, 0.8, 0.2)),
    LaitMeasure("CPPPerAbs_3Term", NEED, "Persistent absence, child protection plan", "Low", "Academic Year", 1,
                2025, 2017, base=95,
                level=Level({2017: 38, 2022: 56, 2025: 55}, {2017: 34, 2022: 45, 2025: 39}, 0.85)),
    LaitMeasure("CMH_0-17yrs", HEALTH, "Mental health admissions", "Low", FINANCIAL, 2, 2025, per=100_000,
                level=Level({2016: 87, 2022: 97, 2025: 79}, {2016: 72, 2020: 58, 2024: 104, 2025: 92}, 0.85, 0.2)),
    LaitMeasure("SEN_EHC_Excpt_20wks", SEN, "EHC plans in 20 weeks", "High", CALENDAR, 1, 2025, base=260,
                level=Level({2016: 59, 2025: 47}, {2016: 81, 2019: 63, 2022: 34, 2025: 52}, 0.9, 0.25)),
    LaitMeasure("FirstYJS", YOUTH, "First time entrants", "Low", CALENDAR, 0, 2025, per=100_000, base=26_000,
                level=Level({2016: 305, 2025: 132}, {2016: 322, 2020: 176, 2025: 96}, 1.1, 0.2)),
    LaitMeasure("YJS_Caution-Sentence10-17_YO", YOUTH, "Cautioned or sentenced", "Low", FINANCIAL, 1, first=2024,
                per=10_000, base=26_000,
                level=Level(23, {2024: 19.5, 2026: 17.2}, 1.0, 0.2)),
    LaitMeasure("ChildPov", ECONOMY, "Low income families", "Low", FINANCIAL, 1, 2025, 2022, base=60_000,
                level=Level({2022: 18.8, 2025: 19.7}, {2022: 12.6, 2025: 13.8}, 0.95)),
    LaitMeasure("InfMort", HEALTH, "Infant mortality", "Low", CALENDAR, 1, 2024, per=1000, base=3300,
                level=Level(3.8, {2016: 4.3, 2024: 3.6}, 0.87, 0.1)),
    LaitMeasure("16-17 NEET", ECONOMY, "16 to 17 NEET", "Low", FINANCIAL, 1, first=2018, base=6000,
                level=Level({2018: 2.7, 2026: 3.3}, {2018: 1.2, 2026: 1.4}, 0.62, 0.3)),
    LaitMeasure("PreChildDea", HEALTH, "Modifiable factors in child deaths", "-", FINANCIAL, 0, 2021, per=0,
                level=Level(0.76, 0.7, 0.9, 0.2)),
]
# fmt: on

# Cells that are not figures: (table, place, year, columns or () for all, symbol).
GAPS = [
    ("b1", "Slough", 2018, (), "x"),
    ("c1", "Slough", 2018, (), "x"),
    ("d3", "Reading", 2021, ("CPP_subsequent", "CPP_subsequent_percent"), "u"),
    ("csww", "Slough", 2017, (), "z"),
    (
        "csww",
        "Hounslow",
        2019,
        ("leavers_fte", "leavers_headcount", "turnover_rate_fte", "turnover_rate_headcount"),
        "u",
    ),
    ("csww", "Merton", 2020, ("absence_rate_fte",), "low"),
    (
        "csww",
        "Waltham Forest",
        2023,
        ("agency_cover_fte", "agency_cover_rate_fte", "vacancy_agency_cover_rate_fte"),
        "x",
    ),
    ("fingertips", "Milton Keynes", 2021, (), ""),
]
# The same in LAIT, as "-": (measure, places or () for all, years or () for all).
LAIT_GAPS = [
    ("CPPPerAbs_3Term", (), (2020,)),
    ("HCP_PHOF", ("Harrow",), (2016,)),
    ("YJS_Caution-Sentence10-17_YO", ("England", "London", "Outer London"), ()),
    *((key, ("Outer London",), ()) for key in ("HCP_PHOF", "HospAd0-14", "CMH_0-17yrs", "FirstYJS", "16-17 NEET")),
]
# The one figure on which two files are made to disagree, so that a query is shown: LAIT is this much above the c1 file.
DISAGREEMENT, DISAGREEMENT_BY = ("ReReferral", "Harrow", 2024), Decimal("1.2")
# England's real figure for first-time entrants in LAIT is a sum of regional rates; so is this one.
SUM_OF_RATES, SUM_OF_RATES_FACTOR = ("FirstYJS", "England"), 9
