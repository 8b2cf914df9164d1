"""The TEI header: what the issue is, where it comes from, what was done by which program."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from layout import __version__
from layout.document import Direction, Issue, ProcessingStep, ids
from layout.errors import ConfigError
from layout.export.settings import ExportSettings
from layout.export.settle import clean_text
from layout.export.xml import XML_ID, XML_LANG, Element, child, time_stamp
from layout.language import language, script_of
from layout.language.dates import find_date

#: The Solar Hijri calendar, as the dates of the header point to it.
_SHAMSI = "#cal.shamsi"

_PRACTICE: tuple[tuple[str, dict[str, str], str], ...] = (
    (
        "segmentation",
        {},
        "One div for each article, advertisement or other item. Pages stand in physical order. An item "
        "that other items separate from its continuation is split into parts joined by next and prev. "
        "Images, captions and pull-quotes follow the running text of their item on the page. The columns of "
        "an item's text on a page, where it has several, are counted in reading order.",
    ),
    (
        "normalization",
        {"method": "markup"},
        "The text keeps the characters as printed and recognised. Where a normalised form differs it is "
        "given in reg, the printed form in orig.",
    ),
    (
        "hyphenation",
        {"eol": "some"},
        "A hyphen that divides a word at the end of a line is not in the text; the lb that follows has "
        'break="no" and rend="hyphen". Hyphens that belong to the word are kept.',
    ),
    (
        "correction",
        {"status": "low"},
        "Automatic reading without proof-reading. Words recognised with a confidence below {review} are "
        "marked unclear.",
    ),
)

#: The id of the rendition that states a direction.
RENDITIONS = {direction: f"#{direction.value}" for direction in Direction}

_CSS = {
    "rtl": "direction: rtl; unicode-bidi: isolate; text-align: right",
    "ltr": "direction: ltr; unicode-bidi: isolate",
    "ttb": "writing-mode: vertical-rl",
}


#: The practice of the reading version.
_LIGHT_PRACTICE: tuple[tuple[str, dict[str, str], str], ...] = (
    (
        "segmentation",
        {},
        "One div for each article, advertisement or other item, its parts joined over pages; items in the "
        "order in which they begin. Lines, columns, zones and running matter are left out, and stand with "
        "the same ids of items in the full version. Captions and pull-quotes follow the running text.",
    ),
    ("normalization", {"method": "silent"}, "The text is in normalised spelling."),
    ("hyphenation", {"eol": "none"}, "Words divided at the end of a line are whole."),
    ("correction", {"status": "low"}, "Automatic reading without proof-reading."),
)


@dataclass(frozen=True)
class Said:
    """What a text says, as its header declares it: ``languages``, the main one first; ``pointers`` to the
    header's renditions and kinds of turns; how many ``words`` it has."""

    languages: Sequence[str]
    pointers: Collection[str]
    words: int


def write_header(
    root: Element, issue: Issue, settings: ExportSettings, said: Said, *, light: bool = False
) -> Element:
    """Append the `teiHeader` and return it; ``light``: of the reading version, without zones to point to."""
    header = child(root, "teiHeader", {XML_LANG: "en"})
    description = child(header, "fileDesc")
    _title(description, issue)
    _extent(description, issue, said.words)
    _publication(description, issue, settings)
    _notes(description, issue, light)
    _source(description, issue)
    _encoding(header, issue, settings, said.pointers, light)
    _profile(header, issue, said.languages)
    change = child(child(header, "revisionDesc"), "change", {"when": time_stamp(), "who": "#app.pipeline"})
    change.text = f"written by newsreflow {__version__}"
    return header


def issue_title(issue: Issue) -> str:
    """Title and date as far as they are known, else the issue's id."""
    known = issue.metadata
    parts = [part for part in (known.title, known.printed_date or known.date) if part]
    comma = "\u060c " if script_of(known.title or "") == "Arab" else ", "
    return comma.join(parts) if known.title else issue.id


def iso_date(text: str | None) -> str | None:
    """The date if it is ISO 8601 and exists (year, month or day), else None."""
    if not text or not re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", text):
        return None
    try:
        date.fromisoformat((text + "-01-01")[:10] if len(text) == 4 else (text + "-01")[:10])
    except ValueError:
        return None
    return text


def language_name(code: str) -> str:
    """English name of a language with its direction, or the code where there is no record."""
    try:
        record = language(code)
    except ConfigError:
        return code
    written = {"rtl": ", written right to left", "ttb": ", written top to bottom"}
    return record.name + written.get(record.direction, "")


