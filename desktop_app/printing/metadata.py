"""What a document says about itself: XMP, the info dictionary, dates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from xml.sax.saxutils import escape

from desktop_app.printing.writer import text_string

PROGRAM = "Clopos Desk"
_XMP = (
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
    '<x:xmpmeta xmlns:x="adobe:ns:meta/">'
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"'
    ' xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"'
    ' xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">'
    "<dc:format>application/pdf</dc:format>"
    '<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>'
    "<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>"
    "<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>"
    "<xmp:CreateDate>{when}</xmp:CreateDate><xmp:ModifyDate>{when}</xmp:ModifyDate>"
    "<xmp:CreatorTool>{program}</xmp:CreatorTool><pdf:Producer>{program}</pdf:Producer>"
    "{claim}<pdfuaid:part>1</pdfuaid:part></rdf:Description>"
    '<rdf:Description rdf:about=""'
    ' xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"'
    ' xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"'
    ' xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">'
    '<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">'
    "<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>"
    "<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>"
    "<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>"
    '<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">'
    "<pdfaProperty:name>part</pdfaProperty:name>"
    "<pdfaProperty:valueType>Integer</pdfaProperty:valueType>"
    "<pdfaProperty:category>internal</pdfaProperty:category>"
    "<pdfaProperty:description>PDF/UA part</pdfaProperty:description>"
    "</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas>"
    '</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
)
_ARCHIVE = "<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>"


@dataclass(frozen=True, slots=True)
class About:
    """What a document is. `created_at` is aware; it is the only date in the file."""

    title: str
    author: str
    language: str
    created_at: datetime


def xmp(about: About, *, archive: bool) -> bytes:
    """Return the XMP packet; `archive` claims PDF/A-3a, which a protected file cannot be."""
    return _XMP.format(
        title=escape(_xml(about.title)),
        author=escape(_xml(about.author)),
        language=about.language,
        when=about.created_at.isoformat(timespec="seconds"),
        program=PROGRAM,
        claim=_ARCHIVE if archive else "",
    ).encode()


def info(about: About) -> str:
    """Return the info dictionary; it says the same as the XMP."""
    when = text_string(pdf_date(about.created_at))
    return (
        f"<</Title{text_string(_xml(about.title))}/Author{text_string(_xml(about.author))}"
        f"/Creator{text_string(PROGRAM)}/Producer{text_string(PROGRAM)}"
        f"/CreationDate{when}/ModDate{when}>>"
    )


def pdf_date(moment: datetime) -> str:
    """Return an aware moment as PDF writes it: D:20261123154500+04'00'."""
    zone = moment.strftime("%z") or "+0000"
    return moment.strftime("D:%Y%m%d%H%M%S") + f"{zone[:3]}'{zone[3:5]}'"


def _xml(text: str) -> str:
    """Return text without the characters XML cannot hold."""
    return "".join(ch if ch.isprintable() or ch == " " else " " for ch in text)
