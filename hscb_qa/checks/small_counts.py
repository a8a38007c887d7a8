"""Texts to those among them that say how few people something was about: "two children", "3 of the pupils", "Girls: 4".

A count hidden in a table may not stand in a sentence beside it. Numbers that count no people (ages, stages, dates, shares, weeks) are cut
out first, the others become marks, then marks are looked for beside words for people and for what happens to one of them. Refuses to be
fine about it: a sentence that only sounds like a count is found too, since a person can say it otherwise. What tells no more than the mark
[c] does ("a few children"), "a child" where any child is meant, and "one in five" pass. Every repetition has an end, so that no text makes
a rule slow.
"""

import html
import re
import unicodedata
from collections.abc import Iterable

_UNITS = "zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_VALUES = {word: value for value, word in enumerate(_UNITS.split("|"))}
_VALUES |= {word: 10 * place for place, word in enumerate(_TENS.split("|"), start=2)}
_LARGE = "hundred|thousand|million|dozen|score"
_WORDS = rf"(?:(?:{_TENS})(?:[ -](?:{_UNITS}))?|{_UNITS})"
_DIGITS = r"(?<![\w.£$€])\d{1,12}(?:,\d{3}\b)*(?![\w%]|[.]\d)"
_NUMBER = (
    rf"(?:{_DIGITS}|\b{_WORDS}\b)(?:[ -](?:{_LARGE})\b(?:[ -](?:and )?{_WORDS}\b)?){{0,3}}"
    r"|\bhalf a dozen\b|\b(?:a )?(?:couple|pair) of\b|\bboth\b"
)
_BETWEEN = r"(?: ?[-/,(] ?| (?:to|or|and|of|from|out of) )"
_SEVERAL = rf"(?:{_NUMBER})(?:{_BETWEEN}(?:{_NUMBER})\)?){{0,3}}"
_OUT_OF = rf"({_NUMBER}) ?[(,]? ?(?:out )?(?:of|from)(?: a total of| the| these| those| our| all| all the)? ({_NUMBER})\b ?\)?"
_OF_ALL = (
    rf"\bof (?:all |the |our |these |those ){{0,2}}({_NUMBER}) "
    rf"((?:[a-z']{{1,20}} ){{0,4}}[a-z']{{1,20}}),? (?:only |just )?({_NUMBER})\b"
)
_SHARE = rf"\b(?:{_NUMBER})(?: child| family| person)? in ({_NUMBER})\b"
_BASES = {3, 4, 5, 10, 100, 1_000, 10_000, 100_000}
"""What a share is said of: "two in five" is a share, "two in fourteen" a count."""

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_LABELS = (
    "Years?|Tiers?|tiers?|Levels?|(?:[Kk]ey )?[Ss]tages?|KS|Grades?|Groups?|Class(?:es)?|Forms?|Phases?|Steps?|Parts?|[Ss]ections?|"
    "Chapters?|[Pp]ages?|Tables?|Figures?|Articles?|Schedules?|Standards?|Priority|Priorities|Questions?|[Vv]ersion|Wards?|Zones?|"
    "Areas?|Bands?|Category|Categories|Types?|Appendix|Annex|Rooms?|Terms?|Quarters?|Weeks?|Q|[Aa]ged?|[Aa]ges|AGED?|aged between|"
    "between the ages of"
)
_TIMES = (
    "years?|months?|weeks?|weekends?|days?|nights?|hours?|minutes?|terms?|quarters?|times|fold|per ?cent|percentages?|points?|p|"
    "pence|pounds"
)
_PARTS = "half|halves|thirds?|fifths?|sixths?|sevenths?|eighths?|ninths?|tenths?"
_SOME = r"\d{1,4}(?: ?(?:-|,|/|&|to|or|and) ?\d{1,4}){0,3}"
_CUTS = (
    (r"<[^<>]{0,60}>|[*_`~\"“”‘\[\]{}#\\]|(?<!\w)'", ""),
    (rf"\b(?:{_LABELS}) {_SOME}\b", "§"),
    (rf"\b\d{{1,2}}(?:st|nd|rd|th)?(?: of)? (?:{_MONTHS})\b", "§"),
    (r"\b\d{1,4}([./-])\d{1,2}\1\d{1,4}\b|\b\d{4}[-/]\d{2}\b|\b\d{1,4}:\d{1,4}\b", "§"),
)
_FOLDED_CUTS = (
    (r"\bno one\b|\bone (?:to|another|by) one\b|\bone-to-one\b|\bone another\b|\b(?:one|two|single|lone)-parent\b", "§"),
    (rf"\b(?:{_SEVERAL})[ -](?:{_PARTS})\b|\b(?:{_SEVERAL}) ?%", "§"),
    (r"\blooked[ -]after\b", "lookedafter"),
    (r"\bchildren's homes?\b", "§"),
    (rf"(?:{_SEVERAL})[ -](?:calendar |working |school )?(?:year|month|week|day)s?[ -]olds\b", "yearolds"),
    (rf"(?:{_SEVERAL})[ -](?:calendar |working |school )?(?:{_TIMES})\b(?:[ -]old\b)?", "§"),
    (r"\b(?:a|an|one|the) (?:single|lone|sole|solitary)\b|\b(?:the|an) only\b|\bonly an?\b", "1"),
)
_PLURALS = (
    "children|kids|people|persons|youths|youngsters|teenagers|adolescents|yearolds|girls|boys|daughters|sons|brothers|sisters|"
    "siblings|twins|pupils|students|learners|babies|infants|toddlers|newborns|parents|carers|mothers|mums|fathers|dads|grandparents|"
    "guardians|families|households|cases|referrals|allegations|plans|disclosures|complaints|enquiries|incidents|injuries|assaults|"
    "arrests|convictions|admissions|attendances|episodes|placements|adoptions|pregnancies|births|orders|removals|victims|survivors|"
    "offenders|perpetrators|suspects|adults|men|women|individuals|patients|residents|clients|leavers|staff|workers|practitioners|"
    "deaths|fatalities|suicides|homicides|murders|stillbirths|rapes|members of (?:the |our )?staff"
)
_SINGULARS = (
    "child|kid|person|youth|youngster|teenager|adolescent|girl|boy|daughter|son|brother|sister|sibling|twin|pupil|student|learner|"
    "baby|infant|toddler|newborn|parent|carer|mother|mum|father|dad|grandparent|guardian|family|household|case|referral|allegation|"
    "plan|disclosure|complaint|enquiry|incident|injury|assault|arrest|conviction|admission|attendance|episode|placement|adoption|"
    "pregnancy|birth|order|removal|victim|survivor|offender|perpetrator|suspect|adult|man|woman|individual|patient|resident|client|"
    "leaver|worker|practitioner|death|fatality|suicide|homicide|murder|stillbirth|rape|member of (?:the |our )?staff"
)
_FATAL = "deaths?|suicides?|homicides?|murders?|fatality|fatalities|stillbirths?"
_NO_PEOPLE = (
    "(?:centre|center|hub|house|service|hospital|ward|board|team|trust|charity|partnership|department|panel|council|school|nursery|"
    "club|group|forum|conference|meeting|stud(?:y|ie)|audit|review|form|system|file|record|process|commissioner|directorate|society|"
    "cour(?:t|se)|survey|officer|lead|year|protection|support|link|liaison|practice)s?"
)
_STOPS = (
    "a|an|the|this|that|these|those|each|every|all|any|some|no|not|our|their|its|his|her|my|your|we|they|it|he|she|who|whom|which|"
    "what|where|when|while|if|because|as|than|then|so|and|or|but|in|at|on|to|into|from|for|with|without|by|of|per|before|after|about|"
    "between|among|during|since|until|through|over|is|are|was|were|be|been|being|has|have|had|do|does|did|will|would|can|could|may|"
    "might|must|should|said|say|says|told|tell|asked|ask|saw|see|gave|give|found|find|made|make|took|take|met|led|held|helped|help|"
    "schools?|settings?|partners?|agencies|agency|teams?|services?"
)
_SPACED = r"(?:[ -]|, )"
_ADJECTIVES = rf"(?:(?!(?:{_STOPS})\b)[a-z§][a-z']{{0,30}}{_SPACED}){{0,4}}"
_OF_THE = r"of (?:all )?(?:the |our |these |those |their |its |his |her |my )?(?:same )?"
_AFTER = "in|this|last|since|from|and|or|of|at|by|as|on|over|during|compared|against|to|that|who|were|was|are|is|had|have"
_END = rf"(?= ?(?:[.,;:!?)/-]|$)| (?:{_AFTER})\b)"
_RISING = (
    "was|were|is|are|been|be|fell|fall|fallen|rose|rise|risen|dropped|grew|went|came|numbered|totalled|reached|only|just|down|up|to|"
    "at|by|from|now"
)
_DID = "died|left|moved|turned|went|came|returned|refused|declined|withdrew|missed|waited|waits?|remains?|remained|transferred|closed"
_BARE = r"(?:^|[.,;:(] ?|\b(?:and|but|only|just|where|whom|which) )"

