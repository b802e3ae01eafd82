"""The forms in which a term can be found, from the surest to the vaguest, and what each weighs."""

from __future__ import annotations

FORM_WEIGHT = {
    "exact": 1.0,  # as written
    "morph": 0.8,  # by word
    "name": 0.75,  # under another name of the thing
    "latin": 0.7,  # by bare letters
    "spacing": 0.65,  # across a space
    "reading": 0.6,  # Hanja and Hangul
    "roman": 0.55,  # by its sound in Latin letters
    "initials": 0.5,  # by initial consonants
    "keyboard": 0.45,  # as typed with the keyboard in the other mode
}
SOUNDS = ("morph", "reading", "latin")  # the forms in which titles of all scripts are alike
