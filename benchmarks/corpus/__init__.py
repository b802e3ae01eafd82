"""An invented corpus of Korean records: words, facts made of them, and the markup in which they are sent."""
