"""What children, parents and staff are made to say in the invented returns, and the agencies' short accounts of their figures.

Pools of invented sentences, drawn from by agency and quarter. They name nobody, no school, no age and no case, and quote no figure; nobody
said them. An agency that the story keeps silent gives no voices.
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from illustrative_series import number_drawn, one_of
from illustrative_story import Story

from hscb_qa.periods import Period
from hscb_qa.readers.return_form import QUESTIONS, SPEAKERS

CHILDREN, PARENTS, STAFF = SPEAKERS
Voice = tuple[str, str, str, str, str]  # who, about, method, message, what changed
SOCIAL_CARE: tuple[Voice, ...] = (
    (CHILDREN, "help_and_early_help", "Talks at review", "I want the same worker for longer, and to be told when they leave.",
     "Workers who leave now write a goodbye letter and introduce the next one in person."),
    (CHILDREN, "looked_after_children", "Children in care council", "My room is fine but I never know when I will see my family.",
     "Contact plans are given to each child as a calendar."),
    (PARENTS, "quality_of_practice", "Survey after conference", "There were many people in the room and I did not know who decided.",
     "The chair meets parents before the conference and goes through who will be there."),
    (PARENTS, "help_and_early_help", "Telephone survey", "It got better once one person kept in touch with all the others.",
     "A lead professional is named in every plan."),
    (STAFF, "quality_of_practice", "Supervision themes", "Reports from partners come so late that we read them in the meeting.",
     "Partners now send reports two working days before a conference."),
    (STAFF, "help_and_early_help", "Team meeting", "We cannot find dates on which everyone who is needed can come.",
     "Conference rooms and chairs are booked when the enquiry starts."),
)  # fmt: skip
EARLY_HELP: tuple[Voice, ...] = (
    (PARENTS, "help_and_early_help", "Survey at closing", "We wish we had known about this help a year before.",
     "Health visitors and schools hand out the same one-page guide."),
    (CHILDREN, "help_and_early_help", "Drawing and talking", "Home is quieter now and I sleep better.",
     "The family keeps its weekly plan on the wall, and the worker calls once more after closing."),
    (STAFF, "help_and_early_help", "Practice forum", "Schools lead well when they can ring someone for advice.",
     "A duty line for lead professionals is open every afternoon."),
)  # fmt: skip
EDUCATION: tuple[Voice, ...] = (
    (CHILDREN, "help_and_early_help", "School council", "There is a trusted adult, but the room is always busy.",
     "Schools set two quiet times a day for talking."),
    (CHILDREN, "mental_health", "Online survey", "We get assemblies about worry, but nobody asks us one at a time.",
     "Form tutors hold short talks with each pupil every term."),
    (STAFF, "partners_duties", "Network of designated leads", "We refer and then hear nothing for weeks.",
     "The front door now writes to the referrer with the decision."),
)  # fmt: skip
POLICE: tuple[Voice, ...] = (
    (CHILDREN, "domestic_abuse", "Talks by the support service", "They spoke to the adults and nobody spoke to me.",
     "Officers speak with every child in the home and write down what they said."),
    (STAFF, "partners_duties", "Debrief", "Strategy discussions work best when health is on the call.",
     "A health practitioner joins by telephone as a rule."),
    (PARENTS, "child_exploitation", "Survey of parents", "We reported our child missing and felt blamed.",
     "The wording of the first call was rewritten with parents."),
)  # fmt: skip
HEALTH: tuple[Voice, ...] = (
    (PARENTS, "help_and_early_help", "Feedback cards", "The visitor asked how I was, not only how the baby was.",
     "The question is now part of each visit."),
    (CHILDREN, "mental_health", "Young people's panel", "Waiting was the worst part; a message now and then would help.",
     "Everyone who waits gets a message every fortnight with advice for the meantime."),
    (STAFF, "quality_of_practice", "Staff survey", "Invitations to conferences reach us after the day itself.",
     "One mailbox for invitations is read twice a day."),
    (STAFF, "training", "Learning lunch", "The course on neglect changed how I write down what I see.",
     "Its checklist is part of the record."),
)  # fmt: skip
OTHERS: tuple[Voice, ...] = (
    (PARENTS, "domestic_abuse", "Exit survey", "I felt safer when one worker stayed with us through court.",
     "The same worker now stays until the case is closed."),
    (CHILDREN, "looked_after_children", "Talks with care leavers", "Moving in was hard because the key came before the furniture.",
     "Housing and the leaving care team agree one moving day."),
    (STAFF, "partners_duties", "Staff meeting", "We are asked for the same information by three partners.",
     "A shared form was tried with two partners."),
    (CHILDREN, "child_exploitation", "Group work", "I needed someone who would not give up after I said no.",
     "Workers offer at least six meetings before a case is closed."),
)  # fmt: skip
POOLS: dict[str, tuple[Voice, ...]] = {
    "childrens_social_care": SOCIAL_CARE,
    "early_help": EARLY_HELP,
    "education": EDUCATION,
    "police": POLICE,
    **dict.fromkeys(("acute_hospital_trust", "community_health", "mental_health_trust", "integrated_care_board"), HEALTH),
    **dict.fromkeys(("housing", "youth_justice", "probation", "domestic_abuse_services", "voluntary_sector", "cafcass"), OTHERS),
}
HOW_MANY = (0, 1, 1, 2)

ANSWERS: tuple[tuple[str, ...], ...] = (
    (
        "Most figures are where they usually are. What moved is explained beside it.",
        "Children are seen sooner than a year ago, but not all of them.",
        "Demand is steady; the work behind each case has grown.",
        "The figures fit what our own audits found.",
    ),
    (
        "Nothing of weight has changed since the last return.",
        "Two vacant posts were filled and waiting fell after that.",
        "Our records moved to a new system, and some dates were entered late.",
        "A busy quarter, as it is every year at this time.",
    ),
    (
        "We looked at a sample of cases together with a partner and put right what we found.",
        "Managers now go through the late ones every week; it is too early to see a difference.",
        "Staff were trained, and we will ask children whether they notice.",
        "We changed how cases are allocated. Fewer children wait without a worker.",
    ),
    (
        "Nothing to decide.",
        "We ask partners to send their reports earlier.",
        "The Board should know that cover in this team is thin.",
        "A repeat audit next quarter would show whether the change has held.",
    ),
)


def voices_of(story: Story, agency: str, quarter: Period) -> Iterator[dict[str, Any]]:
    """The voices in an agency's return: none to two, from its pool, dated in the quarter."""
    if story.is_silent(agency, quarter.text) or agency not in POOLS:
        return
    pool = POOLS[agency]
    first = number_drawn(len(pool), agency, "first voice") + int(quarter.text[:4]) * 4 + int(quarter.text[-1])
    for place in range(one_of(HOW_MANY, agency, quarter.text, "voices")):
        who, about, method, message, changed = pool[(first + 3 * place) % len(pool)]
        yield {
            "who": who,
            "about": about,
            "method": method,
            "asked": 5 + number_drawn(36, agency, quarter.text, place, "asked"),
            "date": quarter.start + timedelta(days=10 + number_drawn(70, agency, quarter.text, place, "day")),
            "message": message,
            "changed": changed,
        }


def narrative_of(story: Story, agency: str, quarter: Period) -> dict[str, str]:
    """Answers to the form's questions: the story's own where it has one, else from the pools; the last is often left out."""
    told = {entry["question"]: entry["answer"] for entry in story.of("narratives", agency=agency, quarter=quarter.text)}
    answers = {
        number: one_of(pool, agency, quarter.text, "answer", number)
        for number, pool in enumerate(ANSWERS, start=1)
        if number < 4 or one_of((True, False), agency, quarter.text, "decide")
    }
    return {QUESTIONS[number - 1]: answer for number, answer in sorted((answers | told).items())}
