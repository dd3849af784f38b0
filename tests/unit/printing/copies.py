"""Believable data copies for the tests of documents and for their benchmark."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone

from desktop_app.kernel.money import Money
from desktop_app.kernel.words import Message, msg
from desktop_app.privacy.records import (
    Column,
    CopyLine,
    CopyOrder,
    CopyPayment,
    DataCopy,
    Field,
    Figure,
    Period,
    Place,
    Recipient,
    Right,
    Section,
    Status,
    Subject,
    Tone,
    Venue,
)

BAKU = timezone(timedelta(hours=4))
PREPARED = datetime(2026, 11, 23, 15, 45, tzinfo=BAKU)
DISHES = (
    ("Mərcimək şorbası", 450),
    ("Солянка сборная", 750),
    ("Mürəbbə (albalı)", 1800),
    ("Pomidor-xiyar salatı, göyərti və reyhanla", 890),
    ("Qutab (ət)", 250),
    ("Хачапури по-аджарски", 2400),
    ("Şah plov", 3600),
    ("İskender", 1800),
    ("Nar şərbəti 0,3 l", 250),
    ("Badımcan dolması", 750),
)
NOTES = {
    1: "Ad günü üçün şam 🎂 · Без лука, пожалуйста",
    3: "بدون بصل من فضلك · 不要洋葱，谢谢",
    5: "უხახვოდ, გთხოვთ · בלי בצל בבקשה",
}


def orders(count: int) -> Iterator[CopyOrder]:
    """Yield orders, the newest first, the same ones every time."""
    for index in range(count):
        lines = [_line(index, place) for place in range(3 + index % 3)]
        total = sum(line.total_minor for line in lines)
        at = datetime(2026, 11, 20, 20, 30, tzinfo=BAKU) - timedelta(hours=7 * index)
        card = f"•••• {index * 37 % 10000:04d}" if index % 3 else ""
        method = ("Kart", "card") if card else ("Nağd", "cash")
        payment = CopyPayment(msg(method[0]), method[1], total, card, at + timedelta(minutes=55))
        yield CopyOrder(
            number=f"N{100000 + index}",
            at=at,
            total_minor=total,
            currency="AZN",
            lines=lines,
            payments=[payment],
            facts=[
                Field("channel", msg("Satış"), ("Zalda", "Aparma", "QR-menyu")[index % 3]),
                Field("table", msg("Masa"), str(1 + index % 31)),
                Field("waiter", msg("Xidmət"), ("Ольга К.", "Emre Y.", "Rəşad Ə.")[index % 3]),
            ],
            note=NOTES.get(index % 17, ""),
        )


def _line(index: int, place: int) -> CopyLine:
    name, price = DISHES[(index * 3 + place * 7) % len(DISHES)]
    quantity = 1 + (index + place) % 3
    discount = price * quantity // 10 if (index + place) % 9 == 0 else 0
    total = price * quantity - discount
    return CopyLine(name, quantity * 1000, price, discount, total)


def copy(language: str = "az", count: int = 10, *, hostile: tuple[str, ...] = ()) -> DataCopy:
    """Return a copy with every kind of section."""

    def said(english: str, azerbaijani: str) -> Message:
        return msg(azerbaijani if language == "az" else english)

    return DataCopy(
        venue=Venue(
            "Şirvanşah Restoranı",
            "«Şirvanşah» MMC, VÖEN 1402233441",
            "Bakı ş., Salatın Əsgərova küç. 86, AZ1009 · +994 12 555 00 11 · privacy@example.az",
        ),
        subject=Subject("Əliyeva Günel Rəşid qızı", "C-004217"),
        reference="DSR-2026-0412",
        prepared_at=PREPARED,
        by="Rəşad Əliyev",
        language=language,
        period=Period(first=date(2019, 3, 3), last=date(2026, 11, 23)),
        laws=said(
            "GDPR, articles 15 and 20 · Law of the Republic of Azerbaijan on personal data, "
            "No. 998-IIIQ",
            "GDPR, 15 və 20-ci maddələr · «Fərdi məlumatlar haqqında» AR Qanunu, № 998-IIIQ",
        ),
        figures=(
            Figure(said("Orders", "Sifariş"), count, "2019 – 2026"),
            Figure(
                said("Paid", "Ödəniş"),
                Money(481_240, "AZN"),
                said("in cash and by card", "nağd və kartla"),
            ),
            Figure(said("Consents", "Razılıq"), 3, said("2 in force", "2 qüvvədədir")),
            Figure(
                said("Bonus points", "Bonus balı"), 1240, said("level: Silver", "Gümüş səviyyə")
            ),
        ),
        sections=(
            _identity(said, hostile),
            _consents(said),
            _messages(said),
            _reservations(said),
            _orders(said, count),
        ),
        recipients=_recipients(said),
        rights=_rights(said),
        places_searched=_places(said, count),
    )


def _identity(said, hostile):
    you = said("you, on joining 3 March 2019", "siz, qeydiyyat zamanı, 03.03.2019")
    return Section(
        key="identity",
        title=said("Who you are and how to reach you", "Kimlik və əlaqə məlumatları"),
        purpose=said(
            "To know you again, deliver to you and answer you",
            "Sizi tanımaq, sifarişi çatdırmaq və sizə cavab vermək üçün",
        ),
        legal_basis=said("contract, article 6(1)(b)", "müqavilə, maddə 6(1)(b)"),
        retention=said("3 years after the last order", "son sifarişdən 3 il sonraya qədər"),
        source=you,
        fields=(
            Field("name", said("Name", "Ad, soyad, ata adı"), "Əliyeva Günel Rəşid qızı"),
            Field("birthday", said("Birthday", "Doğum tarixi"), date(1991, 4, 17)),
            Field("phone", said("Telephone", "Telefon"), "+994 50 555 01 23"),
            Field("email", said("E-mail", "E-poçt"), "gunel.aliyeva@example.az"),
            Field("address", said("Address", "Ünvan"), "Bakı ş., Nizami küç. 83, mənzil 24"),
            Field("iban", said("Bank account", "Bank hesabı"), None),
            Field(
                "spellings",
                said("Other spellings", "Adın yazılışları"),
                "Гюнель Алиева · Günel Aliyeva · غونل علييفا · גונל · გუნელ · 古内尔",
                said("the courier", "kuryer xidməti"),
            ),
            Field(
                "note",
                said("Note of the staff", "Personalın qeydi"),
                "Pəncərə yanı masa; fıstığa allergiya 🥜",
                said("staff, 12 May 2024", "personal, 12.05.2024"),
            ),
            *(Field(f"odd{n}", msg(f"#{n}"), text) for n, text in enumerate(hostile)),
        ),
    )


def _consents(said):
    given = Status("given", said("in force", "qüvvədədir"), Tone.GOOD)
    withdrawn = Status("withdrawn", said("withdrawn", "geri götürülüb"), Tone.BAD)
    return Section(
        key="consents",
        title=said("Consents and their history", "Razılıqlar və onların tarixçəsi"),
        purpose=said("To prove what you allowed", "Nəyə icazə verdiyinizi təsdiqləmək üçün"),
        legal_basis=said("legal duty, article 7(1)", "qanuni öhdəlik, maddə 7(1)"),
        retention=said("5 years after withdrawal", "geri götürüldükdən 5 il sonraya qədər"),
        source=said("you", "siz"),
        columns=(
            Column("purpose", said("What for", "Məqsəd"), 1.5),
            Column("status", said("Status", "Status"), 0.9),
            Column("at", said("Date", "Tarix"), 0.8),
            Column("how", said("How", "Necə"), 2),
        ),
        rows=(
            (
                said("Marketing by SMS", "Marketinq SMS-ləri"),
                withdrawn,
                date(2025, 9, 2),
                "QR-menyu, mətn v3; 11.06.2021-ci ildə verilmişdi",
            ),
            (
                said("News by e-mail", "E-poçt xəbərləri"),
                given,
                date(2021, 6, 11),
                "Sayt, ikiqat təsdiq (double opt-in), mətn v2",
            ),
            (
                said("Loyalty programme", "Loyallıq proqramı"),
                given,
                date(2019, 3, 3),
                "Kağız anket № 0217, skan saxlanılır",
            ),
        ),
    )


def _messages(said):
    rows = (
        (datetime(2026, 11, 1, 9, 0, tzinfo=UTC), "Ad günü endirimi təklifi", "e-poçt", 1),
        (datetime(2025, 9, 2, 14, 22, tzinfo=UTC), "«STOP» mesajı alındı", "SMS", 1),
        (datetime(2024, 2, 14, 20, 1, tzinfo=UTC), "Şikayət № 31: soyuq çatdırılma", "telefon", 2),
    )
    return Section(
        key="messages",
        title=said("Messages and complaints", "Mesajlar və şikayətlər"),
        purpose=said("To answer you", "Sizə cavab vermək üçün"),
        legal_basis=said("legitimate interest, article 6(1)(f)", "qanuni maraq, maddə 6(1)(f)"),
        retention=said("2 years", "2 il"),
        source=said("you and our staff", "siz və personal"),
        columns=(
            Column("at", said("Date", "Tarix"), 1.1),
            Column("what", said("What", "Hadisə"), 2.4),
            Column("channel", said("Channel", "Kanal")),
            Column("count", said("Times", "Dəfə"), 0.6, right=True),
        ),
        rows=(row for row in rows),
    )


def _reservations(said):
    return Section(
        key="reservations",
        title=said("Reservations", "Masa sifarişləri"),
        purpose=said("To keep a table for you", "Sizin üçün masa saxlamaq"),
        legal_basis=said("contract, article 6(1)(b)", "müqavilə, maddə 6(1)(b)"),
        retention=said("1 year", "1 il"),
        source=said("you", "siz"),
        columns=(Column("at", said("Date", "Tarix")), Column("n", said("Guests", "Qonaq"))),
        rows=(),
    )


def _orders(said, count):
    return Section(
        key="orders",
        title=said("Orders, items and payments", "Sifarişlər, mövqelər və ödənişlər"),
        purpose=said("To serve you and to keep the books", "Xidmət və mühasibat uçotu üçün"),
        legal_basis=said(
            "contract, article 6(1)(b); tax law, article 6(1)(c)",
            "müqavilə, maddə 6(1)(b); vergi qanunu, maddə 6(1)(c)",
        ),
        retention=said("5 years, then without your name", "5 il, sonra adınız silinir"),
        source=said("the point of sale", "kassa"),
        orders=orders(count),
    )


def _recipients(said):
    return (
        Recipient(
            "Bolt Food",
            said("delivery", "çatdırılma"),
            said("Estonia", "Estoniya"),
            said("processing contract of 1 May 2023", "01.05.2023 tarixli emal müqaviləsi"),
        ),
        Recipient(
            said("State Tax Service", "Dövlət Vergi Xidməti"),
            said("receipts of the cash register", "onlayn kassa qəbzləri"),
            said("Azerbaijan", "Azərbaycan"),
            said("required by law", "qanunla tələb olunur"),
        ),
        Recipient(
            said("The bank", "Bank-ekvayer"),
            said("card payments; we keep the last four digits", "kart ödənişi; bizdə son 4 rəqəm"),
            said("Azerbaijan", "Azərbaycan"),
            said("bank secrecy", "bank sirri"),
        ),
    )


def _rights(said):
    return (
        Right(
            said("Correction", "Düzəliş"),
            said("ask us to correct what is wrong", "səhv məlumatın düzəldilməsini tələb edin"),
        ),
        Right(
            said("Deletion", "Silinmə"),
            said(
                "ask us to delete what the law does not oblige us to keep",
                "qanunla saxlanmalı olmayan məlumatın silinməsini tələb edin",
            ),
        ),
        Right(
            said("Restriction", "Məhdudlaşdırma"),
            said("ask us to hold still while we argue", "mübahisə bitənədək emal dayandırılsın"),
        ),
        Right(
            said("Objection", "Etiraz"),
            said("object to advertising at any time", "reklama istənilən vaxt etiraz edin"),
        ),
        Right(
            said("Portability", "Daşınma"),
            said(
                "take the attached data.json to somebody else",
                "əlavə olunmuş data.json faylını başqasına verə bilərsiniz",
            ),
        ),
        Right(
            said("Complaint", "Şikayət"),
            said(
                "complain to the supervisory authority or go to court",
                "nəzarət orqanına və ya məhkəməyə müraciət edin",
            ),
        ),
    )


def _places(said, count):
    return (
        Place(said("Customers", "Müştərilər"), "people.customer", 1),
        Place(said("Contacts", "Əlaqə məlumatları"), "people.contact", 3),
        Place(said("Consents", "Razılıqlar"), "people.consent", 3),
        Place(said("Messages", "Mesajlar"), "people.message", 3),
        Place(said("Reservations", "Masa sifarişləri"), "people.reservation", 0),
        Place(said("Orders", "Sifarişlər"), "ops.sale_order", count),
        Place(said("Lines of orders", "Sifariş sətirləri"), "ops.order_line", count * 4),
        Place(said("Payments", "Ödənişlər"), "ops.payment", count),
        Place(said("Audit trail", "Audit jurnalı"), "ops.audit_event", 12),
        Place(said("Staff", "İşçilər"), "office.employee", 0),
    )
