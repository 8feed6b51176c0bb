import pytest

from core.codes import ALPHABET, check_code, format_check_code, normalise_code, random_code


def test_codes_are_long_random_and_of_the_alphabet():
    made = [random_code() for _ in range(2000)]
    assert {len(code) for code in made} == {10}
    assert set("".join(made)) == set(ALPHABET)
    assert len(set(made)) == 2000
    assert {len(check_code()) for _ in range(50)} == {13}


def test_the_alphabet_has_five_bits_and_no_lookalikes():
    assert len(set(ALPHABET)) == 32
    assert set("ILOU") & set(ALPHABET) == set()


@pytest.mark.parametrize(
    ("typed", "stored"),
    [("abcd-efgh-jkmnp", "ABCDEFGHJKMNP"), (" oIl0 1-x\n", "01101X"), ("A–B", "AB"), ("", "")],
)
def test_normalise(typed, stored):
    assert normalise_code(typed) == stored


def test_what_is_printed_is_found_again():
    code = check_code()
    printed = format_check_code(code)
    assert [len(part) for part in printed.split("-")] == [4, 4, 5]
    assert normalise_code(printed.lower()) == code