def _title(description: Element, issue: Issue) -> None:
    statement = child(description, "titleStmt")
    child(statement, "title", {XML_LANG: _title_language(issue)}, issue_title(issue))
    duty = child(statement, "respStmt")
    child(
        duty,
        "resp",
        text="automatic layout reconstruction, transcription and encoding, not corrected by hand",
    )
    child(duty, "name", {"type": "software", "ref": "#app.pipeline"}, "newsreflow")
    if issue.metadata.edition:
        child(child(description, "editionStmt"), "edition", text=issue.metadata.edition)


def _title_language(issue: Issue) -> str | None:
    """The language of the issue's title; the id that stands for one is in none (BCP 47 ``zxx``)."""
    return _code(issue.metadata.language) if issue.metadata.title else "zxx"


def _extent(description: Element, issue: Issue, words: int) -> None:
    """How many pages and words there are."""
    extent = child(description, "extent")
    for unit, count in (("page", len(issue.pages)), ("word", words)):
        attributes = {"unit": unit, "quantity": count}
        child(extent, "measure", attributes, f"{count} {unit}{'s' * (count != 1)}")


def _notes(description: Element, issue: Issue, light: bool) -> None:
    """What was found doubtful, and the pages that could not be read."""
    found = [
        *((None, finding) for finding in issue.findings),
        *((page.id, finding) for page in issue.pages for finding in page.findings),
    ]
    known = {page.id for page in issue.pages}
    doubts = [
        (finding.code, finding.page or page, clean_text(finding.message))
        for page, finding in found
        if finding.level != "info"
    ]
    doubts += [
        ("failed", page.id, clean_text(page.failed)) for page in issue.pages if page.failed is not None
    ]
    doubts = list(dict.fromkeys(doubts))
    if not doubts:
        return
    notes = child(description, "notesStmt")
    for code, page, message in doubts:
        where = f"#{page}" if page in known and not light else None
        attributes = {"type": "finding", "subtype": ids.xml_name(code), "target": where}
        child(notes, "note", attributes, message or code)


def _publication(description: Element, issue: Issue, settings: ExportSettings) -> None:
    statement = child(description, "publicationStmt")
    terms = issue.metadata.rights or settings.licence
    if not settings.publisher:
        child(statement, "p", text=f"Not published by the program that wrote it. Issue {issue.id}.")
        if terms:
            child(statement, "p", text=f"Terms of use: {terms}")
        return
    child(statement, "publisher", text=settings.publisher)
    if terms:
        availability = child(statement, "availability")
        target = next((t for t in (settings.licence, terms) if t and re.match(r"https?://\S+$", t)), None)
        child(availability, "licence", {"target": target}, terms)
    child(statement, "idno", {"type": "issue"}, issue.id)


def _source(description: Element, issue: Issue) -> None:
    known = issue.metadata
    source = child(description, "sourceDesc")
    monograph = child(child(source, "biblStruct"), "monogr")
    if known.identifier:
        child(monograph, "idno", text=known.identifier)
    child(monograph, "title", {"level": "j", XML_LANG: _title_language(issue)}, known.title or issue.id)
    if known.edition:
        child(monograph, "edition", text=known.edition)
    imprint = child(monograph, "imprint")
    if known.place:
        child(imprint, "pubPlace", text=known.place)
    if known.publisher:
        child(imprint, "publisher", text=known.publisher)
    when = iso_date(known.date)
    if when or known.printed_date:
        child(imprint, "date", {"when": when, **_custom_date(issue)}, known.printed_date or when)
    else:
        child(imprint, "date", {"cert": "unknown"}, "not known")
    for unit, value in (("volume", known.volume), ("issue", known.number)):
        if value:
            child(monograph, "biblScope", {"unit": unit}, value)
    for text in _files(issue):
        child(child(source, "bibl"), "ref", text=text)
    if known.source:
        child(source, "bibl", text=known.source)


def _custom_date(issue: Issue) -> dict[str, str]:
    """The date in the calendar in which it is printed, where that is not the Gregorian one."""
    found = find_date(issue.metadata.printed_date or "")
    if found is None or found.solar_hijri is None:
        return {}
    return {"when-custom": found.solar_hijri, "datingMethod": _SHAMSI, "calendar": _SHAMSI}


def _files(issue: Issue) -> list[str]:
    """Names of the image files, each once, in order."""
    return list(dict.fromkeys(page.source.file for page in issue.pages if page.source.file))


