import logging

import pytest

from desktop_app.kernel import crash
from desktop_app.kernel.logs import keep_cards_out

PAN = "4242 4242 4242 4242"


class OddError(Exception):
    """A bug with a cause."""


def fail(text):
    raise OddError(text)


def bug():
    try:
        int(f"Leyla Əliyeva {PAN}")
    except ValueError as cause:
        try:
            fail(f"{cause} +994 50 123 45 67 leyla@mail.az")
        except OddError as error:
            return error


def test_a_crash_report_says_where_and_quotes_nobody():
    report = crash.report(bug())
    assert "builtins.ValueError" in report
    assert "test_crash_and_logs.OddError" in report
    assert "in bug" in report
    for private in ("Leyla", "994", "leyla@", "4242"):
        assert private not in report


def test_a_name_of_a_file_with_a_card_number_is_masked_in_a_report():
    made = compile(f"def fail_{'4' * 3}(): raise OddError", f"/x/kart {PAN}.py", "exec")
    names = {"OddError": OddError}
    exec(made, names)  # noqa: S102 - the only way to have such a file name
    with pytest.raises(OddError) as caught:
        names["fail_444"]()
    assert "kart •••• 4242.py" in crash.report(caught.value)


def test_reports_are_kept_beside_each_other(tmp_path):
    kept = {crash.save(tmp_path / "crashes", "text") for _ in range(3)}
    assert len(kept) == 3
    assert all(path.read_text("utf-8") == "text" for path in kept)


@pytest.fixture
def written(tmp_path):
    factory = logging.getLogRecordFactory()
    keep_cards_out()
    file = tmp_path / "log.txt"
    handler = logging.FileHandler(file, encoding="utf-8")
    loggers = [logging.getLogger(name) for name in ("desktop_app.some.module", "other.library")]
    for logger in loggers:
        logger.addHandler(handler)
        logger.propagate = False
        logger.setLevel(logging.DEBUG)
    yield loggers, file
    for logger in loggers:
        logger.removeHandler(handler)
        logger.propagate = True
        logger.setLevel(logging.NOTSET)
    handler.close()
    logging.setLogRecordFactory(factory)


def test_what_anybody_logs_is_masked(written):
    loggers, file = written
    for logger in loggers:
        logger.warning("paid with %s by %s", PAN, "Leyla")
        logger.info(f"%B{PAN.replace(' ', '')}^LEYLA/A^2712101000?")  # noqa: G004
        logger.debug("CVV: %d", 123)
        try:
            fail(f"no such card: {PAN}")
        except OddError:
            logger.exception("refused")
        logger.info("order %s of %s", 17, "+994 50 123 45 67", stack_info=True)
    text = file.read_text("utf-8")
    assert "4242 4242" not in text
    assert "4242424242424242" not in text
    assert "CVV: 123" not in text
    assert text.count("paid with •••• 4242 by Leyla") == 2
    assert text.count("no such card: •••• 4242") == 2
    assert "order 17 of +994 50 123 45 67" in text
