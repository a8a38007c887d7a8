"""An agency and a quarter to the words of its template: titles, and the sheet that says how to fill it.

Refuses to ask for anything about a single child: the sheet says what must not be written, before it says where to write.
"""

from dataclasses import dataclass

from hscb_qa.definitions import Agency, Framework
from hscb_qa.obligations import due_day
from hscb_qa.periods import Period
from hscb_qa.readers.return_form import FIGURES, NARRATIVE, STATUS_WORDS, VOICES

AREAS_TITLE = "Areas a message may be about"


@dataclass(frozen=True)
class Cover:
    """Whose return of which quarter a workbook is for. `illustrative` is true where its figures are invented."""

    framework: Framework
    agency: Agency
    quarter: Period
    illustrative: bool

    @property
    def title(self) -> str:
        """The title of the workbook: "Quarterly return: Metropolitan Police Service, Oct to Dec 2025"."""
        return f"Quarterly return: {self.agency.name}, {self.quarter.label}"

    @property
    def subtitle(self) -> str:
        """The board, the quarter as it is named, and the day the return is due."""
        due = due_day(self.framework, self.quarter)
        mark = " Illustrative: the figures are invented." if self.illustrative else ""
        return f"{self.framework.board.name}. Quarter {self.quarter.text}, due by {due.day} {due:%B %Y}.{mark}"

    @property
    def areas(self) -> list[str]:
        """The short titles of the areas of the plan year in which the quarter ends."""
        return [area.short_title for area in self.framework.current_plan_year(self.quarter.end).areas]


Lines = list[tuple[str, str]]


def read_me(cover: Cover) -> Lines:
    """The lines of the sheet Read me: pairs of a heading, or the name of a column, and what is said of it; one of the two may be blank."""
    return [
        ("", cover.subtitle),
        ("What this is", ""),
        ("", f"The figures the Board has agreed to watch and {cover.agency.name} gives. Fill it once a quarter and send it back."),
        ("", "The Board sees from it how much was done, how well, and whether any child is better off."),
        ("Do not write", ""),
        ("", "No names of children, parents or staff. No dates of birth, addresses, full postcodes, telephone numbers, e-mail addresses."),
        ("", "No NHS, UPN or case numbers. A return with any of them is sent back and nothing of it is kept. This holds for notes too."),
        ("How to fill it", ""),
        ("", f"1. In {FIGURES}, fill the yellow cells of every row. Grey cells stay empty. A figure of none is 0, never blank."),
        ("", f"2. Where you cannot give a figure, leave it blank, choose '{STATUS_WORDS['x']}' under Status and say why under Note."),
        ("", f"   Where the figure has no meaning for you, choose '{STATUS_WORDS['z']}' and say why under Note."),
        (
            "",
            "3. Parts of a figure (by age, sex, ethnicity, district) add up to its row 'All'. Put those you do not know under 'not known'.",
        ),
        (
            "",
            f"4. In {VOICES}, give messages you heard from children, parents and frontline staff, so that nobody can be known from them.",
        ),
        ("", f"5. In {NARRATIVE}, answer four questions. A few sentences each are enough."),
        ("", "6. To correct an earlier quarter, copy the row, change its Period, give the new figure, and say in Note what was wrong."),
        ("The columns", ""),
        *_columns(),
        ("How to submit", ""),
        ("", "Upload the file on the Returns page of the dashboard, or send it to the Board's business unit. Save it as XLSX, ODS or CSV."),
        ("", "Every fault is named with its cell. A query is a question, not a fault: answer it in the Note of its row and submit again."),
        ("", "To correct a return, submit the whole file again. The later one counts; the earlier one is kept and can still be read."),
        (AREAS_TITLE, ""),
        *(("", area) for area in cover.areas),
    ]


def _columns() -> Lines:
    return [
        ("Indicator", "What is counted. Rows set in below it are its parts."),
        ("Breakdown", "'All', or which part the row is for."),
        ("Period", "The time the figure is for. Some are counted later, or once a year, so it need not be this quarter."),
        ("Numerator", "The count above the line: a whole number of children, families or cases. The column 'Numerator counts' says which."),
        ("Denominator", "All of whom the numerator is a part. Grey where the Board has it from elsewhere."),
        ("Value", "Only where the Board asks for a ready figure. 45% is written 45."),
        ("Status", "Blank where you give a figure."),
        ("Note", "Why a figure is missing, or what explains it. Whoever reads the Board's papers may read it."),
        ("Last accepted", "The figure you gave for the period before, for orientation."),
        ("Indicator id, Agency, Return for, Form", "For the program that reads the file. Leave them as they are."),
    ]