_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b①[ -]{_ADJECTIVES}(?:{_SINGULARS}|{_PLURALS})\b(?!(?:'s)? {_NO_PEOPLE}\b)",
        rf"\b②[ -]{_ADJECTIVES}(?:{_PLURALS})\b(?!' {_NO_PEOPLE}\b|'s {_NO_PEOPLE}\b)",
        rf"\b[①②] {_OF_THE}{_ADJECTIVES}(?:{_PLURALS}|them|whom|us)\b",
        rf"\b(?:{_SINGULARS}|{_PLURALS})(?: (?:{_RISING})){{0,4}} ?[:=(-]? ?(?:n ?= ?)?[①②]{_END}",
        rf"\b[①②] of(?: (?:[a-z]{{2,20}}ed|done|late|seen|held|made)\b|{_END})|\b(?:only|just) [①②]{_END}",
        rf"\b[①②] of (?!the ){_ADJECTIVES}(?:records|files|assessments|interviews|visits|conferences|reviews)\b",
        rf"{_BARE}(?:[①②] (?:was|had|{_DID})|② (?:were|have|are|did))\b",
        rf"\b[①②] (?:was|were|is|are) (?:an? |the |also |all |both |only ){{0,2}}{_ADJECTIVES}(?:{_SINGULARS}|{_PLURALS})\b",
        rf"\b(?:an?|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth) {_ADJECTIVES}(?:{_FATAL})\b",
        r"\b(?:twins|triplets)\b",
    )
)
_CUT = tuple((re.compile(pattern), mark) for pattern, mark in _CUTS)
_FOLDED_CUT = tuple((re.compile(pattern), mark) for pattern, mark in _FOLDED_CUTS)
_COMPILED = {
    name: re.compile(pattern)
    for name, pattern in (("of all", _OF_ALL), ("share", _SHARE), ("out of", _OUT_OF), ("several", _SEVERAL), ("number", _NUMBER))
}
_PLAIN = {
    **dict.fromkeys((0x00AD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x0000)),
    **dict.fromkeys((*range(0x2010, 0x2016), 0x2212), "-"),
    0x2019: "'",
}


