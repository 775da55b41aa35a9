"""Checks and cleans an uploaded PowerPoint or Word template: size limits, no macros, no external links. Knows only the package."""

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
_PLAIN = {
    rb"application/vnd\.(?:openxmlformats-officedocument\.presentationml\.(?:template|slideshow)"
    rb"|ms-powerpoint\.(?:presentation|template|slideshow)\.macroEnabled)\.main\+xml": (
        b"application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
    ),
    rb"application/vnd\.(?:openxmlformats-officedocument\.wordprocessingml\.template"
    rb"|ms-word\.(?:document|template)\.macroEnabled(?:Template)?)\.main\+xml": (
        b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    ),
}
"""What templates and files with macros declare themselves to be, and what they are without."""
_LINKS = ("hlinkClick", "hlinkHover", "hlinkMouseOver", "audioFile", "videoFile", "quickTimeFile", "externalData", "control")
_DATA = ("mailMerge", "altChunk")
"""Elements of Word that take in other files."""
_FIELDS = re.compile(r"\s*(?:PAGE|NUMPAGES|SECTION|SECTIONPAGES|TITLE|AUTHOR|STYLEREF)\b", re.IGNORECASE)
"""The fields of Word that may stay: others may run a program or take in a file."""
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


class UnreadableTemplate(ValueError):
    """The file given as a template is no Office file that can be added to."""


def sanitized(content: bytes) -> bytes:
    """The package of a template as a plain presentation or document, without active content and external links.

    Raises UnreadableTemplate.
    """
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
        raise UnreadableTemplate("This is no PowerPoint or Word file") from fault
    for template, plain in _PLAIN.items():
        kinds = re.sub(template, plain, kinds)
    parts["[Content_Types].xml"] = kinds
    try:
        _sanitize(parts)
    except etree.XMLSyntaxError as fault:
        raise UnreadableTemplate("This PowerPoint or Word file is damaged") from fault
    return _packed(parts)


def _within_limits(parts: list[ZipInfo]) -> None:
    large = len(parts) > MEMBERS or sum(part.file_size for part in parts) > UNPACKED
    large |= any(part.file_size > max(SMALL, RATIO * part.compress_size) for part in parts)
    large |= any(part.file_size > PART for part in parts if part.filename.lower().endswith((".xml", ".rels")))
    if large or any(part.flag_bits & 1 for part in parts):
        raise UnreadableTemplate("The template is too large when unpacked, or locked")


def _sanitize(parts: dict[str, bytes]) -> None:
    gone: dict[str, set[str | None]] = {name: set() for name in parts if name.lower().endswith(".xml")}
    for name in [name for name in parts if name.lower().endswith(".rels")]:
        tree = _parsed(parts[name])
        external = [relationship for relationship in tree if isinstance(relationship.tag, str) and _leads_away(relationship)]
        for relationship in external:
            tree.remove(relationship)
        parts[name] = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
        source = re.sub(r"(^|/)_rels/([^/]*)\.rels$", r"\1\2", name, flags=re.IGNORECASE)
        if source in gone:
            gone[source] = {relationship.get("Id") for relationship in external}
    for name, ids in gone.items():
        parts[name] = _without(parts[name], ids)


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
        name = etree.QName(element).localname
        runs = bool(_ACTION.match(element.get("action", ""))) or name in _DATA or _is_active_field(name, element)
        if element.getparent() is not None and (runs or (pointers and name in _LINKS)):
            element.getparent().remove(element)
        else:
            for pointer in pointers:
                del element.attrib[pointer]
    return etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)


def _is_active_field(name: str, element: Any) -> bool:
    texts = {
        "instrText": element.text or "",
        "fldSimple": next((text for key, text in element.attrib.items() if key.endswith("}instr")), ""),
    }
    return name in texts and not _FIELDS.match(texts[name])


def _packed(parts: dict[str, bytes]) -> bytes:
    file = BytesIO()
    with ZipFile(file, "w", ZIP_STORED) as kept:
        for name, text in parts.items():
            kept.writestr(ZipInfo(name), text)
    return file.getvalue()
