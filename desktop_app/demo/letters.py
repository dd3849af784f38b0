"""What customers of the demonstration agreed to, and the messages to and from them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random

from desktop_app.demo.chance import stream
from desktop_app.demo.guests import ADULT, BEST, LOYAL, Guest

MARKETING, LOYALTY = "marketing", "loyalty"
SMS, EMAIL, COUNTER, PHONE = "sms", "e-mail", "counter", "phone"
IN, OUT = "in", "out"
LANGUAGE = "az"
WORDINGS = {
    (
        MARKETING,
        SMS,
    ): "“Şirvanşah” restoranının yeniliklər və endirimlər barədə telefon nömrəmə SMS "
    "göndərməsinə razıyam. Razılığımı istənilən vaxt STOP yazmaqla geri götürə bilərəm.",
    (MARKETING, EMAIL): "“Şirvanşah” restoranının yeniliklər və endirimlər barədə e-poçt ünvanıma "
    "məktub göndərməsinə razıyam. Razılığımı istənilən vaxt məktubdakı keçidlə geri götürə "
    "bilərəm.",
    (LOYALTY, COUNTER): "Bonus proqramında iştirak etmək üçün adımın, telefonumun və "
    "sifarişlərimin saxlanmasına razıyam.",
}
_CAMPAIGNS = (
    (3, 15, "Novruz", "Novruz süfrəsi Şirvanşahda: 20–24 mart bayram plovu və xonça."),
    (6, 1, "Yay terrası", "Terrasımız açıldı! Hər axşam canlı muğam. Sizi gözləyirik, Şirvanşah."),
    (9, 20, "Payız menyusu", "Yeni payız menyusu: nar qovurma, balqabaq qutabı, heyva kompotu."),
    (12, 22, "Yeni il", "Yeni il gecəsi Şirvanşahda: milli süfrə və musiqi. Yerlər məhduddur."),
)  # fmt: skip
_WELCOME = "Bonus proqramına xoş gəldiniz! Hər hesabın 3 faizi bonus balansınıza yazılır."
_STOPPED = "Razılığınız geri götürüldü. Sizə bir daha reklam göndərməyəcəyik."
_TALKS = (
    ("Rezervasiya", "Cümə axşamı saat 19:30-a 4 nəfərlik masa istəyirəm.",
     "Masanız saxlanıldı. Gözləyirik!"),
    ("Təşəkkür", "Dünən axşam üçün çox sağ olun, hər şey əla idi.",
     "Xoş sözləriniz üçün təşəkkür edirik. Yenə gözləyirik!"),
    ("Şikayət", "Çatdırılma 40 dəqiqə gecikdi, yemək soyumuşdu.",
     "Üzr istəyirik. Növbəti sifarişdə çatdırılma pulsuz olacaq."),
    ("Unudulmuş əşya", "Stolun üstündə eynəyim qalıb, tapılıbmı?",
     "Bəli, eynəyiniz administratordadır, istədiyiniz vaxt götürə bilərsiniz."),
    ("Banket", "30 nəfərlik ad günü üçün menyu və qiymət göndərin, zəhmət olmasa.",
     "Banket menyusunu e-poçt ünvanınıza göndərdik. 20 faiz depozit xahiş edirik."),
    ("Sual", "Uşaqlar üçün menyunuz varmı?", "Bəli, uşaq porsiyaları və uşaq stulları var."),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class GivenConsent:
    """What a customer agreed to, when, and until when."""

    purpose: str
    channel: str
    given_at: datetime
    withdrawn_at: datetime | None

    @property
    def wording(self) -> str:
        """Return the exact words that were agreed to."""
        return WORDINGS[self.purpose, self.channel]

    def in_force(self, at: datetime) -> bool:
        """Tell whether it was in force at a moment."""
        return self.given_at <= at and (self.withdrawn_at is None or at < self.withdrawn_at)


@dataclass(frozen=True, slots=True)
class Letter:
    """A message to or from a customer."""

    at: datetime
    direction: str
    channel: str
    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class Correspondence:
    """All that was agreed and written with one customer, the earliest first."""

    consents: Sequence[GivenConsent]
    letters: Sequence[Letter]


def correspondence(seed: int, guest: Guest, until: datetime) -> Correspondence:
    """Return what was agreed and written with a customer up to a moment."""
    rng = stream(seed, "letters", guest.reference)
    agreed = sorted(_consents(rng, guest, until), key=lambda one: one.given_at)
    letters = [*_letters(rng, guest, agreed, until), *_talks(rng, guest, until)]
    past = [letter for letter in letters if letter.at <= until]
    return Correspondence(agreed, sorted(past, key=lambda letter: letter.at))


def _consents(rng: Random, guest: Guest, until: datetime) -> Iterator[GivenConsent]:
    if guest.incoming.group == LOYAL:
        yield GivenConsent(LOYALTY, COUNTER, guest.since, None)
    adult = guest.age_on(guest.since.date()) >= ADULT
    best = guest.reference == BEST
    for channel, share in ((SMS, 0.46), (EMAIL, 0.34)):
        reachable = channel == SMS or guest.incoming.email
        agreed = rng.random() < share or best
        if not adult or guest.company or not reachable or not agreed:
            continue
        given = guest.since + timedelta(minutes=rng.randrange(1, 30))
        withdrawn = given + (until - given) * rng.uniform(0.1, 0.97)
        yield GivenConsent(
            MARKETING,
            channel,
            given,
            withdrawn if rng.random() < 0.17 or (best and channel == EMAIL) else None,  # noqa: PLR2004
        )


def _letters(
    rng: Random, guest: Guest, agreed: Sequence[GivenConsent], until: datetime
) -> Iterator[Letter]:
    for one in agreed:
        if one.purpose == LOYALTY:
            welcome = one.given_at + timedelta(minutes=5)
            yield Letter(welcome, OUT, SMS, "Bonus proqramı", _WELCOME)
            continue
        yield from _advertising(one, guest, until)
        if one.withdrawn_at:
            word = "STOP" if one.channel == SMS else "Abunəliyi dayandırın, zəhmət olmasa."
            yield Letter(one.withdrawn_at, IN, one.channel, "İmtina", word)
            answered = one.withdrawn_at + timedelta(minutes=rng.randrange(1, 90))
            yield Letter(answered, OUT, one.channel, "İmtina", _STOPPED)


def _advertising(one: GivenConsent, guest: Guest, until: datetime) -> Iterator[Letter]:
    for year in range(one.given_at.year, until.year + 1):
        for month, day, subject, text in _CAMPAIGNS:
            at = datetime(year, month, day, 7, 30, tzinfo=UTC)
            # The texts of the last two years are kept.
            if one.in_force(at) and until - timedelta(days=730) < at:
                first = guest.incoming.name.split()[0]
                yield Letter(at, OUT, one.channel, subject, f"Hörmətli {first}! {text}")


def _talks(rng: Random, guest: Guest, until: datetime) -> Iterator[Letter]:
    for subject, asked, answered in rng.sample(
        _TALKS, 2 if guest.reference == BEST else rng.choice((0, 0, 0, 0, 1, 1, 2))
    ):
        days = (until - guest.since) * rng.random()
        at = guest.since + days
        channel = EMAIL if guest.incoming.email and rng.random() < 0.5 else PHONE  # noqa: PLR2004
        yield Letter(at, IN, channel, subject, asked)
        later = timedelta(minutes=rng.randrange(2, 300) if channel == EMAIL else 1)
        yield Letter(at + later, OUT, channel, subject, answered)