def small_counts(texts: Iterable[str], threshold: int) -> frozenset[str]:
    """The texts that count people from 1 to the threshold, or tell that all but so few of them were meant.

    >>> sorted(small_counts(["Two children waited.", "Twelve children waited.", "2 of 14 girls", "13 of 14 girls"], 5))
    ['13 of 14 girls', '2 of 14 girls', 'Two children waited.']
    >>> small_counts(["Year 5 pupils, aged 9 to 10, in 4 schools", "two children's centres", "One in five parents", "3% of cases"], 5)
    frozenset()
    """
    return frozenset(text for text in dict.fromkeys(texts) if _holds_one(text, threshold))


def _holds_one(text: str, threshold: int) -> bool:
    marked = _marked(_without_other_numbers(text), threshold)
    return any(pattern.search(marked) for pattern in _PATTERNS)


def _without_other_numbers(text: str) -> str:
    """Plain lower case, in which numbers that count no people are cut out; a name such as "Year 5" is known by its capital."""
    plain = " ".join(unicodedata.normalize("NFKC", html.unescape(text)).translate(_PLAIN).split())
    for pattern, mark in _CUT:
        plain = pattern.sub(mark, plain)
    plain = plain.casefold()
    for pattern, mark in _FOLDED_CUT:
        plain = pattern.sub(mark, plain)
    return plain


def _marked(text: str, threshold: int) -> str:
    """Every small number as ① or, where it is more than one, ②; every other as §. No text holds these: they were made plain before."""

    def share(found: re.Match[str]) -> str:
        first = _value(_COMPILED["number"].findall(found[0])[0])
        return "§" if first == 1 or _value(found[1]) in _BASES else found[0].replace(" in ", " of ")

    def out_of(found: re.Match[str]) -> str:
        some, of_all = _value(found[1]), _value(found[2])
        return _mark([some, of_all - some], threshold)

    def several(found: re.Match[str]) -> str:
        return _mark([_value(one) for one in _COMPILED["number"].findall(found[0])], threshold)

    def of_all(found: re.Match[str]) -> str:
        of, some = _value(found[1]), _value(found[3])
        return f"{found[3]} of {found[1]} {found[2]}" if some <= of else found[0]

    marked = _COMPILED["share"].sub(share, _COMPILED["of all"].sub(of_all, text))
    marked = _COMPILED["out of"].sub(lambda found: out_of(found) + " of ", marked)
    return " ".join(_COMPILED["several"].sub(several, marked).split())


def _mark(values: list[int], threshold: int) -> str:
    small = [value for value in values if 1 <= value <= threshold]
    return "§" if not small else "①" if values == [1] else "②"


def _value(number: str) -> int:
    """What a number says: of words with hundreds and the like in them, that it is large."""
    words = re.split(r"[ -]", number.strip())
    if words[0] in ("both", "a", "couple", "pair"):
        return 2
    if words[0] == "half":
        return 6
    if len(words) > 1 and any(word in _LARGE for word in words[1:]):
        return 1_000_000
    if words[0][0].isdigit():
        return int(words[0].replace(",", ""))
    return sum(_VALUES[word] for word in words)