def _encoding(
    header: Element, issue: Issue, settings: ExportSettings, pointers: Collection[str], light: bool
) -> None:
    encoding = child(header, "encodingDesc")
    child(
        child(encoding, "projectDesc"),
        "p",
        text="Made from page images, for reading and for text mining."
        if light
        else "Made from page images; coordinates are pixels of the image named by each surface's graphic, "
        "and are the same numbers and identifiers as in the ALTO files.",
    )
    practice = child(encoding, "editorialDecl")
    for name, attributes, text in _LIGHT_PRACTICE if light else _PRACTICE:
        made = child(practice, name, attributes)
        child(made, "p", text=text.format(review=settings.review_below))
    used = [(id_, css) for id_, css in _CSS.items() if f"#{id_}" in pointers]
    tags = child(encoding, "tagsDecl") if used else encoding
    for id_, css in used:
        child(tags, "rendition", {XML_ID: id_, "scheme": "css"}, css)
    if any(f"#turn.{turn}" in pointers for turn in ROLES):
        taxonomy = child(child(encoding, "classDecl"), "taxonomy", {XML_ID: "turns"})
        for turn, who in ROLES.items():
            category = child(taxonomy, "category", {XML_ID: f"turn.{turn}"})
            child(category, "catDesc", text=f"turn of the {who}")
    _programs(encoding, issue)


def _programs(encoding: Element, issue: Issue) -> None:
    info = child(encoding, "appInfo")
    when = time_stamp()
    own = {"ident": "newsreflow", "version": version_number(__version__), "when": when}
    made = child(info, "application", {XML_ID: "app.pipeline", **own})
    child(made, "label", text="newsreflow")
    child(made, "desc", text="article grouping, reading order and TEI output")
    for number, step in enumerate(steps_of(issue), 1):
        made = child(
            info,
            "application",
            {
                XML_ID: f"app.{number}",
                "ident": ids.xml_name(step.software),
                "version": version_number(step.version),
                "when": when,
            },
        )
        child(made, "label", text=f"{step.software} {step.version}".strip())
        settings = json.dumps(dict(step.settings), ensure_ascii=False, sort_keys=True)
        child(made, "desc", text=f"{step.name}; settings {settings}" if step.settings else step.name)


def steps_of(issue: Issue) -> list[ProcessingStep]:
    """Every processing step of every page, each once, in the order they were taken."""
    return list(dict.fromkeys(step for page in issue.pages for step in page.steps))


def version_number(text: str) -> str:
    """The part of a version that TEI's pattern admits; 0 where there is none."""
    part = r"\d+[a-z]*\d*"
    found = re.match(rf"{part}(\.{part}){{0,3}}", text.lstrip("vV"))
    return found.group() if found else "0"


def _profile(header: Element, issue: Issue, languages: Sequence[str]) -> None:
    profile = child(header, "profileDesc")
    if _custom_date(issue):
        calendar = child(child(profile, "calendarDesc"), "calendar", {XML_ID: _SHAMSI.removeprefix("#")})
        child(calendar, "p", text="Solar Hijri calendar of Iran; custom dates are year-month-day.")
    if languages:
        usage = child(profile, "langUsage")
        for code in languages:
            child(usage, "language", {"ident": code}, language_name(code))
    people = speakers(issue)
    if people:
        persons = child(child(profile, "particDesc"), "listPerson")
        for id_, (role, name) in people.items():
            person = child(persons, "person", {XML_ID: id_, "role": role})
            if name:
                child(person, "persName", text=name)
            else:
                child(person, "p", text=f"the {role}, not named at the turns")


def speakers(issue: Issue) -> dict[str, tuple[str, str | None]]:
    """Ids of those who speak in the issue's interviews: role, and name where one is printed."""
    found: dict[str, tuple[str, str | None]] = {}
    for item in issue.items:
        for part in item.parts:
            for block in part.blocks:
                if block.kind in ROLES:
                    found.setdefault(
                        speaker_id(item.id, block.kind, block.speaker), (ROLES[block.kind], block.speaker)
                    )
    return found


ROLES = {"question": "interviewer", "answer": "interviewee"}


def speaker_id(item: str, kind: str, name: str | None) -> str:
    """Id of the person that speaks: one for each item, role and printed name."""
    return f"{item}_{ROLES[kind]}" + (f"_{ids.xml_name(name)}" if name else "")


def _code(code: str | None) -> str | None:
    return code if code and re.fullmatch(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*", code) else None
