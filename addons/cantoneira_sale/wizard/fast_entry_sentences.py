"""What a person reads when a line of the fast entry is refused: what is wrong and what to type."""

from odoo.tools import LazyTranslate

from odoo.addons.cantoneira_stock.piece_list import Problem

_lt = LazyTranslate(__name__)

#: ``%(detail)s`` is the part of the line that is meant.
SENTENCES = {
    Problem.PIECES_NOT_POSITIVE: _lt(
        "%(detail)s pieces cannot be ordered. Type a whole number above zero."
    ),
    Problem.PIECES_FRACTION: _lt(
        "%(detail)s pieces cannot be cut. Type a whole number of pieces before the length."
    ),
    Problem.PIECES_TOO_LARGE: _lt(
        "%(detail)s pieces are too many for one line: at most %(max_pieces)s. Split them."
    ),
    Problem.LENGTH_NOT_POSITIVE: _lt("A length of %(detail)s cannot be cut. Type it above zero."),
    Problem.LENGTH_FRACTION: _lt(
        "A length of %(detail)s cannot be cut. Type it in whole or half millimetres."
    ),
    Problem.LENGTH_TOO_LARGE: _lt(
        "A length of %(detail)s is longer than the longest piece, %(max_length)s mm (20 m)."
    ),
    Problem.NO_UNIT: _lt(
        "Is the length %(detail)s in millimetres or in metres? Write %(detail)s mm or %(detail)s m."
    ),
    Problem.TWO_READINGS: _lt(
        "%(detail)s can be read in two ways: with thousands or with decimals. Write 2500 mm or "
        "2,5 m."
    ),
    Problem.BAD_NUMBER: _lt("%(detail)s is not a number. Write 2500, 2.500 or 2.500,5."),
    Problem.FOREIGN_DIGITS: _lt("%(detail)s is not written with the digits 0 to 9. Type it again."),
    Problem.HIDDEN_CHARACTER: _lt(
        "There is an invisible character (%(detail)s), so what is seen may not be what is there. "
        "Type the line again."
    ),
    Problem.UNKNOWN_WORD: _lt(
        "The word “%(detail)s” is not understood. Type pieces and length only: 10x2500."
    ),
    Problem.UNKNOWN_SIGN: _lt(
        "The sign “%(detail)s” is not understood. Type pieces and length only: 10x2500."
    ),
    Problem.NO_NUMBER: _lt("There is no number in it. Type pieces and length: 10x2500."),
    Problem.ONE_NUMBER: _lt(
        "There is only one number in it. Type both pieces and length: 10x2500."
    ),
    Problem.TOO_MANY_NUMBERS: _lt(
        "There are more than two numbers in it. Type one line for each length, pieces and length "
        "only: 10x2500."
    ),
    Problem.NO_SEPARATOR: _lt(
        "Is it one number or two? Write an x between pieces and length: 10x2500."
    ),
    Problem.TWO_LENGTHS: _lt("There are two lengths (%(detail)s) and no pieces. Write 10x2500."),
    Problem.TWO_COUNTS: _lt("There are two numbers of pieces (%(detail)s) and no length."),
    Problem.NOT_IN_ORDER: _lt(
        "“%(detail)s” is not where it is expected. Write pieces first, then the length: 10 pcs x "
        "2500 mm."
    ),
    Problem.TOO_LONG: _lt("The line has %(detail)s characters. Type one line for each length."),
    Problem.TOO_MANY_ROWS: _lt(
        "From line %(detail)s on nothing is read: at most %(max_rows)s lines at once. Add these "
        "first, then the rest."
    ),
}
