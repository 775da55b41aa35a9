"""Checks and cleans an uploaded PowerPoint template: size limits, no macros, no external links. Knows only the package."""

import re
from io import BytesIO
from typing import Any
from zipfile import ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from lxml import etree

FILE, UNPACKED, MEMBERS, RATIO, SMALL, PART = 20 * 2**20, 300 * 2**20, 1000, 150, 2**20, 16 * 2**20
"""The limits of publishing/files/limits.py: bytes of the file and unpacked, parts, how many times its size a part above SMALL bytes may
unpack to, and bytes of one part of XML.
"""
_RUNS = re.compile(
    r"/(?:vbaProject|wordVbaData|oleObject|package|control|activeXControlBinary|ctrlProp|attachedTemplate|extensibility|userCustomization)$",
    re.IGNORECASE,
)
"""Relationships to active content: macros, controls, embedded files, ribbon extensions."""
_ACTION = re.compile(r"\s*ppaction://(?:macro|program|ole)", re.IGNORECASE)
_PRESENTATION = b"application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
_TEMPLATES = re.compile(
    rb"application/vnd\.(?:openxmlformats-officedocument\.presentationml\.(?:template|slideshow)"
    rb"|ms-powerpoint\.(?:presentation|template|slideshow)\.macroEnabled)\.main\+xml"
)
_LINKS = ("hlinkClick", "hlinkHover", "hlinkMouseOver", "audioFile", "videoFile", "quickTimeFile", "externalData", "control")
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


class UnreadableTemplate(ValueError):
    """The file given as a template is no PowerPoint file that slides can be added to."""


def sanitized(content: bytes) -> bytes:
    """The package of a template as a presentation without active content and external links. Raises UnreadableTemplate."""
    if len(content) > FILE:
        raise UnreadableTemplate("The template is too large")
    try:
        with ZipFile(BytesIO(content)) as package:
            _within_limits(package.infolist())
            parts = {name: package.read(name) for name in package.namelist()}
        kinds = parts["[Content_Types].xml"]
    except UnreadableTemplate:
        raise
    except (BadZipFile, KeyError, OSError, RuntimeError, NotImplementedError, ValueError, EOFError) as fault:
        raise UnreadableTemplate("This is no PowerPoint file") from fault
    parts["[Content_Types].xml"] = _TEMPLATES.sub(_PRESENTATION, kinds)
    try:
        _sanitize(parts)
    except etree.XMLSyntaxError as fault:
        raise UnreadableTemplate("This PowerPoint file is damaged") from fault
    return _packed(parts)


def _within_limits(parts: list[ZipInfo]) -> None:
    large = len(parts) > MEMBERS or sum(part.file_size for part in parts) > UNPACKED
    large |= any(part.file_size > max(SMALL, RATIO * part.compress_size) for part in parts)
    large |= any(part.file_size > PART for part in parts if part.filename.lower().endswith((".xml", ".rels")))
    if large or any(part.flag_bits & 1 for part in parts):
        raise UnreadableTemplate("The template is too large when unpacked, or locked")


def _sanitize(parts: dict[str, bytes]) -> None:
    for name in [name for name in parts if name.lower().endswith((".xml", ".rels"))]:
        _parsed(parts[name])
    for name in [name for name in parts if name.lower().endswith(".rels")]:
        tree = _parsed(parts[name])
        external = [relationship for relationship in tree if isinstance(relationship.tag, str) and _leads_away(relationship)]
        for relationship in external:
            tree.remove(relationship)
        parts[name] = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
        source = re.sub(r"(^|/)_rels/([^/]*)\.rels$", r"\1\2", name, flags=re.IGNORECASE)
        if source in parts and source.lower().endswith(".xml"):
            parts[source] = _without(parts[source], {relationship.get("Id") for relationship in external})


def _parsed(text: bytes) -> Any:
    tree = etree.fromstring(text, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    if tree.getroottree().docinfo.doctype:
        raise UnreadableTemplate("The template holds XML that no program writes")
    return tree


def _leads_away(relationship: Any) -> bool:
    return relationship.get("TargetMode", "").strip().lower() == "external" or bool(_RUNS.search(relationship.get("Type", "").strip()))


def _without(text: bytes, gone: set[str | None]) -> bytes:
    """The part without references to removed relationships, and without actions that run something."""
    tree = _parsed(text)
    for element in list(tree.iter("{*}*")):
        pointers = [name for name, value in element.attrib.items() if name.startswith(_R) and value in gone]
        runs = bool(_ACTION.match(element.get("action", "")))
        if element.getparent() is not None and (runs or (pointers and etree.QName(element).localname in _LINKS)):
            element.getparent().remove(element)
        else:
            for name in pointers:
                del element.attrib[name]
    return etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)


def _packed(parts: dict[str, bytes]) -> bytes:
    file = BytesIO()
    with ZipFile(file, "w", ZIP_STORED) as kept:
        for name, text in parts.items():
            kept.writestr(ZipInfo(name), text)
    return file.getvalue()
