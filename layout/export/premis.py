"""PREMIS: the issue, the programs that worked on it and, where a time is given, what they did."""

from __future__ import annotations

import json

from layout import __version__
from layout.document import Issue, ProcessingStep, ids
from layout.export.tei_header import steps_of
from layout.export.xml import Element, child, element, time_stamp

PREMIS = "http://www.loc.gov/premis/v3"
_XSI_TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"


def premis_record(issue: Issue) -> Element:
    """A premis element. An event must have a time, so without SOURCE_DATE_EPOCH there are only agents."""
    spaces: dict[str | None, str] = {
        "premis": PREMIS,
        "xsi": "http://www.w3.org/2001/XMLSchema-instance",
    }
    record = element(f"{{{PREMIS}}}premis", {"version": "3.0"}, nsmap=spaces)
    thing = child(record, "object", {_XSI_TYPE: "premis:intellectualEntity"})
    _identifier(thing, "object", issue.id)
    when = time_stamp()
    steps = [
        *steps_of(issue),
        ProcessingStep("article grouping, reading order, output", "newsreflow", __version__),
    ]
    if when:
        for number, step in enumerate(steps, 1):
            _event(record, number, step, when, failed=sum(page.failed is not None for page in issue.pages))
    agents = {_agent_id(step): step for step in steps}
    for id_, step in agents.items():
        agent = child(record, "agent")
        _identifier(agent, "agent", id_)
        child(agent, "agentName", text=step.software)
        child(agent, "agentType", text="software")
        if step.version:
            child(agent, "agentVersion", text=step.version)
    return record


def _event(record: Element, number: int, step: ProcessingStep, when: str, failed: int) -> None:
    event = child(record, "event")
    _identifier(event, "event", f"step-{number}")
    child(event, "eventType", text="metadata extraction")
    child(event, "eventDateTime", text=when)
    settings = json.dumps(dict(step.settings), ensure_ascii=False, sort_keys=True)
    detail = f"{step.name}; settings {settings}" if step.settings else step.name
    child(child(event, "eventDetailInformation"), "eventDetail", text=detail)
    outcome = f"warning: {failed} pages could not be read" if failed else "success"
    child(child(event, "eventOutcomeInformation"), "eventOutcome", text=outcome)
    link = child(event, "linkingAgentIdentifier")
    child(link, "linkingAgentIdentifierType", text="local")
    child(link, "linkingAgentIdentifierValue", text=_agent_id(step))


def _identifier(parent: Element, kind: str, value: str) -> None:
    made = child(parent, f"{kind}Identifier")
    child(made, f"{kind}IdentifierType", text="local")
    child(made, f"{kind}IdentifierValue", text=value)


def _agent_id(step: ProcessingStep) -> str:
    return ids.xml_name(f"{step.software}-{step.version}")
