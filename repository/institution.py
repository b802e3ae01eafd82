"""One institution as everybody speaks of it: who holds originals, who sends us records; often not the same."""

from __future__ import annotations

import msgspec


class Institution(msgspec.Struct, frozen=True, omit_defaults=True):
    """One institution. `roles` are holder and provider; `names` are further names that records use for it.

    `public` says that it is a public body, which alone may grant KOGL marks. `grants` and `denials` are the
    uses (display, download, train) that its contract names; where both are silent the claims alone decide.
    `invented` institutions and all they hold are samples and are shown as such.
    """

    id: str
    name_ko: str
    name_en: str
    kind: str = ""
    roles: tuple[str, ...] = ("holder", "provider")
    names: tuple[str, ...] = ()
    public: bool = True
    grants: tuple[str, ...] = ()
    denials: tuple[str, ...] = ()
    view_px: int = 0
    invented: bool = False
    about_ko: str = ""
    about_en: str = ""
    hours_ko: str = ""
    hours_en: str = ""
    contact: str = ""
    url: str = ""

    def name(self, language: str) -> str:
        """Give its name in the reader's language."""
        return self.name_ko if language.startswith("ko") else self.name_en

    def answers_to(self, name: str) -> bool:
        """Tell whether a record that says this name means this institution."""
        said = " ".join(name.split()).casefold()
        return any(
            said == " ".join(own.split()).casefold() for own in (self.name_ko, self.name_en, *self.names)
        )
