"""The comments of a rule file, and only those."""

from starrating.rulesheets.comments import comments


def test_comments_behind_values_and_on_lines_of_their_own():
    """Both kinds are found, with their lines."""
    assert comments("# 甲\nid: x  # 乙\n") == ("行 1：甲", "行 2：乙")


def test_a_sign_inside_a_text_is_no_comment():
    """Quoted texts and words that hold a # are values."""
    assert comments("a: '甲 # 乙'\nb: 甲#乙\n") == ()


def test_the_line_for_editors_is_no_comment():
    """It is written again by itself."""
    assert comments("# yaml-language-server: $schema=../rulebook.schema.json\nid: x\n") == ()
