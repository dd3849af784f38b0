"""The year of the demonstration, before anything is stored."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta

import phonenumbers
import pytest

from desktop_app.customers.records import CustomerKind
from desktop_app.demo.baskets import PARTIES
from desktop_app.demo.chance import Wheel, shared_out, stream
from desktop_app.demo.crew import CREW, cashier, salaries, waiters
from desktop_app.demo.guests import ADULT, guests
from desktop_app.demo.letters import IN, MARKETING, OUT, SMS, correspondence
from desktop_app.demo.menu import dishes, offered
from desktop_app.demo.sales import DAYS, HALL, Year
from desktop_app.demo.seasons import Part, Season, busyness, hours_of, is_ramazan
from desktop_app.kernel.clock import VenueTime, as_date
from desktop_app.kernel.tax_ids import is_tax_id
from desktop_app.orders.records import IncomingOrder, OrderStatus

UNTIL = datetime(2026, 11, 20, 15, 40, tzinfo=UTC)  # a Friday, 19:40 in Baku
BAKU = VenueTime("Asia/Baku", time(8))
ORDERS = 4000


def year(seed: int = 1, orders: int = ORDERS, until: datetime = UNTIL) -> Year:
    return Year(seed, orders, until, BAKU, guests(seed, until))


@pytest.fixture(scope="module")
def served() -> list[IncomingOrder]:
    return [order for day in year().days() for order in day]


def sales(served: list[IncomingOrder]) -> list[IncomingOrder]:
    return [order for order in served if order.status is OrderStatus.CLOSED]


def test_the_same_seed_gives_the_same_orders_and_another_seed_others():
    first, second, other = (list(year(seed, 300).days()) for seed in (5, 5, 6))
    assert first == second
    assert first != other


def test_the_same_seed_gives_the_same_people_and_letters():
    first, second, other = (guests(seed, UNTIL) for seed in (5, 5, 6))
    assert first == second
    assert first != other
    letters = [[correspondence(5, one, UNTIL) for one in some] for some in (first, second)]
    assert letters[0] == letters[1]


@pytest.mark.parametrize("orders", [1, 37, 300, 2001])
def test_there_are_exactly_as_many_orders_as_were_asked_for(orders):
    assert sum(len(day) for day in year(orders=orders).days()) == orders


@pytest.mark.parametrize("hour", [0, 4, 5, 8, 12, 19, 20, 23])
def test_a_year_ends_now_at_any_hour(hour):
    until = UNTIL.replace(hour=hour, minute=7)
    made = [order for day in year(orders=400, until=until).days() for order in day]
    assert len(made) == 400
    assert max(order.opened_at for order in made) <= until
    assert all(order.closed_at is None or order.closed_at <= until for order in made)


def test_the_orders_are_of_the_last_365_business_days(served):
    days = {BAKU.business_date(order.opened_at) for order in served}
    assert as_date(max(days)) == date(2026, 11, 20)
    assert as_date(min(days)) == date(2026, 11, 20) - timedelta(days=DAYS - 1)
    assert len(days) == DAYS


def test_orders_come_by_day_and_by_time_with_numbers_of_their_own(served):
    opened = [order.opened_at for order in served]
    assert opened == sorted(opened)
    assert len({order.reference for order in served}) == len(served)
    assert len({order.number for order in served}) == len(served)


def test_payments_cover_a_closed_order_to_the_last_coin(served):
    for order in served:
        if order.status in (OrderStatus.CLOSED, OrderStatus.REFUNDED):
            due = sum(line.total_minor + line.tax_minor for line in order.lines)
            paid = sum(payment.amount_minor for payment in order.payments)
            assert paid == due + order.service_minor
            assert all(payment.amount_minor for payment in order.payments)
        else:
            assert not order.payments


def test_a_line_is_its_price_times_its_number_without_its_discount(served):
    for order in served:
        assert order.lines
        for line in order.lines:
            assert line.gross_minor * 1000 == line.unit_price_minor * line.quantity
            assert line.total_minor == line.gross_minor - line.discount_minor
            assert (line.total_minor < 0) == (order.status is OrderStatus.REFUNDED)


def test_only_tables_pay_for_service_and_sit_at_tables(served):
    for order in served:
        assert bool(order.table) == (order.sale_type == HALL) == bool(order.guests)
        assert bool(order.service_minor) == (order.sale_type == HALL)


def test_of_a_card_there_are_only_the_brand_and_four_digits(served):
    for order in served:
        for payment in order.payments:
            assert len(payment.card_last4) == (4 if payment.method == "card" else 0)
            assert bool(payment.card_brand) == (payment.method == "card")


def test_a_refund_takes_back_no_more_than_was_sold_and_says_why():
    made = [order for day in year(orders=8000).days() for order in day]
    by_number = {order.number: order for order in made}
    refunds = [order for order in made if order.status is OrderStatus.REFUNDED]
    assert 8 <= len(refunds) <= 45  # 0.3 % of 8,000 are 24
    for refund in refunds:
        sale = by_number[refund.note.partition(":")[0]]
        assert sale.status is OrderStatus.CLOSED
        assert sale.closed_at < refund.opened_at
        assert -sum(one.total_minor for one in refund.lines) <= sum(
            one.total_minor for one in sale.lines
        )


def test_voids_are_few_and_have_a_reason(served):
    void = [order for order in served if order.status is OrderStatus.VOID]
    assert 6 <= len(void) <= 40  # 0.5 % of 4,000 are 20
    assert all(order.note for order in void)


def test_guests_still_sitting_have_open_orders(served):
    still = [order for order in served if order.status is OrderStatus.OPEN]
    assert still
    assert all(order.closed_at is None for order in still)
    assert all(UNTIL - order.opened_at < timedelta(hours=3) for order in still)


def test_about_a_third_belongs_to_customers_and_one_of_them_comes_nearly_daily(served):
    known = Counter(order.customer_ref for order in served if order.customer_ref)
    assert 0.31 <= known.total() / len(served) <= 0.40
    assert known.most_common(1)[0][1] * 20_000 / ORDERS > 400
    assert len(known) > 300


def test_nobody_orders_under_their_name_before_we_knew_them(served):
    since = {one.reference: one.since for one in guests(1, UNTIL)}
    assert all(
        since[order.customer_ref] < order.opened_at for order in served if order.customer_ref
    )


def test_lunch_and_dinner_are_the_peaks(served):
    hours = Counter(BAKU.local(order.opened_at).hour for order in served)
    assert hours[13] > hours[16] < hours[20]
    assert not set(hours) & set(range(2, 9))


def test_saturdays_are_busier_than_mondays(served):
    days = Counter(as_date(BAKU.business_date(order.opened_at)).weekday() for order in served)
    assert days[5] > 1.3 * days[0]


def test_every_waiter_who_serves_works_here(served):
    names = {one.name for one in CREW}
    assert {order.staff_name for order in served} <= names


def test_a_bonus_is_earned_before_it_is_spent():
    one = year(orders=6000)
    list(one.days())
    for entries in one.bonuses.all().values():
        balance = 0
        for entry in sorted(entries, key=lambda entry: entry.at):
            balance += entry.amount_minor
        assert balance >= 0


# --- people ------------------------------------------------------------------------------------


def test_there_are_more_than_520_customers_with_codes_and_phones_of_their_own():
    everybody = guests(1, UNTIL)
    assert len(everybody) >= 520
    assert len({one.reference for one in everybody}) == len(everybody)
    assert len({one.incoming.phone for one in everybody}) == len(everybody)


def test_every_phone_number_is_possible_and_reaches_nobody():
    for one in guests(2, UNTIL):
        number = phonenumbers.parse(one.incoming.phone)
        assert phonenumbers.is_possible_number(number)
        assert str(number.national_number)[2] == "0"


def test_every_company_has_a_tax_number_whose_check_digit_is_right():
    companies = [one for one in guests(3, UNTIL) if one.incoming.kind is CustomerKind.COMPANY]
    assert len(companies) == 24
    assert all(is_tax_id(one.incoming.tax_id) for one in companies)
    assert len({one.incoming.tax_id for one in companies}) == 24


def test_mail_addresses_are_of_domains_for_examples():
    addresses = [one.incoming.email for one in guests(1, UNTIL) if one.incoming.email]
    assert len(addresses) > 200
    for address in addresses:
        assert address.isascii()
        assert address.endswith(("@example.com", "@example.az", ".example.az"))


def test_nobody_under_18_gets_advertising():
    everybody = guests(1, UNTIL)
    minors = [one for one in everybody if one.age_on(UNTIL.date()) < ADULT]
    assert len(minors) >= 5
    for one in minors:
        consents = correspondence(1, one, UNTIL).consents
        assert not [consent for consent in consents if consent.purpose == MARKETING]


def test_advertising_goes_only_where_a_consent_is_in_force():
    campaigns = 0
    for one in guests(1, UNTIL):
        known = correspondence(1, one, UNTIL)
        marketing = [consent for consent in known.consents if consent.purpose == MARKETING]
        for letter in known.letters:
            if letter.text.startswith("Hörmətli"):
                campaigns += 1
                assert any(
                    consent.channel == letter.channel and consent.in_force(letter.at)
                    for consent in marketing
                )
    assert campaigns > 200


def test_a_withdrawn_consent_was_withdrawn_after_it_was_given_and_answered():
    withdrawn = 0
    for one in guests(1, UNTIL):
        known = correspondence(1, one, UNTIL)
        for consent in known.consents:
            assert one.since <= consent.given_at <= UNTIL
            assert consent.wording
            if consent.withdrawn_at:
                withdrawn += 1
                assert consent.given_at < consent.withdrawn_at <= UNTIL
                said = [letter for letter in known.letters if letter.at == consent.withdrawn_at]
                assert [letter.direction for letter in said] == [IN]
    assert withdrawn > 20


def test_letters_are_in_order_and_none_is_from_tomorrow():
    for one in guests(4, UNTIL):
        letters = correspondence(4, one, UNTIL).letters
        times = [letter.at for letter in letters]
        assert times == sorted(times)
        assert all(one.since <= at <= UNTIL for at in times)
        assert {letter.direction for letter in letters} <= {IN, OUT}
        assert all(len(letter.text) < 320 for letter in letters if letter.channel == SMS)


# --- menu, staff, seasons ----------------------------------------------------------------------


def test_the_menu_has_ten_categories_and_eighty_dishes_with_prices():
    portions = [portion for dish in dishes() for portion in dish.portions]
    assert len({portion.category for portion in portions}) >= 10
    assert len(dishes()) >= 80
    assert all(50 <= portion.price_minor <= 15_000 for portion in portions)
    assert any(len(dish.portions) > 1 for dish in dishes())


def test_novruz_sweets_are_offered_at_novruz_only():
    names = {
        season: {dish.portions[0].name for dish in offered("dessert", Part.DINNER, season).things}
        for season in (Season.NOVRUZ, Season.SUMMER)
    }
    assert "Novruz xonçası" in names[Season.NOVRUZ] - names[Season.SUMMER]


def test_a_shared_dish_is_for_parties_that_can_share_it():
    shared = next(dish for dish in dishes() if dish.portions[-1].serves == 4)
    assert shared.portion(stream(1, "test"), 1) is None or shared.portions[0].serves == 1
    assert shared.portion(stream(1, "test"), 5).serves == 4


def test_in_ramazan_the_day_is_quiet_and_the_evening_full():
    fast, usual = date(2026, 3, 4), date(2026, 4, 8)
    assert is_ramazan(fast)
    assert not is_ramazan(usual)
    lunch, dinner = 13, 18
    assert dict(hours_of(fast))[lunch] < 0.5 * dict(hours_of(usual))[lunch]
    assert dict(hours_of(fast))[dinner] > 1.5 * dict(hours_of(usual))[dinner]


def test_womens_day_is_busier_than_the_day_of_mourning():
    assert busyness(date(2026, 3, 8)) > 2 * busyness(date(2026, 1, 20))


def test_there_are_waiters_and_a_cashier_every_day_of_the_year():
    today = UNTIL.date()
    for ago in range(DAYS):
        day = today - timedelta(days=ago)
        assert len(waiters(day, today)) >= 2
        assert cashier(day)


def test_salaries_grow_to_what_is_earned_now():
    for worker in CREW:
        earned = salaries(worker, UNTIL.date())
        assert earned[0][0] == UNTIL.date() - timedelta(days=worker.joined)
        assert [day for day, _ in earned] == sorted({day for day, _ in earned})
        assert earned[-1][1] == worker.monthly_minor // 1000 * 1000
        assert [money for _, money in earned] == sorted(money for _, money in earned)


# --- chance ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("total", "weights"), [(10, [1, 1, 1]), (7, [0.0, 3, 4.5]), (0, [1, 2])])
def test_parts_add_up_and_nothing_goes_to_no_weight(total, weights):
    parts = shared_out(total, weights)
    assert sum(parts) == total
    assert all(part == 0 for part, weight in zip(parts, weights, strict=True) if not weight)


def test_a_wheel_gives_what_is_heavy_more_often():
    rng = stream(1, "wheel")
    wheel = Wheel.of([("rare", 1), ("often", 9)])
    found = Counter(wheel.turn(rng) for _ in range(1000))
    assert 820 < found["often"] < 970
    assert max(PARTIES.things) == 12
