"""The policy of text and data mining for what is reserved: an ODRL offer in the profile of TDMRep."""

from __future__ import annotations

from typing import Any

from repository.urls import Urls

CONTEXT = (
    "http://www.w3.org/ns/odrl.jsonld",
    {"tdm": "http://www.w3.org/ns/tdmrep#", "vcard": "http://www.w3.org/2006/vcard/ns#"},
)
PROFILE = "http://www.w3.org/ns/tdmrep"


def policy(site: Urls, contact: str) -> dict[str, Any]:
    """Offer mining to whoever has asked and been answered; we hold few of the rights, and lead to who holds them."""
    assigner = {
        "uid": site.home_id("organization"),
        "vcard:fn": "코리안메모리 · Korean Memory",
        "vcard:hasURL": {"@id": site.plain("contact")},
        **({"vcard:hasEmail": {"@id": f"mailto:{contact}"}} if contact else {}),
    }
    return {
        "@context": list(CONTEXT),
        "@type": "Offer",
        "uid": site.mining_policy(),
        "profile": PROFILE,
        "assigner": assigner,
        "permission": [
            {"target": site.home(), "action": "tdm:mine", "duty": [{"action": "obtainConsent"}]},
        ],
    }
